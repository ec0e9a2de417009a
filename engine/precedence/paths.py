"""Paths as a shell and the kernel take them: from the root, without `.` and `..`."""

from __future__ import annotations

import posixpath

from engine.precedence.values import Hole, Mixed, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from engine.precedence.state import State
    from engine.precedence.values import Text

    Look = Callable[[str], Mapping[str, Any] | Hole]


def absolute(path: Text, state: State) -> str | Hole:
    """Give a path from the root, without `.` and `..`."""
    if isinstance(path, Mixed):
        return why_not(path)
    if not path.startswith("/"):
        if isinstance(state.directory, Mixed):
            return why_not(state.directory)
        path = posixpath.join(state.directory or "/", path)
    return posixpath.normpath(path).replace("//", "/", 1)


def walked(path: Text, state: State, look: Look, *, physical: bool = False) -> str | Hole | None:
    """Give a path from the root, None if it goes up from what is no directory.

    For the kernel (`physical`) `..` leads up from where a link leads, for `cd` back to where the
    link is.
    """
    where = absolute(path, state)
    if isinstance(where, Hole) or isinstance(path, Mixed) or ".." not in path.split("/"):
        return where
    whole = path if path.startswith("/") else f"{state.directory}/{path}"
    here: list[str] = []
    for name in whole.split("/"):
        if name == ".." and here:
            entry = look("/" + "/".join(here))
            if isinstance(entry, Hole):
                return entry
            if entry.get("kind") != "directory":
                return None
            target = entry.get("target") if physical else None
            here = (str(target).strip("/").split("/") if target else here)[:-1]
        elif name not in {"", ".", ".."}:
            here.append(name)
    return "/" + "/".join(here)


def expanded(entry: str, state: State) -> str | Hole:
    """Give a folder of PATH as bash takes it, which alone expands a `~` in front."""
    home, (user, slash, below) = state.variable("HOME").scalar(), entry.partition("/")
    if user != "~" or not isinstance(home, str):
        return Hole("opaque", f"what bash takes `{entry}` in PATH for")
    return f"{home}{slash}{below}"
