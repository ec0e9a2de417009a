"""Parsing alone, with msgspec, in C."""

from __future__ import annotations

from benchmarks.peers._parse import Parser, translate

__all__ = ["LANGUAGE", "NAME", "PACKAGES", "load", "translate"]

NAME = "parse only, msgspec"
LANGUAGE = "C"
PACKAGES = ("msgspec",)


def load(_translations):
    """A parser."""
    import msgspec

    return Parser(msgspec.json.Decoder().decode)
