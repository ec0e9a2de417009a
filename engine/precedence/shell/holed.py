"""Patterns against texts of which a part is not known."""

from __future__ import annotations

from engine.precedence.shell.patterns import contains_literal
from engine.precedence.values import could_be, literals, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.values import Hole, Mixed


def matches_holed(text: Mixed, pieces: list[tuple[str, bool]]) -> bool | Hole:
    """Match a text with holes, where what is known of it decides."""
    inner = contains_literal(pieces)
    if inner is not None and any(inner in literal for literal in literals(text)):
        return True
    plain = "".join(part for part, quoted in pieces if quoted or not _PATTERN & set(part))
    stars = [part for part, quoted in pieces if not quoted and _PATTERN & set(part)]
    if not stars:
        return False if not could_be(text, plain) else why_not(text)
    if len(pieces) > 2 or any(_PATTERN & set(part.strip("*")) for part in stars):  # noqa: PLR2004
        return why_not(text)
    whole = "".join(part for part, _ in pieces)
    first, last = text.atoms[0], text.atoms[-1]
    if whole.strip("*") == "":
        return True
    if "*" not in whole[:-1] and isinstance(first, str):
        start = whole[:-1]
        if first.startswith(start):
            return True
        return why_not(text) if start.startswith(first) else False
    if "*" not in whole[1:] and isinstance(last, str):
        end = whole[1:]
        if last.endswith(end):
            return True
        return why_not(text) if end.endswith(last) else False
    return why_not(text)


_PATTERN = frozenset("*?[]()|!@+^~#<>\\")
