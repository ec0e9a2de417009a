"""The shells whose files shfmt can parse."""

from __future__ import annotations

from functools import partial

from engine.gather.shell.reading import read
from engine.gather.syntaxes._base import Syntax

BASH = Syntax("bash", partial(read, shell="bash"))
SH = Syntax("sh", partial(read, shell="sh"))
ZSH = Syntax("zsh", partial(read, shell="zsh"))
KSH = Syntax("ksh", partial(read, shell="ksh"))
MKSH = Syntax("mksh", partial(read, shell="mksh"))
