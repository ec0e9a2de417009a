"""Indices of fish lists: `[1]`, `[-1]`, `[2..-1]`, `[1 3]`."""

from __future__ import annotations

import re

from engine.precedence.fish.lists import NotKnown
from engine.precedence.values import Hole

_INDEX = re.compile(r"(-?\d+)?(\.\.)?(-?\d+)?")
_MOST = 10_000


def positions(texts: list[str], length: int) -> list[int]:
    """Give the 1-based places that indices mean in a list; those outside of it are left out."""
    return [place for place in wanted(texts, length) if 1 <= place <= length]


def wanted(texts: list[str], length: int) -> list[int]:
    """Give the 1-based places that indices mean, in the list or beyond it."""
    found: list[int] = []
    for text in " ".join(texts).split():
        match = _INDEX.fullmatch(text)
        if match is None or text == "" or match[1] == "0" or match[3] == "0":
            raise NotKnown(Hole("unsupported", f"the index `{text}`"))
        first, dots, last = match[1], match[2], match[3]
        if not dots:
            if last is not None or first is None:
                raise NotKnown(Hole("unsupported", f"the index `{text}`"))
            found.append(_place(int(first), length))
            continue
        found += _range(int(first or 1), int(last or -1), length, text)
    return found


def _place(index: int, length: int) -> int:
    return index if index > 0 else length + index + 1


def _range(first: int, last: int, length: int, text: str) -> list[int]:
    start, stop = _place(first, length), _place(last, length)
    # Beyond the end a range is empty unless both ends say that it goes backwards.
    if start > length and stop > length:
        return []
    down = first > last if (first > 0) is (last > 0) else start > stop
    if down and (first > 0) is not (last > 0):
        # `[3..-1]` of a list of two: nothing.
        return [] if first > 0 else list(range(min(start, length), max(stop, 1) - 1, -1))
    if abs(start - stop) > _MOST:
        raise NotKnown(Hole("too_large", f"the index `{text}`"))
    if down:
        return list(range(min(start, length), max(stop, 1) - 1, -1))
    return list(range(max(start, 1), stop + 1))
