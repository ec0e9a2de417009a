"""Files of NAME=VALUE as start-up files read them line by line, with `grep`, `cat` or `read`.

What they do with a line depends on the whole of it, so all lines are kept as they are. A line that
is no NAME=VALUE may hold anything, a secret too, and is kept only if it is blank or a comment,
without what the comment says.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_PAIR = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_LINES = 1000


def read_dotenv(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give each line: a setting as `decl export`, another as a command of its text alone."""
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    if lines[-1] == "":
        lines.pop()
    if len(lines) > _LINES:
        return [["opaque", 1, f"more than {_LINES} lines", None]]
    script: Script = []
    for number, line in enumerate(lines, start=1):
        found = _PAIR.fullmatch(line)
        if found is not None:
            value = [["q", found[2]]]
            script.append(["decl", number, "export", [[found[1], "=", value, None]]])
        elif not line.strip():
            script.append(["cmd", number, [], [[["q", line]]], []])
        elif line.startswith("#"):
            more = [["param", "", {"unknown": "a comment"}]] * (line != "#")
            script.append(["cmd", number, [], [[["q", "#"], *more]], []])
        else:
            script.append(["opaque", number, "a line that is no NAME=VALUE", None])
    return script


DOTENV = Syntax("dotenv", read_dotenv)
