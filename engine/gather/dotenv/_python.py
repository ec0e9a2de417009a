"""python-dotenv's reading of a file, as far as its versions since 0.15 agree.

Source: parser.py and variables.py of theskumar/python-dotenv, and asking 0.17, 0.21 and 1.2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.dotenv._base import Lines, Refused
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.gather.dotenv._values import Parts

_BLANKS = re.compile(r"\s*")
_BLANK = r"[^\S\n]*"
_EXPORT = re.compile(r"(?:export[^\S\n]+)?")
_NAME = re.compile(r"'([^']+)'|(?!')([^=#\s]+)")
_EQUALS = re.compile(rf"{_BLANK}(?:(=){_BLANK})?")
_QUOTED = {
    "'": re.compile(r"'((?:\\'|[^'])*)'"),
    '"': re.compile(r'"((?:\\"|[^"])*)"'),
}
_QUOTED_1_2_4 = {
    "'": re.compile(r"'((?:\\.|[^'\\])*)'", re.DOTALL),
    '"': re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL),
}
_BARE = re.compile(r"[^\n]*")
_END = re.compile(rf"{_BLANK}(?:#[^\n]*)?(?:\n|\Z)")
_ESCAPE = {"'": re.compile(r"\\([\\'])"), '"': re.compile(r"\\([\\'\"abfnrtv])")}
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_EXPANSION = re.compile(r"\$\{([^}:]*)(?::-([^}]*))?\}")
_TEXT_LIMIT = 10_000
_TOO_LONG = Absent("too_large", "it is too long to look for variables in it")


@record
class Binding:
    """One line that names a variable, with its text before `${X}` is replaced, if it has one."""

    name: str
    value: str | None
    line: int


def text_of(content: bytes) -> str:
    """Give a file's text as Python opens it, with every end of line a newline."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Refused("it is not UTF-8", line) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def bindings(text: str, *, since_1_2_4: bool = False) -> Iterator[Binding]:
    """Give what names variables in a text; lines that the package warns of are passed over.

    1.2.4 was the first to see a comment in a `#` that blanks part from `=`, and a backslash in
    quotes that stands for itself.
    """
    lines = Lines(text)
    position = 0
    while position < len(text):
        start = _after(_BLANKS, text, position)
        position, name, value = _binding(text, start, since_1_2_4=since_1_2_4)
        if name is not None:
            yield Binding(name, value, lines.of(start))


def expanded(text: str, variable: Callable[[str, str | None], Parts]) -> Parts:
    """Give a text with what stands for `${X}` and `${X:-default}`; a `$X` is none."""
    if "${" in text and len(text) > _TEXT_LIMIT:
        return (_TOO_LONG,)
    parts: Parts = ()
    position = 0
    for found in _EXPANSION.finditer(text):
        parts += (text[position : found.start()], *variable(found[1], found[2]))
        position = found.end()
    return (*parts, text[position:])


def _binding(text: str, position: int, *, since_1_2_4: bool) -> tuple[int, str | None, str | None]:
    """Give where the next line begins, and name and value, which are None where there is none."""
    position = _after(_EXPORT, text, position)
    name: str | None = None
    value: str | None = None
    if text[position : position + 1] != "#":
        named = _NAME.match(text, position)
        if named is None:
            return _next_line(text, position), None, None
        name = named[1] or named[2]
        equals = _EQUALS.match(text, named.end())
        position = equals.end() if equals else named.end()
        if equals and equals[1]:
            quote = text[position : position + 1]
            ways = _QUOTED_1_2_4 if since_1_2_4 else _QUOTED
            quoted = ways[quote].match(text, position) if quote in ways else None
            if quoted is not None:
                value = _ESCAPE[quote].sub(_unescaped, quoted[1])
                position = quoted.end()
            elif quote in _QUOTED:
                return _next_line(text, position), None, None
            else:
                line = text[position : _after(_BARE, text, position)]
                is_comment = since_1_2_4 and quote == "#" and text[position - 1] != "="
                value = "" if is_comment else _without_comment(line)
                position += len(line)
    end = _END.match(text, position)
    if end is None:
        return _next_line(text, position), None, None
    return end.end(), name, value


def _after(pattern: re.Pattern[str], text: str, position: int) -> int:
    found = pattern.match(text, position)
    return found.end() if found else position


def _next_line(text: str, position: int) -> int:
    return _after(_BARE, text, position) + 1


def _without_comment(line: str) -> str:
    for found in re.finditer("#", line):
        if line[: found.start()][-1:].isspace():
            return line[: found.start()].rstrip()
    return line.rstrip()


def _unescaped(found: re.Match[str]) -> str:
    return _ESCAPED.get(found[1], found[1])
