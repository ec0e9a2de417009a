"""What facts say of the sources of a process: which were read, which not, and why."""

from __future__ import annotations

from fnmatch import fnmatchcase

from engine.model.facts import PartialList
from engine.model.record import replace
from engine.model.visible import visible
from engine.report._reasons import reason_words, shortened_home
from engine.report.graph._picture import File, Read
from engine.report.graph._words import mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from engine.model.json_value import Json, JsonObject

FILES = frozenset(("file", "first", "files"))
"""The kinds of source that files are read for."""


class Told:
    """What one context says of files."""

    def __init__(self, context: Mapping[str, Json], home: str) -> None:
        """Take a context and the home of the user."""
        loaded = context.get("loaded")
        self._home = home
        self._environment = mapping(context.get("env"))
        self._loaded = _entries(loaded)
        self._missed = _entries(context.get("not_loaded"))
        self._is_whole = isinstance(loaded, list) and getattr(loaded, "more", None) is None
        self._why_open = ""
        if isinstance(loaded, PartialList) and loaded.more is not None:
            self._why_open = loaded.more.detail or loaded.more.cause

    def read(self, read: Read, source: Mapping[str, Json]) -> Read:
        """Give a source with what became of it."""
        if source.get("kind") not in FILES:
            return read
        paths = source.get("paths") or ()
        if read.state != "not_read":  # what the shell's start decides needs no facts
            files = [
                entry
                for entry in self._loaded
                if not mapping(entry.get("by")).get("file") and self._is_of(entry, read, paths)
            ]
            if files:
                return replace(read, state="read", when="", files=tuple(self._files(files)))
        noted = [entry for entry in self._missed if entry.get("source") == read.source]
        if read.state == "not_read":
            return read
        if noted:
            reason = visible(self._why(noted, read))
            return replace(read, state="not_read", when="", reason=reason)
        if not self._is_whole:
            return replace(read, state="unknown", reason=visible(self._why_open))
        reason = "no file matches" if source.get("kind") == "files" else ""
        return replace(read, state="not_read", reason=reason)

    def _why(self, noted: Sequence[JsonObject], read: Read) -> str:
        if all(entry.get("reason") == "condition" for entry in noted):
            said = read.when or "for other processes"
            return f"only {said}".replace("only unless", "not when")
        if len(noted) > 1 and all(entry.get("reason") == "missing" for entry in noted):
            return "none of them is there"
        return "; ".join(dict.fromkeys(reason_words(entry, self._home) for entry in noted))

    def _is_of(self, entry: JsonObject, read: Read, paths: Sequence[Json]) -> bool:
        """Say whether a loaded file is one of a source's."""
        path, source = str(entry.get("path")), entry.get("source")
        if source:
            return bool(source == read.source)
        return any(self._matches(expression, path) for expression in paths)

    def _matches(self, expression: Json, path: str) -> bool:
        match expression:
            case str():
                wanted = f"{self._home}{expression[1:]}" if expression[:2] == "~/" else expression
                same_depth = wanted.count("/") == path.count("/")
                return path == wanted or (same_depth and fnmatchcase(path, wanted))
            case {"join": [*_, str(last)]}:
                return path.endswith(f"/{last.lstrip('/')}")
            case {"expand": inner}:
                return self._matches(inner, path)
            case {"env": str(name)}:
                return bool(mapping(self._environment.get(name)).get("value") == path)
        return False

    def _files(self, files: Sequence[JsonObject]) -> Iterator[File]:
        """Give files, each followed by those that it loads."""
        seen: set[str] = set()
        ahead = list(files)
        while ahead:
            entry = ahead.pop(0)
            path = str(entry.get("path"))
            if path in seen:
                continue
            seen.add(path)
            yield File(self._short(path), self._by(mapping(entry.get("by"))))
            ahead[:0] = [one for one in self._loaded if mapping(one.get("by")).get("file") == path]

    def _by(self, by: Mapping[str, Json]) -> str:
        file, line = by.get("file"), by.get("line")
        if not isinstance(file, str):
            return ""
        return self._short(file) + (f":{line}" if line else "")

    def _short(self, path: str) -> str:
        return visible(shortened_home(path, self._home))


def _entries(value: Json) -> list[JsonObject]:
    return [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
