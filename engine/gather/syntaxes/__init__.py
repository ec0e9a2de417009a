"""The syntaxes of start-up files: one file a kind, found and not listed."""

from __future__ import annotations

from engine.discovery import discover
from engine.gather.syntaxes._base import Syntax

SYNTAXES = discover(__name__, Syntax)
