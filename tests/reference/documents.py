"""What a facts document says about a path: a value, or a hole and why.

Part of the reference: written from the language page alone, plain and slow. The document stays as
it is; holes are found by comparing JSON pointers with its `absent`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "$key"
FURTHER = object()
"""The key under which a mapping with holes keeps its `Further`."""
_SEGMENT = re.compile(r"[\w-]+")
_INDEX = re.compile(r"\[(-?[0-9]+)\]")
_QUOTED = re.compile(r'\[("(?:[^"\\]|\\.)*")\]')


class KeyStep(str):
    """The step `$key`; a mapping's key of that name is written `["$key"]` and is plain text."""

    __slots__ = ()


@dataclass(frozen=True)
class Hole:
    """No value: `certain` if it is known not to exist, else not learnt, because of `cause`.

    `fact` is what the rule calls it, where a list of the rule holds it.
    """

    cause: str
    certain: bool = False
    fact: str = ""


class Further(Hole):
    """What a container may hold beyond its known children: none, one or many."""


@dataclass(frozen=True)
class Found:
    """A value; `pointer` is its place in the document, or None if it was not read from there."""

    value: Any
    pointer: tuple[str, ...] | None = None


Known = Found | Hole


@dataclass(frozen=True)
class Bound:
    """What a name stands for inside a quantifier: an element, its key, and where it stands."""

    element: Known
    key: Known
    place: str = ""


Scope = dict[str, Bound]


def steps_of(text: str) -> tuple[str | int, ...]:
    """Take a path apart: text for keys, integers for indexes, `KeyStep` for `$key`."""
    steps: list[str | int] = []
    rest = text
    while rest:
        if quoted := _QUOTED.match(rest):
            steps.append(json.loads(quoted[1]))
            rest = rest[quoted.end() :]
            continue
        if index := _INDEX.match(rest):
            steps.append(int(index[1]))
            rest = rest[index.end() :]
            continue
        if steps:
            if not rest.startswith("."):
                raise ValueError(text)
            rest = rest[1:]
        if rest == KEY or rest.startswith((KEY + ".", KEY + "[")):
            steps.append(KeyStep(KEY))
            rest = rest[len(KEY) :]
            continue
        segment = _SEGMENT.match(rest)
        if segment is None:
            raise ValueError(text)
        steps.append(segment[0])
        rest = rest[segment.end() :]
    return tuple(steps)


def tokens_of(pointer: str) -> tuple[str, ...]:
    """Take a JSON pointer apart."""
    if not pointer:
        return ()
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in pointer[1:].split("/"))


def is_redacted(value: Any) -> bool:
    """Say whether a JSON value stands for a secret."""
    return isinstance(value, dict) and set(value) == {"$redacted"}


def fits(value: Any, step: str | int) -> bool:
    """Say whether a step can be gone from a value: a key in a mapping, an index in a list."""
    if isinstance(step, int):
        return isinstance(value, list)
    return isinstance(value, dict) and not is_redacted(value)


def holes_in(value: Any) -> list[Hole]:
    """Give every hole inside a value, and a hole that says `redacted` for every secret."""
    if isinstance(value, Hole):
        return [value]
    if is_redacted(value):
        return [Hole("redacted")]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [hole for one in inside for hole in holes_in(one)]


