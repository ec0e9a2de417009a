"""Formats of files that packs read facts from: one file a format, found and not listed."""

from __future__ import annotations

from engine.discovery import discover
from engine.gather.formats._base import Format

FORMATS = discover(__name__, Format)
