"""Docker Compose 2: the `.env` of a project, and what `env_file` and `--env-file` name.

Source: dotenv/parser.go of compose-spec/compose-go, and asking it. It is a port of godotenv that
has gone its own way.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.dotenv._base import CLIENT, Dialect, Lines, Refused
from engine.gather.dotenv._compose_template import substituted
from engine.gather.dotenv._go import SPACES, is_letter_or_number
from engine.gather.dotenv._values import Earlier
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.dotenv._values import Parts

_BLANKS = "\t\v\f\r \x85\xa0"
_EXPORT = re.compile(rf"export(?=[\t\n\f\r ])[{_BLANKS}]*")
_START = re.compile(rf"(?:[{SPACES}]+|\#[^\n]*(?:\n|\Z))*")
_KEY_END = re.compile(r"[=:\n]")
_QUOTED = {
    '"': re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL),
    "'": re.compile(r"'((?:[^'\\]|\\.)*+)'", re.DOTALL),
}
_ESCAPE = re.compile(r"\\(?:([abcfnrtv$\"\\])|0([0-9]{0,3}))")
_ESCAPED = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
    "$": "$$",
    '"': '"',
    "\\": "\\",
    "c": "\\c",
}
_OCTAL = re.compile(r"[0-3][0-7][0-7]")
_NAMELESS = Absent("opaque", "Compose makes a variable without a name of a part of the file")


def read_compose(content: bytes) -> list[Assignment | Absent]:
    """Give the variables of a file; a client's variable comes before one of the file in `$X`.

    A line that is a name alone hands on the client's variable.
    """
    text = content.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    lines = Lines(text)
    earlier = Earlier()
    found: list[Assignment | Absent] = []
    position = _start(text, 0)
    while position < len(text):
        line = lines.of(position)
        name, position, is_alone = _name(text, position, line)
        if is_alone:
            found += [Assignment(name, how="pass", of=CLIENT, line=line)] if name else []
        else:
            try:
                value, position = _value(text, position, earlier)
            except Refused as error:
                raise Refused(error.reason, line) from None
            kept = earlier.put(name, value)
            found.append(Assignment(name, kept, line=line) if name else _NAMELESS)
        position = _start(text, position)
    return found


COMPOSE = Dialect("compose", "Docker Compose 2", read_compose)


def _start(text: str, position: int) -> int:
    """Give where the next statement begins, behind blanks and comments."""
    found = _START.match(text, position)
    return found.end() if found else position


def _name(text: str, position: int, line: int) -> tuple[str, int, bool]:
    """Give a name, where its value begins, and whether it stands alone on its line."""
    if found := _EXPORT.match(text, position):
        position = found.end()
    end = _KEY_END.search(text, position)
    stop = end.start() if end else len(text)
    for character in text[position:stop]:
        if not (character in _BLANKS or character in "_.-[]" or is_letter_or_number(character)):
            raise Refused("there is a character that no name may have", line)
    if end is None:
        # Compose takes the whole for the value of a variable without a name.
        return "", _after_blanks(text, position), False
    name = text[position:stop].rstrip(SPACES)
    if " " in name:
        raise Refused("there is a blank in the name of a variable", line)
    return name, _after_blanks(text, end.end()), end[0] == "\n"


def _after_blanks(text: str, position: int) -> int:
    while position < len(text) and text[position] in _BLANKS:
        position += 1
    return position


def _value(text: str, position: int, earlier: Earlier) -> tuple[Parts, int]:
    """Give a value and where the text goes on: right behind a closing quote."""
    quote = text[position : position + 1]
    if quote not in _QUOTED:
        end = text.find("\n", position)
        end = len(text) if end < 0 else end
        value = text[position:end].partition(" #")[0].rstrip(SPACES)
        return substituted(value, earlier), end + 1
    found = _QUOTED[quote].match(text, position)
    if found is None:
        raise Refused("a quote is not closed")
    value = found[1].replace("\\" + quote, quote)
    if quote == "'":
        return (value,), found.end()
    return substituted(_ESCAPE.sub(_unescaped, value), earlier), found.end()


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        return _ESCAPED[found[1]]
    digits = found[2]
    return chr(int(digits, 8)) if _OCTAL.fullmatch(digits) else "\\" + digits
