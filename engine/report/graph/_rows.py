"""What a process takes and reads, as rows of text."""

from __future__ import annotations

from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.report.graph._picture import Picture, Process, Read, Way

LOST = "\N{MULTIPLICATION SIGN}"
MARKS = {"read": "✓", "not_read": LOST, "unknown": "?", "": " "}
LEGEND = {"✓": "read", LOST: "not read", "?": "not known whether it is read"}


def read_rows(process: Process) -> list[tuple[str, str]]:
    """Give a numbered row for each source that a process reads, under its condition."""
    digits = len(str(len(process.reads)))
    return [
        (f"{read.number:>{digits}}. ", f"{read.label}{condition(read)}") for read in process.reads
    ]


def condition(read: Read) -> str:
    """Give the condition that a source is read under, to stand after its name."""
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


def way_words(way: Way, picture: Picture) -> str:
    """Say what is taken over from which process, and what else there is to it."""
    origin = picture.named(way.process)
    title = origin.title if origin else visible(way.process)
    said = f"{way.part}, of {title}" if way.part != "all" else f"all of {title}"
    return f"{said}; {way.aside}" if way.aside else said
