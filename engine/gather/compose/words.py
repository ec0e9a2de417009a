"""A command that is one text to its words, where the versions of compose agree on them.

Compose v2 splits by mattn/go-shellwords, which drops all behind a `;`, `|`, `&`, `<` or `>` outside
of quotes; v1 by Python's `shlex`.
"""

from __future__ import annotations

import shlex

from engine.gather.compose.tree import Refused
from engine.model.facts import Absent

_SPACES = " \t\r\n"
_ENDS = ";&|<>"


def split(text: str) -> tuple[str, ...] | Absent:
    """Give the words of a command, or a hole where versions split it differently."""
    try:
        now = _split_now(text)
    except _UnsureError:
        return Absent("ambiguous", "versions of compose take backquotes and brackets differently")
    try:
        before = tuple(shlex.split(text))
    except ValueError:
        before = None
    if before is not None and before != now:
        return Absent("ambiguous", "compose v1 and v2 split the text into different words")
    return now


def _split_now(text: str) -> tuple[str, ...]:  # noqa: C901 - one loop over characters, as told
    words: list[str] = []
    word: str | None = None
    quote = ""
    characters = iter(text)
    for character in characters:
        if character == "\\" and quote != "'":
            escaped = next(characters, "")
            if not escaped:
                raise Refused("a command ends in a backslash")
            word = (word or "") + {"t": "\t", "n": "\n"}.get(escaped, escaped)
        elif character == quote:
            quote = ""
            word = word or ""
        elif quote:
            word = (word or "") + character
        elif character in _SPACES:
            words += [word] if word is not None else []
            word = None
        elif character in "'\"":
            quote = character
        elif character in "`()":
            raise _UnsureError
        elif character in _ENDS:
            if character == ">" and word and word[0].isdigit():
                word = None
            break
        else:
            word = (word or "") + character
    if quote:
        raise Refused("a quote in a command is not closed")
    words += [word] if word is not None else []
    return tuple(words)


class _UnsureError(Exception):
    pass
