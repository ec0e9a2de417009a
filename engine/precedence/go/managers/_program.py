"""What a program is: Go's own command, a shim, or something else."""

from __future__ import annotations

import re

from engine.model.record import record
from engine.precedence.go.managers._asking import Unsure, or_hole, plain, runnable
from engine.precedence.go.managers._base import Behind
from engine.precedence.values import Hole, naming

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from engine.precedence.go.managers._base import Source
    from engine.precedence.view import View

_GO = "cmd/go"
_OF_GO = 4


@record
class Program:
    """A file that can be run.

    `package` and `go_version` are what a Go program says of itself; `shim` what a known shim says.
    """

    path: str
    kind: str
    package: str = ""
    go_version: str = ""
    interpreter: str = ""
    shim: tuple[tuple[str, ...], ...] = ()

    @property
    def is_go(self) -> bool:
        """Whether it is Go's own command; before Go 1.18 that did not name itself."""
        return bool(self.go_version) and self.package in {"", _GO}

    def says(self, name: str) -> tuple[str, ...] | None:
        """Give what a shim says under a name, or None if it is no such shim."""
        return next((words[1:] for words in self.shim if words[0] == name), None)


def program_at(view: View, path: str) -> Program:
    """Give what a path leads to, links followed."""
    target = plain(view, path)
    if not runnable(view, path):
        raise Unsure("opaque", f"`{path}` cannot be executed")
    # What an opaque script does is not known; that it is one, is.
    script = _head(view, target)
    kind, *more = _words(script[0])
    if more[:1] == ["go"] and len(more) == _OF_GO - 1:
        return Program(target, kind, package=more[1], go_version=more[2])
    shim = tuple(tuple(_words(statement)) for statement in script[1:] if statement[0] == "cmd")
    return Program(target, kind, interpreter=more[0] if more else "", shim=shim)


def _head(view: View, path: str) -> list[Any]:
    script = view.script(path, "head")
    if not isinstance(script, list):
        raise Unsure(script.cause, naming(path, script.detail))
    if not script or script[0][0] != "cmd" or not script[0][3]:
        raise Unsure("opaque", f"what `{path}` is")
    return script


def _words(statement: list[Any]) -> list[str]:
    return [str(word[0][1]) if word and word[0][0] == "q" else "" for word in statement[3]]


def ordinary(
    view: View, manager: str, path: str, version: str = "", version_from: Source = ""
) -> Behind | None:
    """Give a file that is Go's own command; None for another program."""
    program = program_at(view, path)
    return Behind(manager, program.path, (), version, version_from) if program.is_go else None


def installed_below(  # noqa: PLR0913 - each says where a manager puts things
    view: View,
    manager: str,
    path: str,
    *,
    folder: Callable[[View], str],
    usual: str,
    place: str,
) -> Behind | None:
    """Give a Go that lies where a manager installs it, whoever put it on PATH.

    That is at `place` in its folder, or in one with the usual name anywhere; both are patterns.
    """
    moved = or_hole(folder)(view)
    other = "" if isinstance(moved, Hole) else rf"|{re.escape(moved)}"
    found = re.match(rf"(?:.*/{usual}{other})/{place}/([^/]+)/", path)
    return ordinary(view, manager, path, found[1]) if found else None
