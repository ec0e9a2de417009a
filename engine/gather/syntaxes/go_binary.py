"""What a binary of Go says of itself: its version, its package, and what it was built for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.go.build_info import build_info
from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import literal

if TYPE_CHECKING:
    from engine.gather.host import Window
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_KEPT = frozenset(("GO386", "GOAMD64", "GOARCH", "GOARM", "GOARM64", "GOOS", "GORISCV64"))


def read_go_binary(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give what the build information in a binary's bytes says."""
    return _script(lambda offset, count: content[offset : offset + count])


def read_go_binary_at(window: Window) -> Script:
    """Give what the build information in a large file says."""
    return _script(window.read_at)


def _script(read_at: object) -> Script:
    found = build_info(read_at)  # type: ignore[arg-type]
    if found is None:
        return [["broken", 1, "it holds no build information of Go"]]
    experiments = f" X:{found.experiments}" if found.experiments else ""
    said = {"version": found.go_version + experiments, "package": found.package}
    said |= {key: value for key, value in found.settings if key in _KEPT}
    if ("-trimpath", "true") in found.settings:
        said["trimpath"] = "true"
    assigns = [[key, "=", literal(value), None] for key, value in said.items()]
    return [["decl", 1, "export", assigns]]


GO_BINARY = Syntax("go-binary", read_go_binary, read_go_binary_at)
