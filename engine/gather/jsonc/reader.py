"""JSON with comments as VS Code reads it: every value with its place, and what is wrong.

A broken file is not refused: VS Code takes what it could parse, and so does this. Values and
mistakes are those of `visit` in `src/vs/base/common/json.ts` (microsoft/vscode) under the visitor
of `ConfigurationModelParser`, or of `parse` of the package `jsonc-parser`; tests ask both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from engine.gather.formats._base import DEEPEST, MOST_VALUES, FormatError
from engine.gather.jsonc.tokens import (
    COMMENT,
    EDITOR,
    END,
    NUMBER,
    STRAY,
    TEXT,
    WORD,
    Dialect,
    Token,
    tokens,
)
from engine.loading.nodes import Node
from engine.model.facts import Absent
from engine.model.place import Place
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

_BREAK = re.compile(r"\r\n?|\n")
_MOST_FAULTS = 1000
_PROTOTYPE = Absent("unsupported", "a key `__proto__` changes what the others mean")
_MISTAKES = {
    "InvalidSymbol": "this is no word of JSON",
    "InvalidNumberFormat": "this number cannot be read",
    "PropertyNameExpected": "a key in double quotes should stand here",
    "ValueExpected": "a value should stand here",
    "ColonExpected": "`:` should stand here",
    "CommaExpected": "`,` should stand here",
    "CloseBraceExpected": "`}` is missing",
    "CloseBracketExpected": "`]` is missing",
    "EndOfFileExpected": "something follows the end of the value",
    "UnexpectedEndOfComment": "this comment is not closed",
    "UnexpectedEndOfString": "this text is not closed",
    "UnexpectedEndOfNumber": "this number is not finished",
    "InvalidUnicode": "`\\u` wants four hexadecimal digits",
    "InvalidEscapeCharacter": "JSON has no such escape",
    "InvalidCharacter": "a control character stands in this text",
}


@record
class Fault:
    """One mistake: its name in the parser, and where it stands."""

    code: str
    at: int
    place: Place

    @property
    def what(self) -> str:
        """Say it in words, without quoting the file."""
        return _MISTAKES[self.code]


@record
class Jsonc:
    """What a file gives, and the mistakes in it; without a node, it gives nothing at all."""

    node: Node | None
    faults: tuple[Fault, ...]


def read_jsonc(data: bytes, file: str, dialect: Dialect = EDITOR) -> Jsonc:
    """Give what VS Code takes from a file (or, with `PACKAGE`, what `jsonc-parser` gives).

    Bytes that are not UTF-8 become `U+FFFD`, as they do there. Of keys that are repeated the last
    one with a value counts. A value in the node may be `Absent`. Only a file that is nested too
    deep or holds too many values is refused, by a `FormatError` with the cause `too_large`.
    """
    return _Reader(data.decode("utf-8", "replace"), file, dialect).document()


class _Reader:
    """One reading: a descent that knows the next word."""

    def __init__(self, text: str, file: str, dialect: Dialect) -> None:
        self._words: Iterator[Token] = tokens(text, dialect)
        self._dialect = dialect
        self._file = file
        self._starts = [0, *(found.end() for found in _BREAK.finditer(text))]
        self._faults: list[Fault] = []
        self._values = 0
        self._token = Token(STRAY, 0)

    def document(self) -> Jsonc:
        self._advance()
        node = self._value(1)
        if node is None:
            self._wrong("ValueExpected")
        elif self._token.kind != END:
            self._wrong("EndOfFileExpected")
        return Jsonc(node, tuple(self._faults))

    def _advance(self) -> None:
        """Go to the next word that is one; what stands before it may be wrong."""
        while True:
            self._token = token = next(self._words)
            if token.wrong:
                self._wrong(token.wrong)
            if token.kind == STRAY:
                self._wrong("InvalidSymbol")
            elif token.kind != COMMENT:
                return

    def _wrong(self, code: str, until: str = "") -> None:
        """Note a mistake, and pass over everything up to one of some signs."""
        if len(self._faults) < _MOST_FAULTS:
            at = self._token.at
            self._faults.append(Fault(code, at, self._place(at)))
        while until and self._token.kind not in {*until, END}:
            self._advance()

    def _place(self, at: int) -> Place:
        line = bisect_right(self._starts, at)
        return Place(self._file, line, at - self._starts[line - 1] + 1)

    def _value(self, depth: int) -> Node | None:
        """Give the value that begins here, or nothing where none does."""
        token = self._token
        place = self._place(token.at)
        if token.kind in {"{", "["}:
            self._count(depth, place)
            return self._mapping(place, depth) if token.kind == "{" else self._list(place, depth)
        if token.kind not in {TEXT, NUMBER, WORD}:
            return None
        self._count(depth, place)
        value = token.value
        if token.kind == NUMBER and value is None:
            self._wrong("InvalidNumberFormat")
            value = 0
        self._advance()
        return Node(value, place)

    def _count(self, depth: int, place: Place) -> None:
        self._values += 1
        if depth > DEEPEST:
            what = f"this is nested more than {DEEPEST} levels deep"
            raise FormatError(what, place.line, place.column, "too_large")
        if self._values > MOST_VALUES:
            what = f"the file holds more than {MOST_VALUES} values"
            raise FormatError(what, place.line, place.column, "too_large")

    def _list(self, place: Place, depth: int) -> Node:
        items: list[Node] = []
        for _ in self._elements("]"):
            item = self._value(depth + 1)
            if item is None:
                self._wrong("ValueExpected", "],")
            else:
                items.append(item)
        self._close("]", "CloseBracketExpected")
        return Node(items, place)

    def _mapping(self, place: Place, depth: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for _ in self._elements("}"):
            self._entry(entries, keys, depth)
        self._close("}", "CloseBraceExpected")
        return Node(_PROTOTYPE if "__proto__" in entries else entries, place, keys)

    def _entry(self, entries: dict[str, Node], keys: dict[str, Place], depth: int) -> None:
        token = self._token
        if token.kind != TEXT or not isinstance(token.value, str):
            self._wrong("PropertyNameExpected", "},")
            self._wrong("ValueExpected", "},")
            return
        here = self._place(token.at)
        self._advance()
        if self._token.kind != ":":
            self._wrong("ColonExpected", "},")
            return
        self._advance()
        value = self._value(depth + 1)
        if value is None:
            self._wrong("ValueExpected", "},")
            return
        entries[token.value] = value
        keys[token.value] = here

    def _elements(self, end: str) -> Iterator[None]:
        """Stop at each element of a container, and see to the commas between them."""
        self._advance()
        is_first = True
        while self._token.kind not in {end, END}:
            if self._token.kind == ",":
                if is_first:
                    self._wrong("ValueExpected")
                self._advance()
                if self._token.kind == end and self._dialect.trailing_commas:
                    return
            elif not is_first:
                self._wrong("CommaExpected")
            is_first = False
            yield

    def _close(self, end: str, missing: str) -> None:
        if self._token.kind == end:
            self._advance()
        else:
            self._wrong(missing)
