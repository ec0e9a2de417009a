"""The shells whose files shfmt can parse."""

from __future__ import annotations

from engine.gather.shell.reading import read
from engine.gather.syntaxes._base import Syntax


def _of(shell: str) -> Syntax:
    return Syntax(shell, lambda content, parser: read(content, parser, shell))


BASH = _of("bash")
SH = _of("sh")
ZSH = _of("zsh")
KSH = _of("ksh")
MKSH = _of("mksh")
