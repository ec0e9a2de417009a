"""golang.org/dl: programs `go1.22.3` that run a Go which they downloaded to ~/sdk/go1.22.3.

https://go.dev/doc/manage-install, https://pkg.go.dev/golang.org/dl
"""

from __future__ import annotations

import re

from engine.precedence.go.managers._asking import (
    Unsure,
    folders,
    home_folder,
    is_file,
    or_hole,
    plain,
    with_path,
)
from engine.precedence.go.managers._base import Behind, Change, Home, Manager
from engine.precedence.go.managers._program import ordinary, program_at
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.view import View

_NAME = "sdk"
_PACKAGE = "golang.org/dl/"
_TIP = "gotip"


@or_hole
def _behind(view: View, path: str) -> Behind | None:
    program = program_at(view, path)
    if not program.package.startswith(_PACKAGE):
        found = re.match(r".*/sdk/(go\d[^/]*|gotip)/bin/", program.path)
        return ordinary(view, _NAME, path, found[1]) if found else None
    version = program.package.removeprefix(_PACKAGE)
    run = or_hole(_run)(view, version)
    return Behind(_NAME, run, (), version) if isinstance(run, Hole) else run


def _run(view: View, version: str) -> Behind:
    root = f"{home_folder(view)}/sdk/{version}"
    binary = f"{root}/bin/go"
    if not is_file(view, binary if version == _TIP else f"{root}/.unpacked-success"):
        raise Unsure("missing", f"{version} was not downloaded to {root}, so it stops")
    changes = [Change("GOROOT", root), Change("PATH", with_path(view, f"{root}/bin"))]
    toolchain = view.variable("GOTOOLCHAIN")
    if version == _TIP and (toolchain is None or isinstance(toolchain, Hole)):
        changes.append(Change("GOTOOLCHAIN", "auto" if toolchain is None else toolchain))
    return Behind(_NAME, plain(view, binary), tuple(changes), version)


@or_hole
def _home(view: View) -> Home | None:
    root = f"{home_folder(view)}/sdk"
    found = [name for name in folders(view, root) if re.match(r"go(\d|tip\Z)", name)]
    return Home(root, {name: f"{root}/{name}" for name in found}) if found else None


SDK = Manager(_NAME, _behind, _home)
