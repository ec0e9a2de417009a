r"""Words of a Dockerfile with their quotes and variables, as BuildKit expands them.

Source: `frontend/dockerfile/shell/lex.go`. The escape character is `\` or a backtick; a name
consists of letters and digits of any script.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.dockerfile.patterns import (
    check_pattern,
    with_replaced,
    without_prefix,
    without_suffix,
)
from engine.gather.dockerfile.refusal import Beyond, Refused
from engine.gather.dockerfile.spaces import SPACES, in_unicode
from engine.gather.dockerfile.values import (
    Parts,
    Variable,
    is_missing,
    joined,
    literal,
    substituted,
    unknown,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.assignments import Part
    from engine.gather.dockerfile.values import Operator

DEEPEST = 50
"""How deeply `${a:-${b:-...}}` is followed."""

_SPECIAL_NAMES = frozenset("@*#?-$!0")
_BAD_STARTS = frozenset("{}:")


def expanded(
    word: str, escape: str, lookup: Callable[[str], Variable], *, quotes: bool = True
) -> Variable:
    """Give what a word comes to, with the build arguments that it rests on; or raise `Refused`."""
    word = in_unicode(word.removeprefix("\ufeff"))
    if not any(letter in word for letter in ("$", "'", '"', escape)):
        return Variable(joined((word,)))
    reader = Expander(word, escape, lookup)
    reader.process_quotes = quotes
    parts = reader.until(None, raw_escapes=False, depth=0)
    return Variable(parts, args=frozenset(reader.args), demands=frozenset(reader.demands))


class Expander:
    """Reads one word from left to right.

    With `raw_quotes` and `raw_escapes` these stay in the result; with `keep_unset`, so do variables
    that are not set. `words` are what the text splits into, if it `splits`.
    """

    raw_quotes = False
    raw_escapes = False
    keep_unset = False
    process_quotes = True
    splits = False

    def __init__(self, text: str, escape: str, lookup: Callable[[str], Variable]) -> None:
        """Take the text, the escape character, and what names stand for."""
        self._text = in_unicode(text.removeprefix("\ufeff"))
        self._escape = escape
        self._lookup = lookup
        self._at = 0
        self._word: list[str] = []  # one for all levels, as in BuildKit
        self.words: list[str] = []
        self.args: set[str] = set()
        self.demands: set[str] = set()

    def until(self, stop: str | None, *, raw_escapes: bool, depth: int) -> Parts:
        """Read up to the end, or to a character that must come."""
        if depth > DEEPEST:
            raise Beyond("too_deep", f"substitutions are nested more than {DEEPEST} deep")
        before, self.raw_escapes = self.raw_escapes, raw_escapes
        found: list[Part] = []
        splitter = _Splitter(self._word, is_used=self.splits)
        self._word.clear()
        while letter := self._peek():
            if letter == stop:
                self._at += 1
                break
            self._piece(letter, found, splitter, depth)
        else:
            if stop is not None:
                raise Refused(f"`{stop}` is missing at the end of a substitution")
        self.words = splitter.finished()
        self.raw_escapes = before
        return joined(found)

    def _piece(self, letter: str, found: list[Part], splitter: _Splitter, depth: int) -> None:
        if letter == "$":
            parts = self._dollar(depth)
            found += parts
            for part in parts:
                splitter.add(part if isinstance(part, str) else "")
        elif letter == "<":
            text = self._angle()
            found.append(text)
            splitter.add_raw(text)
        elif letter in "'\"" and self.process_quotes:
            parts = self._single() if letter == "'" else self._double(depth)
            found += parts
            for part in parts or ("",):
                splitter.add_raw(part if isinstance(part, str) else "")
        else:
            self._plain(found, splitter)

    def _plain(self, found: list[Part], splitter: _Splitter) -> None:
        letter = self._next()
        if letter != self._escape:
            found.append(letter)
            splitter.add(letter)
            return
        if self.raw_escapes:
            found.append(letter)
            splitter.add_raw(letter)
        if escaped := self._next():
            found.append(escaped)
            splitter.add_raw(escaped)

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _next(self) -> str:
        letter = self._peek()
        self._at += len(letter)
        return letter

    def _single(self) -> Parts:
        end = self._text.find("'", self._at + 1)
        if end < 0:
            raise Refused("a single quote is not closed")
        inside = self._text[self._at + 1 : end]
        self._at = end + 1
        return (f"'{inside}'" if self.raw_quotes else inside,)

    def _double(self, depth: int) -> Parts:
        self._at += 1
        quote = '"' if self.raw_quotes else ""
        found: list[Part] = [quote]
        while letter := self._peek():
            if letter == '"':
                self._at += 1
                return joined([*found, quote])
            if letter == "$":
                found += self._dollar(depth)
                continue
            self._at += 1
            if letter == self._escape:
                if self.raw_escapes:
                    found.append(letter)
                if self._peek() in {'"', "$", self._escape}:
                    letter = self._next()
                elif not self._peek():
                    continue
            found.append(letter)
        raise Refused("a double quote is not closed")

    def _angle(self) -> str:
        """Read `<`, or `<<` with the blanks behind it, which are part of a heredoc's word."""
        start = self._at
        self._at += 1
        if self._peek() == "<":
            self._at += 1
            while self._peek() and self._peek() in "\t\r ":
                self._at += 1
        return self._text[start : self._at]

    def _dollar(self, depth: int) -> Parts:
        start = self._at
        self._at += 1
        if self._peek() != "{":
            name = self._name()
            if not name:
                return ("$",)
            variable = self._get(name)
            return ("$" + name,) if self.keep_unset and not variable.is_set else variable.parts
        self._at += 1
        if not self._peek() or self._peek() in _BAD_STARTS:
            raise Refused("`${` does not begin a substitution that the builder knows")
        name = self._name()
        variable = self._get(name)
        parts = self._modified(name, variable, depth)
        if self.keep_unset and not variable.is_set:
            return (self._text[start : self._at],)
        return parts

    def _modified(self, name: str, variable: Variable, depth: int) -> Parts:
        letter = self._next()
        if letter == "}":
            return variable.parts
        if letter == "/":
            return self._replaced(name, variable, depth)
        empty_is_unset = letter == ":"
        if empty_is_unset:
            letter = self._next()
        if not letter or letter not in ("+-?" if empty_is_unset else "+-?#%"):
            raise Refused(f"`{':' if empty_is_unset else ''}{letter}` is no modifier of a variable")
        word = self.until("}", raw_escapes=letter in "#%", depth=depth + 1)
        if letter in "#%":
            return _trimmed(name, variable, letter, word)
        if letter == "?" and is_missing(variable, empty_is_unset=empty_is_unset) is None:
            self.demands.add(name)
        operator: Operator = letter  # type: ignore[assignment]
        return substituted(name, variable, operator, word, empty_is_unset=empty_is_unset)

    def _replaced(self, name: str, variable: Variable, depth: int) -> Parts:
        everywhere = self._peek() == "/"
        self._at += everywhere
        pattern = literal(self.until("/", raw_escapes=True, depth=depth + 1))
        replacement = literal(self.until("}", raw_escapes=True, depth=depth + 1))
        if pattern is None:
            return _of_the_base(name)
        check_pattern(pattern)
        if replacement is None:
            return _of_the_base(name)
        result = with_replaced(
            pattern, replacement, literal(variable.parts) or "", everywhere=everywhere
        )
        return _known(name, variable, result)

    def _name(self) -> str:
        start = self._at
        first = self._peek()
        if first.isdecimal():
            while self._peek().isdecimal():
                self._at += 1
        elif first and first in _SPECIAL_NAMES:
            self._at += 1
        else:
            while (letter := self._peek()) and (
                letter.isalpha() or letter.isdecimal() or letter == "_"
            ):
                self._at += 1
        return self._text[start : self._at]

    def _get(self, name: str) -> Variable:
        variable = self._lookup(name)
        self.args |= variable.args
        return variable


