"""Values of a devcontainer.json, each with the text that it stands for and its line."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.devcontainer.variables import substituted
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.devcontainer.variables import Folders, Parts
    from engine.loading.nodes import Node

_EXACT = range(-(2**53), 2**53)
_LEAST, _MOST = 1e-4, 1e16  # within these, Python writes a number as JavaScript does
_ODD = Absent("parse_error", "it is neither text nor number nor truth value")
_NULL = Absent(
    "ambiguous",
    "the Dev Container CLI makes the text `null` of it, and the specification says nothing",
)
_NO_MAPPING = Absent("parse_error", "it is no mapping")


@record
class Config:
    """A devcontainer.json: where it lies, what it says, and for which workspace folder."""

    file: str
    root: Node
    folders: Folders

    def get(self, *keys: str) -> Node | None:
        """Give what stands at a key of a key, or None where that is not there."""
        node: Node | None = self.root
        for key in keys:
            node = node.entries.get(key) if node is not None else None
        return node

    def line(self, key: str) -> int | None:
        """Give the line of a key at the top."""
        return self.root.place_of(key).line

    def parts(self, node: Node, *, in_container: bool = False) -> Parts:
        """Give what a text, number or truth value stands for."""
        value = node.value
        if isinstance(value, str):
            return substituted(value, self.folders, in_container=in_container)
        written = _written(value)
        return (written,) if isinstance(written, Absent) else tuple(filter(None, (written,)))


def variables(
    config: Config, *keys: str, in_container: bool, only_texts: bool = False
) -> Iterator[Assignment | Absent]:
    """Give what a mapping of variables sets; with `only_texts`, the CLI breaks at all else."""
    node = config.get(*keys)
    if node is None or node.value is None:
        return
    if not isinstance(node.value, dict):
        yield node.value if isinstance(node.value, Absent) else _NO_MAPPING
        return
    for name, value in node.entries.items():
        parts = config.parts(value, in_container=in_container)
        if value.value is None:
            parts = (_NULL,)
        elif only_texts and not isinstance(value.value, str):
            parts = (Absent("parse_error", "the Dev Container CLI breaks at what is no text"),)
        yield Assignment(name, parts, line=node.place_of(name).line)


def _written(value: object) -> str | Absent:
    match value:
        case Absent():
            return value
        case bool():
            return "true" if value else "false"
        case int() if value in _EXACT:
            return str(value)
        case float() if math.isfinite(value) and (value == 0 or _LEAST <= abs(value) < _MOST):
            return str(int(value)) if value.is_integer() else repr(value)
    return _ODD
