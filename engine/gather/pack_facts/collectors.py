"""Collectors made of data: what the `gather` section of a pack says, carried out."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.gather.collector import Collector, Fact
from engine.gather.formats._base import FormatError, Text
from engine.gather.host import HostError
from engine.gather.pack_facts.commands import command_content
from engine.gather.pack_facts.sources import file_content, variable_content
from engine.gather.pack_facts.values import Fitting, first_match, part_at
from engine.gather.survey import SUBJECTS
from engine.loading.nodes import Node
from engine.model.facts import Absent
from engine.model.place import Place, Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.gather.pack_facts.sources import Content
    from engine.gather.survey import Survey
    from engine.model.json_value import JsonObject

NOBODY: Mapping[str, str] = MappingProxyType({})
MOST_OF_A_PACK = 16 << 20
"""What all facts of a pack may take in a document."""

_UNTOLD = Absent("not_collected", "no pack says where it is read from")


def pack_collectors(
    plans: Sequence[JsonObject], trusted: Mapping[str, str] = NOBODY
) -> Mapping[str, Collector]:
    """Give a collector for each plan out of a program's `gather`.

    `trusted` are the packs whose commands may run: their digests by their folders.
    """
    made = [_collector(plan, trusted) for plan in plans]
    return {each.name: each for each in made}


def collector_name(pack: str) -> str:
    """Give the name of a pack's collector; no other collector has a colon in its name."""
    return f"pack:{pack}"


def _collector(plan: JsonObject, trusted: Mapping[str, str]) -> Collector:
    facts: dict[str, JsonObject] = {entry["fact"]: entry["schema"] for entry in plan["facts"]}
    beside = (*plan["untold"], *(f"{around}.-" for around in plan["open"]))
    nowhere = Provenance(origin="packs")

    def collect(survey: Survey) -> Iterator[Fact]:
        for name in beside:
            yield Fact(name, _UNTOLD, nowhere)
        reading = _Reading(survey, plan, trusted)
        for entry in plan["facts"]:
            yield reading.fact(entry)

    summary = f"Facts of the pack `{plan['pack']}`: {', '.join(facts)}"
    declared = facts | {name: {} for name in beside}
    return Collector(collector_name(plan["pack"]), summary, SUBJECTS, declared, collect)


class _Reading:
    """One run of a pack's entries, in which what goes wrong with one costs no other."""

    def __init__(self, survey: Survey, plan: JsonObject, trusted: Mapping[str, str]) -> None:
        self._survey = survey
        self._plan = plan
        self._trusted = trusted
        self._left = MOST_OF_A_PACK
        # Entries that stand beside each other are often about one file; keeping more would cost
        # what many large files take.
        self._last: tuple[JsonObject, tuple[Content, Node] | Exception] | None = None

    def fact(self, entry: JsonObject) -> Fact:
        """Give one fact."""
        origin = Provenance(origin=_source_of(entry), file=entry["file"])
        try:
            content, node = self._read(entry)
            origin = Provenance(origin=content.origin, file=content.file)
            fitting = Fitting(self._survey.redaction, entry["fact"], origin, self._left)
            value = fitting.value(_part(content, node, entry), _names(entry), entry["schema"])
            self._left -= fitting.taken
        except HostError as error:
            value = Absent(error.cause, error.detail, certain=_is_certain(error, entry))
        except FormatError as error:
            name = error.file or origin.origin
            value = Absent(error.cause, f"{name}{error.place}: {error.what}")
        return Fact(entry["fact"], value, origin)

    def _read(self, entry: JsonObject) -> tuple[Content, Node]:
        """Give what a source holds; one that failed is not asked again, either."""
        source = {key: entry[key] for key in ("file", "variable", "command", "format")}
        if self._last is None or self._last[0] != source:
            try:
                self._last = source, self._asked(entry)
            except (HostError, FormatError) as error:
                self._last = source, error
        found = self._last[1]
        if isinstance(found, Exception):
            raise found
        return found

    def _asked(self, entry: JsonObject) -> tuple[Content, Node]:
        from engine.gather.formats import FORMATS  # noqa: PLC0415 - few entries are carried out

        content = self._content(entry)
        if entry["variable"] is not None:
            return content, _whole(content)
        try:
            return content, FORMATS[entry["format"]].read(content.data, content.name)
        except FormatError as error:
            error.file = content.name
            raise

    def _content(self, entry: JsonObject) -> Content:
        if entry["file"] is not None:
            return file_content(self._survey, entry["file"])
        if entry["variable"] is not None:
            return variable_content(self._survey, entry["variable"])
        return command_content(self._survey, entry, self._plan, self._trusted)


def _part(content: Content, node: Node, entry: JsonObject) -> Node:
    """Give the part of what was read that the entry asks for."""
    if entry["pattern"] is not None:
        return first_match(node, Text(content.data, content.name).lines(), entry["pattern"])
    return part_at(node, entry["at"])


def _whole(content: Content) -> Node:
    """Give a variable's value as it is, whatever bytes it holds."""
    return Node(content.data.decode("utf-8", "surrogateescape"), Place(content.name))


def _names(entry: JsonObject) -> list[str]:
    """Give the names that lead to the value, any of which may say that it is a secret."""
    last = entry["fact"].rpartition(".")[2]
    inside = [step for step in entry["at"] if isinstance(step, str)]
    return [last, *inside, *([entry["variable"]] if entry["variable"] else [])]


def _source_of(entry: JsonObject) -> str:
    """Say what was asked where it gave nothing."""
    if entry["variable"] is not None:
        return f"environment variable {entry['variable']}"
    return str(entry["file"] or entry["command"][0])


def _is_certain(error: HostError, entry: JsonObject) -> bool:
    """Say whether the fact is known not to be there; of what a program writes nobody knows."""
    return error.cause == "missing" and not entry["command"]
