"""How a Dockerfile ends that is not understood: refused by the builder, or beyond our means."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Refused(Exception):  # noqa: N818 - it says what it is
    """BuildKit refuses the file or a stage: the reason in our words, the line if it is known."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        """Take the reason and the line."""
        super().__init__(reason)
        self.reason = reason
        self.line = line


class Beyond(Exception):  # noqa: N818 - it says what it is
    """The file goes beyond what we follow, so nothing is known of it: a state, and the reason."""

    def __init__(self, state: str, reason: str, line: int | None = None) -> None:
        """Take the state, the reason and the line."""
        super().__init__(reason)
        self.state = state
        self.reason = reason
        self.line = line


@contextlib.contextmanager
def at_line(line: int) -> Iterator[None]:
    """Say of what is refused meanwhile that it is for this line, unless it says another one."""
    try:
        yield
    except Refused as refused:
        raise Refused(refused.reason, refused.line or line) from None
