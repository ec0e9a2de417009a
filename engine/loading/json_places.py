"""Where things stand in a JSON text, found only once there is something to say about them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from engine.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    Steps: TypeAlias = tuple[str | int, ...]

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{}:,]|[^\[\]{}:,"\s]+')


class Spot:
    """Where a value begins and, for one in a mapping, where its key does; offsets in the text."""

    __slots__ = ("key", "value")

    def __init__(self, key: int | None, value: int) -> None:
        """Take the offsets."""
        self.key = key
        self.value = value


def spots(text: str, wanted: Iterable[Steps]) -> dict[Steps, Spot]:
    """Give where values stand in a text that is JSON, whatever its size and depth.

    Only the way to what is wanted is followed; all else costs no more than its tokens.
    """
    asked = set(wanted)
    ways = {steps[:length] for steps in asked for length in range(len(steps) + 1)}
    found: dict[Steps, Spot] = {}
    for steps, spot in _values(text, ways):
        if steps in asked:
            found[steps] = spot
            if len(found) == len(asked):
                break
    return found


def repeated_key(text: str) -> tuple[str, int] | None:
    """Give the first key that stands in its mapping a second time, and where it does."""
    open_ones: list[set[str] | None] = []
    before = ":"
    for token in _TOKEN.finditer(text):
        word = token[0]
        if word in "{[":
            open_ones.append(set() if word == "{" else None)
        elif word in "}]":
            open_ones.pop()
        elif before in "{," and open_ones and (keys := open_ones[-1]) is not None:
            key = json.loads(word)
            if key in keys:
                return key, token.start()
            keys.add(key)
        before = word
    return None


def place_of(text: str, offset: int, name: str) -> Place:
    """Give the line and column of an offset, both from 1."""
    start = text.rfind("\n", 0, offset) + 1
    return Place(name, text.count("\n", 0, offset) + 1, offset - start + 1)


class _Frame:
    """An open mapping or list; `steps` is None where nothing wanted lies inside."""

    __slots__ = ("index", "key", "key_at", "steps")

    def __init__(self, steps: Steps | None, index: int | None) -> None:
        self.steps = steps
        self.index = index
        self.key: str | None = None
        self.key_at: int | None = None


def _values(text: str, ways: set[Steps]) -> Iterator[tuple[Steps, Spot]]:
    """Give each value on one of the ways."""
    frames: list[_Frame] = []
    for token in _TOKEN.finditer(text):
        word, at = token[0], token.start()
        frame = frames[-1] if frames else None
        if word in "}]":
            frames.pop()
        elif word == ",":
            if frame is not None and frame.index is None:
                frame.key_at = None
            elif frame is not None and frame.index is not None:
                frame.index += 1
        elif frame is not None and frame.index is None and frame.key_at is None:
            frame.key = json.loads(word) if frame.steps is not None else None
            frame.key_at = at
        elif word != ":":
            steps = _steps(frame, ways)
            if steps is not None:
                yield steps, Spot(frame.key_at if frame is not None else None, at)
            if word in "{[":
                frames.append(_Frame(steps, 0 if word == "[" else None))


def _steps(frame: _Frame | None, ways: set[Steps]) -> Steps | None:
    """Give the steps to the value that begins in a frame, if it is on one of the ways."""
    if frame is None:
        return ()
    if frame.steps is None:
        return None
    step = frame.index if frame.index is not None else frame.key
    steps = (*frame.steps, step) if step is not None else None
    return steps if steps in ways else None
