"""Version managers of Go: which Go stands behind the file that PATH leads to.

One module a manager, or a kind of place; the registry finds itself. Where a shim hands over to
another program, that one is looked behind in turn, until it is Go's own command.
"""

from __future__ import annotations

from engine.discovery import discover
from engine.precedence.go.managers._asking import or_hole
from engine.precedence.go.managers._base import Behind, Change, Choice, Home, Manager
from engine.precedence.go.managers._program import ordinary
from engine.precedence.values import Hole, Mixed, is_empty, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.view import View

__all__ = ["MANAGERS", "NONE", "Behind", "Change", "Choice", "Home", "Manager", "after", "behind"]

NONE = "none"
"""Who manages a Go that nobody is known to manage."""

MANAGERS = discover(__name__, Manager)

_IN_ORDER = sorted(MANAGERS.values(), key=lambda manager: manager.by_place_alone)
_DEEPEST = 8


def behind(view: View, path: str) -> Behind | Hole:
    """Give the Go that runs when a file is executed, and what its shims change on the way.

    The manager is that of the file itself. What a command's arguments decide is not told: goenv
    looks for a version beside a file that is named there.
    """
    first = _step(view, path)
    if isinstance(first, Hole):
        return first
    found: Behind | Hole = first
    changes: list[Change] = []
    for _ in range(_DEEPEST):
        if isinstance(found, Hole):
            return _whole(first, found, changes)
        changes += found.changes
        if isinstance(found.binary, Hole) or found.binary == path:
            return _whole(first, _last(view, found.binary), changes)
        view, path = after(view, found.changes), found.binary
        found = _step(view, path)
    return _whole(first, Hole("opaque", f"`{path}` is reached by too many shims"), changes)


def after(view: View, changes: tuple[Change, ...]) -> View:
    """Give what the program behind a shim sees: the same machine, with other variables."""
    for change in changes:
        value = unknown_as(change.value) if isinstance(change.value, Hole) else change.value
        if change.only_if_unset:
            before = view.given(change.variable)
            if isinstance(before, Mixed) and is_empty(before) is None:
                hole = why_not(before)
                why = f"whether {change.variable} has a value already: {hole.detail}"
                value = unknown_as(Hole(hole.cause, why, hole.place))
            elif before is not None:
                continue
        view = view.changed({change.variable: value})
    return view


def _whole(first: Behind, binary: str | Hole, changes: list[Change]) -> Behind:
    return Behind(first.manager, binary, tuple(changes), first.version, first.version_from)


def _last(view: View, binary: str | Hole) -> str | Hole:
    """Give the binary that runs itself, which a shim does as well whose manager finds it again."""
    if isinstance(binary, str) and isinstance(or_hole(ordinary)(view, NONE, binary), Behind):
        return binary
    endless = Hole("opaque", f"`{binary}` is a shim that runs itself without end")
    return binary if isinstance(binary, Hole) else endless


def _step(view: View, path: str) -> Behind | Hole:
    """Give what one file runs; a Go that runs itself stands behind itself."""
    hole: Hole | None = None
    for manager in _IN_ORDER:
        found = manager.behind(view, path)
        if isinstance(found, Behind):
            return found
        hole = hole or found
    if hole is not None:
        return hole
    itself = or_hole(ordinary)(view, NONE, path)
    if itself is None:
        return Hole("opaque", f"`{path}` is neither Go's own command nor a shim that is known")
    return itself
