"""The package dotenv of node, as it is called without `override: true`.

Source: lib/main.js of motdotla/dotenv, and asking 17 and 18. Its one pattern is followed here in
steps that take the time of the text's length.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.dotenv._base import Dialect, Lines
from engine.gather.dotenv._values import plain
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANK = "\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_ENDS = "\n\u2028\u2029"
_BLANKS = re.compile(f"[{_BLANK}]*")
_LONG_BLANK = re.compile(f"[{_BLANK}]{{1000}}")
_LINE_START = re.compile(f"[{_ENDS}]")
_VALUE = "|".join(rf"[{_BLANK}]*{quote}(?:\\{quote}|[^{quote}])*{quote}" for quote in "'\"`")
_SETTING = re.compile(
    rf"(?:export[{_BLANK}]+)?([A-Za-z0-9_.-]+)(?:[{_BLANK}]*=[{_BLANK}]*?|:[{_BLANK}]+?)"
    rf"({_VALUE}|[^#\r\n]+)?[{_BLANK}]*(?:#[^{_ENDS}]*)?(?=[{_ENDS}]|\Z)"
)
_QUOTES = re.compile(rf"(?:(?<=[{_ENDS}])|\A)(['\"`])(.*)\1(?=[{_ENDS}]|\Z)", re.DOTALL)
_TOO_LARGE = Absent("too_large", "it has more blanks in a row than we follow")


def read_node_dotenv(content: bytes) -> list[Assignment | Absent]:
    """Give the variables that a file sets where the process has none of that name.

    Nothing is replaced; in double quotes two escapes are known, of newline and carriage return.
    """
    text = content.decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    if _LONG_BLANK.search(text):
        return [_TOO_LARGE]
    lines = Lines(text)
    found: dict[str, Assignment] = {}
    for position, name, value in _settings(text):
        found[name] = Assignment(name, plain((value,)), "default", lines.of(position))
    return [*found.values()]


NODE_DOTENV = Dialect("node-dotenv", "node's package dotenv", read_node_dotenv)


def _settings(text: str) -> Iterator[tuple[int, str, str]]:
    """Give where each setting stands, its name, and its value; other lines are passed over."""
    position: int | None = 0
    while position is not None:
        start = _after_blanks(text, position)
        found = _SETTING.match(text, start)
        if found is not None and found[1] != "__proto__":  # which no object of JavaScript takes
            yield start, found[1], _value(found[2] or "")
        line_start = _LINE_START.search(text, found.end() if found else start)
        position = line_start.end() if line_start else None


def _after_blanks(text: str, position: int) -> int:
    found = _BLANKS.match(text, position)
    return found.end() if found else position


def _value(text: str) -> str:
    value = re.sub(f"\\A[{_BLANK}]+|[{_BLANK}]+\\Z", "", text)
    has_escapes = value.startswith('"')
    value = _QUOTES.sub(r"\2", value)
    return value.replace("\\n", "\n").replace("\\r", "\r") if has_escapes else value
