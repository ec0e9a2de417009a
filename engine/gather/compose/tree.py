"""What stands in a compose file, as values that know their places, and what goes wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.assignments import Part
    from engine.model.place import Place

Tree: TypeAlias = "Leaf | Series | Table"
Value: TypeAlias = "bool | int | float | str | Template | Absent | None"
Way: TypeAlias = "tuple[str, ...]"
"""The keys that lead from the top of a file to a value."""

WHOLE = Absent("unsupported", "a tag says what it is")


class Refused(Exception):  # noqa: N818 - what compose says, not a mistake of ours
    """Compose loads nothing because of this: why, and where."""

    def __init__(self, reason: str, place: Place | None = None) -> None:
        """Take the reason and the place."""
        super().__init__(reason)
        self.reason = reason
        self.place = place


class Unknown(Exception):  # noqa: N818 - as above
    """What compose makes of it cannot be told: the hole, and where it is."""

    def __init__(self, hole: Absent, place: Place | None = None) -> None:
        """Take the hole and the place."""
        super().__init__(hole.detail)
        self.hole = hole
        self.place = place


@record
class Template:
    """A text that depends on variables."""

    parts: tuple[Part, ...]


@record
class Leaf:
    """A scalar: its value, and what it is as a text where that is another thing (a number)."""

    value: Value
    place: Place
    spelled: str | Absent = ""


@record
class Series:
    """A list."""

    items: tuple[Tree, ...]
    place: Place


@record
class Table:
    """A mapping; `keys` are the places of its keys."""

    entries: dict[str, Tree]
    place: Place
    keys: dict[str, Place]

    def at(self, key: str) -> Tree | None:
        """Give what stands under a key; null counts as nothing."""
        found = self.entries.get(key)
        return None if isinstance(found, Leaf) and found.value is None else found

    def line_of(self, key: str) -> Place:
        """Give the place of a key, or of the mapping."""
        return self.keys.get(key, self.place)


def parts_of(leaf: Leaf) -> tuple[Part, ...]:
    """Give what a scalar is as a text."""
    if isinstance(leaf.value, Template):
        return leaf.value.parts
    if isinstance(leaf.value, str):
        return (leaf.value,) if leaf.value else ()
    if isinstance(leaf.value, Absent):
        return (leaf.value,)
    return (leaf.spelled,) if leaf.spelled else ()


def text_of(tree: Tree | None, what: str) -> str | Absent | None:
    """Give a text that depends on nothing, None for null, or why it is not known."""
    if tree is None:
        return None
    if not isinstance(tree, Leaf):
        raise Refused(f"{what} is no text", tree.place)
    if tree.value is None or isinstance(tree.value, (str, Absent)):
        return tree.value
    if isinstance(tree.value, Template):
        hole = next((part for part in tree.value.parts if isinstance(part, Absent)), None)
        return hole or Absent("not_collected", f"{what} depends on variables of whoever runs it")
    raise Refused(f"{what} is no text", tree.place)
