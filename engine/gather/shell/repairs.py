"""Repairs: what a shell takes and shfmt does not, written in another way on the same lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.shell.pieces import PIECES, expansion
from engine.gather.shell.zsh_repairs import ZSH
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.gather.shell.shfmt import Mistake

PLACEHOLDER = "precedent_placeholder_{}"
"""The parameter that stands for an expansion; a number makes it unique in its text."""

_DOCUMENT = re.compile(r"unclosed here-document `(.*)`", re.DOTALL)
_EXPANSION = re.compile(
    r"search and replace|slicing|expansion operator|\$\{!|^arrays are|cannot index"
    r"|parameter expansion|invalid parameter name|must follow a name"
)


@record
class Repair:
    """A text in the place of another, and the expansions that names in it stand for."""

    text: str
    placeholders: Mapping[str, str]


def repaired(text: str, mistake: Mistake, shell: str, number: int) -> Repair | None:
    """Mend a mistake that the shell would not have found; None if it would, or might."""
    place = _offset(text, mistake)
    if place is None:
        return None
    if found := _DOCUMENT.match(mistake.message):
        # All but mksh take the end of the file for its end.
        closed = f"{text}{'' if text.endswith(chr(10)) else chr(10)}{found[1]}\n"
        return None if shell == "mksh" or text.endswith(f"\n{found[1]}\n") else Repair(closed, {})
    for mend in _MENDS.get(shell, ()):
        mended = mend(text, place, mistake.message)
        if mended is not None and mended != text:
            return Repair(mended, {})
    return _without_piece(text, place, mistake.message, shell, number)


def _offset(text: str, mistake: Mistake) -> int | None:
    """Find the character that a line and a column in bytes name."""
    lines = text.split("\n")
    if not 1 <= mistake.line <= len(lines) or mistake.column < 1:
        return None
    before = sum(len(line) + 1 for line in lines[: mistake.line - 1])
    column = lines[mistake.line - 1].encode()[: mistake.column - 1].decode(errors="ignore")
    return before + len(column)


def _without_piece(text: str, place: int, message: str, shell: str, number: int) -> Repair | None:
    """Put a name in the place of what shfmt does not know."""
    piece = None
    if shell == "zsh":
        found = (find(text, place) for start, find in PIECES if re.match(start, message))
        piece = next((each for each in found if each is not None), None)
    elif _EXPANSION.search(message):
        piece = expansion(text, place)
    if piece is None:
        return None
    start, end, template = piece
    inner = text[start:end]
    lines = inner.count("\n")
    if PLACEHOLDER.partition("{")[0] in inner or (lines and not template.startswith(" ")):
        return None
    name = PLACEHOLDER.format(number)
    written = template.replace("%", name) + "\n" * lines
    return Repair(text[:start] + written + text[end:], {name: inner})


def _background(text: str, place: int, message: str) -> str | None:
    """Read `a &>b` as `a & >b`, which is what it is to dash."""
    if message.startswith("`&>") and text.startswith("&>", place):
        return f"{text[:place]}& {text[place + 1 :]}"
    return None


def _function(text: str, place: int, message: str) -> str | None:
    """Take `function` for the name of a command, as dash does."""
    if not message.startswith('the "function" builtin'):
        return None
    start = text.rfind("function", 0, place)
    return None if start < 0 else f"{text[:start]}\\{text[start:]}"


_MENDS: Mapping[str, tuple[Callable[[str, int, str], str | None], ...]] = {
    "sh": (_background, _function),
    "zsh": ZSH,
}
