"""Parsing alone, with the standard library's json module."""

from __future__ import annotations

from benchmarks.peers._parse import Parser, translate

__all__ = ["LANGUAGE", "NAME", "PACKAGES", "load", "translate"]

NAME = "parse only, json"
LANGUAGE = "C"
PACKAGES = ()


def load(_translations):
    """A parser."""
    import json

    return Parser(json.loads)
