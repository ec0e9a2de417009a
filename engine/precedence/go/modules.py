"""The go.mod and go.work of a directory, and the lines in them that choose a toolchain."""

from __future__ import annotations

import posixpath

from engine.model.facts import Absent
from engine.model.record import record
from engine.precedence.go.refusals import Refusal
from engine.precedence.go.settings import cleaned
from engine.precedence.state import Place
from engine.precedence.values import Hole, hole_about, why_not
from engine.precedence.view import Unknown, literal_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.settings import Settings
    from engine.precedence.view import View

SYNTAX = "go-mod"
_FIRST_WITH_AUTO_WORK = (1, 27)
"""Since this version a go.work alone is enough for `GO111MODULE=auto`."""


@record
class Line:
    """What a file says behind a word such as `toolchain`, and where."""

    text: str
    place: Place


def nearest(view: View, name: str, *, stop_at: str = "") -> str:
    """Give the nearest file of a name, upwards from the directory; empty if there is none.

    The search never goes on to the folder `stop_at`.
    """
    here = view.here()
    if isinstance(here, Hole):
        raise Unknown(here)
    folder = here
    while True:
        path = posixpath.join(folder, name)
        if view.kind(path) not in {"missing", "directory"}:
            return path
        above = posixpath.dirname(folder)
        if above in {folder, stop_at}:
            return ""
        folder = above


def go_mod(settings: Settings) -> str:
    """Give the go.mod of the directory, empty if none counts.

    One in the folder for temporary files does not.
    """
    view = settings.view
    path = nearest(view, "go.mod")
    if not path:
        return ""
    temporary = view.variable("TMPDIR") or "/tmp"  # noqa: S108 - Go's own default
    if isinstance(temporary, Hole):
        raise Unknown(temporary)
    return "" if _is_same_folder(view, posixpath.dirname(path), temporary) else path


def _is_same_folder(view: View, folder: str, other: str) -> bool:
    if cleaned(other) == folder:
        return True
    if not other.startswith("/") or view.kind(other) != "directory":
        return False
    return view.resolved(other) == view.resolved(folder)


def go_work(settings: Settings) -> str:
    """Give the go.work of the directory, empty if none counts."""
    given = settings.known("GOWORK")
    if given == "off":
        return ""
    if given not in {"", "auto"}:
        if not given.startswith("/"):
            raise Refusal("invalid GOWORK: not an absolute path", "GOWORK")
        return given
    root = settings.get("GOROOT")
    stop = root.value if root is not None and isinstance(root.value, str) else ""
    return nearest(settings.view, "go.work", stop_at=stop)


def has_modules(settings: Settings) -> bool:
    """Say whether modules are in use."""
    mode = settings.known("GO111MODULE")
    return mode in {"", "on"} or (mode == "auto" and bool(go_mod(settings)))


def may_switch(settings: Settings) -> bool:
    """Say whether another toolchain may be chosen: only where modules will be in use."""
    if has_modules(settings):
        return True
    is_auto = settings.known("GO111MODULE") == "auto"
    return is_auto and settings.binary.release >= _FIRST_WITH_AUTO_WORK and bool(go_work(settings))


def toolchain_lines(settings: Settings) -> dict[str, Line]:
    """Give what the `go` and `toolchain` lines say that count for the directory.

    Those of a workspace count instead of those of the module.
    """
    view = settings.view
    path = go_work(settings)
    if not path or view.kind(path) == "missing":
        path = go_mod(settings)
    if not path:
        return {}
    entry = view.file(path)
    if isinstance(entry, Absent):
        raise Unknown(hole_about(path, entry, Place(path)))
    if entry["kind"] == "directory":
        raise Refusal(f"read {path}: is a directory", "GOWORK")
    if entry["kind"] == "file" and entry.get("readable") is False:
        raise Refusal(f"open {path}: permission denied")
    script = view.script(path, SYNTAX)
    if isinstance(script, Absent):
        raise Unknown(hole_about(path, script, Place(path)))
    found: dict[str, Line] = {}
    for op, line, *rest in script:
        if op != "cmd":
            raise Unknown(Hole("opaque", rest[0], Place(path, line)))
        word, text = (literal_text(each) for each in rest[1])
        if not isinstance(word, str) or not isinstance(text, str):
            raise Unknown(why_not(word if not isinstance(word, str) else text))
        found[word] = Line(text, Place(path, line))
    return found
