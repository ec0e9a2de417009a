"""Files of NAME=VALUE lines, as far as shells, systemd, Compose and dotenv read them alike.

A value in quotes loses them (only `docker run --env-file` keeps them). What some expand, unescape
or cut off makes a hole, and a line that is no assignment makes the whole file one: it may be a
script, in which assignments depend on conditions.
"""

from __future__ import annotations

import re

from engine.gather.formats._base import Format, Text
from engine.loading.nodes import Node
from engine.model.facts import Absent
from engine.model.place import Place

_NOTHING = re.compile(r"[ \t]*(?:#[^\n]*)?\r?(?:\n|\Z)")
_NAME = re.compile(r"[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)=")
_QUOTED = re.compile(r"""'(?P<single>[^']*+)'|"(?P<double>(?:[^"\\]++|\\.)*+)\"""", re.DOTALL)
_BARE = re.compile(r"[^\n]*")
# What a shell expands, what ends a command in one, and comments, which systemd does not know there.
_UNCLEAR = re.compile(r"[\\;&|<>()#\r\s]|(?:\A|:)~")
_EXPANDED = Absent("opaque", "a `$` or a backquote in it is expanded by those who read it")
_DIFFERENT = Absent("ambiguous", "shells, systemd and dotenv read it in different ways")


def read_env(data: bytes, file: str) -> Node:
    """Give the variables of a file; of a name that is set twice the last value counts."""
    text = Text(data, file)
    content = text.content
    entries: dict[str, Node] = {}
    keys: dict[str, Place] = {}
    at = 0
    while at < len(content):
        if nothing := _NOTHING.match(content, at):
            at = nothing.end()
            continue
        found = _NAME.match(content, at)
        if found is None:
            raise text.error("this line is no NAME=VALUE", at)
        start = found.end()
        value, at = _value(text, start)
        entries[found[1]] = Node(value, text.place(start))
        keys[found[1]] = text.place(found.start(1))
    return Node(entries, Place(file, 1, 1), keys)


ENV = Format("env", read_env)


def _value(text: Text, start: int) -> tuple[str | Absent, int]:
    """Give a value, and where its line ends."""
    content = text.content
    if content[start : start + 1] in {"'", '"'}:
        found = _QUOTED.match(content, start)
        if found is None:
            raise text.error("this quote is not closed", start)
        end = _NOTHING.match(content, found.end())
        if end is None:
            raise text.error("something follows a value in quotes", found.end())
        if end[0].strip():
            return _DIFFERENT, end.end()
        if found["single"] is not None:
            return found["single"], end.end()
        return _unquoted(found["double"]), end.end()
    line = _BARE.match(content, start)
    stop = line.end() if line else start
    bare = content[start:stop].rstrip(" \t")
    if "'" in bare or '"' in bare or bare.endswith("\\"):
        # Where the value ends, and the next line begins, is another thing to each reader.
        raise text.error("a quote or a backslash makes the end of this value unclear", start)
    if "$" in bare or "`" in bare:
        return _EXPANDED, stop + 1
    return (_DIFFERENT if _UNCLEAR.search(bare) else bare), stop + 1


def _unquoted(inner: str) -> str | Absent:
    if "$" in inner or "`" in inner:
        return _EXPANDED
    return _DIFFERENT if "\\" in inner or "\r" in inner else inner
