"""The tokens of a stretch of source, with a look ahead and a bound on how deep it goes."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING

from engine.gather.fish.errors import BadEscape, TooDeep
from engine.gather.fish.escapes import unquoted_escape
from engine.gather.fish.lexer import Lexer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.fish.lexer import Token

DEEPEST = 64
"""Blocks and command substitutions within each other; nobody writes a tenth of it."""

KEYWORDS = frozenset(
    ("and", "begin", "builtin", "case", "command", "else", "end", "exec", "for", "function", "if",
     "in", "not", "or", "switch", "time", "while", "!")
)  # fmt: skip
_MAYBE_KEYWORD = re.compile(r"""[a-z!'"\\\n]+""")
_QUOTES = re.compile(r"""['"\\]""")


class Tokens:
    """Gives token after token."""

    def __init__(self, text: str) -> None:
        """Take the whole source."""
        self.text = text
        self.lexer = Lexer(text)
        self.loops = 0
        self._depth = 0
        self._position = 0
        self._stop = len(text)
        self._ahead: list[Token] = []

    def peek(self, count: int = 0) -> Token:
        """Look at a token to come."""
        while len(self._ahead) <= count:
            position = self._ahead[-1].stop if self._ahead else self._position
            self._ahead.append(self.lexer.token(position, self._stop))
        return self._ahead[count]

    def take(self) -> Token:
        """Take the next token."""
        token = self.peek()
        del self._ahead[0]
        self._position = token.stop
        return token

    def skip_newlines(self) -> None:
        """Go to the next line that has something on it: after `|`, `&&` and `||`."""
        while self.peek().kind == "end" and self.text[self.peek().start] == "\n":
            self.take()

    def deeper(self, token: Token) -> None:
        """Count what stands deeper than it looks."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooDeep(token.start)

    @contextmanager
    def block(self, token: Token, *, loops: int) -> Iterator[None]:
        """Read a block that is within so many loops."""
        before = self._depth, self.loops
        self.deeper(token)
        self.loops = loops
        try:
            yield
        finally:
            self._depth, self.loops = before

    @contextmanager
    def within(self, start: int, stop: int) -> Iterator[None]:
        """Read another stretch of the source, then go on here."""
        before = self._position, self._stop, self._ahead, self._depth, self.loops
        if self._depth >= DEEPEST:
            raise TooDeep(start)
        self._position, self._stop, self._ahead = start, stop, []
        self._depth += 1
        self.loops = 0
        try:
            yield
        finally:
            self._position, self._stop, self._ahead, self._depth, self.loops = before


def keyword(tokens: Tokens, token: Token) -> str:
    """Give the keyword that a token is, quoted or not; empty if none."""
    if token.kind != "word" or token.stop - token.start > 16:  # noqa: PLR2004 - `"function"`
        return ""
    source = tokens.text[token.start : token.stop]
    if source in KEYWORDS:
        return source
    if not _MAYBE_KEYWORD.fullmatch(source) or not _QUOTES.search(source):
        return ""
    plain = _unquoted(source)
    return plain if plain in KEYWORDS else ""


def is_help(tokens: Tokens, token: Token) -> bool:
    """Say whether a token asks a command for help."""
    return token.kind == "word" and tokens.text[token.start : token.stop] in {"-h", "--help"}


def _unquoted(source: str) -> str:
    pieces = []
    position = 0
    while position < len(source):
        if source[position] == "\\":
            try:
                literal, position = unquoted_escape(source, position)
            except BadEscape:
                return ""
            pieces.append(literal)
            continue
        if source[position] not in "'\"":
            pieces.append(source[position])
        position += 1
    return "".join(pieces)
