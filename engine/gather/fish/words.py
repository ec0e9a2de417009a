"""Words of fish source, part by part: literals, variables, command substitutions."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias

from engine.gather.fish.errors import BadEscape, FishError
from engine.gather.fish.escapes import unquoted_escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.fish.lexer import Lexer

    Part: TypeAlias = str | list[Any]
    Word: TypeAlias = list[Part]

_PLAIN = re.compile(r"""[^\\'"$(]+""")
_PLAIN_IN_QUOTES = re.compile(r'[^\\"$]+')
_PLAIN_IN_SINGLE_QUOTES = re.compile(r"(?:[^'\\]|\\(?!['\\]))+")
_VARIABLE = re.compile(r"(\$+)(\w+)")
_SURROGATE = re.compile("[\ud800-\udfff]")
_WRONG_VARIABLES = {
    "*": "`$*` is not supported; fish has `$argv`",
    "@": "`$@` is not supported; fish has `$argv`",
    "#": "`$#` is not supported; fish has `count $argv`",
    "?": "`$?` is not the exit status; fish has `$status`",
    "$": "`$$` is not the process id; fish has `$fish_pid`",
    "{": 'variables cannot be bracketed; fish writes `{$name}` or `"$name"`',
}


class _Unclear(Exception):  # noqa: N818 - fish would take it, in a way that we don't follow
    """An index with quotes in it, such as `$x["1"]`."""


class Words:
    """Reads what stands between two positions as a word."""

    def __init__(self, lexer: Lexer, nested: Callable[[int, int], list[Any]]) -> None:
        """Take the lexer that found the words, and a way to read what they substitute."""
        self.lexer = lexer
        self.text = lexer.text
        self._nested = nested

    def word(self, start: int, stop: int) -> Word:
        """Give a word; its escapes and variables have to be right."""
        source = self.text[start:stop]
        if source == "%self":
            return [["var", "fish_pid"]]
        try:
            return self._parts(start, stop)
        except _Unclear:
            return [_unknown(source)]

    def loose_word(self, start: int, stop: int) -> Word:
        """Give a word where fish looks for mistakes only when it runs it."""
        try:
            return self.word(start, stop)
        except FishError:
            return [_unknown(self.text[start:stop])]

    def command_word(self, start: int, stop: int) -> Word:
        """Give the name of a command; fish looks at its escapes only when it runs it."""
        try:
            return self.word(start, stop)
        except BadEscape:
            return [_unknown(self.text[start:stop])]

    def _parts(self, start: int, stop: int) -> Word:
        text = self.text
        parts: Word = []
        position = start
        while position < stop:
            plain = _PLAIN.match(text, position, stop)
            if plain is not None:
                parts.append(plain[0])
                position = plain.end()
                continue
            character = text[position]
            if character == "\\":
                literal, position = unquoted_escape(text, position)
                if literal:
                    parts.append(["q", literal])
            elif character == "'":
                position = self._single(position + 1, parts)
            elif character == '"':
                position = self._double(position + 1, stop, parts)
            elif character == "(" or text.startswith("$(", position):
                part, position = self._substitution(position, stop)
                parts.append(part)
            else:
                part, position = self._variable(position, stop)
                parts.append(part)
        return _merged(parts)

    def _single(self, position: int, parts: Word) -> int:
        text = self.text
        pieces = []
        while text[position] != "'":
            plain = _PLAIN_IN_SINGLE_QUOTES.match(text, position)
            if plain is not None:
                pieces.append(plain[0])
                position = plain.end()
            else:
                pieces.append(text[position + 1])
                position += 2
        parts.append(["q", "".join(pieces)])
        return position + 1

    def _double(self, position: int, stop: int, parts: Word) -> int:
        """Read a quotation with all that is substituted in it."""
        text = self.text
        inner: Word = []
        while text[position] != '"':
            plain = _PLAIN_IN_QUOTES.match(text, position, stop)
            if plain is not None:
                inner.append(plain[0])
                position = plain.end()
            elif text[position] == "\\":
                inner.append(_in_double_quotes(text[position + 1]))
                position += 2
            elif text.startswith("$(", position):
                part, position = self._substitution(position, stop)
                inner.append(part)
            else:
                part, position = self._variable(position, stop)
                inner.append(part)
        if all(isinstance(part, str) for part in inner):
            parts.append(["q", "".join(str(part) for part in inner)])
        else:
            parts.append(["dq", _merged([part for part in inner if part != ""])])
        return position + 1

    def _substitution(self, position: int, stop: int) -> tuple[Part, int]:
        opening = position + (self.text[position] == "$")
        closing = self.lexer.closings[opening]
        part: list[Any] = ["cmd", self._nested(opening + 1, closing)]
        index, position = self._index(closing + 1, stop)
        return (part if index is None else [*part, index]), position

    def _variable(self, position: int, stop: int) -> tuple[Part, int]:
        """Read `$name`, with as many indices as it has dollars."""
        found = _VARIABLE.match(self.text, position, stop)
        if found is None:
            after = self.text[position + 1] if position + 1 < stop else ""
            raise FishError(
                position, _WRONG_VARIABLES.get(after, "a variable name is expected after `$`")
            )
        position = found.end()
        index, position = self._index(position, stop)
        part: list[Any] = ["var", found[2]] if index is None else ["var", found[2], index]
        for _ in range(len(found[1]) - 1):
            index, position = self._index(position, stop)
            more = {} if index is None else {"indices": index}
            part = ["param", "", {"nested": part} | more]
        return part, position

    def _index(self, position: int, stop: int) -> tuple[list[Any] | None, int]:
        """Read `[1 3..-1]`: literal indices as texts, else a word that gives them."""
        if position >= stop or self.text[position] != "[":
            return None, position
        closing = self._bracket(position, stop)
        if closing is None:
            raise _Unclear
        word = self._parts(position + 1, closing)
        if all(isinstance(part, str) or part[0] == "q" for part in word):
            literal = "".join(part if isinstance(part, str) else part[1] for part in word)
            return literal.split(), closing + 1
        return [word], closing + 1

    def _bracket(self, position: int, stop: int) -> int | None:
        """Give where an index ends, or None if there are quotes or loose parentheses in it."""
        text = self.text
        depth = 0
        while position < stop:
            character = text[position]
            if character == "[":
                depth += 1
            elif character == "]":
                depth -= 1
                if not depth:
                    return position
            elif character in "'\"\\":
                return None
            elif character == "(":
                closing = self.lexer.closings.get(position)
                if closing is None:
                    return None
                position = closing
            position += 1
        return None


def _unknown(source: str) -> Part:
    return ["param", "", {"unknown": source}]


def _in_double_quotes(character: str) -> str:
    if character == "\n":
        return ""
    return character if character in '\\"$' else "\\" + character


def _merged(parts: Word) -> Word:
    """Give parts with neighbouring literals as one."""
    merged: Word = []
    for kind, run in groupby(parts, _kind):
        if kind == "text":
            merged.append(_checked("".join(str(part) for part in run)))
        elif kind == "q":
            merged.append(_checked(["q", "".join(part[1] for part in run)]))
        else:
            merged += run
    return merged


def _kind(part: Part) -> str:
    return "text" if isinstance(part, str) else str(part[0])


def _checked(part: Part) -> Part:
    """Give a part, or that it is not known if bytes in it are no text."""
    text = part if isinstance(part, str) else part[1]
    if isinstance(text, str) and _SURROGATE.search(text):
        return _unknown("bytes that are no UTF-8")
    return part
