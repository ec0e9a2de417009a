"""JSON (RFC 8259), with the place of every value; comments and trailing commas are refused."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from engine.gather.formats._base import DEEPEST, MOST_VALUES, Format, Text, number_or_hole, repeated
from engine.loading.nodes import Node

if TYPE_CHECKING:
    from engine.model.place import Place

_BLANK = re.compile(r"[ \t\n\r]*")
_TEXT = re.compile(r'"(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_WORDS = {"true": True, "false": False, "null": None}
_WORD = re.compile("|".join(_WORDS))


def read_json(data: bytes, file: str) -> Node:
    """Give the one value of a JSON file."""
    return _Reader(Text(data, file)).document()


JSON = Format("json", read_json)


class _Reader:
    """One reading: a descent that keeps where it is."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._content = text.content
        self._at = 0
        self._values = 0

    def document(self) -> Node:
        value = self._value(1)
        if self._next():
            raise self._text.error("something follows the end of the JSON text", self._at)
        return value

    def _next(self) -> str:
        """Pass over blanks and give the character that follows, or nothing at the end."""
        blank = _BLANK.match(self._content, self._at)
        self._at = blank.end() if blank else self._at
        return self._content[self._at : self._at + 1]

    def _value(self, depth: int) -> Node:
        if depth > DEEPEST:
            what = f"this is nested more than {DEEPEST} levels deep"
            raise self._text.error(what, self._at, "too_large")
        self._values += 1
        if self._values > MOST_VALUES:
            what = f"the file holds more than {MOST_VALUES} values"
            raise self._text.error(what, self._at, "too_large")
        opening = self._next()
        place = self._text.place(self._at)
        if opening == "{":
            return self._mapping(place, depth)
        if opening == "[":
            return self._list(place, depth)
        if opening == '"':
            return Node(self._string(), place)
        if found := _NUMBER.match(self._content, self._at):
            self._at = found.end()
            return Node(number_or_hole(found[0], place), place)
        if found := _WORD.match(self._content, self._at):
            self._at = found.end()
            return Node(_WORDS[found[0]], place)
        raise self._wrong("a value")

    def _list(self, place: Place, depth: int) -> Node:
        items: list[Node] = []
        self._at += 1
        if self._next() == "]":
            self._at += 1
            return Node(items, place)
        while True:
            items.append(self._value(depth + 1))
            if self._more("]"):
                return Node(items, place)

    def _mapping(self, place: Place, depth: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        self._at += 1
        if self._next() == "}":
            self._at += 1
            return Node(entries, place)
        while True:
            if self._next() != '"':
                raise self._wrong("a key in double quotes")
            here = self._text.place(self._at)
            key = self._string()
            if self._next() != ":":
                raise self._wrong("`:`")
            self._at += 1
            value = self._value(depth + 1)
            is_first = keys.setdefault(key, here) is here
            entries[key] = value if is_first else Node(repeated(keys[key], here), here)
            if self._more("}"):
                return Node(entries, place, keys)

    def _more(self, end: str) -> bool:
        """Pass over what follows an element, and say whether it ends the container."""
        sign = self._next()
        if sign not in {",", end} or not sign:
            raise self._wrong(f"`,` or `{end}`")
        self._at += 1
        return sign == end

    def _string(self) -> str:
        found = _TEXT.match(self._content, self._at)
        if found is None:
            raise self._text.error("this text in quotes is not as JSON writes one", self._at)
        self._at = found.end()
        text: str = json.loads(found[0])
        return text

    def _wrong(self, wanted: str) -> Exception:
        rest = self._content[self._at : self._at + 2]
        if not rest:
            return self._text.error(f"the file ends where {wanted} should stand", self._at)
        if rest in {"//", "/*"}:
            return self._text.error("a comment stands here, and JSON has none", self._at)
        return self._text.error(f"{wanted} should stand here", self._at)
