r"""A file's text as shfmt can carry it: nothing that it would drop or mend.

shfmt takes `\r` for a blank and writes U+FFFD for bytes that are no UTF-8; the shells keep both.
They are stood in for by characters of a private plane and turned back in everything that was read.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Node

_PLANES = range(0xF0000, 0x10FF00, 0x100)
_RETURN = 0x00
_ESCAPED = range(0xDC80, 0xDD00)  # what `surrogateescape` makes of bytes that are no UTF-8


class Source:
    """A text, the same text as shfmt shall see it, and the way back."""

    def __init__(self, content: bytes) -> None:
        """Take a file's content, without NUL bytes."""
        text = content.decode("utf-8", "surrogateescape")
        away = {13: _RETURN} | {code: code & 0xFF for code in _ESCAPED}
        strange = {char for char in set(text) if ord(char) in away}
        base = _free_plane(text) if strange else 0
        self._away = {ord(char): base + away[ord(char)] for char in strange}
        self._back = {stand_in: char for char, stand_in in self._away.items()}
        self.text = text.translate(self._away) if strange else text

    def edited(self, text: str) -> Source:
        """Give a source with the same stand-ins and another text."""
        other = Source(b"")
        other._away, other._back, other.text = self._away, self._back, text
        return other

    @cached_property
    def data(self) -> bytes:
        """The text in bytes, which is what shfmt counts."""
        return self.text.encode()

    def between(self, start: int, end: int) -> str:
        """Give the text between two offsets in bytes."""
        return self.data[start:end].decode(errors="replace")

    def of(self, node: Node) -> str:
        """Give the text that a node was read from."""
        return self.between(node["Pos"]["Offset"], node["End"]["Offset"])

    def restored(self, value: Any) -> Any:
        """Turn the stand-ins back in every text of a script."""
        if not self._back:
            return value
        if isinstance(value, str):
            return value.translate(self._back)
        if isinstance(value, list):
            return [self.restored(item) for item in value]
        if isinstance(value, dict):
            return {key: self.restored(item) for key, item in value.items()}
        return value


def _free_plane(text: str) -> int:
    used = {ord(char) & ~0xFF for char in set(text) if ord(char) >= _PLANES.start}
    return next(base for base in _PLANES if base not in used)
