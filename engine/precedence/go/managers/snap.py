"""snap: all commands are links to one program, which asks the system's service what to run."""

from __future__ import annotations

import posixpath

from engine.precedence.go.managers._asking import or_hole, plain
from engine.precedence.go.managers._base import Behind, Manager
from engine.precedence.go.managers._program import ordinary
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.view import View

_NAME = "snap"


@or_hole
def _behind(view: View, path: str) -> Behind | None:
    target = plain(view, path)
    if posixpath.basename(target) == "snap" and posixpath.basename(path) != "snap":
        return Behind(_NAME, Hole("opaque", "snap decides which program runs"))
    return ordinary(view, _NAME, path) if target.startswith("/snap/") else None


SNAP = Manager(_NAME, _behind)
