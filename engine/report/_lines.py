"""Lines of text on a page of a given width."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.report._base import Layout

ELLIPSIS = "…"

_BOLD = "1"
_COLOURS = {
    "red": "31",
    "green": "32",
    "magenta": "35",
    "cyan": "36",
    "dim": "2",
}  # legible on dark and on light


def cells(text: str) -> int:
    """Count the columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width  # noqa: PLC0415 - seldom needed

    return sum(
        # Marks stand on the sign before them, those that choose its look included.
        0 if category(sign) in {"Mn", "Me"} else 2 if east_asian_width(sign) in {"W", "F"} else 1
        for sign in text
    )


def wrapped(text: str, width: int, first: str = "", rest: str | None = None) -> list[str]:
    """Break a text between words; a word that is too long, such as a path, stays whole.

    `first` starts the first line and `rest` the others; without it they stand below the text of
    the first.
    """
    if rest is None:
        rest = " " * cells(first)
    lines: list[str] = []
    line, is_bare = first, True
    for word in text.split(" "):
        if not is_bare and cells(line) + 1 + cells(word) > width:
            lines.append(line.rstrip(" "))
            line, is_bare = rest, True
            if not word:
                continue  # two spaces set texts apart on a line, and nothing where one ends
        line += word if is_bare else f" {word}"
        is_bare = False
    return [*lines, line]


def shortened(text: str, room: int) -> str:
    """Leave out the middle of a text that is longer than its room; both ends tell the most."""
    if cells(text) <= room:
        return text
    if cells(text) == len(text):
        head = (room - 1) // 2
        return text[:head] + ELLIPSIS + text[len(text) - (room - 1 - head) :]
    # Taking out one sign at a time is for the last few; a long text would take minutes.
    text = text[: 2 * room] + text[-2 * room :] if len(text) > 4 * room else text
    while cells(text) > room - 1:
        middle = len(text) // 2
        text = text[:middle] + text[middle + 1 :]
    middle = len(text) // 2
    return text[:middle] + ELLIPSIS + text[middle:]


def padded(text: str, width: int) -> str:
    """Fill a text up with spaces."""
    return text + " " * (width - cells(text))


def painted(layout: Layout, text: str, colour: str | None = None, *, bold: bool = False) -> str:
    """Give a text in a colour where the layout has colours."""
    codes = [_BOLD] * bold + ([_COLOURS[colour]] if colour else [])
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if layout.colour and codes and text else text
