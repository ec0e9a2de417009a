r"""Patterns that run in linear time, whatever the pattern and the text are.

The dialect is RE2's: no look-around, no back-references, `$` only at the very end, and `\d \w \s`
know ASCII only. A pattern that `_linear` proves to mean the same to the standard library's `re`,
and to be harmless there, runs on that: it is ten times faster a search and needs no import.
"""

from __future__ import annotations

import re
from functools import lru_cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

LONGEST = 4096
MEMORY = 1 << 20
"""What RE2 may use for one pattern, in bytes, which bounds the work that it can ask for."""


class BadPattern(ValueError):  # noqa: N818 - it says what it is
    """A text is no pattern; the message says why and what to do."""


class Pattern:
    """A pattern ready to search with; `find` gives a match object or None.

    `groups` are the names of its groups in order, None for one without a name.
    """

    __slots__ = ("find", "groups", "text")

    def __init__(self, text: str, compiled: Any, find: Callable[[str], Any] | None = None) -> None:
        """Take the pattern as written and compiled, and its search if that is another than its."""
        self.text = text
        self.find = find or compiled.search
        names = {number: name for name, number in compiled.groupindex.items()}
        self.groups: tuple[str | None, ...] = tuple(
            names.get(number) for number in range(1, compiled.groups + 1)
        )

    def search(self, text: str) -> bool:
        """Say whether the pattern is found anywhere in a text."""
        return self.find(text) is not None

    def captures(self, text: str) -> tuple[str | None, ...] | None:
        """Give what the groups of the first match hold, or None where nothing matches."""
        match = self.find(text)
        return None if match is None else tuple(match.groups())


@lru_cache(maxsize=1024)
def compile_pattern(text: str) -> Pattern:
    """Make a pattern ready, or raise `BadPattern`."""
    if len(text) > LONGEST:
        raise BadPattern(f"it is longer than {LONGEST} characters")
    from engine.operators._linear import linear_form  # noqa: PLC0415 - not every run has a pattern

    form = linear_form(text)
    return _by_re2(text) if form is None else Pattern(text, re.compile(form, re.ASCII))


def _by_re2(text: str) -> Pattern:
    import re2  # noqa: PLC0415 - 4 ms that most packs do not need

    options = re2.Options()
    # What is wrong is said by us, once; RE2 would also write it to standard error.
    options.log_errors = False
    options.max_mem = MEMORY
    try:
        compiled = re2.compile(text, options)
    except UnicodeEncodeError:
        raise BadPattern("it is not valid Unicode") from None
    except re2.error as error:
        raise BadPattern(_why(error.args[0].decode(errors="replace"))) from None

    def find(value: str) -> Any:
        try:
            return compiled.search(value)
        except UnicodeEncodeError:
            return compiled.search(_without_surrogates(value))

    return Pattern(text, compiled, find)


def _without_surrogates(text: str) -> str:
    """Replace what is no character (as in a file's name that is not UTF-8), one by one."""
    return "".join("\ufffd" if "\ud800" <= letter <= "\udfff" else letter for letter in text)


_OPERATORS = {
    "(?=": "look-ahead is not offered, as it is not linear-time; use a second matcher, or `not`",
    "(?!": "look-ahead is not offered, as it is not linear-time; use a second matcher, or `not`",
    "(?<=": "look-behind is not offered, as it is not linear-time; match what comes before it too",
    "(?<!": "look-behind is not offered, as it is not linear-time; use a second matcher, or `not`",
    "(?>": "atomic groups are not offered; linear time does not need them, so write `(?:...)`",
    "(?#": "comments in patterns are not offered; use a YAML comment",
    "(?P": "back-references are not offered, as they are not linear-time",
}

