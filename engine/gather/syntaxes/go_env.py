"""The file that `go env -w` writes, and GOROOT/go.env: settings without quotes or expansion.

A setting begins with A to Z in the first column and holds `=`; Go silently passes over all else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.go.env_file import parse
from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import export, literal

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script


def read_go_env(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give the settings of a file in order."""
    entries = parse(content).entries
    return [export(entry.line, entry.key, literal(entry.value)) for entry in entries]


GO_ENV = Syntax("go-env", read_go_env, is_kept_whole=True)
