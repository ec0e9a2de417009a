"""Parsing alone, with orjson, in Rust."""

from __future__ import annotations

from benchmarks.peers._parse import Parser, translate

__all__ = ["LANGUAGE", "NAME", "PACKAGES", "load", "translate"]

NAME = "parse only, orjson"
LANGUAGE = "Rust"
PACKAGES = ("orjson",)


def load(_translations):
    """A parser."""
    import orjson

    return Parser(orjson.loads)
