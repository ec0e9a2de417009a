"""Patterns of fish: `*` is any text, `?` one character unless a newer fish takes it literally."""

from __future__ import annotations

from functools import lru_cache

from engine.precedence.fish.lists import NotKnown
from engine.precedence.shell.patterns import compile_pattern
from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.shell.patterns import Pattern


@lru_cache(maxsize=256)
def _compiled(pattern: str, *, question_mark: bool) -> Pattern:
    pieces: list[tuple[str, bool]] = []
    at = 0
    while at < len(pattern):
        character = pattern[at]
        if character == "\\" and at + 1 < len(pattern):
            at += 1
            pieces.append((pattern[at], True))
        else:
            raw = character == "*" or (character == "?" and question_mark)
            pieces.append((character, not raw))
        at += 1
    return compile_pattern(pieces, extended=False, dialect="bash")


def matches_glob(pattern: str, text: str, *, ignore_case: bool = False) -> bool:
    """Say whether a pattern takes the whole text."""
    if ignore_case:
        pattern, text = pattern.lower(), text.lower()
    try:
        older = _compiled(pattern, question_mark=True).matches(text)
        newer = _compiled(pattern, question_mark=False).matches(text) if "?" in pattern else older
    except Unsupported as error:
        raise NotKnown(Hole("unsupported", error.detail)) from error
    if older is not newer:
        raise NotKnown(Hole("unsupported", "`?` in a pattern, which fish 4 takes literally"))
    return older
