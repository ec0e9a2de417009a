"""What a syntax is: a name, and a way from a file's bytes to a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.shell.shfmt import Shfmt

Script: TypeAlias = list[Any]
"""Statements, each a list `[op, line, ...]` of plain JSON."""


@record
class Syntax:
    """A language that start-up files are written in.

    `read` never fails on what a person wrote: what it cannot represent becomes an `opaque`
    statement, and a syntax error a `broken` one. Only the shells' syntaxes use the parser.
    """

    name: str
    read: Callable[[bytes, Shfmt], Script]
    look: Callable[[Callable[[int, int], bytes]], Script] | None = None
    """Reads a file in pieces, by offset and count, where most of it does not matter."""
    is_kept_whole: bool = False
    """Whether all of it stays in a document: no shell runs its statements, so none is trimmed."""
