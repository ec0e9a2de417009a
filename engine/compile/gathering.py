"""The facts that packs read without code, as plain JSON; their names are nobody else's.

For each pack that gathers, the program holds

    {"pack": name, "title": text, "folder": path, "digest": text,
     "facts": [{"fact": "acme.region", "schema": {...},
                "file" | "variable" | "command": ..., "format", "at", "pattern", "timeout"}, ...],
     "untold": ["acme.contact", ...], "open": ["acme", ...]}

`untold` are facts that are declared beside gathered ones, and `open` mappings around gathered ones
in which a schema allows any other name: nobody looks for either, so they are unknown, not missing.
"""

from __future__ import annotations

import os

from engine.errors import Complaint
from engine.operators.patterns import compile_pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.compile.schema import FactsSchema
    from engine.model.json_value import Json, JsonObject
    from engine.model.rules import GatherEntry, Pack

    Steps = tuple[str, ...]


def compile_gathering(
    packs: Sequence[Pack], schema: FactsSchema, complaints: list[Complaint]
) -> list[JsonObject]:
    """Give the plan of every pack that gathers, and note what is wrong with it."""
    gathering = [pack for pack in packs if pack.gather]
    entries = [entry for pack in gathering for entry in pack.gather]
    complaints += [
        *_collisions(entries, schema),
        *_same_names(gathering),
        *(found for entry in entries for found in _bad_groups(entry)),
    ]
    gathered = {entry.fact for entry in entries}
    told: set[Steps] = set()
    return [_plan(pack, schema, gathered, told) for pack in gathering]


def undeclared(packs: Sequence[Pack], schema: FactsSchema) -> Iterator[Complaint]:
    """Complain about gathered facts that are missing in the schema of the facts around them."""
    for pack in packs:
        for entry in pack.gather:
            if entry.fact[0] in schema.top and schema.at(entry.fact) is None:
                name = ".".join(entry.fact)
                what = f"`facts` does not declare the gathered fact `{name}`"
                yield Complaint(what, entry.place, "add it to the schema, or rules see nothing")


def _collisions(entries: Sequence[GatherEntry], schema: FactsSchema) -> Iterator[Complaint]:
    first: dict[Steps, GatherEntry] = {}
    engine = schema.document.get("properties", {})
    for entry in entries:
        name = ".".join(entry.fact)
        if entry.fact[0] in {*engine, "process"}:
            what = f"`{name}` is below `{entry.fact[0]}`, a name of the engine's own"
            yield Complaint(what, entry.place, "choose a name of your own")
            continue
        other = next((known for known in first if _overlap(known, entry.fact)), None)
        if other is not None:
            place = first[other].place
            what = f"the fact `{name}` is gathered twice: `{'.'.join(other)}` is read at {place}"
            yield Complaint(what, entry.place, "choose another name")
        first.setdefault(entry.fact, entry)


def _overlap(one: Steps, other: Steps) -> bool:
    """Say whether two facts are one, or one lies inside the other."""
    shorter = min(len(one), len(other))
    return one[:shorter] == other[:shorter]


def _same_names(packs: Sequence[Pack]) -> Iterator[Complaint]:
    first: dict[str, Pack] = {}
    for pack in packs:
        other = first.setdefault(pack.name, pack)
        if other is not pack:
            what = f"two packs that gather are called `{pack.name}`, the other at {other.place}"
            yield Complaint(what, pack.place, "rename one of them")


def _bad_groups(entry: GatherEntry) -> Iterator[Complaint]:
    """Complain about a pattern of which nobody can say what its value is."""
    groups = compile_pattern(entry.pattern).groups if entry.pattern is not None else ()
    if len(groups) > 1 and None in groups:
        what = f"the pattern of `{'.'.join(entry.fact)}` has {len(groups)} groups"
        yield Complaint(what, entry.place, "name all of them (`(?P<name>...)`), or keep one")


def _plan(pack: Pack, schema: FactsSchema, gathered: set[Steps], told: set[Steps]) -> JsonObject:
    untold: list[str] = []
    openings: list[str] = []
    for entry in pack.gather:
        for length in range(1, len(entry.fact)):
            around = entry.fact[:length]
            if around not in told:
                told.add(around)
                names, is_open = _beside(schema.at(around), around, gathered)
                untold += names
                openings += [".".join(around)] * is_open
    return {
        "pack": pack.name,
        "title": pack.title,
        "folder": os.path.dirname(os.path.abspath(pack.place.file)),
        "digest": pack.digest,
        "facts": [_entry(entry, schema) for entry in pack.gather],
        "untold": untold,
        "open": openings,
    }


def _beside(schema: Json, around: Steps, gathered: set[Steps]) -> tuple[list[str], bool]:
    """Give what is declared in a mapping and not gathered, and whether there may be more."""
    if not isinstance(schema, dict) or "properties" not in schema:
        return [], True
    others = [
        name
        for name in sorted(schema["properties"])
        if not any(_overlap((*around, name), fact) for fact in gathered)
    ]
    # A name with a dot in it cannot be told as a fact of its own.
    plain = [name for name in others if name and "." not in name and name != "-"]
    is_open = bool(schema.get("additionalProperties", False)) or len(plain) < len(others)
    return [".".join((*around, name)) for name in plain], is_open


def _entry(entry: GatherEntry, schema: FactsSchema) -> JsonObject:
    declared = schema.at(entry.fact)
    return {
        "fact": ".".join(entry.fact),
        "schema": declared if isinstance(declared, dict) else {},
        "file": entry.file,
        "variable": entry.variable,
        "command": list(entry.command),
        "format": entry.format,
        "at": list(entry.at),
        "pattern": entry.pattern,
        "timeout": entry.timeout,
    }
