"""What a collector is, and the facts that it yields."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject
    from engine.model.place import Provenance

MORE = "-"
"""The key of a hole that stands for all keys not given: `{"A": 1, MORE: Absent(...)}`."""

SECONDS = 30.0
"""How long a collector may take; what it runs has bounds of its own, and shorter ones."""


@record
class Fact:
    """One key's value and where it comes from; who collected it is added when the document is made.

    The value is plain JSON in which any part may be `Sourced`, `Redacted` or `Absent`. An `Absent`
    in a list says that there are elements which are not known. One that is `certain` is known not
    to be there.
    """

    key: str
    value: Json
    provenance: Provenance


@record
class Sourced:
    """A part of a fact's value with a provenance of its own."""

    value: Json
    provenance: Provenance


@record
class Verbatim:
    """A part of a fact's value that is plain JSON already, its secrets hidden: taken as it is."""

    value: Json


@record
class Collector:
    """Code that asks the host, with the JSON Schema of every key that it may write.

    `groups` says what mappings mean that it shares with others: `go`, where it writes `go.version`.
    One that is `live` runs programs or speaks of running processes: only a machine can be asked.
    One that is `last` waits for all others, and may read what they found; one with a 2 there waits
    for the last ones as well. None gets more than its `seconds`.
    """

    name: str
    summary: str
    subjects: tuple[str, ...]
    facts: Mapping[str, JsonObject]
    collect: Callable[[Survey], Iterable[Fact]]
    live: bool = False
    last: int = False
    seconds: float = SECONDS
    groups: Mapping[str, str] = MappingProxyType({})


def collector(  # noqa: PLR0913 - what a collector is, each by name
    name: str,
    *,
    subjects: tuple[str, ...],
    facts: Mapping[str, JsonObject],
    live: bool = False,
    last: int = False,
    seconds: float = SECONDS,
    groups: Mapping[str, str] = MappingProxyType({}),
) -> Callable[[Callable[[Survey], Iterable[Fact]]], Collector]:
    """Turn a generator of facts into a collector; its docstring's first line is the summary."""

    def make(collect: Callable[[Survey], Iterable[Fact]]) -> Collector:
        summary = (collect.__doc__ or "").partition("\n")[0]
        return Collector(name, summary, subjects, facts, collect, live, last, seconds, groups)

    return make
