"""The files of a project: which ones compose takes, how they are read, and what came of each."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.compose.reading import read_document
from engine.gather.compose.tree import Refused, Unknown
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Place
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.compose.reading import Document
    from engine.gather.host import Host

NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
_MOST_FILES = 100
_MOST_READS = 1000
_TOO_MANY = Absent("too_large", "it is made of more files than are followed")


@record
class FileState:
    """What came of one file, and how compose came to it."""

    path: str
    by: str
    state: str
    reason: str | None = None
    line: int | None = None


class Files:
    """Reads the files of one project; within a repository, links that lead out are not followed."""

    def __init__(
        self, host: Host, within: str | None, allow: Callable[[str], None] = lambda _: None
    ) -> None:
        """Take the host, the tree that must not be left, and what refuses a path."""
        self._host = host
        self._allow = allow
        self._within = within
        self._documents: dict[str, Document | None] = {}
        self._reads = 0
        self.states: dict[str, FileState] = {}

    def kind(self, path: str) -> str | None:
        """Give the kind of thing at a path, None for nothing; raise if that cannot be told."""
        try:
            self._check(path)
            return self._host.status(path).kind
        except HostError as error:
            if error.cause == "missing":
                return None
            raise Unknown(error.hole()) from None

    def content(self, path: str) -> bytes:
        """Give a file's content; any file counts against the bound."""
        self._check(path)
        self._allow(path)
        return self._host.read(path, within=self._within)

    def document(self, path: str, by: str) -> Document | None:
        """Give what a compose file holds, None where it is empty."""
        self._reads += 1
        if self._reads > _MOST_READS or len(self._documents) > _MOST_FILES:
            raise Unknown(_TOO_MANY, Place(path))
        if path not in self._documents:
            self._documents[path] = self._read(path, by)
        return self._documents[path]

    def blame(self, path: str, state: str, reason: str, line: int | None) -> None:
        """Say that a file is why compose, or we, give up."""
        by = self.states[path].by if path in self.states else "default"
        self.states[path] = FileState(path, by, state, reason, line)

    def _read(self, path: str, by: str) -> Document | None:
        self.states[path] = FileState(path, by, "present")
        try:
            return read_document(self.content(path), path)
        except HostError as error:
            if error.cause == "missing":
                raise Refused("the file is not there", Place(path)) from None
            raise Unknown(error.hole(), Place(path)) from None

    def _check(self, path: str) -> None:
        outside = self._within is not None and path != self._within
        if outside and not path.startswith(f"{self._within}/".replace("//", "/")):
            raise HostError("not_collected", f"{path} lies outside the repository")


def default_files(files: Files, directory: str, top: str) -> tuple[str, ...]:
    """Give the files that compose finds by itself: in the directory, or the nearest above it."""
    while True:
        winner = _first(files, directory, NAMES)
        if winner is not None:
            override = _first(files, directory, OVERRIDES)
            return (winner,) if override is None else (winner, override)
        if directory in {top, os.path.dirname(directory)}:
            return ()
        directory = os.path.dirname(directory)


def _first(files: Files, directory: str, names: tuple[str, ...]) -> str | None:
    paths = (os.path.join(directory, name) for name in names)
    return next((path for path in paths if files.kind(path) is not None), None)
