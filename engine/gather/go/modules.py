"""The main module and the workspace of a directory, found as Go finds them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.go import mod_file
from engine.gather.go.settings import setting
from engine.gather.go.words import split_flags
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.record import record
from engine.precedence.go.words import WordsError

if TYPE_CHECKING:
    from engine.gather.go.mod_file import Directive
    from engine.gather.host import Host
    from engine.gather.survey import Survey

USES_LIMIT = 500


@record
class ModFile:
    """A go.mod or go.work, read."""

    path: str
    directives: tuple[Directive, ...]

    def only(self, verb: str) -> Directive | None:
        """Give the directive of a verb that stands once, or None."""
        return next((each for each in self.directives if each.verb == verb), None)


def work_tree(host: Host, directory: str) -> str:
    """Give the folder that holds `.git` at or above a directory, or else the directory."""
    for folder in _upwards(directory):
        try:
            host.status(os.path.join(folder, ".git"), follow=False)
        except HostError:
            continue
        return folder
    return directory


def main_module(survey: Survey) -> ModFile | Absent | None:
    """Give the go.mod that counts for the directory, or None if there is none."""
    path = _nearest(survey, "go.mod")
    if path is None or isinstance(path, Absent):
        return path
    if survey.subject == "workstation":
        if _is_temp_root(survey, os.path.dirname(path)):
            return None
        if _is_elsewhere(survey):
            return Absent("opaque", "a `-modfile` in GOFLAGS names the file that counts instead")
    return read_module(survey, path)


def _is_elsewhere(survey: Survey) -> bool:
    flags = setting(survey, "GOFLAGS")
    if isinstance(flags, Absent):
        return False  # whatever rests on Go is not known then, anyway
    try:
        return any(flag.name == "modfile" for flag in split_flags(flags.value))
    except WordsError:
        return False  # Go refuses every command


def workspace(survey: Survey) -> ModFile | Absent | None:
    """Give the go.work that counts for the directory, or None; `GOWORK=off` switches it off."""
    path: str | Absent | None
    given = setting(survey, "GOWORK") if survey.subject == "workstation" else None
    if isinstance(given, Absent):
        return given
    if given is not None and given.value == "off":
        return None
    if given is None or given.value in {"", "auto"}:
        path = _nearest(survey, "go.work")
    elif os.path.isabs(given.value):
        path = given.value
    else:
        return Absent("parse_error", "GOWORK is relative, which Go refuses")
    return (
        path if path is None or isinstance(path, Absent) else _read(survey, path, mod_file.GO_WORK)
    )


def read_module(survey: Survey, path: str) -> ModFile | Absent:
    """Give the go.mod of a main module, or why it could not be read."""
    return _read(survey, path, mod_file.GO_MOD)


def _read(survey: Survey, path: str, verbs: frozenset[str]) -> ModFile | Absent:
    try:
        data = survey.host.read(path, within=_bound(survey))
        return ModFile(path, tuple(mod_file.parse(data, verbs)))
    except HostError as error:
        return error.hole()
    except mod_file.ModFileError as error:
        return Absent("parse_error", f"{path}: {error}")


def _is_temp_root(survey: Survey, folder: str) -> bool:
    """Say whether a folder is the one for temporary files, whose go.mod Go leaves alone."""
    temporary = survey.variable("TMPDIR") or "/tmp"  # noqa: S108 - Go's own default
    if not os.path.isabs(temporary):
        return False  # Go compares texts then, and the folder is absolute
    try:
        return survey.host.resolve(folder) == survey.host.resolve(temporary)
    except HostError:
        return folder == os.path.normpath(temporary)


def _nearest(survey: Survey, name: str) -> str | Absent | None:
    """Give the nearest file of a name, upwards; for a repository never above its work tree."""
    top = _bound(survey)
    for folder in _upwards(survey.directory):
        path = os.path.join(folder, name)
        try:
            # A link is taken here and refused when it is read, if it leads out of the work tree.
            if survey.host.status(path, follow=top is None).kind != "directory":
                return path
        except HostError as error:
            if error.cause != "missing":
                return error.hole()
        if folder == top:
            return None
    return None


def _bound(survey: Survey) -> str | None:
    return survey.once(_work_tree) if survey.subject == "repository" else None


def _work_tree(survey: Survey) -> str:
    return work_tree(survey.host, survey.directory)


def _upwards(folder: str) -> list[str]:
    """Give a folder and all those above it."""
    way = [folder]
    while os.path.dirname(way[-1]) != way[-1]:
        way.append(os.path.dirname(way[-1]))
    return way
