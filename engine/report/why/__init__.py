"""Answers of `engine why`: what a name is in every launch context, and who made it so.

One module `as_<name>` for each format, as with reports.
"""

from __future__ import annotations

from engine.report import format_of, names_of
from engine.report.why._answer import Answer, Names
from engine.report.why._base import WhyFormat
from engine.report.why._reading import answer_about, known_names

__all__ = [
    "Answer",
    "Names",
    "WhyFormat",
    "answer_about",
    "known_names",
    "why_format",
    "why_formats",
]


def why_format(name: str) -> WhyFormat:
    """Give the format of a name; only its own module is imported."""
    found: WhyFormat = format_of(__name__, name)
    return found


def why_formats() -> tuple[str, ...]:
    """Name every format, without importing any."""
    return names_of(__name__)
