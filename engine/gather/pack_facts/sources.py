"""Where a pack's fact is read from: a file of the repository or the machine, or a variable."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.gather.session import account
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.survey import Survey

_HOME = "~/"


@record
class Content:
    """What a source gave: bytes, what was asked, and the file if there is one."""

    data: bytes
    name: str
    origin: str
    file: str | None = None


def file_content(survey: Survey, written: str) -> Content:
    """Give the content of a file; may raise `HostError`.

    A relative one is the nearest of that name, from the directory upwards to the top of its work
    tree, and no link on the way to it is followed. Others belong to the machine.
    """
    if os.path.isabs(written) or written.startswith(_HOME):
        if survey.subject == "repository":
            raise HostError("not_collected", f"{written} lies outside the repository")
        path, within = _of_machine(survey, written), None
    else:
        within = survey.once(_top)
        path = _nearest(survey, written, within)
    return Content(survey.host.read(path, within=within), path, os.path.basename(path), path)


def variable_content(survey: Survey, name: str) -> Content:
    """Give an environment variable of the process that gathers; may raise `HostError`."""
    if survey.subject == "repository" or not survey.host.is_live:
        raise HostError("not_collected", "only a running machine has an environment")
    value = survey.host.environment.get(name)
    if value is None:
        raise HostError("missing", f"{name} is not set")
    origin = f"environment variable {name}"
    return Content(value.encode("utf-8", "surrogateescape"), origin, origin)


def _of_machine(survey: Survey, written: str) -> str:
    if not written.startswith(_HOME):
        return written
    try:
        home = survey.once(account).home
    except HostError as error:  # that nobody has this name says nothing of a file
        raise HostError("not_collected", error.detail) from error
    if home is None or not os.path.isabs(home):
        raise HostError("not_collected", f"nobody knows the home that {written} is in")
    return os.path.join(home, written.removeprefix(_HOME))


def _top(survey: Survey) -> str:
    return work_tree(survey.host, survey.directory)


def _nearest(survey: Survey, name: str, top: str) -> str:
    """Give the nearest file of a name; folders of that name are passed over."""
    folder = survey.directory
    while True:
        path = os.path.join(folder, name)
        try:
            if _kind_below(survey, folder, name) != "directory":
                return path
        except HostError as error:
            if error.cause != "missing":
                raise
        if folder == top or os.path.dirname(folder) == folder:
            raise HostError("missing", f"{os.path.join(survey.directory, name)} is not there")
        folder = os.path.dirname(folder)


def _kind_below(survey: Survey, folder: str, name: str) -> str:
    """Give the kind of what a name means below a folder, without following a link on the way."""
    path, kind = folder, "directory"
    for part in name.split("/"):
        if kind == "link":
            raise HostError("not_collected", f"{path} is a link, which is not followed here")
        path = os.path.join(path, part)
        kind = survey.host.status(path, follow=False).kind
    return kind
