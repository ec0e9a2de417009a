"""What an operator is, and the driver that answers *unknown* where a side is not what it must be.

An operator is a plain function of two values that its kinds have read. A kind takes only what it
can read: whatever is absent, redacted or of a wrong type never reaches the function, and gets one
wording. What can be decided in spite of holes, `same_value` and `_kleene` decide.
"""

from __future__ import annotations

from engine.model.facts import Absent, Redacted, type_in_words
from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from engine.model.json_value import Json

    Answer: TypeAlias = "bool | Unsure"
    Bound: TypeAlias = Callable[[Json, int | None], Answer]


@record
class Unsure:
    """No answer, and why: a cause out of `CAUSES` and what a person should know."""

    cause: str
    detail: str = ""


@record
class Unfit:
    """What a kind gives for a value that it does not take; `why` says more than the type does."""

    cause: str = "wrong_type"
    why: str = ""


@record
class Kind:
    """What one side of an operator takes.

    `words` names it in messages ("a text"); `types` are the JSON Schema types that lint accepts;
    `read` takes a value and a form and gives what the operator's function takes, or `Unfit`.
    """

    words: str
    types: tuple[str, ...]
    read: Callable[[Json, str], Any]


@record
class Fast:
    """An expression over `a` and `e` that equals the operator where both have exactly these types.

    `e` is the operand as its kind reads it. It does not hold under the form `except_form`.
    """

    actual: type
    expected: type
    expression: str
    except_form: str = ""


@record
class Operator:
    """A named, typed comparison.

    `function` takes the actual and the expected value as their kinds read them and, if `is_timed`,
    the keyword `now` (nanoseconds since 1970, UTC). The form that kinds get is the declared format
    of the sides: `go`, `semver`, `pep440`, `path`, `path-list`, `date-time`, `mixed` (two schemes
    of versions) or empty.
    """

    name: str
    summary: str
    actual: Kind
    expected: Kind
    function: Callable[..., Answer]
    is_timed: bool = False
    fast: tuple[Fast, ...] = ()

    def holds(self, actual: Json, expected: Json, form: str = "", now: int | None = None) -> Answer:
        """Say whether it holds between two values of the facts, or why that is not known."""
        return self.bind(expected, form)(actual, now)

    def bind(self, expected: Json, form: str = "") -> Bound:
        """Give the test against one operand, which is read only once."""
        operand = self.operand(expected, form)
        read, function, is_timed = self.actual.read, self.function, self.is_timed
        if isinstance(operand, Unsure):
            function, is_timed = (lambda _value, _operand: operand), False

        def test(actual: Json, now: int | None) -> Answer:
            value = read(actual, form)
            if type(value) is Unfit:
                return self._unsure(actual, value, self.actual.words)
            return function(value, operand, now=now) if is_timed else function(value, operand)

        return test

    def operand(self, expected: Json, form: str = "") -> Any:
        """Give an operand as the function and the fast expressions take it, or `Unsure`."""
        operand = self.expected.read(expected, form)
        if type(operand) is Unfit:
            return self._unsure(expected, operand, f"{self.expected.words} as its operand")
        return operand

    def expression(self, actual: type, operand: Any, form: str = "") -> str | None:
        """Give the fast expression for actual values of exactly this type, if there is one."""
        for fast in self.fast:
            has_types = (actual, type(operand)) == (fast.actual, fast.expected)
            if has_types and (not form or form != fast.except_form):
                return fast.expression
        return None

    def refuses(self, expected: Json, form: str = "") -> str | None:
        """Say why a literal can never be this operator's operand, or None if it can.

        An empty form refuses nothing that some form would accept.
        """
        operand = self.expected.read(expected, form)
        if type(operand) is not Unfit:
            return None
        why = f": {operand.why}" if operand.why else ""
        return f"`{self.name}` expects {self.expected.words}, got {_quoted(expected)}{why}"

    def _unsure(self, value: Json, unfit: Unfit, words: str) -> Unsure:
        """Say why a value is not what it must be, by its type alone: it may be a secret."""
        if isinstance(value, Absent):
            return Unsure(value.cause, value.detail)
        if isinstance(value, Redacted):
            return Unsure("redacted")
        why = f": {unfit.why}" if unfit.why else ""
        return Unsure(
            unfit.cause, f"`{self.name}` expects {words}, got {type_in_words(value)}{why}"
        )


def operator(
    name: str, *, actual: Kind, expected: Kind, fast: tuple[Fast, ...] = ()
) -> Callable[[Callable[..., Answer]], Operator]:
    """Turn a documented function into an operator; its docstring's first line is the summary."""

    def make(function: Callable[..., Answer]) -> Operator:
        summary = (function.__doc__ or "").partition("\n")[0]
        # `now` is the only keyword that an operator can ask for.
        is_timed = bool(function.__code__.co_kwonlyargcount)
        return Operator(name, summary, actual, expected, function, is_timed, fast)

    return make


def unsure_of(hole: Absent) -> Unsure:
    """Give the answer that rests on a value that is not there."""
    return Unsure(hole.cause, hole.detail)


_LONGEST_QUOTE = 60


def _quoted(literal: Json) -> str:
    """Quote what a person wrote: "the number `5`"."""
    if literal is None:
        return "null"
    from json import dumps  # noqa: PLC0415 - only a refused rule needs it

    text = literal if isinstance(literal, str) else dumps(literal, ensure_ascii=False)
    short = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    return f"the {type_in_words(literal).partition(' ')[2]} `{short}`"
