"""Go's tools on PATH: which one runs, what it is, who manages it, and what it says of itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.go.build_info import BuildInfo, build_info
from engine.gather.go.image import kind_of
from engine.gather.go.managers import ROOTS, manager_of
from engine.gather.go.view import host_view
from engine.gather.host import HostError
from engine.gather.search_path import entries
from engine.model.facts import Absent
from engine.model.record import record
from engine.precedence.go.managers import behind
from engine.precedence.values import Hole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.search_path import Entry
    from engine.gather.survey import Survey
    from engine.precedence.go.managers import Behind

TOOLS = ("go", "gofmt", "gopls", "dlv", "staticcheck", "golangci-lint")

# What these are made of. Another program may bear the name, and then it has no version of Go.
_PACKAGES = {"go": "cmd/go", "gofmt": "cmd/gofmt"}

_HEAD = 4096
_SHIM = Absent("opaque", "a script decides which program runs")


@record
class Executable:
    """One tool on PATH.

    `target` is the binary that runs in the end, or why that is not known; `build` what that binary
    says of itself, or why nothing.
    """

    name: str
    entry: Entry
    path: str
    resolved: str
    kind: str
    interpreter: str
    is_first: bool
    managed_by: str
    target: str | Absent
    build: BuildInfo | Absent

    @property
    def version(self) -> str | Absent:
        """The version of Go that built it: for `go` and `gofmt` their own version."""
        return self.build.go_version if isinstance(self.build, BuildInfo) else self.build


def executables(survey: Survey) -> tuple[Executable, ...]:
    """Give every Go tool on PATH, for each name in the order in which they are found."""
    return tuple(tool for name in TOOLS for tool in _named(survey, name))


def first_go(survey: Survey) -> Executable | None:
    """Give the `go` that runs, or None if there is none."""
    found = survey.once(executables)
    return next((tool for tool in found if tool.name == "go" and tool.is_first), None)


def shim_at(survey: Survey, path: str) -> Behind | None:
    """Give what stands behind a `go`, None if that is neither a shim we know nor Go's own."""
    try:
        found = behind(survey.once(host_view), path)
    except HostError:
        return None
    return None if isinstance(found, Hole) else found


def _named(survey: Survey, name: str) -> Iterator[Executable]:
    """Give the tools of one name; a folder that stands on PATH twice is looked into once."""
    seen: set[object] = set()
    has_runnable = False
    for entry in survey.once(entries):
        if entry.identity in seen:
            continue
        seen.add(entry.identity)
        path = os.path.join(entry.folder, name)
        try:
            status = survey.host.status(path)
            if status.kind != "file" or not survey.host.can_execute(path):
                continue
        except HostError as error:
            if error.cause == "missing" and _is_link(survey, path):
                nothing = Absent("missing", f"{path} leads nowhere")
                yield Executable(
                    name, entry, path, "", "link-broken", "", False, "none", nothing, nothing
                )
            continue
        yield _identified(survey, name, entry, path, is_first=not has_runnable)
        has_runnable = True


def _is_link(survey: Survey, path: str) -> bool:
    try:
        return survey.host.status(path, follow=False).kind == "link"
    except HostError:
        return False


def _identified(
    survey: Survey, name: str, entry: Entry, path: str, *, is_first: bool
) -> Executable:
    resolved = survey.host.resolve(path)
    try:
        head = _head(survey, resolved)
    except HostError as error:
        # It may be executed and not read.
        hole = error.hole()
        manager = _manager(survey, path, resolved)
        return Executable(name, entry, path, resolved, "other", "", is_first, manager, hole, hole)
    kind = kind_of(head)
    interpreter = _interpreter(head) if kind == "script" else ""
    manager = _manager(survey, path, resolved)
    target: str | Absent = _SHIM if kind == "script" else resolved
    if os.path.basename(resolved) in {"snap", "mise"}:
        # One program stands behind all names and asks its own configuration.
        target = Absent("opaque", f"{os.path.basename(resolved)} decides which program runs")
    shim = shim_at(survey, path) if name == "go" else None
    if shim is not None:
        manager = shim.manager
        target = shim.binary.absent() if isinstance(shim.binary, Hole) else shim.binary
    build = _build(survey, name, target) if isinstance(target, str) else target
    return Executable(
        name, entry, path, resolved, kind, interpreter, is_first, manager, target, build
    )


def _head(survey: Survey, path: str) -> bytes:
    with survey.host.window(path) as window:
        return window.read_at(0, _HEAD)


def _interpreter(head: bytes) -> str:
    return head[2:].partition(b"\n")[0].decode("utf-8", "surrogateescape").strip()


def _manager(survey: Survey, path: str, resolved: str) -> str:
    environment = survey.host.environment
    roots = tuple(
        (environment[variable], name) for variable, name in ROOTS if environment.get(variable)
    )
    return manager_of(path, resolved, roots=roots)


def _build(survey: Survey, name: str, path: str) -> BuildInfo | Absent:
    try:
        with survey.host.window(path) as window:
            found = build_info(window.read_at)
    except HostError as error:
        return error.hole()
    if found is None:
        return Absent("opaque", f"{path} holds no build information of Go")
    # Before Go 1.18 binaries did not name their package.
    if name in _PACKAGES and found.package not in {"", _PACKAGES[name]}:
        return Absent("opaque", f"{path} is {found.package}, not Go's own command")
    return found
