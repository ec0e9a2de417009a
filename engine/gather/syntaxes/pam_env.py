"""/etc/environment and its like, as pam_env of Linux-PAM reads them: no shell has a say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import export, literal, unclear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_BLANK = " \n\t"
_NAME = re.compile(r"[A-Za-z0-9_]+\Z")
_LONGEST = 8191
_QUOTES = "\"'"
_JOINT = "\0"
"""Where two lines were joined: the one character that no line holds."""


def read_pam_env(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give the settings of a file; lines that pam_env ignores are left out.

    `$HOME` stays what it is, everything behind a `#` is a comment even in quotes, and `export ` is
    passed over.
    """
    script: Script = []
    for number, line, is_whole in _lines(content):
        if not is_whole:
            script.append(unclear(number, "versions of pam_env stop at such a line, or do not"))
            break
        statement = _setting(number, line)
        if statement is not None:
            script.append(statement)
    return script


PAM_ENV = Syntax("pam-env", read_pam_env)


def _lines(content: bytes) -> Iterator[tuple[int, str, bool]]:
    """Give each line with those that continue it, and whether pam_env surely reads it whole."""
    begun, first = "", 0
    for number, raw in enumerate(content.decode("utf-8", "surrogateescape").split("\n"), start=1):
        if "\0" in raw or len(raw) > _LONGEST:
            yield number, "", False
            return
        if not raw.strip(_BLANK) or raw.lstrip(_BLANK).startswith("#"):
            continue  # also between a line and its continuation
        first = first if begun else number
        line, mark, _ = raw.partition("#")
        ending = line.rstrip(_BLANK)
        if ending.endswith("\\") and not mark:
            begun += ending[:-1] + _JOINT
            continue
        yield first, begun + line, True
        begun = ""
    # Where the file ends in a backslash, the last line is lost.


def _setting(number: int, line: str) -> Script | None:
    if _JOINT in line:
        # Up to 1.5 the lines are joined, later what follows the first is lost.
        readings = (line.replace(_JOINT, ""), line.partition(_JOINT)[0])
        names = dict.fromkeys(name for name, _ in map(_parted, readings) if _NAME.match(name))
        why = "versions of pam_env continue lines in two ways"
        return unclear(number, why, *names) if names else None
    name, value = _parted(line)
    if _NAME.match(name) is None:
        return None
    if value is None:
        # It takes back what PAM has set, and leaves what was inherited.
        return unclear(number, "a name alone removes what PAM set", name)
    return export(number, name, literal(_unquoted(value)))


def _parted(line: str) -> tuple[str, str | None]:
    setting = line.lstrip(_BLANK).removeprefix("export ")
    name, equals, value = setting.partition("=")
    return name, value if equals else None


def _unquoted(value: str) -> str:
    """Give a value without the quote that it begins with and the one that it ends with."""
    if not value or value[0] not in _QUOTES:
        return value
    inner = value[1:]
    return inner[:-1] if inner[-1:] and inner[-1] in _QUOTES else inner
