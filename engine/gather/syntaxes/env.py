"""Lines of NAME=VALUE without any quoting, as in ~/.ssh/environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import export, literal, unclear

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_LINES = 1000
_BLANK = " \t"


def read_env(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give the settings of a file: everything behind the first `=` is the value."""
    script: Script = []
    text = content.decode("utf-8", "surrogateescape").partition("\0")[0]
    for number, raw in enumerate(text.split("\n"), start=1):
        line = raw.lstrip(_BLANK)
        name, equals, value = line.partition("=")
        if line.startswith("#") or not equals:
            continue
        if number > _LINES:
            script.append(unclear(number, f"sshd reads {_LINES} lines"))
            break
        script.append(export(number, name, literal(value)))
    return script


ENV = Syntax("env", read_env)
