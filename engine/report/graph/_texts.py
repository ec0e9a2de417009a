"""What a card of a drawing says, broken into lines that fit on it."""

from __future__ import annotations

from engine.model.record import record
from engine.model.visible import visible
from engine.report._lines import cells, wrapped
from engine.report.graph._rows import MARKS, about_rows, alike_words, read_name, way_rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.report.graph._picture import Process, Read

TITLE, ROW = 7.8, 6.7
"""How wide a sign of a title and of a row is; a little too wide is better than over the edge."""

_TITLE_SIGNS, _ROW_SIGNS = 38, 44


@record
class Text:
    """A line: its kind is `title`, `id`, `muted`, `read` or `lost`; `indent` is in pixels."""

    kind: str
    words: str
    indent: float = 0
    mark: str = ""


def texts_of(process: Process) -> tuple[Text, ...]:
    """Give the lines of a process's card."""
    return tuple(_texts(process))


def _texts(process: Process) -> Iterator[Text]:
    for line in broken(process.title, _TITLE_SIGNS):
        yield Text("title", line)
    name = visible(process.name)
    about = [name] if name != process.title and not process.members else []
    if process.shell and process.shell not in process.title and not process.like:
        about.append(process.shell)
    for line in broken(" · ".join(about), _ROW_SIGNS):
        yield Text("id", line)
    for row in about_rows(process):
        for line in broken(" ".join(row), _ROW_SIGNS):
            yield Text("muted", line)
    for way, kind in _ways(process):
        for line in broken(way, _ROW_SIGNS):
            yield Text(kind, line)
    if process.like:
        yield Text("muted", f"reads what {alike_words(process)} reads")
    yield from _members(process)
    marks = [f"{read.number} {MARKS[read.state]}".rstrip() for read in process.reads]
    indent = ROW * (max(map(len, marks), default=0) + 1.5)
    for mark, read in zip(marks, process.reads, strict=True):
        yield from _read(read, mark, indent)


def _ways(process: Process) -> Iterator[tuple[str, str]]:
    """Say what is taken from others, but for what the line that leads to the card says."""
    for verb, ways in (("inherits", process.inherits), ("adopts", process.adopts)):
        if len(ways) == 1 and not ways[0].when:
            (way,) = ways
            if verb == "adopts" or way.part != "all":
                yield f"{verb} {way.part}", "muted"
            if way.aside:
                yield way.aside, "muted"
            continue
        for label, words, state in way_rows(verb, ways):
            yield f"{label} {words}", "lost" if state == "not_read" else "muted"


def _members(process: Process) -> Iterator[Text]:
    """Give the processes that a card stands for: the id of each, and its title."""
    column = ROW * (max((cells(member.id) for member in process.members), default=0) + 2)
    for member in process.members:
        mark = visible(member.id)
        for line in broken(member.title, _ROW_SIGNS):
            yield Text("read", line, column, mark)
            mark = ""


def _read(read: Read, mark: str, indent: float) -> Iterator[Text]:
    """Give a numbered line for a source, then its condition, its files and why it was not read."""
    kind = "lost" if read.state == "not_read" else "read"
    for line in broken(read_name(read), _ROW_SIGNS):
        yield Text(kind, line, indent, mark)
        mark = ""
    asides = [read.when] if read.when else []
    asides += [read.reason] if read.reason else []
    asides += [f"↳ {file.path} by {file.by}" for file in read.files if file.by]
    for aside in asides:
        for line in broken(aside, _ROW_SIGNS - 1):
            yield Text("muted", line, indent + ROW)


def broken(text: str, signs: int) -> list[str]:
    """Break a text between words, and words that are too long where a path may be broken."""
    lines: list[str] = []
    for line in wrapped(text, signs) if text else ():
        rest = line
        while cells(rest) > signs:
            head = rest
            while cells(head) > signs:
                head = head[: min(signs, len(head) - 1)]
            cut = head.rfind("/", signs // 2) + 1 or len(head)
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return lines
