"""What a process takes and reads, as rows of text."""

from __future__ import annotations

from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.report.graph._picture import Process, Read, State, Way

LOST = "\N{MULTIPLICATION SIGN}"
MARKS = {"read": "✓", "not_read": LOST, "unknown": "?", "": " "}
LEGEND = {"✓": "read", LOST: "not read", "?": "not known whether it is read"}
LEGEND_OF_WAYS = {"✓": "read, or taken", LOST: "neither", "?": "nobody knows"}


def read_rows(process: Process) -> list[tuple[str, str]]:
    """Give a numbered row for each source that a process reads, under its condition."""
    digits = len(str(len(process.reads)))
    return [
        (f"{read.number:>{digits}}. ", f"{read.label}{condition(read)}") for read in process.reads
    ]


def condition(read: Read | Way) -> str:
    """Give the condition that a source is read or a way taken under, to stand after its name."""
    return f"  {read.when}" if read.when else ""


def alike_words(process: Process) -> str:
    """Say whose sources a process reads: those of the shell that it starts, in its way."""
    like = visible(process.like)
    name = process.shell.rpartition(" ")[2]
    if like and process.shell and name in {like, "shell"}:
        kind = process.shell.removesuffix(name).strip()
        article = "an" if kind[:1] == "i" else "a"
        return f"{article} {kind} {like}" if kind else like
    return like


def read_name(read: Read) -> str:
    """Name a source, or the file of it that was read where it may be one of several."""
    own = [file.path for file in read.files if not file.by]
    if not own or own == [read.label]:
        return read.label
    return f"{', '.join(own)}  (of {read.label})"


def way_words(way: Way) -> str:
    """Say what is taken over from which process, and what else there is to it."""
    if not way.process:
        return f"nothing{condition(way)}"
    said = f"{way.part}, of {way.title}" if way.part != "all" else f"all of {way.title}"
    return f"{said}{f'; {way.aside}' if way.aside else ''}{condition(way)}"


def way_rows(verb: str, ways: Sequence[Way]) -> list[tuple[str, str, State]]:
    """Give a row for each alternative: the verb or `else`, what is taken, and whether it was."""
    return [
        (verb if not number else "else", way_words(way), way.state)
        for number, way in enumerate(ways)
    ]


def about_rows(process: Process) -> list[tuple[str, str]]:
    """Say when a process is there, and for each of what."""
    rows = []
    if process.for_each:
        known = process.elements
        names = ", ".join(map(visible, known or ())) or "none"
        rows.append(
            ("for each", f"of {process.for_each}" + ("" if known is None else f": {names}"))
        )
    if process.when:
        rows.append(("only", process.when))
    return rows
