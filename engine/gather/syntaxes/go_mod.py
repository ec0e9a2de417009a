"""The lines of go.mod and go.work that choose a toolchain, as the go command looks them up.

It does so without parsing the file: the first line that begins with the word counts, wherever it
stands (`cmd/go/internal/gover`, `GoModLookup`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.syntaxes._base import Syntax
from engine.gather.syntaxes._statements import said

if TYPE_CHECKING:
    from engine.gather.shell.shfmt import Shfmt
    from engine.gather.syntaxes._base import Script

_WORDS = ("go", "toolchain")


def read_go_mod(content: bytes, _parser: Shfmt | None = None) -> Script:
    """Give each of the lines as a command of two words: what it is, and the text behind it."""
    script: Script = []
    found: set[str] = set()
    text = content.decode("utf-8", "surrogateescape")
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        for word in _WORDS:
            rest = stripped[len(word) :]
            if word not in found and stripped.startswith(word) and rest[:1] in {" ", "\t"}:
                found.add(word)
                value = rest.partition("//")[0].strip()
                script.append(said(number, word, value))
    return script


GO_MOD = Syntax("go-mod", read_go_mod, is_kept_whole=True)
