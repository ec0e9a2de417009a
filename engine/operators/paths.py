"""Paths of files, compared by names alone: `.`, `..` and doubled `/` are resolved, links are not.

Only absolute POSIX paths are compared. `~` is not expanded, and paths of Windows are unknown, since
whether their letters' case counts is not in the name.
"""

from __future__ import annotations

from posixpath import normpath

from engine.model.facts import Absent, Redacted, type_in_words
from engine.operators._base import Kind, Unfit, Unsure, operator
from engine.operators._kinds import TRUTH, UNFIT
from engine.operators._kleene import agrees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json
    from engine.operators._base import Answer

RELATIVE = Unfit("wrong_type", "it is relative")
EMPTY = Unfit("wrong_type", "it is empty")
OF_WINDOWS = Unfit("unsupported", "it is a path of Windows")


def normal_path(path: Json, _form: str = "") -> str | Unfit:
    """Give an absolute path in its shortest spelling, or why it cannot be compared."""
    if type(path) is not str:
        return UNFIT
    if path.startswith("/"):
        return _shortest(path)
    return _not_absolute(path)


def join_path(parts: list[Json]) -> str | Unsure:
    """Put a path together; only its first part may be absolute, and no part may be empty."""
    for position, part in enumerate(parts):
        if isinstance(part, Absent):
            return Unsure(part.cause, part.detail)
        if isinstance(part, Redacted):
            return Unsure("redacted")
        why = _why_no_part(part, is_first=not position)
        if why:
            return Unsure("wrong_type", f"part {position + 1} of the `join` {why}")
    if _is_of_windows(parts[0]):
        return Unsure(OF_WINDOWS.cause, "the `join` starts with a path of Windows")
    return _shortest("/".join(parts))


def _why_no_part(part: Json, *, is_first: bool) -> str:
    if not isinstance(part, str):
        return f"must be a text, got {type_in_words(part)}"
    if not part:
        return "is empty"
    return "is absolute; only the first may be" if part.startswith("/") and not is_first else ""


def _shortest(path: str) -> str:
    short = normpath(path)
    # POSIX leaves the meaning of exactly two slashes at the start open; here they are one.
    return short[1:] if short.startswith("//") else short


def _not_absolute(path: str) -> Unfit:
    if _is_of_windows(path):
        return OF_WINDOWS
    return RELATIVE if path else EMPTY


def _is_of_windows(path: str) -> bool:
    is_on_drive = path[1:3] in {":/", ":\\"} and path[0].isascii() and path[0].isalpha()
    return is_on_drive or path.startswith("\\\\")


PATH = Kind("an absolute path", ("string",), normal_path)


@operator("inside", actual=PATH, expected=PATH)
def inside(actual: str, expected: str) -> Answer:
    """The path is the folder or lies in it, by whole names: not `/opt/go1.22` in `/opt/go`."""
    return actual == expected or actual.startswith(expected if expected == "/" else f"{expected}/")


@operator("same_path", actual=PATH, expected=PATH)
def same_path(actual: str, expected: str) -> Answer:
    """The paths are the same once `.`, `..`, doubled and trailing `/` are resolved."""
    return actual == expected


def _read_any_path(path: Json, _form: str) -> str | Unfit:
    if type(path) is not str:
        return UNFIT
    return OF_WINDOWS if _is_of_windows(path) else path


ANY_PATH = Kind("a path", ("string",), _read_any_path)


@operator("absolute", actual=ANY_PATH, expected=TRUTH)
def absolute(actual: str, expected: bool) -> Answer:
    """The path starts at the root; or, with `false`, does not."""
    return agrees(actual.startswith("/"), expected)
