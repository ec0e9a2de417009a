"""mise: each shim is a link to mise itself, which reads its configuration and hands over.

Learnt from mise 2026.8 and 2026.9. What older ones do otherwise, or what only a network or the
user's trust decides, is not known.
https://mise.jdx.dev/configuration.html, https://mise.jdx.dev/lang/go.html
"""

from __future__ import annotations

import posixpath
import re

from engine.precedence.go.managers._asking import (
    Unsure,
    choice_of,
    folder_setting,
    folders,
    home_folder,
    is_there,
    kind,
    or_hole,
    setting,
    which,
    with_path,
    without,
)
from engine.precedence.go.managers._base import Behind, Change, Choice, Home, Manager
from engine.precedence.go.managers._mise_files import Configured, configured
from engine.precedence.go.managers._mise_versions import installed
from engine.precedence.go.managers._program import installed_below, program_at
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.view import View

_NAME = "mise"
_ITSELF = re.compile(r"(mise|rtx)(-[\w.\-]+)?\Z")


@or_hole
def _behind(view: View, path: str) -> Behind | None:
    program = program_at(view, path)
    name = posixpath.basename(path)
    if not _ITSELF.match(posixpath.basename(program.path)) or _ITSELF.match(name):
        return _by_place(view, program.path)
    run = or_hole(_run)(view, name)
    return Behind(_NAME, run) if isinstance(run, Hole) else run


def _run(view: View, name: str) -> Behind:
    found, data = configured(view), _data_folder(view)
    if found.wanted is None:
        return _next_on_path(view, data, name)
    version = installed(view, f"{data}/installs/go", found)
    folder = f"{data}/installs/go/{version}"
    binary = which(view, name, f"{folder}/bin")
    if binary is None:
        raise Unsure("opaque", f"`{folder}/bin` holds no `{name}`, and mise looks elsewhere")
    return Behind(_NAME, binary, _changes(view, folder, found), version, found.source)


def _next_on_path(view: View, data: str, name: str) -> Behind:
    """Hand over to the next one on PATH where no version is set."""
    following = which(view, name, without(setting(view, "PATH"), f"{data}/shims"))
    if following is None:
        raise Unsure("missing", f"mise is told no version of go, so `{name}` stops")
    return Behind(_NAME, following)


def _changes(view: View, folder: str, found: Configured) -> tuple[Change, ...]:
    changes = [Change("PATH", with_path(view, f"{folder}/bin"))]
    if found.sets("set_goroot", default=True):
        nested = is_there(view, f"{folder}/go")
        changes.append(Change("GOROOT", f"{folder}/go" if nested else folder))
    before = view.variable("GOBIN")
    # One that is set to nothing counts as set here.
    if found.sets("set_gobin", default=before is None):
        changes.append(Change("GOBIN", f"{folder}/bin"))
    elif isinstance(before, Hole) and found.sets("set_gobin", default=True):
        changes.append(Change("GOBIN", before))
    if found.sets("set_gopath", default=False):
        changes.append(Change("GOPATH", f"{folder}/packages"))
    return tuple(changes)


def _data_folder(view: View) -> str:
    if given := folder_setting(view, "MISE_DATA_DIR"):
        return given
    shared = folder_setting(view, "XDG_DATA_HOME") or f"{home_folder(view)}/.local/share"
    return f"{shared}/mise"


def _by_place(view: View, path: str) -> Behind | None:
    """Give a Go that mise installed and put on PATH, as it does in shells that it is active in."""
    return installed_below(
        view, _NAME, path, folder=_data_folder, usual="(?:mise|rtx)", place="installs/go"
    )


@or_hole
def _home(view: View) -> Home | None:
    data = _data_folder(view)
    if kind(view, data) != "directory":
        return None
    place = f"{data}/installs/go"
    return Home(data, {name: f"{place}/{name}" for name in folders(view, place)})


@or_hole
def _choice(view: View) -> Choice | None:
    if kind(view, _data_folder(view)) != "directory":
        return None
    found = configured(view)
    # Where nothing is configured, whatever else is on PATH runs.
    return choice_of(_run(view, "go")) if found.wanted else Choice("system", "", None)


MISE = Manager(_NAME, _behind, _home, _choice)
