"""List what there is: rules, operators, collectors, formats, packs, facts, contexts, sources."""

from __future__ import annotations

import textwrap

from engine.cli import exits
from engine.cli import options as shared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterator

    from engine.cli.terminal import Terminal
    from engine.model.json_value import Json

EPILOG = """\
examples:
  engine list rules --rules ./policy   the rules of a pack and of all that it extends
  engine list operators                what a matcher can say
  engine list facts                    every fact that collectors know, with its meaning
  engine list contexts                 every launch context, of bundled packs and of your own
"""


def configure(parser: ArgumentParser) -> None:
    """Add the options."""
    parser.add_argument("what", choices=tuple(_LISTS), help="what to list")
    shared.add_rules(parser)


def run(options: Namespace, terminal: Terminal) -> int:
    """Print a list of names with their meanings."""
    rows = list(_LISTS[options.what](options, terminal))
    column = min(max((len(name) for name, _ in rows), default=0), 36)
    for name, meaning in rows:
        lines = textwrap.wrap(meaning, max(terminal.width - column - 2, 40)) or [""]
        if len(name) > column:
            terminal.write(f"{name}\n")
        else:
            terminal.write(f"{name:<{column}}  {lines.pop(0)}".rstrip() + "\n")
        for line in lines:
            terminal.write(f"{'':<{column}}  {line}\n")
    return exits.CLEAN


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


def _facts(_options: Namespace, _terminal: Terminal) -> Iterator[tuple[str, str]]:
    from engine.compile.build import facts_schema  # noqa: PLC0415
    from engine.resources import bundled  # noqa: PLC0415

    yield from _described(facts_schema(bundled("schemas") / "facts.schema.json"), "")


def _contexts(options: Namespace, terminal: Terminal) -> Iterator[tuple[str, str]]:
    plan = shared.program(options, terminal.environment).plan
    for name in sorted(plan["contexts"]):
        process = plan["processes"][name]
        yield name, f"{process['title']}: {process['about']}".rstrip(": ")


def _sources(options: Namespace, terminal: Terminal) -> Iterator[tuple[str, str]]:
    for name, source in sorted(
        shared.program(options, terminal.environment).plan["sources"].items()
    ):
        yield name, f"{source['title']} ({source['kind']})"


def _described(schema: Json, path: str) -> Iterator[tuple[str, str]]:
    """Give each fact below a schema with type and meaning; `[]` means each element of a list."""
    if path:
        kind = schema.get("format") or schema.get("type", "any")
        words = " or ".join(kind) if isinstance(kind, list) else kind
        yield path, f"{words}: {schema.get('description', '')}".rstrip(": ")
    for name, child in sorted(schema.get("properties", {}).items()):
        yield from _described(child, f"{path}.{name}" if path else name)
    for keyword, mark in (("items", "[]"), ("additionalProperties", ".*")):
        child = schema.get(keyword)
        if isinstance(child, dict) and (child.get("properties") or child.get("description")):
            yield from _described(child, path + mark)


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
