"""What a condition can see: the document, the values bound by `as`, and the run's time."""

from __future__ import annotations

from engine.compile.program import ROOT
from engine.evaluate.lookup import find, length, pointer
from engine.model.facts import Absent, PartialList, PartialMap, Redacted
from engine.operators import OPERATORS
from engine.operators._base import Unsure
from engine.operators.paths import join_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, TypeAlias

    from engine.compile.program import Node, Program
    from engine.model.facts import Facts
    from engine.model.json_value import Json
    from engine.operators._base import Bound

    Frames: TypeAlias = tuple["Frame", ...]


class Origin:
    """Where elements were found: a domain, and what was bound around it."""

    __slots__ = ("frames", "node", "pointer")

    def __init__(self, node: Node, frames: Frames) -> None:
        """Take the domain; its JSON pointer is worked out when evidence asks for it."""
        self.node = node
        self.frames = frames
        self.pointer: str | None = None


class Frame:
    """An element bound to a name: its value, its key, and where it was found."""

    __slots__ = ("key", "origin", "value")

    def __init__(self, value: Json, key: str | int, origin: Origin) -> None:
        """Take an element."""
        self.value = value
        self.key = key
        self.origin = origin


class GivenUp(Exception):  # noqa: N818 - it says what happened
    """A rule needed more work than a run allows."""


class Scope:
    """A program and a document, with what was already looked up."""

    __slots__ = ("_found", "_tests", "_work", "facts", "now", "paths")

    def __init__(self, program: Program, facts: Facts, now: int | None) -> None:
        """Take a program, a document and the run's time in nanoseconds since 1970."""
        self.facts = facts
        self.now = now
        self.paths = program.paths
        self._tests: dict[int, tuple[Node, Bound]] = {}
        self._found: dict[int, Json] = {}
        self._work = 0

    def charge(self, work: int) -> None:
        """Count work, so that loops over huge lists end in an error and not in hours."""
        self._work += work
        if self._work > MAX_WORK:
            raise GivenUp(f"gave up after looking at {MAX_WORK} elements")

    def restart(self) -> None:
        """Give the next rule the whole allowance of work."""
        self._work = 0

    def turn_to(self, facts: Facts) -> None:
        """Look at another document from now on, with the operators that are bound already."""
        self.facts = facts
        self._found.clear()
        self._work = 0

    def test(self, node: Node) -> Bound:
        """Give an operator bound to its literal operand, which is read once for all elements."""
        known = self._tests.get(id(node))
        if known is None:
            # The node is kept as well, so that no other can take its place in memory and its test.
            known = (node, OPERATORS[node[2]].bind(node[3][1], node[4]))
            self._tests[id(node)] = known
        return known[1]

    def path(self, index: int, frames: Frames) -> Json:
        """Give the value at a path of the program."""
        slot, steps, _, is_declared = self.paths[index]
        if slot != ROOT:
            found = find(frames[slot].value, steps)
        elif index in self._found:
            return self._found[index]
        else:
            found = self._found[index] = find(self.facts.root, steps)
        if not is_declared and found.__class__ is Absent and found.certain:
            # What no collector knows may well be there: nobody looked for it.
            found = Absent("missing")
            if slot == ROOT:
                self._found[index] = found
        return found

    def value(self, node: Node, frames: Frames) -> Json:
        """Give the value of a subject or operand; what is not known is `Absent`."""
        match node[0]:
            case "value":
                return node[1]
            case "fact":
                return self.path(node[1], frames)
            case "key":
                return frames[node[1]].key
            case "length":
                return length(self.value(node[1], frames))
            case "count":
                return frames[-1].value
            case "list":
                items = [self.value(item, frames) for item in node[1]]
                holed = any(isinstance(item, (Absent, PartialList, PartialMap)) for item in items)
                return PartialList(items) if holed else items
            case "join":
                return self._join([self.value(part, frames) for part in node[1]])
            case _:
                return self._entry(node, frames)

    def _join(self, parts: list[Json]) -> Json:
        hole = next((part for part in parts if isinstance(part, Absent)), None)
        if hole is not None:
            return Absent(hole.cause, hole.detail)
        joined = join_path(parts)
        return Absent(joined.cause, joined.detail) if isinstance(joined, Unsure) else joined

    def _entry(self, node: Node, frames: Frames) -> Json:
        """Look up in a table, which is a parameter's value."""
        _, table, at, name = node
        key = self.value(at, frames)
        if isinstance(key, Absent):
            return Absent(key.cause, key.detail)
        if isinstance(key, Redacted):
            return Absent("redacted")
        if not isinstance(key, str):
            return Absent("wrong_type", f"the key into the table `{name}` is not a text")
        if key not in table:
            return Absent("missing", f"the table `{name}` has no entry for it")
        return table[key]

    # What things are called, worked out only for evidence.

    def references(self, node: Node, frames: Frames) -> Iterator[tuple[str, str | None, Json]]:
        """Give each fact that a subject, operand or domain names: text, JSON pointer, value.

        The pointer is None for what is no fact, such as an element of a parameter.
        """
        kind = node[0]
        if kind == "fact":
            text = self.paths[node[1]][2]
            yield text, self.pointer(node, frames), self.path(node[1], frames)
        elif kind == "key":
            frame = frames[node[1]]
            yield node[2], self.frame_pointer(frame), frame.key
        elif kind == "length":
            yield from self.references(node[1], frames)
        elif kind in {"list", "join"}:
            for item in node[1]:
                yield from self.references(item, frames)
        elif kind == "table":
            yield from self.references(node[2], frames)

    def pointer(self, node: Node, frames: Frames) -> str | None:
        """Give the JSON pointer of a path, or None for what is no fact."""
        if node[0] != "fact":
            return None
        slot, steps, *_ = self.paths[node[1]]
        if slot == ROOT:
            return pointer("", steps, self.facts.root)
        base = self.frame_pointer(frames[slot])
        return None if base is None else pointer(base, steps, frames[slot].value)

    def frame_pointer(self, frame: Frame) -> str | None:
        """Give the JSON pointer of an element."""
        origin = frame.origin
        if origin.pointer is None:
            origin.pointer = self.pointer(origin.node, origin.frames)
        return None if origin.pointer is None else pointer(origin.pointer, (frame.key,), None)

    def label(self, frame: Frame) -> str:
        """Name an element in full, by the path from the document's root: `path.executables[3]`."""
        return self._path_label(frame.origin.node, frame.origin.frames) + _segment(frame.key)

    def _path_label(self, domain: Node, frames: Frames) -> str:
        if domain[0] != "fact":
            return str(domain[2])
        slot, steps, *_ = self.paths[domain[1]]
        if slot == ROOT:
            return str(steps[0]) + "".join(map(_segment, steps[1:]))
        return self.label(frames[slot]) + "".join(map(_segment, steps))


MAX_WORK = 1_000_000
"""How many elements one rule may look at in one document."""


def _segment(step: Any) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if step and all(letter.isalnum() or letter in "_-" for letter in step) and step.isascii():
        return f".{step}"
    import json  # noqa: PLC0415 - only odd keys need it

    return f"[{json.dumps(step, ensure_ascii=False)}]"
