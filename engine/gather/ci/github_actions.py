"""Actions that are known, and what each does to the variables of later steps.

Told from the sources of the actions (`exportVariable`, `addPath`); such a list may name too much
and never too little. Of an action that is not here nobody knows what it does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.ci.github_writes import NOTHING, Writes
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_QUIET = frozenset(
    (
        "actions/cache",
        "actions/cache/restore",
        "actions/cache/save",
        "actions/checkout",
        "actions/download-artifact",
        "actions/upload-artifact",
    )
)
_TOUCHED = {
    "actions/setup-node": ("NPM_CONFIG_USERCONFIG", "NODE_AUTH_TOKEN"),
    "actions/setup-python": (
        "pythonLocation",
        "PKG_CONFIG_PATH",
        "Python_ROOT_DIR",
        "Python2_ROOT_DIR",
        "Python3_ROOT_DIR",
        "LD_LIBRARY_PATH",
    ),
}
_MAJOR = re.compile(r"v([0-9]{1,3})(?:\.[0-9]+){0,2}")
_NEW_GO = re.compile(r"(?:stable|oldstable|[~^>=]*1\.(?:9|[1-9][0-9])\b[^|]*|[~^]?[2-9]\b[^|]*)")
_GO_LOCAL_SINCE, _GO_KNOWN_UNTIL, _GO_OLD = 6, 7, 4
"""Of actions/setup-go: since when GOTOOLCHAIN is `local`, and which versions were looked at."""


@record
class Use:
    """How a step uses an action: the action, its line, its inputs by name if they are known."""

    action: str
    line: int | None
    inputs: Mapping[str, tuple[str, ...] | Absent] | None


def writes_of(use: Use) -> Writes:
    """Give what a published action does, as far as it is known."""
    name, _, ref = use.action.partition("@")
    name = name.casefold()
    if name in _QUIET:
        return NOTHING
    if name == "actions/setup-go":
        return _setup_go(use, ref)
    if name in _TOUCHED:
        unknown = _unknown(use)
        return Writes(tuple(map(unknown, _TOUCHED[name])), (_found(use),))
    why = Absent("opaque", f"`{use.action}` may set any variable")
    return Writes((why,), (why,))


def _setup_go(use: Use, ref: str) -> Writes:
    found = _MAJOR.fullmatch(ref)
    major = int(found[1]) if found else 0
    unknown = _unknown(use)
    path = (_found(use), _found(use))
    if not 1 < major <= _GO_KNOWN_UNTIL:
        touched = ("GOTOOLCHAIN", "GOROOT", "GOPATH", "GOBIN")
        return Writes(tuple(map(unknown, touched)), path)
    variables: list[Assignment | Absent] = []
    if major >= _GO_LOCAL_SINCE:
        variables.append(Assignment("GOTOOLCHAIN", ("local",), line=use.line))
    if major < _GO_OLD or not _is_new(use):
        variables.append(unknown("GOROOT"))
    return Writes(tuple(variables), path)


def _is_new(use: Use) -> bool:
    """Say whether every version that may be asked for is new enough to need no GOROOT."""
    if use.inputs is None:
        return False
    versions = use.inputs.get("go-version", ())
    if isinstance(versions, Absent) or use.inputs.get("go-version-file", ()):
        return False
    return all(_NEW_GO.fullmatch(version) for version in versions)


def _unknown(use: Use) -> Callable[[str], Assignment]:
    why = Absent("opaque", f"`{use.action}` may set it")
    return lambda name: Assignment(name, (why,), line=use.line)


def _found(use: Use) -> Assignment:
    why = Absent("opaque", f"`{use.action}` finds the folder when it runs")
    return Assignment("PATH", (why,), "prepend", use.line)
