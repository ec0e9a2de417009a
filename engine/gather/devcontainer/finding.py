"""The devcontainer.json files of a directory, and the workspace folder that each is for.

Source: `docs/specs/devcontainer-reference.md` of devcontainers/spec; which one the CLI takes by
itself, from `src/spec-configuration/configurationCommonUtils.ts` of devcontainers/cli.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey

FOLDERS_LIMIT = 100

_FOLDER, _FILE = ".devcontainer", "devcontainer.json"


@record
class Found:
    """A file, the folder that it is for, what a person calls it, and whether it counts by itself.

    `content` is a hole where the file is there and cannot be read.
    """

    path: str
    workspace: str
    name: str
    is_default: bool
    content: bytes | Absent


def found(survey: Survey) -> Iterator[Found | Absent]:
    """Give the files of the directory and of the top of its work tree; a hole for unseen ones."""
    top = work_tree(survey.host, survey.directory)
    within = top if survey.subject == "repository" else None
    for folder in dict.fromkeys((survey.directory, top)):
        yield from _of_folder(survey, folder, within)


def _of_folder(survey: Survey, folder: str, within: str | None) -> Iterator[Found | Absent]:
    is_default = True
    for path, name in (
        (os.path.join(folder, _FOLDER, _FILE), _FOLDER),
        (os.path.join(folder, _FOLDER + ".json"), _FOLDER + ".json"),
    ):
        content = _content(survey, path, within)
        if content is not None:
            called = name if folder == survey.directory else os.path.join(folder, name)
            yield Found(path, folder, called, is_default, content)
            is_default = False
    parent = os.path.join(folder, _FOLDER)
    try:
        names = _folders_in(survey, parent, within)
    except HostError as error:
        if error.cause != "missing":
            yield error.hole()
        return
    for name in names[:FOLDERS_LIMIT]:
        path = os.path.join(parent, name, _FILE)
        content = _content(survey, path, within)
        if content is not None:
            called = name if folder == survey.directory else os.path.join(parent, name)
            yield Found(path, folder, called, is_default=False, content=content)
    if len(names) > FOLDERS_LIMIT:
        yield Absent("too_large", f"{parent} holds more than {FOLDERS_LIMIT} names")


def _folders_in(survey: Survey, parent: str, within: str | None) -> tuple[str, ...]:
    if within is not None and survey.host.status(parent, follow=False).kind == "link":
        raise HostError("unsupported", f"{parent} is a link")
    if survey.host.status(parent).kind != "directory":
        return ()
    return survey.host.names_in(parent)


def _content(survey: Survey, path: str, within: str | None) -> bytes | Absent | None:
    """Give a file's content, or None where there is no such file."""
    try:
        if survey.host.status(path, follow=False).kind == "directory":
            return None
        return survey.host.read(path, within=within)
    except HostError as error:
        # A link that leads nowhere is no file; neither is what lies below one.
        return None if error.cause == "missing" else error.hole()
