"""The one thing that the text functions of shells raise."""

from __future__ import annotations


class Unsupported(Exception):  # noqa: N818 - it is no mistake of anybody's
    """A shell does something here that is not reckoned, so the result is unknown.

    The shell itself may well complain here too: that it does, and then goes on or not, is no
    result either.
    """

    def __init__(self, detail: str) -> None:
        """Keep what it is, as one would say after «cannot tell:»."""
        super().__init__(detail)
        self.detail = detail
