"""Where the values of a valid TOML text stand."""

from __future__ import annotations

import re
import tomllib
from typing import TypeAlias

Steps: TypeAlias = tuple[str | int, ...]

_SPACE = re.compile(r"(?:[ \t\r\n]++|#[^\n]*+)*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_TEXTS = (
    re.compile(r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"""(?:"{0,2})', re.DOTALL),
    re.compile(r"'''(?:[^']++|'{1,2}(?!'))*+'''(?:'{0,2})"),
    re.compile(r'"(?:[^"\\\n]++|\\.)*+"'),
    re.compile(r"'[^'\n]*+'"),
)
# A date may have a blank before its time.
_OTHER = re.compile(r"(?:\d{4}-\d\d-\d\d \d\d:)?[^\s,\]}#]++")


def places_in(content: str) -> dict[Steps, int]:
    """Give the index of each value: of a table its header, of a table made by dots its first key.

    What is found in a text that is no TOML means nothing.
    """
    scanner = _Scanner(content)
    try:
        scanner.scan()
    except (_LostError, RecursionError):
        return {}
    return scanner.found


class _LostError(Exception):
    """The text is not what the scanner takes it for."""


class _Scanner:
    def __init__(self, content: str) -> None:
        self.found: dict[Steps, int] = {}
        self._content = content
        self._at = 0
        self._tables: dict[Steps, int] = {}
        """How many tables each array of tables has so far."""

    def scan(self) -> None:
        table: Steps = ()
        while self._next():
            start = self._at
            if self._take("[["):
                table = self._array_table(self._key(), start)
                self._expect("]]")
            elif self._take("["):
                table = self._table(self._key(), start)
                self._expect("]")
            else:
                self._pair(table)

    def _array_table(self, key: list[str], start: int) -> Steps:
        steps = (*self._inner(key[:-1], start), key[-1])
        number = self._tables.get(steps, 0)
        self._tables[steps] = number + 1
        self.found.setdefault(steps, start)
        self.found[*steps, number] = start
        return (*steps, number)

    def _table(self, key: list[str], start: int) -> Steps:
        steps = self._inner(key, start)
        self.found[steps] = start
        return steps

    def _inner(self, key: list[str], start: int) -> Steps:
        """Give the steps to a table; in an array of tables the last one is meant."""
        steps: Steps = ()
        for part in key:
            steps = (*steps, part)
            self.found.setdefault(steps, start)
            if steps in self._tables:
                steps = (*steps, self._tables[steps] - 1)
        return steps

    def _pair(self, table: Steps) -> None:
        start = self._at
        key = self._key()
        self._expect("=")
        for length in range(1, len(key)):
            self.found.setdefault((*table, *key[:length]), start)
        self._value((*table, *key))

    def _value(self, steps: Steps) -> None:
        sign = self._next()
        self.found[steps] = self._at
        if sign == "[":
            self._list(steps)
        elif sign == "{":
            self._inline(steps)
        elif sign in {'"', "'"}:
            self._text()
        elif other := _OTHER.match(self._content, self._at):
            self._at = other.end()
        else:
            raise _LostError

    def _list(self, steps: Steps) -> None:
        self._expect("[")
        number = 0
        while self._next() != "]":
            self._value((*steps, number))
            number += 1
            if self._next() != "]":
                self._expect(",")
        self._expect("]")

    def _inline(self, steps: Steps) -> None:
        self._expect("{")
        while self._next() != "}":
            self._pair(steps)
            if self._next() != "}":
                self._expect(",")
        self._expect("}")

    def _key(self) -> list[str]:
        parts = [self._key_part()]
        while self._next() == ".":
            self._at += 1
            parts.append(self._key_part())
        return parts

    def _key_part(self) -> str:
        if self._next() in {'"', "'"}:
            text: str = tomllib.loads(f"x = {self._text()}")["x"]
            return text
        found = _BARE_KEY.match(self._content, self._at)
        if found is None:
            raise _LostError
        self._at = found.end()
        return found[0]

    def _text(self) -> str:
        for pattern in _TEXTS:
            if found := pattern.match(self._content, self._at):
                self._at = found.end()
                return found[0]
        raise _LostError

    def _next(self) -> str:
        """Pass over blanks and comments, and give the character that follows."""
        space = _SPACE.match(self._content, self._at)
        self._at = space.end() if space else self._at
        return self._content[self._at : self._at + 1]

    def _take(self, sign: str) -> bool:
        is_there = self._content.startswith(sign, self._at)
        self._at += len(sign) if is_there else 0
        return is_there

    def _expect(self, sign: str) -> None:
        self._next()
        if not self._take(sign):
            raise _LostError
