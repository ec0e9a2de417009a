"""File names that match a word of fish, as far as the facts know the folders on the way."""

from __future__ import annotations

import re

from engine.model.facts import Absent
from engine.precedence.fish.files import Files
from engine.precedence.fish.lists import NotKnown
from engine.precedence.fish.patterns import matches_glob
from engine.precedence.outcomes import Leave
from engine.precedence.values import Hole, Mixed, concat, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.fish.braces import Piece
    from engine.precedence.fish.lists import Items
    from engine.precedence.state import State

_NUMBERS = re.compile(r"(\d+)")


class Aborted(Leave):
    """A command that is not run, since one that it substitutes is not there, or leaves."""

    def __init__(self, flow: str, status: Any) -> None:
        """Take how things go on, and with which status."""
        super().__init__(flow)
        self.status = status


class NoMatch(Leave):
    """A glob without matches: fish does not run the command."""

    def __init__(self) -> None:
        """Go on behind the command."""
        super().__init__("next")


class Globs(Files):
    """Expands globs."""

    globs_may_fail = False
    """Whether a glob without matches is just nothing, as for `set`, `count` and `for`."""

    def glob(self, pieces: list[Piece], state: State) -> Items:
        """Give the names that match."""
        text = concat(piece.text for piece in pieces)
        if isinstance(text, Mixed):
            return [text], why_not(text)
        raw = "".join(str(p.text) for p in pieces if p.raw)
        detail = f"the names that match `{text}` are not known"
        if "**" in raw or "?" in raw:
            return [unknown_as(self.hole("unsupported", detail))], self.hole("unsupported", detail)
        pattern = "".join(
            str(p.text) if p.raw else re.sub(r"([*?\\])", r"\\\1", str(p.text)) for p in pieces
        )
        try:
            found = self._walk(pattern, state)
        except NotKnown as error:
            hole = Hole(error.hole.cause, f"{detail}: {error.hole.detail}", self.place(self.line))
            return [unknown_as(hole)], hole
        if not found and not self.globs_may_fail:
            raise NoMatch
        return list(found), None

    def _walk(self, pattern: str, state: State) -> list[str]:
        if pattern.startswith("/"):
            base = ""
        else:
            if isinstance(state.directory, Mixed):
                raise NotKnown(why_not(state.directory))
            base = state.directory.rstrip("/")
            pattern = "/" + pattern
        prefix = base
        bases = [base]
        components = pattern[1:].split("/")
        for number, component in enumerate(components):
            is_last = number == len(components) - 1
            bases = [
                path
                for base in bases
                for path in self._matching(base, component, state, is_last=is_last)
            ]
        found = sorted(bases, key=_natural)
        return [path[len(prefix) + 1 :] for path in found] if prefix else found

    def _matching(self, base: str, component: str, state: State, *, is_last: bool) -> list[str]:
        if "*" not in component:
            path = f"{base}/{_literal(component)}"
            return (
                [path]
                if not is_last or not component or self._kind(path, state) != "missing"
                else []
            )
        if self._kind(base or "/", state) != "directory":
            return []
        names = self.world.names(base or "/")
        if isinstance(names, Absent):
            raise NotKnown(self.hole(names.cause, names.detail))
        return [
            f"{base}/{name}"
            for name in names
            if (component.startswith(".") or not name.startswith("."))
            and matches_glob(component, name)
        ]

    def _kind(self, path: str, state: State) -> str:
        entry = self.look(path, state)
        if isinstance(entry, Hole):
            raise NotKnown(entry)
        return str(entry.get("kind"))


def _literal(component: str) -> str:
    return re.sub(r"\\(.)", r"\1", component)


def _natural(path: str) -> list[tuple[int, int, str]]:
    """Sort the way fish does: numbers in names by their size."""
    return [
        (0, int(part), "") if part.isdigit() else (1, 0, part)
        for part in _NUMBERS.split(path)
        if part
    ]
