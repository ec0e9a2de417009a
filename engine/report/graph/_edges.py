"""A picture as nodes and edges, for formats that lay it out themselves."""

from __future__ import annotations

from engine.model.record import record
from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Literal, TypeAlias

    from engine.report.graph._picture import Picture, Process

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
    if process.members:
        return [*lines, *(f"{member.title} ({visible(member.id)})" for member in process.members)]
    if visible(process.id) != process.title:
        lines.append(visible(process.id))
    if process.shell and process.shell not in process.title:
        lines.append(process.shell)
    return lines


def source_labels(picture: Picture) -> dict[str, str]:
    """Give every source that is read, with its label."""
    return {read.source: read.label for process in picture.processes for read in process.reads}


def edges_of(picture: Picture) -> Iterator[Edge]:
    """Give the edges, those of each process together."""
    names = {process.id for process in picture.processes}
    for process in picture.processes:
        inherits, adopts = process.inherits, process.adopts
        if inherits is not None and inherits.process in names:
            part = "" if inherits.part == "all" else f"inherits {inherits.part}"
            yield Edge("inherits", inherits.process, process.id, part)
        if adopts is not None and adopts.process in names:
            aside = f"; {adopts.aside}" if adopts.aside else ""
            yield Edge("adopts", adopts.process, process.id, f"adopts {adopts.part}{aside}")
        if process.like in names:
            yield Edge("like", process.like, process.id, "reads alike")
        for read in process.reads:
            said = read.when or read.reason
            when = f": {said}" if said else ""
            kind: Kind = "not_read" if read.state == "not_read" else "reads"
            yield Edge(kind, read.source, process.id, f"{read.number}{when}", is_source=True)
