"""The part of `test` and `[` that needs no file: how arguments are read, how texts compare."""

from __future__ import annotations

import re

from engine.precedence.shell.unsupported import Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    Tree = list[Any]

UNARY = frozenset(f"-{letter}" for letter in "abcdefghknoprstuvwxzGLNORS")
BINARY = frozenset(
    ("=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef")
)
_JOINTS = {"-a": "and", "-o": "or"}
# What only some shells have, or have for other things than files.
_NOT_EVERYWHERE = frozenset(("-a", "-o", "-v", "-N", "-R"))
_DEEPEST = 50
_NUMBER = re.compile(r"-?[0-9]+", re.ASCII)
# Of these many arguments POSIX says what they mean.
_THREE, _FOUR = 3, 4


def compare(operator: str, left: str, right: str) -> bool:
    """Say what an operator of two texts gives; shells fail on what is not a number."""
    if operator in _TEXTS:
        return _TEXTS[operator](left, right)
    if operator not in _NUMBERS:
        raise Unsupported(f"`{operator}` between two texts")
    return _NUMBERS[operator](_number(left), _number(right))


def parse_test(arguments: Sequence[str | object], dialect: str = "bash") -> Tree:
    """Read the arguments of `test`, or those of `[` without the closing bracket.

    What is no text is taken for an operand. Gives `["un", operator, x]`, `["bin", operator, x, y]`,
    `["word", x]`, `["and", a, b]`, `["or", a, b]` or `["not", a]`.
    """
    return _Arguments(list(arguments), dialect).read()


class _Arguments:
    """One pass over arguments; few are read by their number, many by a grammar."""

    def __init__(self, arguments: list[str | object], dialect: str) -> None:
        self.arguments = arguments
        self.dialect = dialect
        self.at = 0
        self.depth = 0

    def read(self) -> Tree:
        return self.few(self.arguments) or self.many()

    def few(self, given: list[str | object]) -> Tree | None:
        """Read up to four arguments as POSIX says."""
        if not given:
            return ["word", ""]
        if len(given) == 1:
            return ["word", given[0]]
        if len(given) == _THREE and (tree := self.between(given)):
            return tree
        if given[0] == "!" and len(given) <= _FOUR:
            tree = self.few(given[1:])
            if tree and len(given) == _FOUR and (tree[0] in {"and", "or"} or given[1] == "!"):
                raise Unsupported("`!` before `-a`, `-o` or `!`, which shells read in two ways")
            return ["not", tree] if tree else None
        if given[0] == "(" and given[-1] == ")" and _THREE <= len(given) <= _FOUR:
            if self.dialect not in {"bash", "sh"}:
                raise Unsupported(f"a parenthesis in `test` of {self.dialect}")
            return self.few(given[1:-1])
        if len(given) == _THREE - 1 and self.is_unary(given[0]):
            return ["un", *given]
        if len(given) < _FOUR:
            raise self.odd()
        return None

    def between(self, given: list[str | object]) -> Tree | None:
        """Read three arguments of which the second is an operator."""
        left, operator, right = given
        if self.is_binary(operator):
            self.settled(operator)
            return ["bin", operator, left, right]
        if isinstance(operator, str) and operator in _JOINTS:
            if self.is_odd(left) or self.is_odd(right):
                raise self.odd()
            return [_JOINTS[operator], ["word", left], ["word", right]]
        return None

    def many(self) -> Tree:
        tree = self.joined("-o")
        if self.at < len(self.arguments):
            raise self.odd()
        return tree

    def joined(self, joint: str) -> Tree:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unsupported("`test` of too many parts")
        part: Callable[[], Tree] = (lambda: self.joined("-a")) if joint == "-o" else self.term
        tree = part()
        while self.here() == joint:
            self.at += 1
            tree = [_JOINTS[joint], tree, part()]
        self.depth -= 1
        return tree

    def term(self) -> Tree:
        first = self.here()
        if self.is_binary(self.here(1)) and self.at + 2 < len(self.arguments):
            self.at += _THREE
            left, operator, right = self.arguments[self.at - _THREE : self.at]
            if self.is_odd(left) or self.is_odd(right):
                raise self.odd()
            self.settled(operator)
            return ["bin", operator, left, right]
        if first == "!":
            return self.negated()
        if first == "(":
            if self.dialect not in {"bash", "sh"}:
                raise Unsupported(f"a parenthesis in `test` of {self.dialect}")
            self.at += 1
            tree = self.joined("-o")
            if self.here() != ")":
                raise self.odd()
            self.at += 1
            return tree
        if self.at >= len(self.arguments) or first in (")", *_JOINTS):
            raise self.odd()
        self.at += 1
        if not self.is_unary(first):
            return ["word", first]
        operand = self.here()
        if self.at >= len(self.arguments) or self.is_odd(operand):
            raise self.odd()
        self.at += 1
        return ["un", first, operand]

    def negated(self) -> Tree:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unsupported("`test` of too many parts")
        self.at += 1
        tree = ["not", self.term()]
        self.depth -= 1
        return tree

    def here(self, ahead: int = 0) -> str | object | None:
        at = self.at + ahead
        return self.arguments[at] if at < len(self.arguments) else None

    def is_unary(self, argument: str | object | None) -> bool:
        if not isinstance(argument, str) or argument not in UNARY:
            return False
        if argument in _NOT_EVERYWHERE and self.dialect in {"sh", "ash"}:
            raise Unsupported(f"`{argument}` in `test` of {self.dialect}")
        return True

    def is_odd(self, operand: str | object | None) -> bool:
        """Say whether an operand looks so much like an operator that shells disagree."""
        return isinstance(operand, str) and (
            operand in ("!", "(", ")", *_JOINTS) or operand in UNARY or operand in BINARY
        )

    def settled(self, operator: str | object) -> None:
        """Give up on what the shell has in `[[` only."""
        if operator in ("<", ">") and self.dialect == "zsh":
            raise Unsupported(f"`{operator}` in `test` of zsh")

    def is_binary(self, argument: str | object | None) -> bool:
        if argument == "==" and self.dialect in {"sh", "zsh"}:
            raise Unsupported(f"`==` in `test` of {self.dialect}")
        return isinstance(argument, str) and argument in BINARY

    def odd(self) -> Unsupported:
        shown = " ".join(x if isinstance(x, str) else ".." for x in self.arguments)
        return Unsupported(f"what `test {shown}` asks")


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text) or len(text) > 10:  # noqa: PLR2004 - mksh has but 32 bits
        raise Unsupported(f"`{text}` as a number of `test`")
    return int(text)


_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda left, right: left == right,
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<": lambda left, right: left < right,
    ">": lambda left, right: left > right,
}
_NUMBERS: dict[str, Callable[[int, int], bool]] = {
    "-eq": lambda left, right: left == right,
    "-ne": lambda left, right: left != right,
    "-lt": lambda left, right: left < right,
    "-le": lambda left, right: left <= right,
    "-gt": lambda left, right: left > right,
    "-ge": lambda left, right: left >= right,
}