class _Splitter:
    """Splits at blanks that are not quoted."""

    def __init__(self, letters: list[str], *, is_used: bool) -> None:
        self._letters = letters
        self._is_used = is_used
        self._words: list[str] = []
        self._in_word = False

    def add(self, text: str) -> None:
        for letter in text if self._is_used else ():
            if letter not in SPACES:
                self.add_raw(letter)
            elif self._in_word and any(self._letters):
                self._flush()

    def add_raw(self, text: str) -> None:
        if self._is_used:
            self._letters.append(text)
            self._in_word = True

    def finished(self) -> list[str]:
        if any(self._letters):
            self._flush()
        return self._words

    def _flush(self) -> None:
        self._words.append("".join(self._letters))
        self._letters.clear()
        self._in_word = False


def _trimmed(name: str, variable: Variable, letter: str, word: Parts) -> Parts:
    pattern = literal(word)
    if pattern is None:
        return _of_the_base(name)
    longest = pattern.startswith(letter)
    pattern = pattern[1:] if longest else pattern
    trim = without_suffix if letter == "%" else without_prefix
    return _known(name, variable, trim(pattern, literal(variable.parts) or "", longest=longest))


def _known(name: str, variable: Variable, result: str | None) -> Parts:
    """Give a result that was reckoned, if what it was reckoned from is known."""
    if variable.is_set is None or literal(variable.parts) is None:
        return _of_the_base(name)
    if result is None:
        return unknown("unsupported", f"the engine does not follow the pattern in `${{{name}...}}`")
    return joined((result,))


def _of_the_base(name: str) -> Parts:
    return unknown("not_collected", f"a part of `{name}` is taken, which is not known")
