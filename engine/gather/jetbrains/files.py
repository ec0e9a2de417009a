"""The files of a project that GoLand and IntelliJ IDEA read their settings from."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.gather.jetbrains.xml_tree import XmlError, parse
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.jetbrains.xml_tree import Element
    from engine.gather.survey import Survey

LIMIT = 8 << 20
"""How many bytes of a file are read: a workspace.xml remembers much that a user once looked at."""

MOST_RUNS = 200

_FIXED = (("workspace", "workspace.xml"), ("libraries", "goLibraries.xml"))
KINDS = ("workspace", "libraries", "run")


@record
class File:
    """A file that is there, what it is for, and its root element or why that is not known."""

    path: str
    kind: str
    root: Element | Absent
    state: str = "present"


@record
class Project:
    """A folder with settings, its files, and holes for those that could not be looked for."""

    folder: str
    files: tuple[File, ...]
    holes: tuple[Absent, ...]

    def of(self, kind: str) -> tuple[File, ...]:
        """Give the files of a kind."""
        return tuple(file for file in self.files if file.kind == kind)


def project_of(survey: Survey) -> Project | None:
    """Give the nearest folder with settings, up to the work tree's top; None if there is none."""
    top = work_tree(survey.host, survey.directory)
    folder = survey.directory
    while True:
        if any(_is_there(survey, os.path.join(folder, name)) for name in (".idea", ".run")):
            return _Looking(survey, top).project(folder)
        if folder in {top, "/"}:
            return None
        folder = os.path.dirname(folder)


def read_xml(survey: Survey, path: str, within: str | None = None) -> Element:
    """Give the root element of a file; `HostError` where it is not known, missing files too."""
    data = survey.host.read(path, limit=LIMIT, within=within)
    try:
        return parse(data)
    except XmlError as error:
        place = path if error.line is None else f"{path}:{error.line}"
        raise HostError(error.cause, f"{place}: {error.what}") from None


class _Looking:
    def __init__(self, survey: Survey, top: str) -> None:
        self._survey = survey
        self._within = top if survey.subject == "repository" else None
        self._holes: list[Absent] = []

    def project(self, folder: str) -> Project:
        files = [self._file(os.path.join(folder, ".idea", name), kind) for kind, name in _FIXED]
        paths = [
            *self._names(os.path.join(folder, ".idea"), "runConfigurations", ".xml"),
            *self._names(folder, ".run", ".run.xml"),
        ]
        if len(paths) > MOST_RUNS:
            what = f"there are more than {MOST_RUNS} files with run configurations"
            self._holes.append(Absent("too_large", what))
        files += [self._file(path, "run") for path in paths[:MOST_RUNS]]
        return Project(folder, tuple(filter(None, files)), tuple(self._holes))

    def _file(self, path: str, kind: str) -> File | None:
        try:
            return File(path, kind, read_xml(self._survey, path, self._within))
        except HostError as error:
            if error.cause == "missing":
                return None
            state = "broken" if error.cause == "parse_error" else "unreadable"
            return File(path, kind, error.hole(), state)

    def _names(self, parent: str, name: str, end: str) -> Iterator[str]:
        """Give the files in a folder whose names end so; in a repository, no link is followed."""
        folder = os.path.join(parent, name)
        try:
            if self._within is not None:
                for way in (parent, folder):
                    if self._survey.host.status(way, follow=False).kind == "link":
                        self._holes.append(Absent("not_collected", f"{way} is a link"))
                        return
            names = self._survey.host.names_in(folder)
        except HostError as error:
            if error.cause != "missing":
                self._holes.append(error.hole())
            return
        yield from (os.path.join(folder, each) for each in names if each.endswith(end))


def _is_there(survey: Survey, path: str) -> bool:
    try:
        survey.host.status(path, follow=False)
    except HostError as error:
        return error.cause != "missing"
    return True
