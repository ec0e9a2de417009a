"""List what there is: rules, operators, collectors, formats, packs, facts, contexts, sources."""

from __future__ import annotations

import textwrap

from engine.cli import exits
from engine.cli import options as shared
from engine.errors import Complaint, UsageError
from engine.precedence.instances import SEPARATOR

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from engine.cli.terminal import Terminal
    from engine.compile.schema import FactsSchema

EPILOG = """\
examples:
  engine list rules --rules ./policy     the rules of a pack and of all that it extends
  engine list operators                  what a matcher can say
  engine list facts                      every fact, with its type and meaning
  engine list facts go.env_file --tree   what is in it, with examples and who gathers it
  engine list facts --tree --depth 1     the facts at the top
  engine list contexts                   every launch context, of bundled packs and of your own
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("what", choices=tuple(_LISTS), help="what to list")
    parser.add_argument("path", nargs="?", metavar="PATH", help="only the facts at and below this")
    group = parser.add_argument_group("facts")
    group.add_argument(
        "--tree",
        action="store_true",
        help="as a tree, with units, examples, and the collector or pack that knows each",
    )
    group.add_argument("--depth", type=int, metavar="N", help="how many levels of facts to show")
    shared.add_rules(parser)


def run(options: Namespace, terminal: Terminal) -> int:
    """Print a list of names with their meanings, or the tree of facts."""
    _refuse_what_only_facts_have(options)
    if options.tree:
        _write_tree(options, terminal)
        return exits.CLEAN
    rows = list(_LISTS[options.what](options, terminal))
    widest = max((len(name) for name, _ in rows), default=0)
    column = min(widest, 36, max(terminal.width - 42, 16))
    for name, meaning in rows:
        lines = textwrap.wrap(meaning, max(terminal.width - column - 2, 40)) or [""]
        if len(name) > column:
            terminal.write(f"{name}\n")
        else:
            terminal.write(f"{name:<{column}}  {lines.pop(0)}".rstrip() + "\n")
        for line in lines:
            terminal.write(f"{'':<{column}}  {line}\n")
    return exits.CLEAN


def _write_tree(options: Namespace, terminal: Terminal) -> None:
    """Print the tree of facts, and below it what many of them hold."""
    from engine.cli.fact_rows import as_tree, chosen, shared_by  # noqa: PLC0415

    schema, deepest = _schema(options), _deepest(options)
    entries = chosen(schema, options.path)
    terminal.write(as_tree(entries, deepest, terminal.width))
    shared = shared_by(schema, entries, deepest)
    if shared:
        terminal.write("\n" + as_tree(shared, None, terminal.width))


def _rules(options: Namespace, terminal: Terminal) -> Iterator[tuple[str, str]]:
    for rule in shared.program(options, terminal.environment).rules:
        yield rule["id"], f"{rule['severity']}: {rule['title']}"


def _operators(_options: Namespace, _terminal: Terminal) -> Iterator[tuple[str, str]]:
    from engine.operators import OPERATORS  # noqa: PLC0415 - each list imports its own

    for name, operator in sorted(OPERATORS.items()):
        yield name, operator.summary


def _collectors(options: Namespace, terminal: Terminal) -> Iterator[tuple[str, str]]:
    from engine.gather.collectors import COLLECTORS  # noqa: PLC0415
    from engine.gather.pack_facts.collectors import pack_collectors  # noqa: PLC0415

    of_packs = pack_collectors(shared.program(options, terminal.environment).gather)
    for name, collector in (*sorted(COLLECTORS.items()), *sorted(of_packs.items())):
        yield name, f"{collector.summary} ({', '.join(collector.subjects)})"


def _formats(_options: Namespace, _terminal: Terminal) -> Iterator[tuple[str, str]]:
    from engine.report import formats  # noqa: PLC0415

    for name, found in sorted(formats().items()):
        yield name, found.summary


def _packs(_options: Namespace, _terminal: Terminal) -> Iterator[tuple[str, str]]:
    from engine.loading.packs import load_packs  # noqa: PLC0415
    from engine.operators import OPERATORS  # noqa: PLC0415
    from engine.resources import bundled, bundled_packs  # noqa: PLC0415

    folder = bundled("rules")
    for pack in load_packs(bundled_packs(), folder, OPERATORS):
        rules = f" ({len(pack.rules)} rules)" if pack.rules else ""
        yield pack.name, f"{pack.title}{rules}"


def _facts(options: Namespace, _terminal: Terminal) -> Iterator[tuple[str, str]]:
    from engine.cli.fact_rows import as_list, chosen  # noqa: PLC0415

    yield from as_list(chosen(_schema(options), options.path), _deepest(options))


def _schema(options: Namespace) -> FactsSchema:
    """Give what is declared of facts, by the packs in use as well."""
    from engine.cli.commands.lint_command import packs_of  # noqa: PLC0415
    from engine.cli.fact_rows import declared  # noqa: PLC0415
    from engine.compile.build import facts_schema  # noqa: PLC0415
    from engine.compile.packs import with_bases  # noqa: PLC0415
    from engine.loading.packs import load_packs  # noqa: PLC0415
    from engine.operators import OPERATORS  # noqa: PLC0415
    from engine.resources import bundled  # noqa: PLC0415

    packs = load_packs(packs_of(options.rules), bundled("rules"), OPERATORS)
    return declared(facts_schema(bundled("schemas") / "facts.schema.json"), with_bases(packs))


def _deepest(options: Namespace) -> int | None:
    """Give how deep the entries may lie; with a path, its levels count from below it."""
    if options.depth is None:
        return None
    if options.depth < 1:
        raise UsageError(
            Complaint(f"`--depth {options.depth}` shows nothing", None, "write at least 1")
        )
    depth: int = options.depth
    return depth if options.path is not None else depth - 1


def _refuse_what_only_facts_have(options: Namespace) -> None:
    given = [("a path", options.path), ("`--tree`", options.tree), ("`--depth`", options.depth)]
    wrong = [what for what, value in given if value not in {None, False}]
    if wrong and options.what != "facts":
        advice = "leave it out, or write `engine list facts`"
        raise UsageError(
            Complaint(
                f"`engine list {options.what}` takes no {wrong[0].removeprefix('a ')}", None, advice
            )
        )


def _contexts(options: Namespace, terminal: Terminal) -> Iterator[tuple[str, str]]:
    plan = shared.program(options, terminal.environment).plan
    for name in sorted(plan["contexts"]):
        process = plan["processes"][name]
        said = f"{process['title']}: {process['about']}".rstrip(": ")
        if process.get("for_each"):
            of = ".".join(map(str, process["for_each"]))
            said += f" (for each of {of}: {name}{SEPARATOR}ID)"
        sure = process.get("confidence")
        yield name, f"{said} [{sure}]" if sure else said


def _sources(options: Namespace, terminal: Terminal) -> Iterator[tuple[str, str]]:
    for name, source in sorted(
        shared.program(options, terminal.environment).plan["sources"].items()
    ):
        yield name, f"{source['title']} ({source['kind']})"


_LISTS = {
    "rules": _rules,
    "operators": _operators,
    "collectors": _collectors,
    "formats": _formats,
    "packs": _packs,
    "facts": _facts,
    "contexts": _contexts,
    "sources": _sources,
}
