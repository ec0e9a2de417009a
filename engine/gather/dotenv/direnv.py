"""direnv's `dotenv`, in an .envrc.

Source: pkg/dotenv of direnv/direnv, which is a port of the Ruby program; and asking 2.32 and 2.37.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Reference
from engine.gather.dotenv._base import CLIENT, Dialect, Refused
from engine.gather.dotenv._go import SPACES
from engine.gather.dotenv._values import Earlier, agreed
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.gather.dotenv._values import Parts

_LINE = re.compile(
    r"""[\t\n\f\r\ ]*+(?:
        | \#[^\n]*
        | (?:export[\t\n\f\r\ ]+)?([0-9A-Za-z_.]+)
          (?:[\t\n\f\r\ ]*=[\t\n\f\r\ ]*+|:[\t\n\f\r\ ]++)
          ('.*'|".*"|[^\t\n\f\r\ \#]+)?
          [\t\n\f\r\ ]*+(?:\#[^\n]*)?
    )\Z""",
    re.VERBOSE | re.DOTALL,
)
_PARTS = 1000
_SEPARATOR = re.compile(r"[=:]")
_VARIABLE = re.compile(r"\{[*#$@!?0-9-]\}|[*#$@!?0-9-]|[A-Za-z_][0-9A-Za-z_]*|\{")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_READ_ONLY = frozenset(("BASHOPTS", "BASH_VERSINFO", "EUID", "PPID", "SHELLOPTS", "UID"))
_DOUBT = "versions of direnv disagree on a quote that is not closed on its line"
_SHELL = Absent("opaque", "the shell of the .envrc sets it by itself")


def read_direnv(content: bytes) -> list[Assignment | Absent]:
    """Give the variables that a file sets; one of the file comes before the client's in `$X`.

    Since 2.37 a value in quotes may go on over several lines.
    """
    lines = list(_lines(content.decode("utf-8", "surrogateescape")))
    before = _outcome(lines)
    since = _outcome(_joined(lines)) if any(_opened(line) for _, line in lines) else before
    if isinstance(before, Refused) and isinstance(since, Refused):
        raise before
    if isinstance(before, Refused) or isinstance(since, Refused):
        return [Absent("ambiguous", _DOUBT)]
    return [*agreed([since, before], _DOUBT)]


DIRENV = Dialect("direnv", "direnv's dotenv", read_direnv)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Give each line with its number; ends of lines side by side are one."""
    number = 1
    for line in re.split(r"((?:\r\n|[\r\n])+)", text):
        if line[:1] in {"\r", "\n"}:
            number += len(re.findall(r"\r\n|[\r\n]", line))
        else:
            yield number, line


def _opened(line: str) -> str:
    """Give the quote with which a value begins that newer versions look for the end of."""
    separator = _SEPARATOR.search(line)
    if separator is None or not separator.start():
        return ""
    value = line[separator.end() :].lstrip(" \t")
    return value[0] if value[:1] in {"'", '"'} and value.count(value[0]) == 1 else ""


def _joined(lines: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """Give lines with those that belong together joined, where that makes a setting."""
    quote, start, whole = "", 0, ""
    for number, line in lines:
        if not quote:
            quote, start, whole = _opened(line), number, line
            if not quote:
                yield number, line
            continue
        whole += "\n" + line
        if line.strip(SPACES).endswith(quote):
            if _LINE.match(whole):
                yield start, whole
            quote = ""
    if quote:
        raise Refused("a quote is not closed", start)


def _outcome(lines: Iterable[tuple[int, str]]) -> dict[str, Assignment] | Refused:
    """Give what lines set, or why all of it is refused."""
    try:
        return _read(lines)
    except Refused as error:
        return error


def _read(lines: Iterable[tuple[int, str]]) -> dict[str, Assignment]:
    earlier = Earlier()
    found: dict[str, Assignment] = {}
    for number, line in lines:
        matched = _LINE.match(line)
        if matched is None:
            raise Refused("a line is no setting", number)
        name = matched[1]
        if name is None:
            continue
        value = earlier.put(name, _value(matched[2] or "", earlier))
        # bash exports no other names, and goes on.
        if _NAME.match(name):
            found[name] = Assignment(name, (_SHELL,) if name in _READ_ONLY else value, line=number)
    return found


def _value(text: str, earlier: Earlier) -> Parts:
    if len(text) <= 1:
        return (text,)
    if text[0] == text[-1] == "'":
        return (text[1:-1],)
    if text[0] == text[-1] == '"':
        text = text[1:-1].replace("\\n", "\n").replace("\\r", "\r")
        text = re.sub(r"\\([^$])", r"\1", text)
    return _expanded(text, earlier)


def _expanded(text: str, earlier: Earlier) -> Parts:
    """Give a text with what stands for its variables, by the rules of Go's `os.Expand`."""
    parts: Parts = ()
    position = start = 0
    while (position := text.find("$", position)) >= 0 and position + 1 < len(text):
        found = _VARIABLE.match(text, position + 1)
        if found is None:
            position += 1
            continue
        parts += (text[start:position],)
        position = start = found.end()
        name = found[0].strip("{}")
        if found[0] == "{":
            end = text.find("}", position)
            name = text[position:end] if end >= 0 else ""
            position = start = end + 1 if end >= 0 else position
        if name:
            parts += _variable(name, earlier)
        if len(parts) > _PARTS:
            return (Absent("too_large", "it has more variables than we follow"),)
    return (*parts, text[start:])


def _variable(text: str, earlier: Earlier) -> Parts:
    name, has_default, default = text.partition(":-")
    above = earlier.get(name)
    if above is not None:
        return above
    if name == "PWD":
        return (Absent("opaque", "`PWD` is a folder, and which one depends on the version"),)
    instead = (default,) if default else ()
    return (Reference(name, CLIENT, instead, empty_is_unset=bool(has_default)),)
