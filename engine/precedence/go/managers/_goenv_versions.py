"""Which version goenv takes: GOENV_VERSION, else the nearest `.go-version`, else its own file."""

from __future__ import annotations

import re

from engine.model.record import record
from engine.precedence.go.managers._asking import (
    Unsure,
    folder_setting,
    folders,
    is_file,
    is_there,
    kind,
    lines,
    setting,
    sure,
    told,
    upwards,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.go.managers._base import Source
    from engine.precedence.view import View

_FILE = ".go-version"
_PREFIX = re.compile(r"(\d+)\.(\d+)\Z")


@record
class Asked:
    """A goenv: its root, where its commands are, the programs of its plugins.

    go-nv's takes `1.22` for the newest 1.22.x, and passes over words that could lead elsewhere;
    its forerunner takes every word for a version.
    """

    root: str
    libexec: str
    plugin_bins: tuple[str, ...]
    is_go_nv: bool


@record
class Found:
    """One version, and who says so."""

    version: str
    source: Source


def in_force(view: View, asked: Asked) -> Found:
    """Give the version that goenv takes, which is `system` if nobody sets any."""
    start = folder_setting(view, "GOENV_DIR")
    if start and kind(view, start) != "directory":
        raise Unsure("missing", f"GOENV_DIR is `{start}`, which is no folder, so `go` stops")
    if given := setting(view, "GOENV_VERSION"):
        return _installed(view, asked, given, "GOENV_VERSION")
    path = _version_file(view, asked, start)
    return _in_file(view, asked, path) if is_file(view, path) else Found("system", "")


def _version_file(view: View, asked: Asked, start: str) -> str:
    reads_mod = setting(view, "GOENV_GOMOD_VERSION_ENABLE") == "1"
    here = sure(view.here())
    for folder in (*(upwards(start) if start else ()), *upwards(here)):
        path = f"{folder.rstrip('/')}/{_FILE}"
        if is_there(view, path):
            return path
        mod = f"{folder.rstrip('/')}/go.mod"
        if reads_mod and is_there(view, mod):
            raise Unsure("opaque", f"goenv looks into `{mod}` in a way of its own")
    return f"{asked.root}/version"


def _in_file(view: View, asked: Asked, path: str) -> Found:
    """Take the first word of each line; several of them are several versions."""
    words: list[tuple[int, str]] = []
    for number, line, is_commented in lines(view, path):
        first = line.replace("\r", " ").split()
        if len(first) == 1 and is_commented and not line[-1:].isspace():
            raise Unsure("opaque", f"`{path}:{number}` goes on in what looks like a comment")
        leads_elsewhere = bool(first) and (first[0] == ".." or "/" in first[0])
        if first and not (leads_elsewhere and asked.is_go_nv):
            words.append((number, first[0]))
    if len(words) > 1:
        raise Unsure("ambiguous", f"`{path}` names several versions, which goenv runs together")
    return _installed(view, asked, words[0][1], (path, words[0][0])) if words else _SYSTEM


_SYSTEM = Found("system", "")


def _installed(view: View, asked: Asked, wanted: str, source: Source) -> Found:
    if wanted == "system":
        return Found(wanted, source)
    if ":" in wanted or "/" in wanted:
        raise Unsure("ambiguous", f"goenv is told `{wanted}`, which is no single version")
    known = folders(view, f"{asked.root}/versions")
    for version in (wanted, wanted.removeprefix("go-")):
        patch = r"(\.[0-9]+)?" if asked.is_go_nv and _PREFIX.match(version) else ""
        matching = [name for name in known if re.fullmatch(re.escape(version) + patch, name)]
        if matching:
            return Found(matching[-1], source)
    raise Unsure("missing", f"goenv has no version {wanted} ({told(source)}), so `go` stops")
