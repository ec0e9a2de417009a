"""The patterns of `${X#p}`, `${X%p}` and `${X/p/r}`, as BuildKit translates them for RE2.

Source: `convertShellPatternToRegex` in `frontend/dockerfile/shell/lex.go`. Only `*` and `?` are
special; a backslash before them, or before itself, makes them plain.
"""

from __future__ import annotations

import re

from engine.gather.dockerfile.refusal import Refused
from engine.operators.patterns import BadPattern, Pattern, compile_pattern

LONGEST = 1024
MOST_PIECES = 200
"""How long a value is followed, and into how many pieces."""


def check_pattern(pattern: str) -> None:
    """Raise `Refused` for a pattern that the builder does not take, whatever it is put to."""
    _translated(pattern, longest=True)


def without_prefix(pattern: str, value: str, *, longest: bool) -> str | None:
    """Give a value without what a pattern matches at its start; None if that is too long for us."""
    made = _compiled(_translated(pattern, longest=longest), anchored=True)
    if made is None or len(value) > LONGEST:
        return None
    found = made.find(value)
    return value if found is None else value[found.end() :]


def without_suffix(pattern: str, value: str, *, longest: bool) -> str | None:
    """Give a value without what a pattern matches at its end: the same, read backwards."""
    rest = without_prefix(_reversed(pattern), value[::-1], longest=longest)
    return None if rest is None else rest[::-1]


def with_replaced(pattern: str, replacement: str, value: str, *, everywhere: bool) -> str | None:
    """Give a value with the first match, or each, replaced; None where we do not follow."""
    made = _compiled(_translated(pattern, longest=True), anchored=False)
    if made is None or len(value) > LONGEST or (everywhere and "$" in replacement):
        return None  # there, Go would put in what a group matched
    pieces: list[str] = []
    start = position = 0
    while position <= len(value):
        if len(pieces) > MOST_PIECES:
            return None
        found = made.find(value[position:])
        if found is None:
            break
        first, last = position + found.start(), position + found.end()
        # An empty match right behind another one does not count.
        if last > first or first > start or not pieces:
            pieces += [value[start:first], replacement]
            start = last
        if not everywhere:
            break
        position = last if last > first else first + 1
    return "".join(pieces) + value[start:]


def _compiled(pattern: str, *, anchored: bool) -> Pattern | None:
    try:
        return compile_pattern("^" + pattern if anchored else pattern)
    except BadPattern:
        return None


def _translated(pattern: str, *, longest: bool) -> str:
    made: list[str] = []
    pattern = pattern.removeprefix("\ufeff")
    letters = iter(range(len(pattern)))
    for at in letters:
        letter = pattern[at]
        following = pattern[at + 1 : at + 2]
        if letter == "*":
            made.append(".*" if longest else ".*?")
        elif letter == "?":
            made.append(".")
        elif letter == "\\" and following and following in "}/":
            continue
        elif letter == "\\":
            if not following or following not in "*?\\":
                raise Refused(f"`\\{following}` is no escape in a pattern")
            made.append("\\" + following)
            next(letters)
        else:
            made.append(re.escape(letter) if letter in "[]{}.+()|^$" else letter)
    return "".join(made)


def _reversed(pattern: str) -> str:
    """Turn a pattern around, with each backslash before what it escapes."""
    made = list(pattern)
    last = at = len(pattern) - 1
    at = 0
    while at <= last:
        if pattern[at] == "\\" and at != last:
            made[last - at - 1], made[last - at] = "\\", pattern[at + 1]
            at += 2
        else:
            made[last - at] = pattern[at]
            at += 1
    return "".join(made)
