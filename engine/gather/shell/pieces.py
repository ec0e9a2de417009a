"""Pieces of zsh that shfmt does not know: a name stands for each while the rest is parsed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from engine.gather.shell.scanning import after_bracket, bare

if TYPE_CHECKING:
    from collections.abc import Callable

Piece: TypeAlias = tuple[int, int, str]
"""From where to where, and what is written there, with `%` for the name."""

_NAMES = re.compile(
    r"for[ \t]+([A-Za-z_][A-Za-z0-9_]*(?:[ \t]+[A-Za-z_][A-Za-z0-9_]*)+?)[ \t]+(in\b|\()"
)
_REPEAT = re.compile(r"(?<![^\s;&|(){}])repeat[ \t]+([^\s;]+)[ \t]*;?\s*$")
_FUNCTION = re.compile(r"(?<=function)[ \t]+([^\s()]*[$\"][^\s()]*)")


def expansion(text: str, place: int) -> Piece | None:
    """Find the innermost `${...}` around a place."""
    start = text.rfind("${", 0, place + 2)
    while start >= 0:
        end = after_bracket(text, start + 1)
        if end > place:
            return None if "\n" in text[start:end] else (start, end, "${%}")
        start = text.rfind("${", 0, start)
    return None


def arithmetic(text: str, place: int) -> Piece | None:
    """Find what stands in the innermost `((...))` around a place."""
    # shfmt may name the place of the `$` before them.
    start = text.rfind("((", 0, place + 3)
    while start >= 0:
        end = after_bracket(text, start)
        if end > place and text[end - 2 : end] == "))":
            return start + 2, end - 2, " % "
        start = text.rfind("((", 0, start)
    return None


def innermost(text: str, place: int) -> Piece | None:
    """Find the expansion or the expression around a place, whichever is the smaller."""
    found = [each for each in (expansion(text, place), arithmetic(text, place)) if each]
    return max(found, default=None)


def condition(text: str, place: int) -> Piece | None:
    """Find what stands between `[[` and `]]`, up to the end of its line."""
    start = text.rfind("[[ ", 0, place + 3)
    if start < 0 or "]]" in text[start:place] or not bare(text)[start]:
        return None
    newline = text.find("\n", place)
    line_end = len(text) if newline < 0 else newline
    end = text.find(" ]]", max(start + 2, place - 1), line_end)
    return None if end < 0 else (start + 2, end, " %")


def pattern(text: str, place: int) -> Piece | None:
    """Find the line's pattern of a `case` before the bracket at a place."""
    start = text.rfind("\n", 0, place) + 1
    start += len(text[start:place]) - len(text[start:place].lstrip())
    newline = text.find("\n", place)
    line = text[start : len(text) if newline < 0 else newline].rstrip()
    if line.startswith("((") and after_bracket(line, 0) == len(line):
        return start + 1, start + len(line) - 1, "%"
    return (start, place, "%") if text[place : place + 1] == ")" and start < place else None


def names(text: str, place: int) -> Piece | None:
    """Find the names of a loop over several at once."""
    found = _NAMES.match(text, place)
    return None if found is None else (*found.span(1), "%")


def repeat(text: str, place: int) -> Piece | None:
    """Find the head of a `repeat` before its `do`."""
    found = _REPEAT.search(text, text.rfind("\n", 0, place) + 1, place)
    return None if found is None else (*found.span(), "while %; ")


def function_name(text: str, place: int) -> Piece | None:
    """Find a function's name that is expanded first."""
    start = text.rfind("\n", 0, place) + 1
    found = _FUNCTION.search(text, start)
    return None if found is None or found.start() > place else (*found.span(1), "%")


PIECES: tuple[tuple[str, Callable[[str, int], Piece | None]], ...] = (
    ("`for foo`", names),
    ("`do` can only", repeat),
    ("invalid func name", function_name),
    ("case patterns", pattern),
    ("", innermost),
    ("", condition),
    ("a command can only contain words", pattern),
)
"""What may be replaced when shfmt's message begins so; the first that is there is."""
