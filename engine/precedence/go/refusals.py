"""What makes the go command refuse to work at all."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.state import Place


class Refusal(Exception):  # noqa: N818 - it says what the command does
    """The command ends with a message instead of an answer."""

    def __init__(self, message: str, key: str = "", place: Place | None = None) -> None:
        """Take what it says, the setting that is to blame, and where that or another cause is."""
        super().__init__(message)
        self.message = message
        self.key = key
        self.place = place
