"""The file that `go env -w` writes, and GOROOT/go.env, by the rules of Go's own reader.

A setting begins with A to Z in the first column and holds `=`; nothing is trimmed, unquoted or
expanded, and every other line is silently ignored.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.survey import Survey


@record
class Entry:
    """One setting as it is written."""

    key: str
    value: str
    line: int


@record
class Ignored:
    """A line that Go passes over although somebody meant something by it."""

    line: int
    why: str


@record
class Content:
    """The lines of such a file, understood."""

    entries: tuple[Entry, ...] = ()
    ignored: tuple[Ignored, ...] = ()

    def winners(self) -> dict[str, Entry]:
        """Give the entry that counts for each key."""
        return {entry.key: entry for entry in self.entries}


@record
class EnvFile:
    """Where the user's file is, what became of reading it, and its content.

    `path` is None where Go looks nowhere, `hole` says why the content is not known.
    """

    path: str | Absent | None
    state: str
    content: Content = Content()
    hole: Absent | None = None

    def provenance(self, line: int | None = None) -> Provenance:
        """Give where a setting in it comes from."""
        file = self.path if isinstance(self.path, str) else None
        return Provenance(None, "go env file", file, line)


def parse(data: bytes) -> Content:
    """Give what Go reads in a file, and which lines it ignores."""
    entries, ignored = [], []
    for number, raw in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), start=1):
        key, equals, value = raw.partition("=")
        if equals and "A" <= raw[0] <= "Z":
            entries.append(Entry(key, value, number))
        elif raw.strip() and not raw.lstrip().startswith("#"):
            ignored.append(Ignored(number, _why_ignored(raw)))
    return Content(tuple(entries), tuple(ignored))


def oddities(content: Content) -> list[tuple[Entry, str]]:
    """Give the entries that Go takes more literally than their writer meant, with the reason."""
    seen: set[str] = set()
    found = []
    for entry in content.entries:
        for why, pattern in _ODD:
            if pattern.search(entry.value):
                found.append((entry, why))
        if entry.key != entry.key.strip():
            found.append((entry, "space_before_equals"))
        if entry.key in seen:
            found.append((entry, "duplicate"))
        seen.add(entry.key)
    return found


def user_file(survey: Survey, path: str | Absent) -> EnvFile:
    """Give the user's settings file, which Go finds at a path; empty where it looks nowhere."""
    if isinstance(path, Absent):
        return EnvFile(path, "unreadable", Content(), path)
    if not path:
        return EnvFile(None, "off" if survey.variable("GOENV") == "off" else "missing")
    path = os.path.join(survey.directory, path)
    if path == os.devnull:
        return EnvFile(path, "off")
    try:
        return EnvFile(path, "present", parse(survey.host.read(path)))
    except HostError as error:
        if error.cause == "missing":
            return EnvFile(path, "missing")
        return EnvFile(path, "unreadable", Content(), error.hole())


def _why_ignored(line: str) -> str:
    if line.startswith("\ufeff"):
        return "byte_order_mark"
    if line[0].isspace():
        return "indented"
    if line.startswith("export "):
        return "export"
    if "=" not in line:
        return "no_equals_sign"
    return "lower_case" if line[0].islower() else "other"


_ODD = (
    ("quotes", re.compile(r"\A[\"'].*[\"']\r?\Z", re.DOTALL)),
    ("dollar", re.compile(r"\$")),
    ("tilde", re.compile(r"\A~|:~")),
    ("carriage_return", re.compile(r"\r\Z")),
    ("trailing_space", re.compile(r"[ \t]\r?\Z")),
    ("empty_value", re.compile(r"\A\Z")),
)
