"""node's own `--env-file` and `process.loadEnvFile()`.

Source: src/node_dotenv.cc of nodejs/node, and asking 20.20, 22.12, 24.4 and 26.10.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.dotenv._base import Dialect, Lines
from engine.gather.dotenv._values import plain
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = " \t\n"
_QUOTES = "'\"`"
_SECTIONS = Absent("ambiguous", "versions of node disagree on lines that begin with `[`")
_NO_NAME = Absent("unsupported", "there is a name with a NUL byte, or one that is not UTF-8")


def read_node(content: bytes) -> list[Assignment | Absent]:
    """Give the variables that a file sets where the process has none of that name.

    Nothing is replaced; of quotes only the first two count, and a newline is escaped only in double ones.
    """
    text = content.decode("utf-8", "surrogateescape").replace("\r", "")
    lines = Lines(text)
    found: dict[str, Assignment] = {}
    for position, name, value in _settings(text):
        if name is None:
            return [_SECTIONS]
        row = Assignment(name, plain((value,)), "default", lines.of(position))
        found.pop(name, None)
        found[name] = row
    found.pop("", None)  # which is no variable's name
    bad = any("\0" in name or plain((name,)) != (name,) for name in found)
    return [_NO_NAME] if bad else [*found.values()]


NODE = Dialect("node", "node --env-file", read_node)


def _settings(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Give where each setting stands, its name and its value; None for what newer ones divide."""
    end = len(text.rstrip(_BLANKS))
    position = _after_blanks(text, 0)
    while position < end:
        if text[position] in "\n#":
            position = _next_line(text, position)
            continue
        if text[position] == "[" and text.find("]", position, end) >= 0:
            yield position, None, ""
            return
        start, line_end = position, _line_end(text, position, end)
        equals = text.find("=", position, line_end)
        if equals < 0:
            position = _after_blanks(text, line_end)
            continue
        name = text[position:equals].strip(_BLANKS)
        position = equals + 1
        if position >= end or text[position] == "\n":
            yield start, name, ""
            continue
        position = _after_blanks(text, position)
        if not name:
            continue
        if name.startswith("export "):
            name = name[len("export ") :].strip(_BLANKS)
        value, position = _value(text, position, end)
        yield start, name, value


def _value(text: str, position: int, end: int) -> tuple[str, int]:
    """Give a value and where the text goes on."""
    line_end = _line_end(text, position, end)
    quote = text[position]
    if quote not in _QUOTES:
        value = text[position:line_end].partition("#")[0].strip(_BLANKS)
        return value, _after_blanks(text, line_end)
    close = text.find(quote, position + 1, end)
    if close < 0:
        return text[position:line_end], _after_blanks(text, line_end)
    value = text[position + 1 : close]
    if quote == '"':
        value = value.replace("\\n", "\n")
    return value, _next_line(text, close + 1)


def _after_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in _BLANKS:
        position += 1
    return position


def _line_end(text: str, position: int, end: int) -> int:
    found = text.find("\n", position, end)
    return end if found < 0 else found


def _next_line(text: str, position: int) -> int:
    return _line_end(text, position, len(text)) + 1
