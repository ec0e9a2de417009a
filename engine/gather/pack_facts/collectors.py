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
_UNTOLD = Absent("not_collected", "no pack says where it is read from")


def pack_collectors(
    plans: Sequence[JsonObject], trusted: Mapping[str, str] = NOBODY
) -> Mapping[str, Collector]:
    """Give a collector for each plan out of a program's `gather`.

    `trusted` are the packs whose commands may run: their folders by their digests.
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
        for entry in plan["facts"]:
            yield _fact(survey, entry, plan, trusted)

    summary = f"Facts of the pack `{plan['pack']}`: {', '.join(facts)}"
    declared = facts | {name: {} for name in beside}
    return Collector(collector_name(plan["pack"]), summary, SUBJECTS, declared, collect)


def _fact(survey: Survey, entry: JsonObject, plan: JsonObject, trusted: Mapping[str, str]) -> Fact:
    """Give one fact; what goes wrong with it costs no other."""
    name = entry["fact"]
    origin = Provenance(origin=_asked(entry), file=entry["file"])
    try:
        content = _content(survey, entry, plan, trusted)
        origin = Provenance(origin=content.origin, file=content.file)
        node = _node(content, entry)
        fitting = Fitting(survey.redaction, name, origin)
        value = fitting.value(node, _names(entry), entry["schema"])
    except HostError as error:
        value = Absent(error.cause, error.detail, certain=_is_certain(error, entry))
    except FormatError as error:
        value = Absent(error.cause, f"{content.name}{error.place}: {error.what}")
    return Fact(name, value, origin)


def _content(
    survey: Survey, entry: JsonObject, plan: JsonObject, trusted: Mapping[str, str]
) -> Content:
    if entry["file"] is not None:
        return file_content(survey, entry["file"])
    if entry["variable"] is not None:
        return variable_content(survey, entry["variable"])
    return command_content(survey, entry, plan, trusted)


def _node(content: Content, entry: JsonObject) -> Node:
    """Give the part of the content that the entry asks for."""
    if entry["variable"] is not None and entry["pattern"] is None:
        return _whole(content)
    from engine.gather.formats import FORMATS  # noqa: PLC0415 - few entries are carried out

    node = FORMATS[entry["format"]].read(content.data, content.name)
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


def _asked(entry: JsonObject) -> str:
    """Say what was asked where it gave nothing."""
    if entry["variable"] is not None:
        return f"environment variable {entry['variable']}"
    return str(entry["file"] or entry["command"][0])


def _is_certain(error: HostError, entry: JsonObject) -> bool:
    """Say whether the fact is known not to be there; of what a program writes nobody knows."""
    return error.cause == "missing" and not entry["command"]
