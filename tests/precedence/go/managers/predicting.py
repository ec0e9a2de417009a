"""What our managers predict of a shim, as `go env` would say it."""

from __future__ import annotations

import os

from engine.precedence.go.managers import after, behind
from engine.precedence.go.managers._program import program_at
from engine.precedence.values import Hole


def predicted(view, shim):
    """Give what `go env` would say, or the hole that says why that is not known.

    GOROOT without the variable is where the binary lies, GOPATH is below HOME, and since Go 1.27
    GOBIN is told to be below that.
    """
    found = behind(view, shim)
    if isinstance(found, Hole) or isinstance(found.binary, Hole):
        return found if isinstance(found, Hole) else found.binary
    over = after(view, found.changes)
    version = program_at(view, found.binary).go_version
    gopath = over.variable("GOPATH") or f"{over.variable('HOME')}/go"
    return {
        "GOROOT": over.variable("GOROOT") or os.path.dirname(os.path.dirname(found.binary)),
        "GOVERSION": version,
        "GOPATH": gopath,
        "GOBIN": over.variable("GOBIN")
        or (f"{gopath.split(':')[0]}/bin" if version >= "go1.27" else ""),
    }
