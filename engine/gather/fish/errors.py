"""What can be wrong with fish source."""

from __future__ import annotations


class FishError(Exception):
    """A syntax error: fish runs nothing of a file that has one."""

    def __init__(self, offset: int, message: str) -> None:
        """Take where it is, counted in characters, and what is wrong there."""
        super().__init__(message)
        self.offset = offset
        self.message = message


class BadEscape(FishError):  # noqa: N818 - one kind of the above
    """An escape sequence that means nothing."""


class TooDeep(Exception):  # noqa: N818 - no error of whoever wrote the file
    """The source nests deeper than we follow it."""

    def __init__(self, offset: int) -> None:
        """Take where the limit was passed."""
        super().__init__("nested too deep")
        self.offset = offset
