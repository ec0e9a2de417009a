"""`test`, `[`, `[[` and arithmetic: questions with the answers yes, no and unknown."""

from __future__ import annotations

import re

from engine.model.facts import Absent
from engine.precedence.outcomes import Doubt
from engine.precedence.shell import arithmetic
from engine.precedence.shell.conditions import compare, parse_test
from engine.precedence.shell.files import FILE_TESTS, Files
from engine.precedence.shell.options import ON_IN_ZSH, option_name
from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.state import Variable
from engine.precedence.values import (
    Hole,
    Mixed,
    could_be,
    hole_about,
    is_empty,
    unknown_as,
    why_not,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.state import State
    from engine.precedence.values import Text

_PATTERNS = frozenset(("==", "=", "!="))
_NUMBERS = frozenset(("-eq", "-ne", "-lt", "-le", "-gt", "-ge"))
_LONGEST = 200
_ELEMENT = re.compile(r"(?<![\w$#])[A-Za-z_]\w*\[\d+\]")
_REPEATED = re.compile(r"\)[*+?{]")
# What POSIX and Python read in different ways, and what may take for ever to match.
_RISKY = re.compile(r"\[\[|\[[.=:]|\\[<>bwWsSdDB]|\(\?|[*+?}]{2}|[*+}][^|]*\)[*+{]")


class _NotKnown(Exception):  # noqa: N818 - it says what is the matter
    """A name in an expression has no value that is known."""

    def __init__(self, hole: Hole) -> None:
        super().__init__(hole)
        self.hole = hole


class _NoNumber(Exception):  # noqa: N818 - it says what is the matter
    """A number was asked for, and `test` complains."""


class Testing(Files):
    """Answers conditions."""

    # `test` and `[`.

    def test_command(
        self, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> int | Hole:
        """Give the status of `test` with these arguments."""
        if doubt is not None:
            return doubt
        try:
            tree = parse_test(list(arguments), dialect=self.dialect.name)
            return _status(self._tested(tree, state, line))
        except _NoNumber:
            return 2
        except Unsupported as error:
            return Hole("unsupported", error.detail, self.place(line))

    def _tested(self, tree: list[Any], state: State, line: int) -> bool | Hole:
        kind = tree[0]
        if kind == "not":
            return _negated(self._tested(tree[1], state, line))
        if kind in {"and", "or"}:
            return _either(
                kind, self._tested(tree[1], state, line), lambda: self._tested(tree[2], state, line)
            )
        if kind == "word":
            return _negated(_asked_empty(tree[1]))
        if kind == "un":
            return self._unary(tree[1], tree[2], state, line)
        operator, left, right = tree[1:]
        return self._binary(operator, left, right, line)

    def _binary(self, operator: str, left: Text, right: Text, line: int) -> bool | Hole:
        if operator in {"-nt", "-ot", "-ef"}:
            return Hole("not_collected", f"`{operator}` compares files", self.place(line))
        if operator in {"=", "==", "!="}:
            same = _same(left, right)
            return same if operator != "!=" else _negated(same)
        for side in (left, right):
            if isinstance(side, Mixed):
                return why_not(side)
        if operator not in _NUMBERS:
            return bool(compare(operator, str(left), str(right)))
        left, right = self._numeral(left), self._numeral(right)
        return bool(compare(operator, left, right))

    def _numeral(self, side: Text) -> str:
        """Give a side of `-eq` as a number; one that is none ends the test in some shells."""
        text = str(side).strip()
        if re.fullmatch(r"[-+]?\d+", text):
            return text
        if self.dialect.name in {"bash", "sh", "ash"}:
            raise _NoNumber
        return text or "0"

    def _unary(self, operator: str, operand: Text, state: State, line: int) -> bool | Hole:
        if operator == "-z":
            return _asked_empty(operand)
        if operator == "-n":
            return _negated(_asked_empty(operand))
        if operator in FILE_TESTS:
            return self._placed(self.test_file(operator, operand, state), line)
        if operator == "-t":
            return self._is_terminal(operand, line)
        if isinstance(operand, Mixed):
            return why_not(operand)
        if operator == "-o":
            return self.option(operand, state)
        if operator in {"-v", "-R"}:
            is_set = state.variable(operand.partition("[")[0]).is_set
            return Hole("opaque", f"`{operand}` may be set or not") if is_set is None else is_set
        return Hole("unsupported", f"`{operator}` is not reckoned", self.place(line))

    def _placed(self, answer: bool | Hole, line: int) -> bool | Hole:
        if isinstance(answer, Hole) and answer.place is None:
            return Hole(answer.cause, answer.detail, self.place(line), answer.is_some)
        return answer

    def _is_terminal(self, operand: Text, line: int) -> bool | Hole:
        if self.launch.shell.get("via") == "prompt":
            return True
        if operand == "0" and self.launch.shell.get("stdin") in {"null", "socket"}:
            return False
        return Hole("opaque", "whether it has a terminal is not known", self.place(line))

    def option(self, written: str, state: State) -> bool | Hole:
        """Say whether a shell option is on: `[[ -o interactive ]]`."""
        name, negated = option_name(written, self.dialect.name)
        if name in {"interactive", "login", "loginshell"}:
            on: bool | Hole = self.launch.mode("login" if name != "interactive" else name)
        else:
            on = state.options.get(name, name in ON_IN_ZSH and self.dialect.name == "zsh")
            if name in {"monitor", "zle", "shinstdin", "privileged", "restricted", "hashall"}:
                on = Hole("opaque", f"whether `{written}` is on")
        return _negated(on) if negated else on

    # `[[`.

    def condition(self, expression: list[Any], state: State) -> int | Hole:
        """Give the status of `[[ ... ]]`."""
        line = self.line
        try:
            return _status(self._extended(expression, state, line))
        except Unsupported as error:
            return Hole("unsupported", error.detail, self.place(line))

    def _extended(self, tree: list[Any], state: State, line: int) -> bool | Hole:
        kind = tree[0]
        if kind == "not":
            return _negated(self._extended(tree[1], state, line))
        if kind in {"and", "or"}:
            return _either(
                kind,
                self._extended(tree[1], state, line),
                lambda: self._extended(tree[2], state, line),
            )
        if kind == "word":
            return _negated(_asked_empty(self.text(tree[1], state, line)))
        if kind == "un":
            return self._unary(tree[1], self.text(tree[2], state, line), state, line)
        operator, left, right = tree[1:]
        if operator in _PATTERNS:
            text = self.text(left, state, line)
            self.in_test = True
            try:
                found = self.matches(text, right, state, line)
            finally:
                self.in_test = False
            return _negated(found) if operator == "!=" else found
        if operator == "=~":
            return self._regular(self.text(left, state, line), right, state, line)
        sides = self.text(left, state, line), self.text(right, state, line)
        if operator in _NUMBERS:
            numbers = [
                self.number(s, state, line) if isinstance(s, str) else why_not(s) for s in sides
            ]
            for number in numbers:
                if isinstance(number, Hole):
                    return number
            return bool(compare(operator, str(numbers[0]), str(numbers[1])))
        return self._binary(operator, sides[0], sides[1], line)

    def _regular(self, text: Text, word: list[Any], state: State, line: int) -> bool | Hole:
        """Match an extended regular expression, and note what its parentheses match."""
        pieces = self.pattern(word, state, line)
        hole = Hole("unsupported", "a regular expression", self.place(line))
        for name in ("BASH_REMATCH", "match", "MATCH", "mbegin", "mend"):
            state.taint(name, hole)
        if isinstance(pieces, Hole):
            return pieces
        if isinstance(text, Mixed):
            return why_not(text)
        literal = self.dialect.name != "zsh"
        written = "".join(
            re.escape(part) if quoted and literal else part for part, quoted in pieces
        )
        if len(written) > _LONGEST or len(text) > _LONGEST * 16 or _RISKY.search(written):
            return hole
        if state.options.get("nocasematch", False) is not False:
            return hole
        try:
            found = re.search(written, text)
        except re.error:
            return hole
        if self.dialect.name == "bash" and "|" not in written and not _REPEATED.search(written):
            # Where there is but one way to match, its parts are those of any other engine.
            groups = (found[0], *(group or "" for group in found.groups())) if found else ()
            old = state.variable("BASH_REMATCH")
            state.put(
                "BASH_REMATCH", Variable(groups, False, old.history, True, frozenset({"array"}))
            )
        return found is not None

    # Arithmetic.

    def arithmetic(self, text: str, state: State, line: int) -> int | Hole:
        """Give the status of `(( ... ))`."""
        number = self.number(text, state, line)
        return number if isinstance(number, Hole) else int(number == 0)

    def arithmetic_text(self, text: str, state: State, line: int) -> Text:
        """Give what `$((...))` expands to."""
        number = self.number(text, state, line)
        if isinstance(number, Hole):
            return unknown_as(Hole(number.cause, number.detail, number.place, is_some=True))
        return str(number)

    def number(self, text: str, state: State, line: int) -> int | Hole:
        """Give the value of an arithmetic expression; it may set variables."""
        if text.strip().isdigit() and not text.strip().startswith("0"):
            return int(text)
        expanded = self.parameters_in(text, state, line)
        if isinstance(expanded, Mixed):
            return why_not(expanded)

        plain = self._elements_in(expanded, state, line)
        if isinstance(plain, Hole):
            return plain

        def get(name: str) -> str | None:
            value, is_set = self._plain(name, state, line)
            if isinstance(value, tuple):
                value = (
                    value[0]
                    if len(value) == 1 or self.dialect.name != "zsh"
                    else unknown_as(Hole("unsupported", f"the list `{name}` in arithmetic"))
                )
            if isinstance(value, Mixed) or is_set is None:
                raise _NotKnown(
                    why_not(value) if isinstance(value, Mixed) else Hole("opaque", name)
                )
            return value

        def put(name: str, value: str) -> None:
            self.assign(name, value, state, line)

        try:
            return arithmetic.evaluate(plain, get, put, dialect=self.dialect.name)
        except _NotKnown as error:
            return error.hole
        except Unsupported as error:
            # It may be a mistake, for which shells leave the line, the file, or altogether.
            raise Doubt(Hole("unsupported", error.detail, self.place(line))) from error

    def _elements_in(self, text: str, state: State, line: int) -> str | Hole:
        """Put elements of arrays that are only read, `x[0]`, into an expression."""
        if "[" not in text or "=" in re.sub("[<>=!]=", "", text) or "++" in text or "--" in text:
            return text
        for written in dict.fromkeys(_ELEMENT.findall(text)):
            name, _, index = written[:-1].partition("[")
            value, is_set = self._element(name, [index], state, line)
            if isinstance(value, Mixed) or is_set is None:
                return why_not(value) if isinstance(value, Mixed) else Hole("opaque", written)
            if not isinstance(value, str) or not value.isdigit():
                return text
            text = text.replace(written, f" {value} ")
        return text

    def parameters_in(self, text: str, state: State, line: int) -> Text:
        """Expand what stands in an expression with a dollar, as in double quotes."""
        if "$" not in text and "`" not in text:
            return text
        script = self.world.snippet(f': "{text}"', self.syntax)
        if isinstance(script, Absent):
            return unknown_as(hole_about(text, script))
        words = script[0][3] if script and script[0][0] == "cmd" else []
        if len(words) != 2:  # noqa: PLR2004
            return unknown_as(Hole("unsupported", f"the expression `{text}`"))
        return self.text(words[1], state, line)


def _same(left: Text, right: Text) -> bool | Hole:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    for one, other in ((left, right), (right, left)):
        if one == "" and is_empty(other) is False:
            return False
        if isinstance(one, str) and isinstance(other, Mixed) and not could_be(other, one):
            return False
    holed = left if isinstance(left, Mixed) else right
    return why_not(holed)


def _asked_empty(text: Text) -> bool | Hole:
    empty = is_empty(text)
    return why_not(text) if empty is None else empty


def _negated(answer: bool | Hole) -> bool | Hole:
    return answer if isinstance(answer, Hole) else not answer


def _either(kind: str, left: bool | Hole, right: Any) -> bool | Hole:
    decides = kind == "or"
    if left is decides:
        return decides
    other: bool | Hole = right()
    if not isinstance(left, Hole):
        return other
    return decides if other is decides else left


def _status(answer: bool | Hole) -> int | Hole:
    return answer if isinstance(answer, Hole) else int(not answer)
