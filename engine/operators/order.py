"""Order of numbers, and of versions wherever the sides declare a scheme; texts have no order."""

from __future__ import annotations

from operator import eq, ge, gt, le, lt, ne

from engine.operators._base import Fast, Kind, Unfit, Unsure, operator
from engine.operators._kinds import UNFIT
from engine.versions import IN_WORDS, SCHEMES, version_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from engine.model.json_value import Json
    from engine.operators._base import Answer

    Range: TypeAlias = tuple[tuple[Callable[[Any, Any], bool], Any], ...]

NO_SCHEME = Unsure(
    "wrong_type",
    "texts have no order unless a scheme of versions is declared;"
    " write `version: {at_least: ..., scheme: go}`, or declare a `format` in the facts' schema",
)
TWO_SCHEMES = Unfit("wrong_type", "the two sides declare different schemes of versions")
_NUMBERS = frozenset({int, float})


def _read_version(value: Json, form: str) -> Any:
    """Read a version of the form's scheme; without a scheme it stays a text without order."""
    if type(value) is not str:
        return UNFIT
    if form in SCHEMES:
        key = version_key(value, form)
        return Unfit("parse_error", f"it is not {IN_WORDS[form]}") if key is None else key
    return TWO_SCHEMES if form == "mixed" else value


def _read_number_or_version(value: Json, form: str) -> Any:
    if type(value) in _NUMBERS:
        if form in SCHEMES:
            return Unfit("wrong_type", f"it must be {IN_WORDS[form]}, as a text")
        return TWO_SCHEMES if form == "mixed" else value
    return _read_version(value, form)


VERSION = Kind("a version", ("string",), _read_version)
NUMBER_OR_VERSION = Kind(
    "a number or a version", ("number", "integer", "string"), _read_number_or_version
)


def _numbers(expression: str) -> tuple[Fast, ...]:
    return tuple(Fast(a, e, expression) for a in (int, float) for e in (int, float))


@operator("less_than", actual=NUMBER_OR_VERSION, expected=NUMBER_OR_VERSION, fast=_numbers("a < e"))
def less_than(actual: Any, expected: Any) -> Answer:
    """The number or version comes before the expected one."""
    return _no_order(actual, expected) or actual < expected


@operator("at_most", actual=NUMBER_OR_VERSION, expected=NUMBER_OR_VERSION, fast=_numbers("a <= e"))
def at_most(actual: Any, expected: Any) -> Answer:
    """The number or version is the expected one or comes before it."""
    return _no_order(actual, expected) or actual <= expected


@operator("more_than", actual=NUMBER_OR_VERSION, expected=NUMBER_OR_VERSION, fast=_numbers("a > e"))
def more_than(actual: Any, expected: Any) -> Answer:
    """The number or version comes after the expected one."""
    return _no_order(actual, expected) or actual > expected


@operator("at_least", actual=NUMBER_OR_VERSION, expected=NUMBER_OR_VERSION, fast=_numbers("a >= e"))
def at_least(actual: Any, expected: Any) -> Answer:
    """The number or version is the expected one or comes after it."""
    return _no_order(actual, expected) or actual >= expected


def _no_order(actual: Any, expected: Any) -> Unsure | None:
    """Say why two values that were read cannot be ordered: one of them is still a text."""
    return NO_SCHEME if type(actual) is str or type(expected) is str else None


_COMPARISONS = {"<=": le, ">=": ge, "!=": ne, "<": lt, ">": gt, "=": eq}


def _read_range(value: Json, form: str) -> Range | Unfit:
    if type(value) is not str:
        return UNFIT
    clauses = []
    for clause in value.split(","):
        sign = next((sign for sign in _COMPARISONS if clause.strip().startswith(sign)), None)
        if sign is None:
            return Unfit("parse_error", "each part must start with one of `= != < <= > >=`")
        text = clause.strip().removeprefix(sign).strip()
        key = _read_version(text, form)
        if not text or text.startswith("="):
            return Unfit("parse_error", f"no version follows `{sign}`")
        if type(key) is Unfit:
            return key
        clauses.append((_COMPARISONS[sign], key))
    return tuple(clauses)


RANGE = Kind("a range of versions such as `>=1.22, <1.25`", ("string",), _read_range)


@operator("version", actual=VERSION, expected=RANGE)
def version(actual: Any, expected: Range) -> Answer:
    """The version lies in the range (`>=1.22, <1.25`), in the pure order of its scheme."""
    if type(actual) is str:
        return NO_SCHEME
    return all(compare(actual, key) for compare, key in expected)
