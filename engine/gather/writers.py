"""Who may decide what a path leads to: the folders and links on the way to it, and their owners."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import HostError

if TYPE_CHECKING:
    from engine.gather.host import Status
    from engine.gather.survey import Survey

_LINKS = 40
_OTHERS = 0o002
_STICKY = 0o1000


def who_else_decides(survey: Survey, program: str) -> str | None:
    """Say who but the user and root may put a program in this place or replace it, or None.

    A folder that is not there counts as well, for whoever may make it. Groups do not count: many
    systems give each user one of their own. May raise `HostError`.
    """
    # Programs beside it matter too, so being sticky does not excuse its folder.
    return _who_else_writes(survey, os.path.dirname(program)) or _who_else_writes(survey, program)


def is_in_project(survey: Survey, *paths: str) -> bool:
    """Say whether one of these lies in the directory that is gathered, under any of its names.

    What lies there belongs to whoever wrote the project. May raise `HostError`.
    """
    folders = {survey.directory, survey.host.resolve(survey.directory)} - {"/"}
    return any(os.path.commonpath([path, folder]) == folder for path in paths for folder in folders)


def _who_else_writes(survey: Survey, path: str) -> str | None:
    """Walk to a path name by name as the system does, through every link, asking at each step."""
    todo, here, links = _names(path), "/", 0
    status = survey.host.status(here)
    while todo:
        name = todo.pop(0)
        if name == "..":
            here = os.path.dirname(here)
            status = survey.host.status(here)
            continue
        step = os.path.join(here, name)
        try:
            following = survey.host.status(step, follow=False)
        except HostError as error:
            if error.cause != "missing":
                raise
            following = None
        if reason := _weakness(survey, here, status, following):
            return reason
        if following is None:
            return None
        if following.kind == "link":
            links += 1
            if links > _LINKS:
                raise HostError("unsupported", f"{path}: too many levels of symbolic links")
            to = survey.host.link_target(step)
            todo = _names(to) + todo
            if os.path.isabs(to):
                here, status = "/", survey.host.status("/")
            continue
        here, status = step, following
    return _weakness(survey, here, status, None)


def _weakness(survey: Survey, path: str, status: Status, inside: Status | None) -> str | None:
    """Say who may change what a folder holds, or a file; `inside` is what is asked for in it."""
    trusted = {0, survey.host.uid}
    if status.uid not in trusted:
        return f"{path} belongs to {survey.host.user_name(status.uid) or status.uid}"
    # In a sticky folder others cannot replace what is not theirs.
    is_safe = inside is not None and status.mode & _STICKY and inside.uid in trusted
    return f"everybody may write to {path}" if status.mode & _OTHERS and not is_safe else None


def _names(path: str) -> list[str]:
    return [name for name in path.split("/") if name not in {"", "."}]
