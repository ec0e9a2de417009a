"""A whole command line: the tool and what it is to do, with which options, on what."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from engine.gather.docker_run import flags
from engine.gather.docker_run.options import Parsed, RefusedError, parsed, text_of, unknown_in
from engine.gather.docker_run.words import typed
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.docker_run.flags import Flags
    from engine.gather.docker_run.options import Word
    from engine.gather.shell.shfmt import Shfmt

TOOLS = ("docker", "podman")
VERBS = ("run", "exec")

_GENERAL = {"docker": flags.DOCKER, "podman": flags.PODMAN}
_OWN: Mapping[tuple[str, str], Flags] = {
    ("docker", "run"): flags.DOCKER_RUN,
    ("docker", "exec"): flags.DOCKER_EXEC,
    ("podman", "run"): flags.PODMAN_RUN,
    ("podman", "exec"): flags.PODMAN_EXEC,
}


@record
class CommandLine:
    """What a person typed: `general` are the options of the tool, `own` those of its command.

    `variables` are set for the command alone. Where it `is_as_root`, the client's are not known.
    """

    tool: str
    verb: str
    general: Parsed
    own: Parsed
    variables: Mapping[str, Word | Absent]
    is_as_root: bool

    @property
    def subject(self) -> Word | Absent:
        """The image or the container."""
        return self.own.hole or self.own.rest[0]

    @property
    def arguments(self) -> tuple[Word | Absent, ...]:
        """The words after the image or the container."""
        return (self.own.hole,) if self.own.hole else self.own.rest[1:]


def command_line(text: str, parser: Shfmt) -> CommandLine | Absent:
    """Read a command line of `docker run`, `docker exec` or podman's; a hole says why not."""
    found = typed(text, parser)
    if isinstance(found, Absent):
        return found
    words = list(found.words)
    is_as_root = bool(words) and words[0] == ("sudo",)
    words = words[1:] if is_as_root else words
    tool = _program(words[0]) if words else None
    if tool not in TOOLS:
        return Absent("unsupported", "it starts with neither `docker` nor `podman`")
    try:
        general = parsed(words[1:], _GENERAL[tool])
        verb, rest = _verb(general)
        own = parsed(rest, _OWN[tool, verb])
        _check(own, verb)
    except RefusedError as error:
        return Absent("parse_error", f"{tool} refuses it: {error}")
    except _OtherError as error:
        return error.hole
    return CommandLine(tool, verb, general, own, found.variables, is_as_root)


class _OtherError(Exception):
    def __init__(self, hole: Absent) -> None:
        super().__init__()
        self.hole = hole


def _program(word: Word | Absent) -> str | None:
    text = text_of(word)
    return None if text is None else posixpath.basename(text)


def _verb(general: Parsed) -> tuple[str, tuple[Word | Absent, ...]]:
    if general.hole is not None:
        raise _OtherError(general.hole)
    words = [text_of(word) for word in general.rest[:2]]
    count = 2 if words[:1] == ["container"] else 1
    verb = words[count - 1] if len(words) >= count else None
    if verb not in VERBS or general.is_on("help") or general.is_on("version"):
        known = verb is not None or not general.rest
        hole = Absent("unsupported", "it is neither `run` nor `exec`")
        raise _OtherError(hole if known else unknown_in(general.rest[count - 1]))
    return verb, general.rest[count:]


def _check(own: Parsed, verb: str) -> None:
    if own.is_on("help"):
        raise RefusedError("it prints its help")
    wanted = 1 if verb == "run" else 2
    may_be_more = any(isinstance(word, Absent) for word in own.rest)
    if own.hole is None and len(own.rest) < wanted and not may_be_more:
        raise RefusedError("it names no image" if verb == "run" else "it names no command")
