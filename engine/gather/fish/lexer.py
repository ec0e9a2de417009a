"""Tokens of fish source: where each begins and ends, and what it is.

A word is one token with everything that is nested in it; `words.py` looks inside. The position of
each closing parenthesis is kept, so that nobody has to look for it again.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.gather.fish.errors import FishError

_SPACES = " \t\r\v\f\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000"
_SKIPPED = re.compile(rf"[{_SPACES}]*(?:\\\n[{_SPACES}]*)*")
_REDIRECTION = re.compile(r"(?P<fd>[0-9]*)(?:(?P<out>>>?)|<)")
_PLAIN = re.compile(r"""[^\\#(){}\[\]'"\s|;<>&]+""")
_IN_QUOTES = re.compile(r'[^"\\$]*(?:(?:\\.|\$(?!\())[^"\\$]*)*', re.DOTALL)
_IN_SINGLE_QUOTES = re.compile(r"[^'\\]*(?:\\.[^'\\]*)*", re.DOTALL)
_ENDS_WORD = frozenset(" \t\n\r|;<>")

NOT_BALANCED = {
    "'": "quotes are not balanced",
    '"': "quotes are not balanced",
    "(": "expecting `)`",
    "[": "square brackets do not match",
    "{": "incomplete parameter expansion",
    "\\": "incomplete escape sequence",
}


class Token(NamedTuple):
    """A piece of the source.

    Kinds: `word`, `end` (newline or `;`), `pipe`, `redirection`, `and` (`&&`), `or` (`||`),
    `background` (`&`), `eof`. `detail` says which file descriptor and way a redirection or a pipe
    has, such as `1>`, `0<` or `2|`.
    """

    kind: str
    start: int
    stop: int
    detail: str = ""


class Lexer:
    """Finds tokens in a text, from wherever it is asked to."""

    def __init__(self, text: str) -> None:
        """Take the source."""
        self.text = text
        self.closings: dict[int, int] = {}
        """Where the parenthesis that opens at a position is closed."""

    def token(self, position: int, stop: int) -> Token:
        """Give the token at or after a position."""
        text = self.text
        position = self._begin(position, stop)
        if position >= stop:
            return Token("eof", stop, stop)
        character = text[position]
        if character in "\n;":
            return Token("end", position, position + 1)
        following = text[position + 1] if position + 1 < stop else ""
        if character == "&" and following not in {"|", ">"}:
            if following == "&":
                return Token("and", position, position + 2)
            return Token("background", position, position + 1)
        if character == "|":
            if following == "&":
                raise FishError(position, "`|&` is not valid; fish writes `&|`")
            if following == "|":
                return Token("or", position, position + 2)
            return Token("pipe", position, position + 1, "1|")
        if character in "&<>" or (character.isascii() and character.isdigit()):
            found = self._redirection(position, stop)
            if found is not None:
                return found
        return Token("word", position, self._word(position, stop))

    def _begin(self, position: int, stop: int) -> int:
        """Skip spaces, continued lines and comments, also those amid continued lines."""
        text = self.text
        continued = False
        while True:
            found = _SKIPPED.match(text, position, stop)
            after = found.end() if found else position
            continued = continued or "\n" in text[position:after]
            position = after
            if position >= stop or text[position] != "#":
                return position
            position = _line_end(text, position, stop)
            if continued and position < stop:
                position += 1

    def _redirection(self, position: int, stop: int) -> Token | None:
        text = self.text
        if text[position] == "&":
            if text[position + 1] == "|":
                return Token("pipe", position, position + 2, "&|")
            after = position + (3 if text.startswith(">>", position + 1) else 2)
            return Token("redirection", position, min(self._mark(after, stop), stop), "&>")
        found = _REDIRECTION.match(text, position, stop)
        if found is None:
            return None
        after = found.end()
        out = found["out"]
        if out and after < stop and text[after] == "|":
            return Token("pipe", position, after + 1, f"{found['fd'] or 1}|")
        detail = f"{found['fd'] or 1}>" if out else f"{found['fd'] or 0}<"
        if after < stop and text[after] == "&":
            return Token("redirection", position, after + 1, f"{detail}&")
        return Token("redirection", position, self._mark(after, stop), detail)

    def _mark(self, position: int, stop: int) -> int:
        """Skip the `?` of `>?`: do not overwrite, do not fail."""
        return position + (position < stop and self.text[position] == "?")

    def _word(self, start: int, stop: int) -> int:  # noqa: C901, PLR0912 - as fish reads it
        """Give where a word ends: not within quotes, parentheses, braces or brackets."""
        text = self.text
        position = start
        open_ones: list[int] = []
        bracket = -1
        quoted: list[int] = []
        fresh = False
        while position < stop:
            plain = _PLAIN.match(text, position, stop)
            if plain is not None:
                position = plain.end()
                fresh = False
                continue
            character = text[position]
            if character == "\\":
                if position + 1 >= stop:
                    raise FishError(position, NOT_BALANCED["\\"])
                position += 2
                fresh = False
                continue
            if character == "#" and fresh:
                position = _line_end(text, position, stop) - 1
            elif character in "({":
                open_ones.append(position)
            elif character in ")}":
                self._close(position, open_ones)
                if character == ")" and quoted and quoted[-1] == len(open_ones):
                    quoted.pop()
                    position = self._quotes(position, stop, quoted, open_ones)
            elif character == "[":
                if position != start:
                    bracket = position
            elif character == "]":
                bracket = -1
            elif character == "'":
                position = self._single(position, stop)
            elif character == '"':
                position = self._quotes(position, stop, quoted, open_ones)
            elif self._ends(position, stop) and not open_ones and bracket < 0:
                break
            fresh = character == "(" or self._ends(position, stop)
            position += 1
        if bracket >= 0 or open_ones:
            wrong = bracket if bracket >= 0 else open_ones[-1]
            raise FishError(wrong, NOT_BALANCED[text[wrong]])
        return position

    def _ends(self, position: int, stop: int) -> bool:
        """Say whether a character ends words; `&` does not if more of the word follows."""
        character = self.text[position] if position < stop else "\n"
        if character != "&":
            return character in _ENDS_WORD
        following = self.text[position + 1] if position + 1 < stop else "\n"
        return following in _ENDS_WORD or following == "&"

    def _close(self, position: int, open_ones: list[int]) -> None:
        character = self.text[position]
        wanted = "(" if character == ")" else "{"
        if not open_ones:
            raise FishError(position, f"`{character}` closes nothing")
        opening = open_ones.pop()
        if self.text[opening] != wanted:
            expected = "}" if wanted == "(" else ")"
            raise FishError(position, f"`{character}` where `{expected}` is expected")
        if wanted == "(":
            self.closings[opening] = position

    def _single(self, position: int, stop: int) -> int:
        found = _IN_SINGLE_QUOTES.match(self.text, position + 1, stop)
        end = found.end() if found else stop
        if end >= stop:
            raise FishError(position, NOT_BALANCED["'"])
        return end

    def _quotes(self, position: int, stop: int, quoted: list[int], open_ones: list[int]) -> int:
        """Go to the end of a quotation, or to a command substitution in it."""
        found = _IN_QUOTES.match(self.text, position + 1, stop)
        end = found.end() if found else stop
        if end >= stop or self.text[end] == "\\":
            raise FishError(position, NOT_BALANCED['"'])
        if self.text[end] == '"':
            return end
        quoted.append(len(open_ones))
        open_ones.append(end + 1)
        return end + 1


def _line_end(text: str, position: int, stop: int) -> int:
    found = text.find("\n", position, stop)
    return stop if found < 0 else found
