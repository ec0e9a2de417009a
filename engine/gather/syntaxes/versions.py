"""Files that name versions line by line: `.tool-versions`, `.go-version`, goenv's `version`.

Their readers disagree about blanks, comments and repeated names, so each line is kept as it stands,
but for what its comment says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import unclear

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_LINES = 200
_LONGEST = 500


def read_versions(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give each line that is not blank as one text, `#` and what follows as something unknown."""
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    script: Script = []
    for number, line in enumerate(lines, start=1):
        text, comment, _ = line.partition("#")
        if not text.strip() and not comment:
            continue
        if len(script) == _LINES or len(text) > _LONGEST:
            script.append(unclear(number, "it is longer than any list of versions"))
            break
        more = [["param", "", {"unknown": "a comment"}]] if comment else []
        script.append(["cmd", number, [], [[["q", text], *more]], []])
    return script


VERSIONS = Syntax("versions", read_versions, is_kept_whole=True)
