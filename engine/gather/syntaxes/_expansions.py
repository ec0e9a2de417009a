"""`$X`, `${X}`, `${X:-default}` and `${X:+other}` as systemd replaces them in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.gather.syntaxes._statements import literal

if TYPE_CHECKING:
    from engine.gather.syntaxes._statements import Word

_BARE = re.compile(r"[A-Za-z0-9_]+")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_DEPTH = 20


def expanded(text: str, depth: int = 0) -> Word:
    """Give a text as a word; in spite of the `:`, a variable that is empty counts as set."""
    if depth > _DEPTH:
        return [["param", "", {"unknown": text}]]
    word: Word = []
    plain, position, braces = "", 0, 0
    while position < len(text):
        here = text[position : position + 2]
        if here[:1] != "$":
            plain += here[:1]
            position += 1
        elif here == "$$":
            plain += "$"
            position += 2
        elif here == "${":
            braces += 1
            end, part = _braced(text, position, braces, depth)
            if part is None:
                plain += text[position:end]
            else:
                braces -= 1
                word += [*literal(plain), *part]
                plain = ""
            position = end
        elif name := _BARE.match(text, position + 1):
            word += [*literal(plain), *_variable(name[0])]
            plain, position = "", name.end()
        else:
            plain += here
            position += 2
    return [*word, *literal(plain)]


def _braced(text: str, start: int, braces: int, depth: int) -> tuple[int, Word | None]:
    """Give where an expansion ends and what it is; None where it is plain text up to there.

    Braces that were never closed count on, as they do in systemd.
    """
    position = start + 2
    while position < len(text) and text[position] not in "}:":
        position += 1
    if position >= len(text):
        return len(text), None
    name = text[start + 2 : position]
    if text[position] == "}":
        return position + 1, _variable(name)
    operator = text[position + 1 : position + 2]
    if operator not in {"-", "+"}:
        return min(position + 2, len(text)), None
    begin = position + 2
    for end in range(begin, len(text)):
        braces += {"{": 1, "}": -1}.get(text[end], 0)
        if text[end] == "}" and braces == 0:
            return end + 1, _tested(name, operator, text[begin:end], depth)
    return len(text), None


def _tested(name: str, operator: str, other: str, depth: int) -> Word:
    word = expanded(other, depth + 1)
    if _NAME.match(name) is None:  # no variable is called so
        return word if operator == "-" else []
    return [["param", name, {"op": operator, "word": word}]]


def _variable(name: str) -> list[Any]:
    return [["var", name]] if _NAME.match(name) is not None else []
