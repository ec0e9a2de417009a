"""asdf's settings, as far as they decide which version runs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import said, unclear

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_SETTING = re.compile(r"\s*([A-Za-z_]\w*)\s*=\s*(.*?)\s*")
_PLAIN = re.compile(r"[\w.\-]*")


def read_asdfrc(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give the lines of `legacy_version_file`, and the names of commands that run before `go`.

    asdf before 0.16 looks for lines, later ones read an INI file: what they may take differently,
    or take for something else, is unclear.
    """
    script: Script = []
    text = content.decode("utf-8", "surrogateescape")
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.lstrip().startswith(("#", ";")):
            continue
        found = _SETTING.fullmatch(line)
        if found is None or line.endswith("\\"):
            script.append(unclear(number, "versions of asdf disagree about this line"))
        elif found[1] == "legacy_version_file":
            is_plain = _PLAIN.fullmatch(found[2])
            script.append(
                said(number, found[1], found[2])
                if is_plain
                else unclear(number, "versions of asdf disagree about this line")
            )
        elif re.fullmatch(r"pre_\w+_go", found[1]):
            script.append(said(number, "hook", found[1]))
    return script


ASDFRC = Syntax("asdfrc", read_asdfrc, is_kept_whole=True)
