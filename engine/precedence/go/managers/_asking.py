"""Questions that managers ask of a view: each has an answer, or is `Unsure` why not."""

from __future__ import annotations

import posixpath
import re

from engine.model.facts import Absent, Redacted
from engine.precedence.go.managers._base import Choice
from engine.precedence.values import Hole, naming

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any, ParamSpec, TypeVar

    from engine.precedence.go.managers._base import Behind
    from engine.precedence.view import View

    P = ParamSpec("P")
    T = TypeVar("T")

_DEEPEST = 64


class Unsure(Exception):  # noqa: N818 - it says how it stands
    """Something that is not known, which everything else hangs on."""

    def __init__(self, cause: str, detail: str) -> None:
        """Take a cause out of `CAUSES` and what a person should know."""
        super().__init__(cause, detail)
        self.hole = Hole(cause, detail)


def or_hole(ask: Callable[P, T]) -> Callable[P, T | Hole]:
    """Make a function give a hole where it is unsure."""

    def answer(*given: P.args, **named: P.kwargs) -> T | Hole:
        try:
            return ask(*given, **named)
        except Unsure as unsure:
            return unsure.hole

    return answer


def sure(value: T | Hole) -> T:
    """Give a value that must be known."""
    if isinstance(value, Hole):
        raise Unsure(value.cause, value.detail)
    return value


def setting(view: View, name: str) -> str:
    """Give a variable that counts as unset when it is empty."""
    return sure(view.variable(name)) or ""


def home_folder(view: View) -> str:
    """Give HOME, which every manager needs."""
    found = setting(view, "HOME")
    if not found.startswith("/"):
        raise Unsure("missing", "HOME names no folder")
    return posixpath.normpath(found)


def folder_setting(view: View, name: str) -> str:
    """Give a folder that a variable moves, empty where it does not."""
    found = setting(view, name)
    if found and not found.startswith("/"):
        raise Unsure("opaque", f"{name} is `{found}`, which is not a path from the root")
    return posixpath.normpath(found) if found else ""


def _entry(view: View, path: str) -> Mapping[str, Any]:
    entry = view.file(path)
    if isinstance(entry, Absent):
        raise Unsure(entry.cause, naming(path, entry.detail))
    return entry


def _part(entry: Mapping[str, Any], path: str, key: str, default: object) -> Any:
    found = entry.get(key, default)
    if isinstance(found, Absent):
        raise Unsure(found.cause, naming(path, found.detail))
    return found


def kind(view: View, path: str) -> str:
    """Give what a path is, links followed: `file`, `directory`, `missing`, ..."""
    return str(_entry(view, path)["kind"])


def is_file(view: View, path: str) -> bool:
    """Say whether a path is a file."""
    return kind(view, path) == "file"


def is_there(view: View, path: str) -> bool:
    """Say whether a path is anything."""
    return kind(view, path) != "missing"


def plain(view: View, path: str) -> str:
    """Give a path without links."""
    entry = _entry(view, path)
    if entry["kind"] == "missing":
        raise Unsure("missing", f"there is no `{path}`")
    return str(_part(entry, path, "target", path))


def runnable(view: View, path: str) -> bool:
    """Say whether a path is a file that the user may execute."""
    entry = _entry(view, path)
    unknown = Absent("not_collected", "nobody asked whether it may be executed")
    return entry["kind"] == "file" and bool(_part(entry, path, "executable", unknown))


def names(view: View, path: str) -> tuple[str, ...]:
    """Give the names in a directory; there are none in one that does not exist."""
    if kind(view, path) != "directory":
        return ()
    listed = view.names(path)
    if isinstance(listed, Absent):
        raise Unsure(listed.cause, naming(path, listed.detail))
    return listed


def folders(view: View, path: str) -> tuple[str, ...]:
    """Give the names of the folders in a directory in the order of versions, links among them."""
    found = [name for name in names(view, path) if kind(view, f"{path}/{name}") == "directory"]
    return tuple(sorted(found, key=by_version))


def which(view: View, name: str, path: str | None = None) -> str | None:
    """Give the first executable of that name on PATH, or on another list of folders."""
    return sure(view.which(name, path))


def statements(view: View, path: str, syntax: str) -> list[tuple[int, tuple[str, ...]]]:
    """Give what a file says, line by line."""
    said = []
    for statement in _script(view, path, syntax):
        if statement[0] != "cmd":
            why = statement[2] if isinstance(statement[2], str) else "it is not known"
            raise Unsure("opaque", f"`{path}:{statement[1]}`: {why}")
        said.append((statement[1], tuple(_text(path, statement[1], w) for w in statement[3])))
    return said


def lines(view: View, path: str) -> list[tuple[int, str, bool]]:
    """Give the lines of a file of versions: number, text, and whether a comment follows."""
    found = []
    for statement in _script(view, path, "versions"):
        if statement[0] != "cmd" or not statement[3]:
            raise Unsure("opaque", f"`{path}:{statement[1]}`: it is no list of versions")
        word = statement[3][0]
        found.append((statement[1], _text(path, statement[1], word[:1]), len(word) > 1))
    return found


def _script(view: View, path: str, syntax: str) -> list[Any]:
    script = view.script(path, syntax)
    if isinstance(script, Absent):
        raise Unsure(script.cause, naming(path, script.detail))
    return script


def _text(path: str, line: int, word: list[Any]) -> str:
    part = word[0] if len(word) == 1 else None
    if part.__class__ is list and part[0] == "q" and not isinstance(part[1], Redacted):
        return str(part[1])
    raise Unsure("redacted", f"`{path}:{line}` holds what is not shown")


def upwards(folder: str) -> Iterator[str]:
    """Give a directory and all above it."""
    for _ in range(_DEEPEST):
        yield folder
        above = posixpath.dirname(folder)
        if above == folder:
            return
        folder = above


def by_version(name: str) -> tuple[Any, ...]:
    """Order names as `sort -V` orders versions of Go: numbers by their size."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in parts)


def with_path(view: View, *ahead: str) -> str | Hole:
    """Give PATH with folders put ahead of it."""
    found = view.variable("PATH")
    if isinstance(found, Hole):
        return found
    return ":".join((*ahead, found)) if found else ":".join(ahead)


def without(path: str, folder: str) -> str:
    """Give a list of folders without one of them."""
    return ":".join(each for each in path.split(":") if each != folder)


def told(source: tuple[str, int] | str) -> str:
    """Say who decides about a version."""
    return source if isinstance(source, str) else f"{source[0]}:{source[1]}"


def choice_of(found: Behind | None) -> Choice | None:
    """Give what a shim says of the version in force; one that stops says why."""
    if found is None:
        raise Unsure("opaque", "its shim for `go` is not one that is known")
    if not found.version:
        sure(found.binary)
        return None
    goroot = next((each.value for each in found.changes if each.variable == "GOROOT"), None)
    return Choice(found.version, found.version_from, goroot)
