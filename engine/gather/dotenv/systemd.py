"""systemd's `EnvironmentFile=` of a service.

Source: src/basic/env-file.c and src/core/execute.c of systemd, and asking the library of 252.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.dotenv._base import Dialect, Refused
from engine.gather.dotenv._values import plain
from engine.gather.syntaxes.systemd_env import settings
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.dotenv._values import Parts

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_NO_CHARACTER = re.compile(
    "[\udc80-\udcff\ufdd0-\ufdef"
    + "".join(chr(plane << 16 | end) for plane in range(17) for end in (0xFFFE, 0xFFFF))
    + "]"
)
_DOUBT = "versions of systemd disagree whether the comment above goes on here"


def read_systemd(content: bytes) -> list[Assignment | Absent]:
    """Give the variables of a file; nothing is replaced. Names no shell has are dropped."""
    text = content.decode("utf-8", "surrogateescape")
    if "\0" in text:
        raise Refused("it holds a NUL byte", text.count("\n", 0, text.index("\0")) + 1)
    found: list[Assignment | Absent] = []
    for setting in settings(text):
        value: Parts = plain((setting.value or "",))
        if _NO_CHARACTER.search(setting.name + (setting.value or "")):
            raise Refused("a setting is not UTF-8", setting.line)
        if setting.is_doubtful:
            value = (Absent("ambiguous", _DOUBT),)
            if not setting.is_one_line:
                # Behind a comment that goes on, further lines may be settings of their own.
                found.append(value[0])
        if _NAME.match(setting.name):
            found.append(Assignment(setting.name, value, line=setting.line))
    return found


SYSTEMD = Dialect("systemd", "systemd's EnvironmentFile=", read_systemd)
