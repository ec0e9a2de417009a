"""Draw the precedence graph: which processes inherit and read what, in which order."""

from __future__ import annotations

from engine.cli import exits
from engine.cli import options as shared
from engine.cli.contexts import add_facts, facts_of, plan_of, require_context, with_contexts
from engine.cli.gathering import add_gathering, config_folder, tree_of
from engine.cli.writing import write_file
from engine.precedence.instances import names_of, split_name
from engine.precedence.world import World
from engine.report import Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal
    from engine.compile.program import Program
    from engine.model.facts import Facts
    from engine.model.json_value import JsonObject

EPILOG = """\
examples:
  engine graph                                every process below the one it inherits from
  engine graph --in ssh-interactive           one context on this machine: what was read, what not
  engine graph --in ssh-interactive --static  the same without looking at the machine
  engine graph --format svg -o graph.svg      as a picture; also mermaid and dot
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument(
        "--in",
        dest="context",
        metavar="CONTEXT",
        help="only this launch context and what leads to it, with what was read on this machine",
    )
    add_facts(parser)
    parser.add_argument(
        "--static", action="store_true", help="gather nothing: draw what may be read, not what was"
    )
    parser.add_argument(
        "--format", default="text", metavar="NAME", help="text (default), mermaid, dot or svg"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write to a file (default: standard output)"
    )
    shared.add_colour(parser)
    add_gathering(parser)
    shared.add_rules(parser)


def run(options: Namespace, terminal: Terminal) -> int:
    """Draw."""
    from engine.evaluate.holds import holds  # noqa: PLC0415
    from engine.report.graph import drawing, picture_of  # noqa: PLC0415

    chosen = drawing(options.format)
    inside = tree_of(options.path) if options.repository else None
    program = shared.program(options, terminal.environment, config_folder(options), inside)
    plan = plan_of(program)
    context: str | None = options.context
    if context is not None:
        require_context(split_name(context)[0], plan.get("contexts") or ())
    facts = _facts(options, terminal, program)
    if facts is None:
        picture = picture_of(plan, program.paths, context)
    elif context is None:
        picture = picture_of(plan, program.paths, None, with_contexts(program, facts))
    else:
        _require_element(context, plan, facts.root)
        judge = holds(program)
        picture = picture_of(plan, program.paths, context, facts.root, judge)
        # Every process on the way tells what it read, also those that are no contexts themselves.
        root = with_contexts(program, facts, [process.context for process in picture.processes])
        picture = picture_of(plan, program.paths, context, root, judge)
    if options.output is not None:
        write_file(options.output, chosen.render(picture, Layout()))
        return exits.CLEAN
    layout = Layout(
        width=terminal.width,
        colour=terminal.wants_colour(options.colour),
        ascii=terminal.is_ascii,
    )
    terminal.write(chosen.render(picture, layout))
    return exits.CLEAN


def _require_element(context: str, plan: JsonObject, root: JsonObject) -> None:
    """Refuse a context of a process that is there for each of several, but not for this one."""
    process, element = split_name(context)
    given = root.get("contexts")
    if isinstance(given, dict):
        require_context(context, given, plan)
    elif element is not None:
        known, more = names_of(plan, process, World(root))
        if more is None:
            require_context(context, known or [process])


def _facts(options: Namespace, terminal: Terminal, program: Program) -> Facts | None:
    """Give the facts that say what was read: those of a document, or for one context gathered."""
    if options.static or (options.facts is None and options.context is None):
        return None
    return facts_of(options, terminal, program)
