"""A view in which a shim has changed variables."""

from __future__ import annotations

from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.model.facts import Absent
    from engine.precedence.go.managers._base import Change, View


class Over:
    """What the program behind a shim sees: the same machine, with other variables."""

    def __init__(self, view: View, changes: tuple[Change, ...]) -> None:
        """Take what the shim saw, and what it changed, in order."""
        self._view = view
        self._changed: dict[str, str | Hole | None] = {}
        for change in changes:
            before = self.variable(change.variable) if change.only_if_unset else None
            if isinstance(before, Hole):
                why = f"whether {change.variable} has a value already: {before.detail}"
                self._changed[change.variable] = Hole(before.cause, why, before.place)
            elif not before:
                self._changed[change.variable] = change.value

    @property
    def directory(self) -> str | Hole:
        """The directory stays."""
        return self._view.directory

    def variable(self, name: str) -> str | Hole | None:
        """Give a variable as it is now."""
        if name in self._changed:
            return self._changed[name]
        return self._view.variable(name)

    def file(self, path: str) -> Mapping[str, Any] | Absent:
        """Give what a path is."""
        return self._view.file(path)

    def names(self, path: str) -> tuple[str, ...] | Absent:
        """Give the names in a directory."""
        return self._view.names(path)

    def script(self, path: str, syntax: str) -> list[Any] | Absent:
        """Give a file's content, read in a syntax."""
        return self._view.script(path, syntax)

    def which(self, name: str, path: str | None = None) -> str | Hole | None:
        """Give the first executable of that name on the PATH as it is now."""
        if path is None:
            found = self.variable("PATH")
            if isinstance(found, Hole):
                return found
            path = found or ""
        return self._view.which(name, path)
