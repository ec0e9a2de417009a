"""Draw the precedence graph: which processes inherit and read what, in which order."""

from __future__ import annotations

from engine.cli import exits
from engine.cli import options as shared
from engine.cli.contexts import add_facts, facts_of, plan_of, require_context, with_contexts
from engine.cli.gathering import add_gathering, config_folder, tree_of
from engine.cli.writing import write_file
from engine.precedence.instances import instance_of, split_name
from engine.report import Layout

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from engine.cli.terminal import Terminal
    from engine.compile.program import Program
    from engine.model.facts import Facts

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
    from engine.report.graph import drawing, picture_of  # noqa: PLC0415

    chosen = drawing(options.format)
    inside = tree_of(options.path) if options.repository else None
    program = shared.program(options, terminal.environment, config_folder(options), inside)
    plan = plan_of(program)
    if options.context is not None:
        require_context(split_name(options.context)[0], plan.get("contexts") or ())
    facts = _facts(options, terminal, program)
    root = None if facts is None else facts.root
    picture = picture_of(plan, program.paths, options.context, root)
    if facts is not None and options.context is not None:
        # Every process on the way tells what it read, also those that are no contexts themselves.
        element = split_name(options.context)[1]
        names = [instance_of(plan, process.id, element) for process in picture.processes]
        root = with_contexts(program, facts, names)
        require_context(instance_of(plan, *split_name(options.context)), root.get("contexts") or ())
        picture = picture_of(plan, program.paths, options.context, root)
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


def _facts(options: Namespace, terminal: Terminal, program: Program) -> Facts | None:
    """Give the facts that say what was read: those of a document, or for one context gathered."""
    if options.static or (options.facts is None and options.context is None):
        return None
    return facts_of(options, terminal, program)
