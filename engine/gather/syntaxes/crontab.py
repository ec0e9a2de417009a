"""The settings in a crontab, as cron reads them: nothing is replaced in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import export, literal

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_SETTING = re.compile(
    r"""
    \s* (?: '(?P<single>[^'=]*)' | "(?P<double>[^"=]*)" | (?P<bare>[^\s='"][^\s=]*) )
    \s* = \s*
    (?: '(?P<inner>[^']*)'\s*\Z | "(?P<quoted>[^"]*)"\s*\Z | (?P<rest>[^'"\s].*)?\Z )
    """,
    re.VERBOSE | re.DOTALL,
)


def read_crontab(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give the settings of a crontab; they hold for the commands in the lines beneath them."""
    script: Script = []
    text = content.decode("utf-8", "surrogateescape").replace("\0", "")
    for number, line in enumerate(text.split("\n"), start=1):
        found = None if line.lstrip(" \t").startswith("#") else _SETTING.match(line)
        if found is None:
            continue
        name = next(found[key] for key in ("single", "double", "bare") if found[key] is not None)
        quoted = found["inner"] if found["inner"] is not None else found["quoted"]
        value = quoted if quoted is not None else (found["rest"] or "").rstrip()
        script.append(export(number, name, literal(value)))
    return script


CRONTAB = Syntax("crontab", read_crontab)