@dataclass(frozen=True)
class Document:
    """Facts and what is known to be missing from them."""

    facts: dict[str, Any]
    absent: dict[tuple[str, ...], str] = field(default_factory=dict)

    @staticmethod
    def of(data: dict[str, Any]) -> Document:
        """Read a facts document; one without `schema` is taken whole as facts."""
        if "schema" not in data:
            return Document(data)
        absent = {tokens_of(at): hole["reason"] for at, hole in data.get("absent", {}).items()}
        return Document(data["facts"], absent)

    def look_up(self, steps: tuple[str | int, ...], scope: Scope) -> Known:
        """Give what a path leads to; a bound name comes before a fact of the same name."""
        if steps[0] not in scope:
            return self._walk(Found(self.facts, ()), steps)
        bound = scope[str(steps[0])]
        if len(steps) > 1 and isinstance(steps[1], KeyStep):
            return self._walk(bound.key, steps[2:])
        return self._walk(bound.element, steps[1:])

    def children(self, container: Found) -> list[tuple[str | int, Known]]:
        """Give keys and children in order, also those only known as holes."""
        value, pointer = container.value, container.pointer
        keys = list(value) if isinstance(value, dict) else list(range(len(value)))
        for token in sorted(self._holes_below(pointer)):
            key = token if isinstance(value, dict) else int(token)
            if key not in keys and (isinstance(value, dict) or key == len(keys)):
                keys.append(key)
        return [(key, self._step(container, key)) for key in sorted(keys)]

    def further(self, container: Found) -> Further | None:
        """Give the hole that says a container was not gathered whole."""
        if container.pointer is None:
            return None
        cause = self.absent.get((*container.pointer, "-"))
        if cause is None and isinstance(container.value, list):
            cause = self._gap(container)
        return None if cause is None else Further(cause)

    def _gap(self, container: Found) -> str | None:
        """Give the cause of a hole further on than a list reaches: what stands between?"""
        assert container.pointer is not None
        reach = len(container.value)
        for token in sorted(self._holes_below(container.pointer)):
            if int(token) == reach:
                reach += 1
            elif int(token) > reach:
                return self.absent.get((*container.pointer, token), "missing")
        return None

    def with_holes(self, known: Known) -> Any:
        """Give a value with a `Hole` wherever something inside is not known.

        A list that may go on has a `Further` at its end, a mapping has one under the key `FURTHER`.
        """
        if isinstance(known, Hole):
            return known
        if is_redacted(known.value) or not isinstance(known.value, dict | list):
            return known.value
        further = self.further(known)
        children = [(key, self.with_holes(child)) for key, child in self.children(known)]
        if isinstance(known.value, list):
            return [child for _, child in children] + ([further] if further else [])
        return dict(children) | ({FURTHER: further} if further else {})

    def _walk(self, start: Known, steps: tuple[str | int, ...]) -> Known:
        here = start
        for number, step in enumerate(steps):
            if isinstance(here, Hole):
                return here
            there = self._step(here, step)
            if isinstance(there, Hole) and here.pointer is not None and fits(here.value, step):
                first, _ = self._resolve(here, step)
                return self._most_telling(there, here.pointer, (first, *steps[number + 1 :]))
            here = there
        return here

    def _most_telling(
        self, hole: Hole, above: tuple[str, ...], steps: tuple[str | int, ...]
    ) -> Hole:
        """Give the hole of the longest declared pointer that leads towards the path."""
        tokens = [str(step) for step in steps]
        for length in range(len(tokens), 0, -1):
            cause = self.absent.get((*above, *tokens[:length]))
            if cause is not None:
                return Hole(cause)
        return hole

    def _step(self, here: Found, step: str | int) -> Known:
        """Go one step down from a value."""
        value, pointer = here.value, here.pointer
        if is_redacted(value):
            return Hole("redacted")
        if not fits(value, step):
            return Hole("wrong_type")
        step, unsure = self._resolve(here, step)
        if unsure is not None:
            return unsure
        below = None if pointer is None else (*pointer, str(step))
        if below in self.absent:
            return Hole(self.absent[below])
        if isinstance(value, dict) and step in value:
            return Found(value[step], below)
        if isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
            return Found(value[step], below)
        if str(step) in self._holes_below(pointer):
            return Hole(self._first_cause_below(below))
        # Top-level facts come from many hands: one that is not there was perhaps never looked for.
        return self.further(here) or Hole("missing", certain=pointer != ())

    def _resolve(self, here: Found, step: str | int) -> tuple[str | int, Hole | None]:
        """Count a negative index from the end, which only a whole list has."""
        if not isinstance(step, int) or step >= 0:
            return step, None
        further = self.further(here)
        if further is not None:
            return step, further
        length = len(self.children(here)) if here.pointer is not None else len(here.value)
        # Before the first element there is nothing, however the list came about.
        return (length + step, None) if length + step >= 0 else (length, None)

    def _first_cause_below(self, place: tuple[str, ...] | None) -> str:
        """Give the cause of the first hole declared below a place that is not there itself."""
        assert place is not None
        return next(cause for at, cause in self.absent.items() if at[: len(place)] == place)

    def _holes_below(self, pointer: tuple[str, ...] | None) -> Iterator[str]:
        """Give the next token of every declared hole below a place, in the document's order."""
        if pointer is None:
            return
        for absent in self.absent:
            depth = len(pointer)
            if absent[:depth] == pointer and len(absent) > depth and absent[depth] != "-":
                yield absent[depth]
