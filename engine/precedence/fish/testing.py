"""The builtin `test`, also called `[`."""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.precedence.fish.files import FILE_TESTS
from engine.precedence.fish.lists import NotKnown, known
from engine.precedence.values import Hole, Mixed, is_empty, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from engine.precedence.values import Text

    Truth: TypeAlias = "bool | Hole"

_NUMBER = re.compile(r"\s*[-+]?\d+(\.\d+)?\s*")
_NUMBERS: dict[str, Callable[[float, float], bool]] = {
    "-eq": lambda a, b: a == b,
    "-ne": lambda a, b: a != b,
    "-gt": lambda a, b: a > b,
    "-ge": lambda a, b: a >= b,
    "-lt": lambda a, b: a < b,
    "-le": lambda a, b: a <= b,
}
_UNARY = FILE_TESTS | {"-n", "-z", "-t"}
_BINARY = frozenset(("=", "!=", "==")) | frozenset(_NUMBERS)
_WRONG, _NO_NUMBER, _NOTHING = 1, 2, 2


class _Wrong(Exception):  # noqa: N818 - it says what the matter is
    """The expression is none: `test` complains and fails."""

    def __init__(self, status: int = _WRONG) -> None:
        super().__init__(status)
        self.status = status


class Questions(NamedTuple):
    """What `test` asks of others."""

    file: Callable[[str, Text], Truth]
    terminal: Callable[[Text], Truth]


def run_test(arguments: list[Text], questions: Questions) -> int | Hole:
    """Give the status of `test`."""
    try:
        answer = _few(arguments, questions)
    except _Wrong as wrong:
        return wrong.status
    return answer if isinstance(answer, Hole) else int(not answer)


def _few(words: list[Text], ask: Questions) -> Truth:
    """Give the truth of up to four words, whose number says what is an operator."""
    match words:
        case []:
            raise _Wrong(_NOTHING)
        case [word]:
            return _some(word)
        case ["!", word]:
            return _not(_some(word))
        case [str(operator), word] if operator in _UNARY:
            return _unary(operator, word, ask)
        case [_, _]:
            raise _Wrong
        case [left, str(operator), right] if operator in _BINARY:
            return _binary(operator, left, right)
        case ["!", first, second]:
            return _not(_few([first, second], ask))
        case ["!", first, second, third]:
            return _not(_few([first, second, third], ask))
    return _Expression(words, ask).whole()


class _Expression:
    """Longer expressions, with `-a`, `-o` and parentheses."""

    def __init__(self, words: list[Text], ask: Questions) -> None:
        self.words = words
        self.ask = ask
        self.at = 0
        self.depth = 0

    def whole(self) -> Truth:
        answer = self.either()
        if self.at < len(self.words):
            raise _Wrong
        return answer

    def word(self) -> Text:
        if self.at >= len(self.words):
            raise _Wrong
        self.at += 1
        return self.words[self.at - 1]

    def next(self, offset: int = 0) -> Text | None:
        at = self.at + offset
        return self.words[at] if at < len(self.words) else None

    def either(self) -> Truth:
        answer = self.both()
        while self.next() == "-o":
            self.at += 1
            answer = _joined(answer, self.both(), decides=True)
        return answer

    def both(self) -> Truth:
        answer = self.one()
        while self.next() == "-a":
            self.at += 1
            answer = _joined(answer, self.one(), decides=False)
        return answer

    def one(self) -> Truth:
        self.depth += 1
        if self.depth > 100:  # noqa: PLR2004 - nobody writes that
            raise NotKnown(Hole("too_large", "a long `test`"))
        following = self.next(1)
        if isinstance(following, str) and following in _BINARY and self.next(2) is not None:
            left, operator, right = self.word(), known(self.word()), self.word()
            return _binary(operator, left, right)
        word = self.word()
        if word == "!":
            return _not(self.one())
        if word == "(":
            answer = self.either()
            if self.word() != ")":
                raise _Wrong
            return answer
        if isinstance(word, str) and word in _UNARY and self.next() is not None:
            return _unary(word, self.word(), self.ask)
        return _some(word)


def _unary(operator: str, word: Text, ask: Questions) -> Truth:
    if operator == "-n":
        return _some(word)
    if operator == "-z":
        return _not(_some(word))
    if operator == "-t":
        return ask.terminal(word)
    return ask.file(operator, word)


def _binary(operator: str, left: Text, right: Text) -> Truth:
    if operator in {"=", "==", "!="}:
        same = _same(left, right)
        if operator == "==" and same is not False:
            raise NotKnown(Hole("unsupported", "`==` of `test`, which fish may not have"))
        return _not(same) if operator == "!=" else same
    numbers = []
    for side in (left, right):
        text = known(side)
        if not _NUMBER.fullmatch(text):
            raise _Wrong(_NO_NUMBER)
        numbers.append(float(text))
    return _NUMBERS[operator](*numbers)


def _same(left: Text, right: Text) -> Truth:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    for one, other in ((left, right), (right, left)):
        if one == "" and is_empty(other) is False:
            return False
    return why_not(left if isinstance(left, Mixed) else right)


def _some(word: Text) -> Truth:
    empty = is_empty(word)
    return why_not(word) if empty is None else not empty


def _not(answer: Truth) -> Truth:
    return answer if isinstance(answer, Hole) else not answer


def _joined(left: Truth, right: Truth, *, decides: bool) -> Truth:
    if left is decides or right is decides:
        return decides
    return left if isinstance(left, Hole) else right
