"""What zsh alone has and shfmt takes for plain commands."""

from __future__ import annotations

from typing import Any

_LOOPS = {"foreach": "end"}
_WORDS = frozenset({"foreach", "repeat", "coproc", "end"})


def together(script: list[Any]) -> list[Any]:
    """Put an opaque statement in place of each construct that was read as plain commands."""
    made: list[Any] = []
    rest = iter(script)
    for statement in rest:
        word = _first_word(statement)
        if word not in _WORDS:
            made.append(statement)
            continue
        made.append(["opaque", statement[1], word, [] if word == "coproc" else None])
        end = _LOOPS.get(word)
        while end is not None:
            following = next(rest, None)
            if following is None or _first_word(following) == end:
                end = None
    return made


def _first_word(statement: list[Any]) -> str:
    if statement[0] != "cmd" or statement[2] or not statement[3]:
        return ""
    first = statement[3][0]
    return first[0] if len(first) == 1 and isinstance(first[0], str) else ""
