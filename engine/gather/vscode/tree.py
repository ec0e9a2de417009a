"""Settings as VS Code keeps them: a tree out of dotted keys, several of them laid over each other.

Source: `toValuesTree` and `addToValueTree` in `src/vs/platform/configuration/common/
configuration.ts`, and `ConfigurationModel.mergeContents` in `configurationModels.ts` beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from engine.loading.nodes import plain
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.loading.nodes import Node
    from engine.model.json_value import Json

Tree: TypeAlias = "dict[str, Tree | Setting | Absent]"
Branch: TypeAlias = "Tree | Setting | Absent | None"
Keep: TypeAlias = "Callable[[str, bool], bool | Absent | None]"

_OF_A_LANGUAGE = re.compile(r"(?:\[[^\]]+\])+\Z")


@record
class Setting:
    """A value that is no table, and who says so; without a file, it is VS Code's own."""

    value: Json
    scope: str
    file: str | None = None
    line: int | None = None


def tree_of(root: Node, scope: str, file: str | None, keep: Keep) -> Tree:
    """Give the settings of a file as a tree.

    `keep` is asked for each key, and whether its value is a table: whether it counts in this file,
    or why that is not known; None where it is no setting of its own, but perhaps a table of some.
    What is said for a language (`[go]`) is left out: nothing that we read is asked for a language.
    """
    tree: Tree = {}
    for key, node in root.entries.items():
        if _OF_A_LANGUAGE.match(key):
            continue
        value = _kept(key, node, root.place_of(key).line, (scope, file), keep)
        if value is not None:
            _add(tree, key, value)
    return tree


def spot_of(node: Node | None, scope: str, file: str | None) -> Spot:
    """Give the place that one node makes."""
    return Spot() if node is None else Spot(_branch(node, node.place.line, (scope, file)))


def _kept(
    key: str, node: Node, line: int | None, where: tuple[str, str | None], keep: Keep
) -> Branch:
    is_table = isinstance(node.value, dict) and bool(node.entries)
    verdict = keep(key, is_table)
    if isinstance(verdict, Absent):
        return verdict
    if verdict is None and is_table:
        inner = {
            name: branch
            for name, child in node.entries.items()
            if (branch := _kept(f"{key}.{name}", child, node.place_of(name).line, where, keep))
            is not None
        }
        return inner or None
    return _branch(node, line, where) if verdict is not False else None


def _branch(node: Node, line: int | None, where: tuple[str, str | None]) -> Tree | Setting:
    if isinstance(node.value, dict):
        return {
            name: _branch(child, node.place_of(name).line, where)
            for name, child in node.entries.items()
        }
    return Setting(plain(node), *where, line)


def _add(tree: Tree, key: str, value: Tree | Setting | Absent) -> None:
    """Put a value where its dotted key leads, unless a value that is no table is in the way."""
    *steps, last = key.split(".")
    for step in steps:
        inner = tree.setdefault(step, {})
        if not isinstance(inner, dict):
            return
        tree = inner
    tree[last] = value


class Spot:
    """One place in the tree that several layers make, the highest of which comes first.

    A table is merged with those beneath it, anything else hides them. A layer that is not known
    makes unknown what the layers above it leave open.
    """

    def __init__(self, *layers: Branch) -> None:
        """Take what each layer has there."""
        self._layers = [layer for layer in layers if layer is not None]

    def at(self, *names: str) -> Spot:
        """Give the place that names lead to."""
        spot = self
        for name in names:
            spot = Spot(*spot._within(name))
        return spot

    @property
    def leaf(self) -> Setting | Absent | None:
        """What stands here, if it is no table; None where nothing does."""
        first = self._layers[0] if self._layers else None
        return None if isinstance(first, dict) else first

    @property
    def is_table(self) -> bool:
        """Whether a table stands here."""
        return bool(self._layers) and isinstance(self._layers[0], dict)

    @property
    def hole(self) -> Absent | None:
        """Why there may be more in this table than `names` tells."""
        for layer in self._layers:
            if not isinstance(layer, dict):
                return layer if isinstance(layer, Absent) else None
        return None

    @property
    def names(self) -> list[str]:
        """The names in this table, those of the lowest layer first."""
        found: dict[str, None] = {}
        for tree in reversed(list(self._tables())):
            found |= dict.fromkeys(tree)
        return list(found)

    @property
    def hidden(self) -> list[Setting]:
        """The settings that the one here hides, the next one first."""
        return [layer for layer in self._layers[1:] if isinstance(layer, Setting)]

    def leaves(self, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Spot]]:
        """Give every place below this one, or this one itself, that is no table, with its path."""
        if not self.is_table:
            yield path, self
            return
        for name in self.names:
            yield from self.at(name).leaves((*path, name))

    def _tables(self) -> Iterator[Tree]:
        for layer in self._layers:
            if not isinstance(layer, dict):
                return
            yield layer

    def _within(self, name: str) -> Iterator[Branch]:
        for tree in self._tables():
            yield tree.get(name)
        if self.is_table or isinstance(self.leaf, Absent):
            yield self.hole
