"""Asking docker, or podman where docker does not answer, for the images that it has.

Only two commands are run, and neither changes an image or asks a registry: `image ls` and `image
inspect`. The tool gets a PATH of the system's own folders, for what it starts itself.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.go.image import kind_of
from engine.gather.host import HostError
from engine.gather.images.answers import images_in
from engine.gather.search_path import commands
from engine.gather.writers import is_in_project, who_else_decides
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.host import Answer
    from engine.gather.images.answers import Image
    from engine.gather.survey import Survey

TOOLS = ("docker", "podman")
MOST = 200
TIMEOUT = 20.0
OUTPUT_LIMIT = 16 << 20

_AT_ONCE = 50
_UNREACHABLE = (b"cannot connect", b"connection refused", b"is the docker daemon running")
_IDS = re.compile(rb"(?:sha256:)?[0-9a-f]{64}")
_SYSTEM = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
_KEPT = re.compile(
    r"(?:HOME|USER|LOGNAME|XDG_(?:RUNTIME_DIR|CONFIG_HOME|DATA_HOME)|SSH_AUTH_SOCK"
    r"|DBUS_SESSION_BUS_ADDRESS|DOCKER_\w+|CONTAINERS?_\w+)\Z"
)


@record
class Found:
    """The tool that was asked, None if there is none, and its images or why they are not known."""

    tool: str | None
    path: str | None
    images: tuple[Image | Absent, ...] | Absent


def find(survey: Survey) -> Found:
    """Give the images of the first tool that answers, or why the last one did not."""
    found = Found(None, None, Absent("missing", "neither docker nor podman is on PATH"))
    for tool in TOOLS:
        command = next(commands(survey, tool), None)
        if command is None:
            continue
        asked = Found(tool, command.path, _asked(survey, tool, command.path))
        if not isinstance(asked.images, Absent):
            return asked
        found = asked if found.tool is None else found
    return found


def _asked(survey: Survey, tool: str, path: str) -> tuple[Image | Absent, ...] | Absent:
    try:
        if reason := _refusal(survey, path):
            return Absent("opaque", f"{path} was not run: {reason}")
        listed = _run(survey, path, "ls", "--quiet", "--no-trunc")
        if listed.code:
            return Absent(*_failure(tool, listed))
        ids = list(dict.fromkeys(listed.output.split()))
        if not all(_IDS.fullmatch(each) for each in ids):
            return Absent("parse_error", f"`{tool} image ls` did not answer with images")
        images: list[Image | Absent] = []
        for start in range(0, min(len(ids), MOST), _AT_ONCE):
            images += _inspected(survey, tool, path, ids[start : min(start + _AT_ONCE, MOST)])
    except HostError as error:
        return error.hole()
    if len(ids) > MOST:
        images.append(Absent("too_large", f"there are more than {MOST} images"))
    return tuple(images)


def _inspected(
    survey: Survey, tool: str, path: str, ids: list[bytes]
) -> tuple[Image | Absent, ...]:
    answer = _run(survey, path, "inspect", *(each.decode() for each in ids))
    found = images_in(answer.output)
    if isinstance(found, Absent):
        return (Absent(found.cause, f"`{tool} image inspect`: {found.detail}"),)
    if answer.code or len(found) != len(ids):
        # One may have been removed since it was listed; the others are told all the same.
        return (*found, Absent("missing", f"`{tool} image inspect` did not tell of all images"))
    return found


def _refusal(survey: Survey, path: str) -> str | None:
    """Give why a tool is not run: only one that nobody else can have put there is."""
    resolved = survey.host.resolve(path)
    with survey.host.window(resolved) as window:
        kind = kind_of(window.read_at(0, 16))
    if kind not in {"elf", "mach-o"}:
        return "a script decides what runs" if kind == "script" else "what it is, is not known"
    if is_in_project(survey, path, resolved):
        return f"it lies in {survey.directory}, which is not trusted"
    return who_else_decides(survey, path)


def _run(survey: Survey, path: str, *words: str) -> Answer:
    kept = {name: value for name, value in survey.host.environment.items() if _KEPT.match(name)}
    return survey.host.run(
        (path, "image", *words),
        environment=kept
        | {"PATH": f"{os.path.dirname(path)}:{_SYSTEM}", "LC_ALL": "C", "PWD": "/"},
        directory="/",
        timeout=TIMEOUT,
        limit=OUTPUT_LIMIT,
    )


def _failure(tool: str, answer: Answer) -> tuple[str, str]:
    """Give the cause of a failure; what the tool said of it may quote an address with a secret."""
    said = answer.errors.lower()
    if b"permission denied" in said:
        return "permission", f"{tool} may not be asked by this user"
    if (
        b"cannot connect" in said
        or b"connection refused" in said
        or b"is the docker daemon" in said
    ):
        return "missing", f"{tool} is there, and what it works with does not run"
    return "missing", f"`{tool} image ls` failed with the code {answer.code}"
