"""Reckons `$(( ))`, `(( ))` and `let`, on whole numbers as wide as the shell's."""

from __future__ import annotations

import re

from engine.precedence.shell.numbers import LEVELS, ZSH_LEVELS, calculated, number, wrapped
from engine.precedence.shell.unsupported import Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    Get = Callable[[str], str | None]
    Put = Callable[[str, str], None]

MOST_STEPS = 10_000
DEEPEST = 40
_LONGEST = 10_000
_TOKEN = re.compile(
    r"[ \t\n]*(?:(?P<name>[A-Za-z_]\w*)|(?P<number>[0-9][\w#@]*)|"
    r"(?P<operator><<=|>>=|\*\*=|\*\*|\+\+|--|&&|\|\||\^\^|[-+*/%&^|<>=!]=|<<|>>|"
    r"[-+*/%&^|~!<>=?:(),]))",
    re.ASCII,
)
_COMMA, _ASSIGN, _CHOICE = 1, 2, 3
_POWER = "**"
_ASSIGNMENTS = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=", "<<=", ">>="}
_CHANGES = _ASSIGNMENTS | {"++", "--"}


def evaluate(text: str, get: Get, put: Put | None = None, *, dialect: str = "bash") -> int:
    """Give the value of an expression in which all `$` have been expanded.

    `get` gives the text of a variable, or None where it is unset; what it raises is let through.
    `put` is told of assignments, in their order; without it there may be none.
    """
    return _Evaluation(get, put, dialect).value_of(text, 0)


class _Evaluation:
    """What one expression shares with those that the variables in it hold."""

    def __init__(self, get: Get, put: Put | None, dialect: str) -> None:
        self.get = get
        self.put = put
        self.dialect = "sh" if dialect == "ash" else dialect
        self.simple = dialect == "ash"
        self.steps = 0
        self.nesting = 0
        self.named: list[str] = []
        self.changes: list[int] = []

    def value_of(self, text: str, depth: int) -> int:
        if not text.strip(" \t\n"):
            if self.dialect == "sh" and not depth:
                raise Unsupported("an empty expression")
            return 0
        return _Expression(self, self.tokens(text), depth).whole()

    def variable(self, name: str, depth: int) -> int:
        if self.dialect in {"ksh", "zsh"} and name.lower() in {"inf", "nan"}:
            raise Unsupported(f"`{name}` in an expression of {self.dialect}")
        text = self.get(name) or ""
        if self.dialect == "sh":
            stripped = text.strip(" \t\n")
            sign = -1 if stripped.startswith("-") else 1
            return sign * number(stripped.lstrip("-+"), "sh") if stripped else 0
        return self.value_of(text, depth + 1)

    def assign(self, name: str, value: int) -> int:
        if self.put is None:
            raise Unsupported(f"an assignment to `{name}` in an expression")
        if self.dialect == "zsh" and self.named.count(name) > 1 and self.changes != [1]:
            # It looks at a variable only when an operator needs it, when it may have changed.
            raise Unsupported(f"`{name}`, which an expression of zsh both reads and sets")
        self.put(name, str(value))
        return value

    def tokens(self, text: str) -> list[tuple[str, str]]:
        """Take an expression apart, into kinds and texts."""
        if len(text) > _LONGEST:
            raise Unsupported("an expression that is too long")
        text = text.rstrip(" \t\n")
        tokens: list[tuple[str, str]] = []
        at = 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if match is None:
                raise Unsupported(f"the expression `{text}`")
            at = match.end()
            kind = str(match.lastgroup)
            if self.dialect == "sh" and match[kind] in {"++", "--", "**"}:
                if self.simple:
                    raise Unsupported(f"`{match[kind]}` in an expression of ash")
                at -= 1
            tokens.append((kind, text[match.start(kind) : at]))
        self.steps += len(tokens)
        self.named += [text for kind, text in tokens if kind == "name"]
        self.changes += [at for at, (_, text) in enumerate(tokens) if text in _CHANGES]
        if self.steps > MOST_STEPS:
            raise Unsupported("an expression that takes too long to reckon")
        return tokens


