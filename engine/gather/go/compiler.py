"""The C and C++ compilers of cgo: what CC and CXX say, and the program that it comes to."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.go.image import kind_of
from engine.gather.go.installation import release
from engine.gather.go.words import FlagsError, split_words
from engine.gather.host import HostError
from engine.gather.search_path import commands
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.survey import Survey

STATES = ("found", "missing", "refused")
FAMILIES = ("gcc", "clang", "zig", "other")

# Programs that run the compiler that is named after them, or stand on PATH under its name.
LAUNCHERS = frozenset(("buildcache", "ccache", "distcc", "gomacc", "icecc", "sccache"))

_QUOTES_COUNT = (1, 18)
"""Since this version CC is split like GOFLAGS, before at every blank (cmd/internal/quoted)."""

_NAME = re.compile(
    r"(?:(?P<triple>\w[\w.]*(?:-[\w.]+)+)-)?(?P<tool>gcc|g\+\+|cc|c\+\+|clang|clang\+\+)"
    r"(?:-\d+(?:\.\d+)*)?(?:-posix|-win32)?"
)
_FAMILY_OF = {"gcc": "gcc", "g++": "gcc", "clang": "clang", "clang++": "clang"}


@record
class Compiler:
    """A compiler as Go starts it.

    `words` are those of the setting, `launcher` the program in front of the compiler or empty,
    `options` what follows the compiler's name. `path` is the file that Go or the launcher finds;
    where that is a launcher again under the compiler's name, `real` is the file behind it.
    """

    words: tuple[str, ...]
    launcher: str
    command: str
    options: tuple[str, ...]
    state: str | Absent
    path: str
    real: str
    resolved: str
    kind: str
    family: str


def compiler_of(survey: Survey, key: str, value: str) -> Compiler | Absent:
    """Give the compiler that a value of CC or CXX comes to."""
    words = _split(survey, key, value)
    if isinstance(words, Absent):
        return words
    if not words:
        return Absent("parse_error", f"{key} holds no word")
    launcher = words[0] if _is_launched(words) else ""
    command, *options = words[1:] if launcher else words
    is_zig = os.path.basename(command) == "zig"
    state, path, real = _found(survey, launcher, command)
    resolved, kind = _looked_at(survey, real)
    return Compiler(
        words,
        launcher,
        command,
        tuple(options[1:] if is_zig else options),
        state,
        path,
        real,
        resolved,
        kind,
        "zig" if is_zig else _family(real or command, resolved),
    )


def triples_in(name: str) -> str:
    """Give the triple in a compiler's name (`aarch64-linux-gnu-gcc-12`); empty if it has none."""
    match = _NAME.fullmatch(name)
    return (match["triple"] or "") if match else ""


def _split(survey: Survey, key: str, value: str) -> tuple[str, ...] | Absent:
    version = release(survey)
    if version is None and set("\"'") & set(value):
        return Absent("not_collected", f"the version of Go decides how the quotes in {key} count")
    if version is not None and version < _QUOTES_COUNT:
        return tuple(value.split())
    try:
        return tuple(split_words(value))
    except FlagsError as error:
        return Absent("parse_error", f"{key}: {error}")


def _is_launched(words: tuple[str, ...]) -> bool:
    is_launcher = os.path.basename(words[0]) in LAUNCHERS
    return is_launcher and len(words) > 1 and not words[1].startswith("-")


def _found(survey: Survey, launcher: str, command: str) -> tuple[str | Absent, str, str]:
    """Give what comes of looking for a compiler: a state, the file, and the file behind that."""
    if launcher and (first := _state(survey, launcher)[0]) != "found":
        return first, "", ""
    state, path = _state(survey, command)
    if launcher and state == "refused":
        return Absent("opaque", f"whether {launcher} takes {path} is not known"), "", ""
    if state != "found" or not _is_masked(survey, path):
        return state, path, path
    behind = (each.path for each in commands(survey, os.path.basename(command)))
    return state, path, next((each for each in behind if not _is_masked(survey, each)), "")


def _state(survey: Survey, command: str) -> tuple[str | Absent, str]:
    """Look for a command as Go does (os/exec.LookPath), which refuses one from a relative entry."""
    if os.path.isabs(command):
        try:
            is_file = survey.host.status(command).kind == "file"
        except HostError as error:
            return ("missing" if error.cause == "missing" else error.hole()), ""
        is_program = is_file and survey.host.can_execute(command)
        return ("found", command) if is_program else ("missing", "")
    if "/" in command:
        return Absent("unsupported", f"where `{command}` leads depends on the folder"), ""
    first = next(commands(survey, command), None)
    if first is None:
        return "missing", ""
    return "refused" if first.entry.is_relative else "found", first.path


def _is_masked(survey: Survey, path: str) -> bool:
    try:
        return os.path.basename(survey.host.resolve(path)) in LAUNCHERS
    except HostError:
        return False


def _looked_at(survey: Survey, path: str) -> tuple[str, str]:
    """Give a file without links and what it is."""
    if not path:
        return "", "other"
    resolved = survey.host.resolve(path)
    try:
        with survey.host.window(resolved) as window:
            return resolved, kind_of(window.read_at(0, 16))
    except HostError:
        return resolved, "other"  # it may be executed and not read


def _family(*names: str) -> str:
    """Give what kind of compiler the last name tells that says one."""
    matches = [_NAME.fullmatch(os.path.basename(name)) for name in reversed(names)]
    known = [
        _FAMILY_OF[match["tool"]] for match in matches if match and match["tool"] in _FAMILY_OF
    ]
    return known[0] if known else "other"
