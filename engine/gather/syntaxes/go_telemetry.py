"""The file in which `go telemetry` keeps its mode: a word, perhaps with a date behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import said

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script


def read_go_telemetry(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give the mode as a command of one word."""
    mode = content.decode("utf-8", "surrogateescape").strip().partition(" ")[0]
    return [said(1, mode)]


GO_TELEMETRY = Syntax("go-telemetry", read_go_telemetry, is_kept_whole=True)
