"""Readers of `.env` files: one file a program that reads them, found and not listed.

The programs differ on most inputs, in quotes, escapes, comments, and what they replace.
"""

from __future__ import annotations

from engine.discovery import discover
from engine.gather.dotenv._base import Dialect, Refused

DIALECTS = discover(__name__, Dialect)

__all__ = ["DIALECTS", "Dialect", "Refused"]
