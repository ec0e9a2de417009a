"""`engine list facts`: the rows of the list and of the tree."""

from __future__ import annotations

import textwrap

from engine.compile.fact_tree import as_mapping, subtree, told_once, tree
from engine.compile.schema import COLLECTOR, PACK, FactsSchema
from engine.errors import Complaint, UsageError, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from engine.compile.fact_tree import Entry
    from engine.model.json_value import Json, JsonObject
    from engine.model.rules import Pack

_NAMES, _KINDS = 34, 16
"""How wide the columns of names and types become."""


def declared(facts: JsonObject, packs: Iterable[Pack]) -> FactsSchema:
    """Give what is declared, with what packs add; these bear their pack's name."""
    own: dict[str, Json] = {}
    for pack in packs:
        for name, schema in (pack.facts or {}).items():
            told = schema if isinstance(schema, dict) else {}
            own.setdefault(name, told | {PACK: pack.name})
    return FactsSchema(facts, [own])


def chosen(schema: FactsSchema, path: str | None) -> list[Entry]:
    """Give all entries, or those at and below a path."""
    if path is None:
        return list(tree(schema))
    return list(subtree(schema, path, _steps(schema, path)))


def shared_by(schema: FactsSchema, entries: Sequence[Entry], deepest: int | None) -> list[Entry]:
    """Give what several of the entries that are shown hold, which is told once."""
    shown = [entry for entry in entries if deepest is None or entry.depth <= deepest]
    return list(told_once(schema, shown))


def as_list(entries: Iterable[Entry], deepest: int | None) -> Iterator[tuple[str, str]]:
    """Give each entry's path with its type and meaning."""
    for entry in sorted(entries, key=lambda entry: entry.path):
        if deepest is None or entry.depth <= deepest:
            pack = f" (pack {entry.schema[PACK]})" if PACK in entry.schema else ""
            yield entry.path, f"{entry.kind}: {entry.about}".strip(": ") + pack


def as_tree(entries: Sequence[Entry], deepest: int | None, width: int) -> str:
    """Give the entries as an indented tree: name, type, and meaning with an example."""
    rows = [
        ("  " * entry.depth + entry.name, entry.kind, _meaning(entry, owner))
        for entry, owner in zip(entries, _owners(entries), strict=True)
        if deepest is None or entry.depth <= deepest
    ]
    names = min(max(len(name) for name, _, _ in rows), _NAMES, max(width - 46, 14))
    kinds = min(max(len(kind) for _, kind, _ in rows), _KINDS)
    widths = (names, kinds, max(width - names - kinds - 4, 24))
    return "".join(line + "\n" for row in rows for line in _lines(row, widths))


def _lines(row: tuple[str, str, str], widths: tuple[int, int, int]) -> Iterator[str]:
    """Lay out one row, each cell wrapped; a name that is too long has a line for itself."""
    name, kind, meaning = row
    if len(name) > widths[0]:
        yield name
        name = ""
    kinds = textwrap.wrap(kind, widths[1]) or [""]
    meanings = textwrap.wrap(meaning, widths[2], break_on_hyphens=False) or [""]
    for index in range(max(len(kinds), len(meanings))):
        cells = (
            name if index == 0 else "",
            kinds[index] if index < len(kinds) else "",
            meanings[index] if index < len(meanings) else "",
        )
        padded = (f"{cell:<{size}}" for cell, size in zip(cells, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _meaning(entry: Entry, owner: str) -> str:
    """Give what an entry means, its words or an example, and who knows it."""
    shown = entry.words or entry.keys[:1] or [example_of(entry)]
    inside = ", ".join(filter(None, shown))
    said = f"{'' if entry.words else 'such as '}{inside}" if inside else ""
    notes = (said, "secrets redacted" if entry.is_secret else "", owner)
    return " ".join(filter(None, [entry.about, *(note and f"({note})" for note in notes)]))


def example_of(entry: Entry) -> str:
    """Give an example of a value, as a rule or a document writes it; a truth value needs none."""
    from json import dumps  # noqa: PLC0415 - few need it

    if not entry.examples or isinstance(entry.examples[0], bool):
        return ""
    first = entry.examples[0]
    return first if isinstance(first, str) else dumps(first, ensure_ascii=False)


def _owners(entries: Sequence[Entry]) -> Iterator[str]:
    """Say who knows each entry where that differs from what was said of the mapping around it."""
    said: list[str] = []
    for index, entry in enumerate(entries):
        below = [entry.owner]
        for later in entries[index + 1 :]:
            if later.depth <= entry.depth:
                break
            below.append(later.owner)
        told = {owner_in_words(owner) for owner in below if owner}
        own = told.pop() if len(told) == 1 else ""
        del said[entry.depth :]
        yield own if own not in said else ""
        said.append(own)


def owner_in_words(owner: JsonObject) -> str:
    """Say which collector gathers a fact, of which subjects and of what, or which pack has it."""
    if PACK in owner:
        return f"pack {owner[PACK]}"
    if COLLECTOR not in owner:
        return ""
    told = owner[COLLECTOR]
    live = ", live" if told["live"] else ""
    return f"collector {told['name']}: {', '.join(told['subjects'])}{live}"


def _steps(schema: FactsSchema, path: str) -> list[str | int]:
    """Give the steps of a path as rules or our own lists write it, or refuse it."""
    from engine.loading.paths import parse_path  # noqa: PLC0415 - few ask for one
    from engine.model.place import Place  # noqa: PLC0415

    written = path.replace("[]", "[0]").replace(".*", '["*"]')
    steps = list(parse_path(written, Place("PATH")).steps)
    found: Json = {"properties": schema.top}
    for step in steps:
        inner = schema.inside(found, step)
        if inner is None:
            known = as_mapping(found).get("properties", {})
            advice = did_you_mean(str(step), known) or "`engine list facts` shows what there is"
            what = f"unknown fact `{path}`: nobody declares `{step}`"
            raise UsageError(Complaint(what, None, advice))
        found = schema.resolved(inner)
    return steps
