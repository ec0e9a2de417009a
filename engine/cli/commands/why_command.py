"""Tell what a variable or a command is in every launch context, and who made it so."""

from __future__ import annotations

import re

from engine.cli import exits
from engine.cli import options as shared
from engine.cli.contexts import add_facts, facts_of, plan_of, require_context, with_contexts
from engine.cli.gathering import add_gathering, config_folder, tree_of
from engine.errors import Complaint, UsageError, did_you_mean
from engine.report import Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal
    from engine.model.json_value import JsonObject

EPILOG = """\
examples:
  engine why GOROOT                          in every launch context, those that differ first
  engine why PATH --in ssh-interactive       every step on the way to one context
  engine why go                              which file, function or alias runs, and what it hides
  engine why GOFLAGS --facts facts.json      of another machine
"""

_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*\Z")


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("name", metavar="VAR", help="a variable, or a command such as go")
    parser.add_argument(
        "--in", dest="context", metavar="CONTEXT", help="only this launch context, step by step"
    )
    add_facts(parser)
    parser.add_argument("--format", default="text", metavar="NAME", help="text or json")
    parser.add_argument("--all", action="store_true", help="shorten nothing")
    shared.add_colour(parser)
    add_gathering(parser)
    shared.add_rules(parser)


def run(options: Namespace, terminal: Terminal) -> int:
    """Resolve the contexts and answer."""
    from engine.report.why import answer_about, why_format  # noqa: PLC0415

    chosen = why_format(options.format)
    inside = tree_of(options.path) if options.repository else None
    program = shared.program(options, terminal.environment, config_folder(options), inside)
    plan = plan_of(program)
    root = with_contexts(program, facts_of(options, terminal, program))
    _require_known(options.name, root, plan)
    if options.context is not None:
        require_context(options.context, root.get("contexts") or (), plan)
    layout = Layout(
        width=terminal.width,
        colour=terminal.wants_colour(options.colour),
        verbose=options.all,
        ascii=terminal.is_ascii,
    )
    answer = answer_about(options.name, root, plan, options.context)
    terminal.write(chosen.render(answer, layout))
    return exits.CLEAN if answer.outcomes else exits.NOT_JUDGED


def _require_known(name: str, root: JsonObject, plan: JsonObject) -> None:
    """Refuse what is neither a variable nor a command that is tracked.

    Any name that looks like a variable's may be asked for: that nobody sets it is an answer.
    """
    from engine.report.why import known_names  # noqa: PLC0415

    known = known_names(root, plan)
    if name not in known and not _VARIABLE.match(name):
        advice = did_you_mean(name, known)
        if advice is None:
            commands = (plan.get("tracks") or {}).get("commands") or ()
            advice = "the commands are " + ", ".join(f"`{one}`" for one in sorted(commands))
            advice = advice if commands else None
        raise UsageError(Complaint(f"unknown variable or command `{name}`", advice=advice))
