"""A compose file's bytes to a tree, as compose-go reads them by go-yaml.

`!reset` takes a value away and `!override` replaces one, both in what was loaded before: the ways
to them are kept apart (loader/reset.go).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import LoadError
from engine.gather.compose.scalars import plain_scalar, spelled
from engine.gather.compose.tree import WHOLE, Leaf, Refused, Series, Table, Unknown
from engine.loading.written_yaml import read_written_yaml
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.compose.tree import Tree, Way
    from engine.loading.written_yaml import Written

_OURS = ("nested more than", "holds more than")
_LIMITS = ("a second document", "asks for another YAML", "control character", "is a key here")


@record
class Document:
    """What a file holds, and the ways to what it takes away from files before it."""

    root: Table
    resets: frozenset[Way]


def read_document(content: bytes, file: str) -> Document | None:
    """Give what a compose file holds, or None where it holds nothing."""
    try:
        written = read_written_yaml(content, file)
    except LoadError as error:
        complaint = error.complaints[0]
        if any(word in complaint.what for word in _OURS):
            raise Unknown(Absent("too_large", complaint.what), complaint.place) from None
        if any(word in complaint.what for word in _LIMITS):
            raise Unknown(
                Absent("unsupported", _plainly(complaint.what)), complaint.place
            ) from None
        # Its own words may quote the file.
        raise Refused("it is no valid YAML", complaint.place) from None
    if written is None:
        return None
    reader = _Reader()
    root = reader.tree(written, ())
    if not isinstance(root, Table):
        raise Refused("its top is no mapping", root.place if root else written.place)
    return Document(root, frozenset(reader.resets))


def _plainly(what: str) -> str:
    return what if "`" not in what else "it holds YAML that is not supported here"


class _Reader:
    def __init__(self) -> None:
        self.resets: set[Way] = set()

    def tree(self, node: Written, way: Way) -> Tree | None:
        """Give what a node is, or None for one that is taken away."""
        if node.tag == "!reset":
            self.resets.add(way)
            return None
        if node.tag == "!override":
            self.resets.add(way)
        elif node.tag not in {None, "!!str", "!!map", "!!seq"}:
            return Leaf(WHOLE, node.place)
        if node.pairs is not None:
            return self._table(node, way)
        if isinstance(node.value, list):
            found = [self.tree(item, (*way, f"[{at}]")) for at, item in enumerate(node.listed)]
            return Series(tuple(item for item in found if item is not None), node.place)
        if node.tag == "!override":
            return Leaf(WHOLE, node.place)
        return self._leaf(node, node.text)

    def _leaf(self, node: Written, text: str) -> Leaf:
        if not node.is_plain:
            return Leaf(text, node.place)
        value = plain_scalar(text)
        # Where it is a text to v2 and a number to v1, or both write it differently.
        known = spelled(text, value)
        if isinstance(value, str) and isinstance(known, Absent):
            return Leaf(known, node.place)
        return Leaf(value, node.place, known)

    def _table(self, node: Written, way: Way) -> Table:
        entries: dict[str, Tree] = {}
        keys = {}
        lines: dict[str, int | None] = {}
        merged: list[Table] = []
        for key, child in node.pairs or ():
            name = self._key(key)
            if name in lines:
                raise Refused("a key stands twice in one mapping", key.place)
            lines[name] = key.place.line
            if name == "<<" and key.is_plain:
                merged += self._merged(child, way)
                continue
            value = self.tree(child, (*way, name))
            if value is not None:
                entries[name], keys[name] = value, key.place
        for source in merged:
            entries = source.entries | entries
            keys = source.keys | keys
        return Table(entries, node.place, keys)

    def _key(self, key: Written) -> str:
        if key.tag is not None:
            raise Unknown(WHOLE, key.place)
        if key.is_plain and key.text != "<<" and not isinstance(plain_scalar(key.text), str):
            raise Refused("a key is no text", key.place)
        return key.text

    def _merged(self, node: Written, way: Way) -> list[Table]:
        found = self.tree(node, way)
        tables = found.items if isinstance(found, Series) else (found,)
        wrong = next((table for table in tables if not isinstance(table, Table)), None)
        if wrong is not None or found is None:
            raise Refused("`<<` merges what is no mapping", node.place)
        return [table for table in tables if isinstance(table, Table)]