class _Expression:
    """One pass over the tokens; nothing is asked or set where `live` is False."""

    def __init__(self, shared: _Evaluation, tokens: list[tuple[str, str]], depth: int) -> None:
        self.shared = shared
        self.dialect = shared.dialect
        self.levels = ZSH_LEVELS if self.dialect == "zsh" else LEVELS
        self.tokens = [*tokens, ("end", "")]
        self.at = 0
        self.depth = depth

    def whole(self) -> int:
        value = self.expression(_COMMA, live=True)
        if self.tokens[self.at][0] != "end":
            raise self.odd()
        return value

    def odd(self) -> Unsupported:
        return Unsupported(f"an expression with `{self.tokens[self.at][1] or 'nothing'}` there")

    def next(self) -> tuple[str, str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def operator(self) -> str:
        kind, text = self.tokens[self.at]
        return text if kind == "operator" else ""

    def expression(self, least: int, *, live: bool) -> int:
        """Reckon operators that bind at least so tightly."""
        self.shared.nesting += 1
        if self.shared.nesting > DEEPEST:
            raise Unsupported("an expression of too many parts within parts")
        value = self.unary(live=live, assigns=least <= _ASSIGN)
        while True:
            operator = self.binary()
            level = self.levels.get(operator, 0)
            if operator == "=" or level < least:
                break
            if operator == "," and self.dialect == "sh":
                raise self.odd()
            self.at += 1
            if operator == "?":
                value = self.choice(value, live=live)
            elif operator in {"&&", "||"}:
                decided = bool(value) == (operator == "||")
                right = self.expression(level + 1, live=live and not decided)
                value = int(bool(value if decided else right))
            else:
                right = self.expression(level + (operator != _POWER), live=live)
                value = calculated(operator, value, right, self.dialect) if live else 0
        self.shared.nesting -= 1
        return value

    def binary(self) -> str:
        """Give the operator here; bash takes `1--1` for `1 - -1`."""
        operator = self.operator()
        if operator not in {"++", "--"}:
            return operator
        if self.tokens[self.at + 1][0] == "name":
            raise self.odd()
        self.two_signs(operator)
        self.tokens[self.at : self.at + 1] = [("operator", operator[0])] * 2
        return operator[0]

    def two_signs(self, operator: str) -> None:
        """Take `++` for `+ +`, as bash does before what is no name; it reads longer runs anew."""
        if self.dialect != "bash" or self.tokens[self.at + 1][1][:1] == operator[0]:
            raise self.odd()

    def choice(self, condition: int, *, live: bool) -> int:
        least = _COMMA if self.dialect == "bash" else _CHOICE
        first = self.expression(least, live=live and bool(condition))
        if self.operator() != ":":
            raise self.odd()
        self.at += 1
        second = self.expression(_CHOICE, live=live and not condition)
        return first if condition else second

    def unary(self, *, live: bool, assigns: bool = False) -> int:
        signs = ""
        while (operator := self.operator()) in {"+", "-", "!", "~", "++", "--"}:
            if operator in {"++", "--"}:
                if self.tokens[self.at + 1][0] == "name":
                    break
                self.two_signs(operator)
            self.at += 1
            signs += operator[:1] * len(operator)
        value = self.primary(live=live, assigns=assigns and not signs)
        for sign in reversed(signs):
            value = {"+": value, "-": -value, "!": int(not value), "~": ~value}[sign]
            value = wrapped(value, self.dialect)
        return value

    def primary(self, *, live: bool, assigns: bool) -> int:
        kind, text = self.next()
        if kind == "number":
            return number(text, self.dialect)
        if kind == "name":
            return self.name(text, live=live, assigns=assigns)
        if text in {"++", "--"}:
            name = self.next()[1]
            if self.operator() in {"++", "--"}:
                raise self.odd()
            return self.step(name, text, live=live)[1]
        if text != "(":
            self.at -= 1
            raise self.odd()
        value = self.expression(_COMMA, live=live)
        if self.operator() != ")":
            raise self.odd()
        self.at += 1
        return value

    def name(self, name: str, *, live: bool, assigns: bool) -> int:
        operator = self.operator()
        if operator in {"++", "--"}:
            self.at += 1
            if self.operator() in {"++", "--"}:
                raise self.odd()
            return self.step(name, operator, live=live)[0]
        if operator in _ASSIGNMENTS:
            if not assigns:
                raise self.odd()
            self.at += 1
            reads = live and operator != "="
            # dash alone looks at the variable last.
            old = self.shared.variable(name, self.depth) if reads and self.dialect != "sh" else 0
            value = self.expression(_ASSIGN, live=live)
            if reads and self.dialect == "sh":
                old = self.shared.variable(name, self.depth)
            if reads:
                value = calculated(operator[:-1], old, value, self.dialect)
            return self.shared.assign(name, value) if live else 0
        return self.shared.variable(name, self.depth) if live else 0

    def step(self, name: str, operator: str, *, live: bool) -> tuple[int, int]:
        """Count a variable up or down, and give its value before and after."""
        if not live:
            return 0, 0
        old = self.shared.variable(name, self.depth)
        return old, self.shared.assign(name, calculated(operator[0], old, 1, self.dialect))
