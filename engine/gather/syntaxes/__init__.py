"""The syntaxes of start-up files: one file a kind, found and not listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.discovery import discover
from engine.gather.shell.shfmt import Shfmt
from engine.gather.syntaxes._base import Syntax

if TYPE_CHECKING:
    from engine.gather.syntaxes._base import Script

SYNTAXES = discover(__name__, Syntax)


def script_of(text: str, syntax: str) -> Script:
    """Read a text, for tests and trying things out."""
    return SYNTAXES[syntax].read(text.encode("utf-8", "surrogateescape"), Shfmt())
