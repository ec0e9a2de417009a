"""Print the proof of a rule's verdict: every condition, its truth, its values and their places."""

from __future__ import annotations

from engine.cli import exits
from engine.cli import options as shared
from engine.cli.documents import read_documents
from engine.errors import Complaint, UsageError, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal
    from engine.evaluate.explain import Line
    from engine.evaluate.prove import Truth

EPILOG = """\
examples:
  engine explain goroot-env-set facts.json
  engine gather | engine explain goenv-shadowed-by-os -
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("rule", metavar="RULE", help="the rule's id")
    parser.add_argument("facts", metavar="FACTS", help="a facts document, or - for standard input")
    shared.add_time(parser)
    shared.add_rules(parser)
    parser.add_argument(
        "--colour",
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colour the text",
    )


def run(options: Namespace, terminal: Terminal) -> int:
    """Judge one rule and print its proof."""
    from engine.evaluate.contexts import with_contexts  # noqa: PLC0415
    from engine.evaluate.explain import explain  # noqa: PLC0415
    from engine.evaluate.judge import judge  # noqa: PLC0415
    from engine.evaluate.scope import Scope  # noqa: PLC0415
    from engine.evaluate.waive import Waivers  # noqa: PLC0415

    program = shared.program(options, terminal.environment)
    rules = {rule["id"]: rule for rule in program.rules}
    if options.rule not in rules:
        advice = did_you_mean(options.rule, rules) or "see `engine list rules`"
        raise UsageError(Complaint(f"unknown rule `{options.rule}`", advice=advice))
    rule = rules[options.rule]
    (given,) = read_documents([options.facts])
    now = shared.now(options)
    facts = with_contexts(program, given, now)
    scope = Scope(program, facts, now)
    verdict = judge(rule, scope, Waivers(program, now))
    colour = terminal.wants_colour(options.colour)
    terminal.write(f"{rule['id']}: {verdict.outcome.replace('_', ' ')}\n")
    terminal.write(f"  {rule['title']}\n  {verdict.place}\n\n")
    for line in explain(rule, scope):
        terminal.write(_text(line, colour=colour))
    return exits.CLEAN


def _text(line: Line, *, colour: bool) -> str:
    indent = "  " * line.depth
    if not line.is_judged:
        return f"   {indent}{line.text}\n"
    mark = _MARKS[line.truth]
    if colour:
        mark = f"\x1b[{_COLOURS[line.truth]}m{mark}\x1b[0m"
    values = "".join(f"     {indent}{value}\n" for value in line.values)
    return f" {mark} {indent}{line.text}\n{values}"


_MARKS: dict[Truth, str] = {True: "✓", False: "✗", None: "?"}
_COLOURS: dict[Truth, str] = {True: "32", False: "31", None: "33"}
