"""What the `go` on PATH is, whether it is Go's own command; and which version a Go is of."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.collector import Sourced
from engine.gather.go.build_info import BuildInfo
from engine.gather.go.tools import Executable, first_go
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from engine.gather.survey import Survey

_VERSION = re.compile(r"go(\d+)\.(\d+)")


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


def stated_version(survey: Survey, root: str) -> Sourced | Absent | None:
    """Give the version that a GOROOT states; a folder that only bears the name states none."""
    path = os.path.join(root, "VERSION")
    try:
        content = survey.host.read(path)
    except HostError as error:
        return None if error.cause == "missing" else error.hole()
    first = content.partition(b"\n")[0].decode("utf-8", "surrogateescape").strip()
    return Sourced(first, Provenance(None, "VERSION", path, 1))
