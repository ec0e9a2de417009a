"""Values of a YAML file, each with the place where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from engine.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Collection

    from engine.model.facts import Absent
    from engine.model.json_value import Json

Scalar: TypeAlias = str | int | float | bool | None

_WIDTH = 60


class Node:
    """A scalar, a list of nodes, or a mapping of texts to nodes.

    `keys` are the places of a mapping's keys. `start` is the column of a text's first character
    where the text stands in the file letter by letter on one line; `is_literal` marks a block text
    (`|`), whose lines are those of the file. Only in files of others a value may be `Absent`.
    """

    __slots__ = ("is_literal", "keys", "place", "start", "value")

    def __init__(
        self,
        value: Scalar | Absent | list[Node] | dict[str, Node],
        place: Place,
        keys: dict[str, Place] | None = None,
        *,
        start: int | None = None,
        is_literal: bool = False,
    ) -> None:
        """Take a value, its place and, for a mapping, the places of its keys."""
        self.value = value
        self.place = place
        self.keys = keys or {}
        self.start = start
        self.is_literal = is_literal

    @property
    def entries(self) -> dict[str, Node]:
        """The nodes of a mapping by key; empty for anything else."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """The nodes of a list; empty for anything else."""
        return self.value if isinstance(self.value, list) else []

    def place_of(self, key: str) -> Place:
        """Give the place of a key, or of the mapping where it lacks the key."""
        return self.keys.get(key, self.place)

    def place_at(self, index: int) -> Place:
        """Give the place of one character of a text, as exactly as it can be told."""
        file, line = self.place.file, self.place.line
        if self.start is not None:
            return Place(file, line, self.start + index)
        if self.is_literal and line is not None and isinstance(self.value, str):
            return Place(file, line + 1 + self.value.count("\n", 0, index))
        return self.place

    def split(self, names: Collection[str]) -> tuple[Node, Node]:
        """Give two mappings: the entries with these names, and the others."""
        ours = {key: child for key, child in self.entries.items() if key in names}
        others = {key: child for key, child in self.entries.items() if key not in names}
        return Node(ours, self.place, self.keys), Node(others, self.place, self.keys)


def plain(node: Node) -> Json:
    """Give the value alone, as JSON."""
    value = node.value
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value


def shown(value: Json) -> str:
    """Say what a value is, for a complaint: the text `x`, the number `5`, a list."""
    match value:
        case None:
            return "`null`"
        case bool():
            return f"`{str(value).lower()}`"
        case int() | float():
            return f"the number `{value}`"
        case str():
            return f"the text `{shortened(value)}`"
        case list():
            return "a list"
        case _:
            return "a mapping"


def shortened(text: str) -> str:
    """Give a text's first line, cut to what fits into a complaint."""
    lines = text.strip().splitlines() or [text]
    return lines[0][:_WIDTH] + "..." if len(lines[0]) > _WIDTH or len(lines) > 1 else lines[0]
