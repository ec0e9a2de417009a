"""What a format is: a reader from bytes to values, each with the place where it stands."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from engine.errors import LoadError
from engine.loading.scalars import number
from engine.model.facts import Absent
from engine.model.place import Place
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.loading.nodes import Node

DEEPEST = 64
MOST_VALUES = 200_000


class FormatError(Exception):
    """A file that is not what its format says; the sentence never quotes the file."""

    def __init__(
        self, what: str, line: int | None, column: int | None = None, cause: str = "parse_error"
    ) -> None:
        """Take what is wrong, and where."""
        super().__init__(what, line, column, cause)
        self.what = what
        self.file = ""
        self.place = Place("", line, column)
        self.cause = cause


@record
class Format:
    """A name for `format`, and what reads it: bytes and the file's name to a node.

    Any value in the node may be `Absent`; the reader may raise `FormatError`.
    """

    name: str
    read: Callable[[bytes, str], Node]


class Text:
    """A file's text, in which an index has a line and a column."""

    def __init__(self, data: bytes, file: str) -> None:
        """Decode UTF-8, with a byte order mark or without."""
        try:
            self.content = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise FormatError("this is not UTF-8", line) from None
        self._file = file
        self._starts = [0]
        at = self.content.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = self.content.find("\n", at + 1)

    def place(self, index: int) -> Place:
        """Give the place of a character."""
        line = bisect_right(self._starts, index)
        return Place(self._file, line, index - self._starts[line - 1] + 1)

    def error(self, what: str, index: int, cause: str = "parse_error") -> FormatError:
        """Give an error at a character."""
        place = self.place(index)
        return FormatError(what, place.line, place.column, cause)

    def lines(self) -> list[str]:
        """Give the lines without their ends."""
        lines = [line.removesuffix("\r") for line in self.content.split("\n")]
        return lines[:-1] if lines[-1] == "" else lines


def number_or_hole(digits: str, place: Place) -> int | float | Absent:
    """Give a number as JSON writes it, or a hole for one that a facts document cannot hold."""
    try:
        return number(digits, place)
    except LoadError:
        return Absent("unsupported", "it is a number that is out of range")


def repeated(first: Place, again: Place) -> Absent:
    """Give what a key stands for that is there twice: readers take the first, the last, none."""
    return Absent(
        "ambiguous", f"the key stands at line {first.line} and again at line {again.line}"
    )
