"""YAML as it is written: scalars as their text, keys in order, tags by name.

For files of a tool whose own reader decides what `1.20`, `on`, a repeated key or a tag mean, and
not what readers of YAML agree on. Whoever knows the tool makes values of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from ruamel.yaml.events import MappingEndEvent

from engine.loading.complaints import refuse
from engine.loading.nodes import Node
from engine.loading.positions import Composer, place_of, read_yaml
from engine.model.place import Place

if TYPE_CHECKING:
    from engine.loading.nodes import Scalar


class Written(Node):
    """A scalar's text, a list, or the pairs of a mapping.

    A text that `is_plain` stands without quotes. A `tag` is written out in front of the value, in
    its short form (`!!str`, `!reset`). `pairs` are keys and values in order, `<<` among them, and
    None for what is no mapping.
    """

    __slots__ = ("is_plain", "pairs", "tag")

    def __init__(
        self,
        value: str | list[Node] | dict[str, Node],
        place: Place,
        *,
        is_plain: bool = False,
        pairs: list[tuple[Written, Written]] | None = None,
    ) -> None:
        """Take what is written, and where."""
        super().__init__(value, place)
        self.is_plain = is_plain
        self.pairs = pairs
        self.tag: str | None = None

    @property
    def text(self) -> str:
        """The text of a scalar; empty for anything else."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def listed(self) -> list[Written]:
        """The elements of a list."""
        return cast("list[Written]", self.items)


def read_written_yaml(data: bytes, file: str) -> Written | None:
    """Give the one document of a YAML file, or None if it has none."""
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return None
    root = read_yaml(data, file, _Writing)
    return root if isinstance(root, Written) else None


class _Writing(Composer):
    """A composer that decides nothing about what a text means."""

    def _empty(self) -> Node:
        return Node(None, Place(self._file, 1, 1))

    def _scalar(self, event: Any) -> Node:
        place = place_of(event, self._file)
        return Written(self._text(event), place, is_plain=event.implicit[0])

    def _list(self, event: Any, depth: int) -> Node:
        listed = super()._list(event, depth)
        return Written(listed.items, listed.place)

    def _mapping(self, event: Any, depth: int) -> Node:
        pairs: list[tuple[Written, Written]] = []
        child = self._next()
        while type(child) is not MappingEndEvent:
            key = self._node(child, depth + 1)
            value = self._node(self._next(), depth + 1)
            if not isinstance(key.value, str):
                refuse("a list or a mapping is a key here", key.place)
            pairs.append((cast("Written", key), cast("Written", value)))
            child = self._next()
        return Written({}, place_of(event, self._file), pairs=pairs)

    def _tagged(self, node: Node, event: Any) -> Node:
        cast("Written", node).tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        return node

    def _plain(self, text: str, place: Place) -> Scalar:  # noqa: ARG002 - as the method it replaces
        return text
