"""Values put together from texts, variables and holes, and what is known of earlier ones."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, TypeAlias

from engine.gather.assignments import Assignment, Reference
from engine.gather.dotenv._base import CLIENT
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.assignments import Part

Parts: TypeAlias = "tuple[Part, ...]"

_UNDECODED = re.compile("[\udc80-\udcff]")
_TEXT_LIMIT = 1 << 17  # no process can be given a longer variable
_PARTS_LIMIT = 60
_PARTS_OF_FILE = 100_000
_TEXT_OF_FILE = 1 << 22
_TOO_LARGE = Absent("too_large", "what the file makes of it is larger than we follow")
_NO_TEXT = Absent("unsupported", "it holds bytes that are not UTF-8")
_NUL = Absent("unsupported", "it holds a NUL byte, which no variable can")


class Earlier:
    """The values that lines above gave, each within bounds, so that none can grow by doubling."""

    def __init__(self) -> None:
        """Start with none."""
        self._values: dict[str, Parts] = {}
        self._parts_left = _PARTS_OF_FILE
        self._text_left = _TEXT_OF_FILE

    def __contains__(self, name: str) -> bool:
        """Say whether a line above set a variable."""
        return name in self._values

    def __getitem__(self, name: str) -> Parts:
        """Give what a line above made of a variable."""
        return self._values[name]

    def get(self, name: str) -> Parts | None:
        """Give the same, or None where no line did."""
        return self._values.get(name)

    def put(self, name: str, value: Parts) -> Parts:
        """Keep a value, and give it as it is kept."""
        kept = self._bounded(value)
        self._values[name] = kept
        return kept

    def _bounded(self, value: Parts) -> Parts:
        text = sum(map(_length, value))
        if text > min(_TEXT_LIMIT, self._text_left):
            return (_TOO_LARGE,)
        self._text_left -= text
        value = plain(value)
        budget = [min(_PARTS_LIMIT, self._parts_left), _TEXT_LIMIT]
        if not _fits(value, budget):
            return (_TOO_LARGE,)
        if any(isinstance(part, Reference) for part in value):
            self._parts_left -= _PARTS_LIMIT - budget[0]
        return value


def plain(parts: Parts) -> Parts:
    """Give parts with texts side by side made one; what no variable can hold is a hole."""
    found: list[Part] = []
    for is_text, each in groupby(parts, lambda part: isinstance(part, str)):
        if not is_text:
            found += each
        elif text := "".join(map(str, each)):
            found.append(_possible(text))
    return tuple(found)


def either(name: str, unset: Parts, empty: Parts = (), full: Parts | None = None) -> Parts:
    """Give a variable of the client, or what stands for it where it is unset, or empty, or neither.

    Without `full`, one that is neither stands for itself.
    """
    if full is None and not empty:
        return (Reference(name, CLIENT, unset),)
    if empty == full:
        return (Reference(name, CLIENT, unset, full),)
    tested = (Reference(name, CLIENT, empty, full, empty_is_unset=True),)
    return tested if empty == unset else (Reference(name, CLIENT, unset, tested),)


def if_empty(value: Parts, empty: Parts, full: Parts) -> Parts:
    """Give one of two values, by whether another one comes to nothing."""
    if any(isinstance(part, str) and part for part in value):
        return full
    if not value:
        return empty
    first, rest = value[0], if_empty(value[1:], empty, full)
    if isinstance(first, Absent):
        return (first,)
    if isinstance(first, str):
        return rest
    unset = if_empty(first.otherwise, rest, full)
    if first.then is not None:
        is_set = if_empty(first.then, rest, full)
    elif first.empty_is_unset:
        is_set = full
    else:
        is_set = (Reference(first.variable, first.of, rest, full, empty_is_unset=True),)
    return (Reference(first.variable, first.of, unset, is_set, first.empty_is_unset),)


def _possible(text: str) -> str | Absent:
    if "\0" in text:
        return _NUL
    if _UNDECODED.search(text):
        return _NO_TEXT
    return text


def _length(part: Part) -> int:
    return len(part) if isinstance(part, str) else 1


def _fits(parts: Parts, budget: list[int]) -> bool:
    """Take what parts need off a budget of parts and characters, and say whether it suffices."""
    for part in parts:
        budget[0] -= 1
        budget[1] -= _length(part)
        if min(budget) < 0:
            return False
        if isinstance(part, Reference) and not (
            _fits(part.otherwise, budget) and _fits(part.then or (), budget)
        ):
            return False
    return True


def agreed(versions: list[dict[str, Assignment]], why: str) -> list[Assignment]:
    """Give what versions of a reader agree on, and a hole for each variable on which not."""
    found: list[Assignment] = []
    for name, row in {name: row for each in versions[::-1] for name, row in each.items()}.items():
        if all(name in each and each[name].parts == row.parts for each in versions):
            found.append(row)
        else:
            found.append(Assignment(name, (Absent("ambiguous", why),), row.how, row.line))
    return found
