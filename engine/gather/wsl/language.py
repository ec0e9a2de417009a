"""LANG as WSL takes it from the file in which a distribution keeps its locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.host import Host

FILES = ("/etc/default/locale", "/etc/locale.conf")
_SPACES = " \t\n\r\f\v\0"
_ESCAPED_IN_QUOTES = frozenset('"\\$`')


@record
class Language:
    """What a file says of LANG, and where; a hole if that cannot be read."""

    value: str | Absent
    file: str
    line: int | None = None


def language(host: Host) -> Language | None:
    """Give what the first of the files says; None where there is none, or it says nothing.

    So does `ConfigUpdateLanguage` in src/linux/init/config.cpp: the last line with `LANG=`
    anywhere in it counts, whatever stands before.
    """
    for path in FILES:
        try:
            content = host.read(path)
        except HostError as error:
            if error.cause == "missing":
                continue
            return Language(error.hole(), path)
        return _said(path, content)
    return None


def _said(path: str, content: bytes) -> Language | None:
    found: Language | None = None
    for number, raw in enumerate(content.split(b"\n"), start=1):
        line = raw.partition(b"\0")[0].partition(b"#")[0]
        _, named, value = line.partition(b"LANG=")
        if named:
            found = Language(_text(value), path, number)
    return found


def _text(value: bytes) -> str | Absent:
    try:
        return unescaped(value.decode("utf-8").strip(_SPACES))
    except UnicodeDecodeError:
        return Absent("unsupported", "it is not UTF-8")


def unescaped(text: str) -> str:
    """Give a word of a shell without its quotes; the text as it is if they do not fit."""
    output: list[str] = []
    quote = ""
    rest = iter(text)
    for sign in rest:
        if sign == "'" and quote != '"':
            quote = "" if quote else "'"
        elif quote == "'":
            output.append(sign)
        elif sign == '"':
            quote = "" if quote else '"'
        elif sign == "\\":
            escaped = next(rest, None)
            if escaped is None:
                return text
            output.append(_escape(escaped, quoted=bool(quote)))
        else:
            output.append(sign)
    return text if quote else "".join(output)


def _escape(sign: str, *, quoted: bool) -> str:
    if sign == "\n":
        return ""
    return f"\\{sign}" if quoted and sign not in _ESCAPED_IN_QUOTES else sign
