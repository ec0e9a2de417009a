"""YAML files that other tools read: the same bounds as for packs, other scalars, more forgiveness.

Readers of YAML do not agree. Most follow YAML 1.2's core schema, many still 1.1 (PyYAML, Ruby's
Psych): `yes`, `012`, `1_000` and `1:30` are texts or other numbers to one than to the other. A
value on which both agree is known; of any other nobody can say what the tool takes it for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ruamel.yaml.events import MappingEndEvent, ScalarEvent

from engine.errors import LoadError
from engine.loading.complaints import refuse
from engine.loading.nodes import Node
from engine.loading.positions import Composer, place_of, read_yaml
from engine.loading.scalars import number
from engine.model.facts import Absent
from engine.model.place import Place

if TYPE_CHECKING:
    from engine.loading.nodes import Scalar

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTHS = dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(
    ("false", "False", "FALSE"), False
)
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]{1,200}")
# Decimal numbers of both versions: 1.1 wants a dot and a signed exponent, or neither.
_NUMBER = re.compile(
    r"[-+]?(?:0|[1-9][0-9]*)(?:\.[0-9]*(?:[eE][-+][0-9]+)?)?|\.[0-9]+(?:[eE][-+][0-9]+)?"
)
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
# Numbers and truth values of one version only, or another one in each.
_DISPUTED = re.compile(
    r"""y | Y | n | N | yes | Yes | YES | no | No | NO | on | On | ON | off | Off | OFF
      | [-+]?0o[0-7_]+ | [-+]?0b[01_]+ | [-+]?0x[0-9a-fA-F_]+
      | [-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?
      | [-+]?(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?""",
    re.VERBOSE,
)
_KEPT_TAGS = {"!!str": str, "!!map": dict, "!!seq": list, "!": object}


def read_foreign_yaml(data: bytes, file: str) -> Node:
    """Give the one document of a YAML file that is not ours; an empty one is null.

    What cannot be told of a value is `Absent` in its place: a scalar that readers of YAML take for
    different things, a key that stands twice, a tag. What `<<` merges is merged.
    """
    if not data.removeprefix(b"\xef\xbb\xbf").strip():
        return Node(None, Place(file, 1, 1))
    return read_yaml(data, file, _Foreign)


def foreign_scalar(text: str, place: Place) -> Scalar | Absent:
    """Give what an unquoted scalar is to readers of both versions of YAML."""
    if text in _NULLS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 16)
    if _NUMBER.fullmatch(text):
        try:
            return number(text.removeprefix("+"), place)
        except LoadError:
            return Absent("unsupported", "it is a number that is out of range")
    if _NO_NUMBER.fullmatch(text):
        return Absent("unsupported", "JSON has no such number")
    if _DISPUTED.fullmatch(text):
        return Absent("ambiguous", "readers of YAML 1.1 and of 1.2 take it for different values")
    return text


class Forgiving(Composer):
    """A composer that keeps going where a value only means nothing certain."""

    _merges = True
    """Whether `<<` merges; to a tool that knows no such thing it is a key like any other."""

    def _mapping(self, event: Any, depth: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        merged: list[Node] = []
        child = self._next()
        while type(child) is not MappingEndEvent:
            key, place = self._key(child), place_of(child, self._file)
            value = self._node(self._next(), depth + 1)
            if self._merges and key == "<<" and child.implicit[0]:
                merged += value.items if isinstance(value.value, list) else [value]
            elif key in keys:
                twice = f"the key stands at line {keys[key].line} and again at line {place.line}"
                entries[key] = Node(Absent("ambiguous", twice), place)
            else:
                keys[key], entries[key] = place, value
            child = self._next()
        for source in merged:
            if not isinstance(source.value, dict):
                refuse("`<<` merges what is no mapping", source.place)
            entries = source.value | entries
            keys = source.keys | keys
        return Node(entries, place_of(event, self._file), keys)

    def _key(self, event: Any) -> str:
        """Give a key as it is written; to some readers `1` or `yes` is no text."""
        if type(event) is not ScalarEvent:
            refuse("a list, a mapping or an alias is a key here", place_of(event, self._file))
        self._spend(1, event)
        return self._text(event)


class _Foreign(Forgiving):
    """A composer of the values on which readers of YAML agree."""

    def _empty(self) -> Node:
        return Node(None, Place(self._file, 1, 1))

    def _scalar(self, event: Any) -> Node:
        if not event.value and event.implicit[0]:
            return Node(None, place_of(event, self._file))
        return super()._scalar(event)

    def _plain(self, text: str, place: Place) -> Any:
        return foreign_scalar(text, place)

    def _tagged(self, node: Node, event: Any) -> Node:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!")
        if isinstance(node.value, _KEPT_TAGS.get(tag, ())):
            return node
        return Node(Absent("unsupported", "a tag says what it is"), node.place)
