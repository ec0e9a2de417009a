"""INI files: sections of `key = value`, as far as their readers agree.

There is no standard: Python's configparser, git and npm differ. What they read alike is known. So
are two layouts that only configparser has, and that mean nothing else in practice: `key: value`,
and indented lines below a key with nothing on its own line. Where readers differ otherwise (quotes,
a comment behind a value, a key alone, `key[]`, an indented line that could be a key or goes on with
a value, what is there twice) the value is a hole. Values are texts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.formats._base import Format, FormatError, Text, repeated
from engine.loading.nodes import Node
from engine.model.facts import Absent
from engine.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECTION = re.compile(r"\[([^\[\]]+)\]\s*(?:[#;].*)?\Z")
# A colon counts where no `=` comes first, and with a blank behind it: keys of npm hold others.
_SIGN = re.compile(r"=|:(?=\s|\Z)")
_NAME = re.compile(r"([^\s?&=:]+)\s*(?:=|:\s)")
_ALONE = Absent("ambiguous", "the key has no value, which some readers take for true")
_QUOTED = Absent("ambiguous", "its quotes are a part of it to some readers only")
_COMMENTED = Absent("ambiguous", "some readers take what follows `#` or `;` for a comment")
_LISTED = Absent("ambiguous", "some readers collect such keys in a list")
_INDENTED = Absent("ambiguous", "an indented line here is a key of its own to some readers")


def read_ini(data: bytes, file: str) -> Node:
    """Give the sections of a file by name, beside the keys before the first one."""
    top = _Section(Place(file, 1, 1))
    section = top
    for line in _joined(Text(data, file)):
        place = Place(file, line.number, line.column)
        if not line.content.startswith("["):
            line.give_to(section, place)
            continue
        found = _SECTION.match(line.content)
        if found is None:
            raise FormatError("this is no section's name in brackets", line.number, line.column)
        section = _Section(place)
        top.add(found[1], place, section.node)
    return top.node


INI = Format("ini", read_ini)


class _Section:
    """The keys of a section while they are read; its node grows with it."""

    def __init__(self, place: Place) -> None:
        self._entries: dict[str, Node] = {}
        self.node = Node(self._entries, place)

    def add(self, key: str, place: Place, value: Node) -> None:
        first = self.node.keys.setdefault(key, place)
        self._entries[key] = value if first is place else Node(repeated(first, place), place)


class _Line:
    """A line with content, and the lines that go on with it."""

    def __init__(self, number: int, raw: str) -> None:
        self.number = number
        self.content = raw.strip()
        self.column = len(raw) - len(raw.lstrip()) + 1
        self.further: list[tuple[int, str]] = []

    def give_to(self, section: _Section, place: Place) -> None:
        """Add the key and its value to a section."""
        found = _SIGN.search(self.content)
        cut = found.start() if found else self.content.find(":")
        key = self.content if cut < 0 else self.content[:cut].rstrip()
        if not key:
            raise FormatError("no key stands before this", self.number, self.column)
        raw = self.content[cut + 1 :]
        text = raw.lstrip()
        start = self.column + cut + 1 + len(raw) - len(text)
        value = _value(key, None if cut < 0 else text, [more for _, more in self.further])
        section.add(key, place, Node(value, Place(place.file, self.number, start)))
        if value is _LISTED:
            section.add(key.removesuffix("[]"), place, Node(value, place))
        for number, more in self.further:
            if name := _NAME.match(more):
                here = Place(place.file, number)
                section.add(name[1], here, Node(_INDENTED, here))


def _value(key: str, text: str | None, further: list[str]) -> str | Absent:
    if text is None:
        return _ALONE
    if key.endswith("[]"):
        return _LISTED
    if further and (text or any(_NAME.match(line) for line in further)):
        return _INDENTED
    whole = "\n".join([text, *further])
    if "#" in whole or ";" in whole:
        return _COMMENTED
    return _QUOTED if whole[:1] in {'"', "'"} else whole


def _joined(text: Text) -> Iterator[_Line]:
    """Give the lines that are not blank and no comments, each with those that go on with it."""
    last: _Line | None = None
    blank = 0
    for number, raw in enumerate(text.lines(), start=1):
        line = _Line(number, raw)
        if not line.content:
            blank += 1
            continue
        if line.content[0] in "#;":
            continue
        if last is None or last.content.startswith("[") or line.column <= last.column:
            if last is not None:
                yield last
            last = line
        elif line.content.startswith("["):
            raise FormatError("an indented line begins with a bracket", number, line.column)
        else:
            last.further += [(number, "")] * blank + [(number, line.content)]
        blank = 0
    if last is not None:
        yield last
