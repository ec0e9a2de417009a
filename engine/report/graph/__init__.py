"""Drawings of `engine graph`: processes, what they inherit, and what they read in which order.

One module `as_<name>` for each format, as with reports.
"""

from __future__ import annotations

from engine.report import format_of, names_of
from engine.report.graph._base import Drawing
from engine.report.graph._picture import Picture
from engine.report.graph._reading import picture_of

__all__ = ["Drawing", "Picture", "drawing", "drawings", "picture_of"]


def drawing(name: str) -> Drawing:
    """Give the format of a name; only its own module is imported."""
    found: Drawing = format_of(__name__, name)
    return found


def drawings() -> tuple[str, ...]:
    """Name every format, without importing any."""
    return names_of(__name__)
