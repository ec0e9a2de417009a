"""gvm: no shim, but a shell that read its files has a version's folders on PATH and in GOROOT.

https://github.com/moovweb/gvm
"""

from __future__ import annotations

import re

from engine.precedence.go.managers._asking import (
    folder_setting,
    folders,
    home_folder,
    is_file,
    or_hole,
    setting,
)
from engine.precedence.go.managers._base import Behind, Choice, Home, Manager
from engine.precedence.go.managers._program import ordinary, program_at
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.view import View

_NAME = "gvm"


def _root(view: View) -> str:
    return folder_setting(view, "GVM_ROOT") or f"{home_folder(view)}/.gvm"


@or_hole
def _behind(view: View, path: str) -> Behind | None:
    root = or_hole(_root)(view)
    moved = "" if isinstance(root, Hole) else rf"|{re.escape(root)}"
    found = re.match(rf"(?:.*/\.gvm{moved})/gos/([^/]+)/bin/", program_at(view, path).path)
    return ordinary(view, _NAME, path, found[1]) if found else None


@or_hole
def _home(view: View) -> Home | None:
    root = _root(view)
    if not is_file(view, f"{root}/scripts/gvm"):
        return None
    return Home(root, {name: f"{root}/gos/{name}" for name in folders(view, f"{root}/gos")})


@or_hole
def _choice(view: View) -> Choice | None:
    """Give what `gvm use` left in this process; files decide only when a shell changes folders."""
    name = setting(view, "gvm_go_name")
    if not name or name == "system":
        return None
    return Choice(name, "gvm_go_name", f"{_root(view)}/gos/{name}")


GVM = Manager(_NAME, _behind, _home, _choice)
