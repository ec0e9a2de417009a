"""What a reader of `.env` files is, and what they have in common."""

from __future__ import annotations

import bisect
from typing import TYPE_CHECKING

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.assignments import Assignment
    from engine.model.facts import Absent

CLIENT = "client"
"""The scope of variables of the process that reads the file."""


class Refused(Exception):  # noqa: N818 - it says what a program did, and is no fault of ours
    """The program refuses the whole file, for a reason, perhaps at a line; nothing is set."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        """Take the reason, which holds nothing of the file but names of variables, and the line."""
        super().__init__(reason, line)
        self.reason = reason
        self.line = line


@record
class Dialect:
    """How one program reads such files.

    `read` gives what a file's bytes set, in the order in which it counts, or raises `Refused`. A
    hole in the list says that there may be others. `title` names the program for people.
    """

    name: str
    title: str
    read: Callable[[bytes], list[Assignment | Absent]]


class Lines:
    """Says on which line of a text something stands; each ends with a newline."""

    def __init__(self, text: str) -> None:
        """Take the text."""
        self._ends = [at for at, character in enumerate(text) if character == "\n"]

    def of(self, position: int) -> int:
        """Give the line of a position, counted from 1."""
        return bisect.bisect_left(self._ends, position) + 1