_REASONS = {
    "missing ):": "a `(` is not closed",
    "unexpected ):": "a `)` closes nothing; write `\\)` for the character",
    "missing ]:": "a `[` is not closed; write `\\[` for the character",
    "no argument for repetition operator:": "nothing to repeat stands before `{}`",
    "bad repetition operator:": "`{}` repeats a repetition, which is not offered",
    "invalid repetition size:": "`{}` repeats too often; at most 1000 times, if nested in all",
    "invalid character class range:": "`{}` is no class of characters or no range in one",
    "invalid named capture group:": "`{}` names no group; write `(?P<name>...)`",
    "trailing \\": "it ends in a lone `\\`; write `\\\\` for the character",
    "pattern too large": "it grows too large; repeat less",
}


def _why(error: str) -> str:
    """Put what RE2 complains about into our words."""
    start = next((start for start in _REASONS if error.startswith(start)), None)
    if start is not None:
        return _REASONS[start].replace("{}", error.removeprefix(start).strip())
    kind, _, part = error.partition(": ")
    if kind == "invalid perl operator":
        return _OPERATORS.get(part, f"`{part}` is not offered; flags are `i`, `m`, `s` and `U`")
    if kind == "invalid escape sequence":
        return _why_no_escape(part)
    return error


def _why_no_escape(part: str) -> str:
    if part[1:2].isdigit() or part == "\\k":
        return f"`{part}` is a back-reference; these are not offered, as they are not linear-time"
    if part == "\\Z":
        return "`\\Z` is not offered; `$` matches at the very end only"
    return f"`{part}` is no escape; write `\\\\` for a backslash"


@lru_cache(maxsize=1024)
def compile_glob(text: str) -> Pattern:
    r"""Make a glob ready, or raise `BadPattern`.

    `*` is any run of characters without `/`, `?` one of them, `[a-z]` and `[!a-z]` one of a class
    (never `/`). `**` is any run at all; as a whole segment, `**/`, it is any number of folders, or
    none. `\` takes the next character as it is. Braces have no meaning.
    """
    at, parts = 0, []
    while at < len(text):
        part, at = _glob_part(text, at)
        parts.append(part)
    return compile_pattern(f"^{''.join(parts)}$")


def _glob_part(text: str, at: int) -> tuple[str, int]:
    """Give the pattern for what stands at a place in a glob, and where it goes on."""
    letter = text[at]
    if text.startswith("**", at):
        end = at + 2
        if text.startswith("/", end) and text[at - 1 : at] in {"", "/"}:
            return "(?s:.*/)?", end + 1
        return "(?s:.*)", end
    if letter == "*":
        return "[^/]*", at + 1
    if letter == "?":
        return "[^/]", at + 1
    if letter == "[":
        return _glob_class(text, at + 1)
    if letter == "\\":
        if at + 1 == len(text):
            raise BadPattern("it ends in a lone `\\`; write `\\\\` for the character")
        return re.escape(text[at + 1]), at + 2
    return re.escape(letter), at + 1


def _glob_class(text: str, start: int) -> tuple[str, int]:
    is_negated = text[start : start + 1] in {"!", "^"}
    first = at = start + is_negated
    members = "/" if is_negated else ""
    # A `]` right at the start stands for itself.
    while text[at : at + 1] != "]" or at == first:
        low, at = _glob_letter(text, at)
        high = low
        if text[at : at + 1] == "-" and text[at + 1 : at + 2] not in {"", "]"}:
            high, at = _glob_letter(text, at + 1)
        if low > high:
            raise BadPattern(f"the range `{low}-{high}` is upside down")
        members += _without_slash(low, high)
    if not members:
        raise BadPattern("a class in `[...]` never holds `/`")
    return f"[{'^' if is_negated else ''}{members}]", at + 1


def _glob_letter(text: str, at: int) -> tuple[str, int]:
    if text[at : at + 1] == "\\":
        at += 1
    if at >= len(text):
        raise BadPattern("a `[` is not closed; write `\\[` for the character")
    return text[at], at + 1


def _without_slash(low: str, high: str) -> str:
    """Give a range of a class without `/`, which may lie within it (`[+-9]`)."""
    parts = ((low, min(high, ".")), (max(low, "0"), high)) if low <= "/" <= high else ((low, high),)
    return "".join(f"{re.escape(a)}-{re.escape(b)}" for a, b in parts if a <= b)
