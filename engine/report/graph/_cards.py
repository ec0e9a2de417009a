"""A process as a card drawn with lines: what it inherits and adopts, what it reads in order."""

from __future__ import annotations

from engine.model.visible import visible
from engine.report._lines import cells, padded, painted, shortened, wrapped
from engine.report.graph._rows import (
    LEGEND,
    LEGEND_OF_WAYS,
    MARKS,
    about_rows,
    alike_words,
    condition,
    read_name,
    way_rows,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.report._base import Layout
    from engine.report.graph._picture import Picture, Process, Read, State

_LABEL = 10
_COLOURS = {"read": "green", "not_read": "dim", "unknown": "magenta"}


def card_lines(process: Process, picture: Picture, layout: Layout) -> list[str]:
    """Draw a card as wide as the page."""
    room = layout.width - 4
    body: list[tuple[str, str | None]] = []
    if process.shell and process.shell not in process.title and not process.like:
        body += _labelled("as", process.shell, room)
    for label, words in about_rows(process):
        body += _labelled(label, words, room)
    body += _ways(way_rows("inherits", process.inherits) or [("inherits", "nothing", "")], room)
    body += _ways(way_rows("adopts", process.adopts), room)
    if process.like:
        body += _labelled("reads", f"what {alike_words(process)} reads", room)
    body += _reads(process.reads, room)
    if not process.reads and not process.like:
        body += _labelled("reads", "nothing", room)
    is_focus = process.id == picture.focus
    lines = [_edge(process, layout, is_focus=is_focus)]
    for text, colour in body:
        told = painted(layout, text, colour) + " " * max(room - cells(text), 0)
        lines.append(f"│ {told} │" if cells(text) <= room else f"│ {told}")
    return [*lines, f"╰{'─' * (layout.width - 2)}╯"]


def legend(picture: Picture, layout: Layout) -> list[str]:
    """Say what the marks mean that were used."""
    ways = [way.state for one in picture.processes for way in (*one.inherits, *one.adopts)]
    reads = [read.state for process in picture.processes for read in process.reads]
    used = {MARKS[state] for state in (*ways, *reads)}
    meanings = LEGEND_OF_WAYS if any(ways) else LEGEND
    words = [f"{mark} {said}" for mark, said in meanings.items() if mark in used]
    return [painted(layout, f"  {'   '.join(words)}", "dim")] if words else []


def _ways(rows: Sequence[tuple[str, str, State]], room: int) -> list[tuple[str, str | None]]:
    lines: list[tuple[str, str | None]] = []
    for label, words, state in rows:
        start = padded(label, _LABEL) + (f"{MARKS[state]} " if state else "")
        colour = _COLOURS.get(state)
        lines += [(line, colour) for line in wrapped(words, room, start)]
    return lines


def _edge(process: Process, layout: Layout, *, is_focus: bool) -> str:
    """Draw the upper edge with the title in it, and the id at its end."""
    name = shortened(visible(process.name), layout.width // 2)
    title = shortened(process.title, max(layout.width - cells(name) - 9, 16))
    if title == name:
        line = "─" * max(layout.width - cells(title) - 5, 1)
        return f"╭─ {painted(layout, title, _title(is_focus), bold=True)} {line}╮"
    line = "─" * max(layout.width - cells(title) - cells(name) - 8, 1)
    title = painted(layout, title, _title(is_focus), bold=True)
    return f"╭─ {title} {line} {painted(layout, name, 'cyan')} ─╮"


def _title(is_focus: bool) -> str | None:
    return "green" if is_focus else None


def _reads(reads: Sequence[Read], room: int) -> list[tuple[str, str | None]]:
    lines: list[tuple[str, str | None]] = []
    digits = len(str(len(reads)))
    for read in reads:
        label = "reads" if not lines else ""
        start = f"{padded(label, _LABEL)}{read.number:>{digits}} {MARKS[read.state]} "
        below = " " * cells(start)
        colour = _COLOURS.get(read.state)
        own = wrapped(f"{read_name(read)}{condition(read)}", room, start, f"{below}  ")
        lines += [(line, colour) for line in own]
        if read.reason and read.state != "read":
            lines += [(line, colour) for line in wrapped(read.reason, room, f"{below}  ")]
        lines += _files(read, room, below)
    return lines


def _files(read: Read, room: int, below: str) -> list[tuple[str, str | None]]:
    """Draw the files that were loaded by those that the source names."""
    lines: list[tuple[str, str | None]] = []
    for file in read.files:
        if file.by:
            words = f"{file.path}  by {file.by}"
            lines += [
                (line, "green") for line in wrapped(words, room, f"{below}↳ ", f"{below}    ")
            ]
    return lines


def _labelled(label: str, text: str, room: int) -> list[tuple[str, str | None]]:
    start = padded(label, _LABEL)
    return [(line, None) for line in wrapped(text, room, start, " " * _LABEL)]
