"""A picture as nodes and edges, for formats that lay it out themselves."""

from __future__ import annotations

from engine.model.record import record
from engine.model.visible import visible
from engine.report.graph._rows import about_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Literal, TypeAlias

    from engine.report.graph._picture import Picture, Process, Way

    Kind: TypeAlias = Literal["inherits", "adopts", "reads", "not_read", "like"]


@record
class Edge:
    """One process's edge from another, or from a source that it reads."""

    kind: Kind
    start: str
    end: str
    label: str = ""
    is_source: bool = False


def process_label(process: Process) -> list[str]:
    """Give the lines that a process's node shows."""
    lines = [process.title]
    about = [" ".join(row) for row in about_rows(process)]
    if process.members:
        members = (f"{member.title} ({visible(member.id)})" for member in process.members)
        return [*lines, *about, *members]
    if visible(process.name) != process.title:
        lines.append(visible(process.name))
    if process.shell and process.shell not in process.title:
        lines.append(process.shell)
    return [*lines, *about]


def _way_label(kind: Kind, way: Way, *, is_else: bool) -> str:
    """Say what is taken, unless it is all that is inherited, and under which condition."""
    is_plain = kind == "inherits" and way.part == "all"
    part = "" if is_plain else f"{kind} {way.part}{f'; {way.aside}' if way.aside else ''}"
    return ", ".join(filter(None, ["else" if is_else else "", part, way.when]))


def source_labels(picture: Picture) -> dict[str, str]:
    """Give every source that is read, with its label."""
    return {read.source: read.label for process in picture.processes for read in process.reads}


def edges_of(picture: Picture) -> Iterator[Edge]:
    """Give the edges, those of each process together."""
    names = {process.id for process in picture.processes}
    for process in picture.processes:
        yield from _way_edges("inherits", process, process.inherits, names)
        yield from _way_edges("adopts", process, process.adopts, names)
        if process.like in names:
            yield Edge("like", process.like, process.id, "reads alike")
        for read in process.reads:
            said = read.when or read.reason
            when = f": {said}" if said else ""
            kind: Kind = "not_read" if read.state == "not_read" else "reads"
            yield Edge(kind, read.source, process.id, f"{read.number}{when}", is_source=True)


def _way_edges(
    kind: Kind, process: Process, ways: Sequence[Way], names: set[str]
) -> Iterator[Edge]:
    """Give an edge for each alternative that may have been taken, with its condition."""
    for number, way in enumerate(ways):
        if way.process in names and way.state != "not_read":
            yield Edge(kind, way.process, process.id, _way_label(kind, way, is_else=number > 0))
