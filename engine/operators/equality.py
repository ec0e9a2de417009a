"""Equality of any two values: deep, exact, unsure only where holes or secrets leave it open."""

from __future__ import annotations

from engine.model.facts import Absent, PartialList, PartialMap, Redacted
from engine.operators._base import Fast, operator, unsure_of
from engine.operators._kinds import PRESENT
from engine.operators._kleene import every
from engine.operators._secrets import REDACTED, same_secret

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from engine.model.json_value import Json
    from engine.operators._base import Answer

_NUMBERS = frozenset({int, float})
_SCALARS = frozenset({str, int, float, bool, type(None)})
_LISTS = frozenset({list, PartialList})
_MAPPINGS = frozenset({dict, PartialMap})


def same_value(ours: Json, theirs: Json) -> Answer:
    """Say whether two values are equal, or why that is not known.

    `1` is `1.0`, but neither `true` nor `"1"`. A known difference decides, whatever else is open.
    """
    left, right = type(ours), type(theirs)
    if left is right and left in _SCALARS:
        return bool(ours == theirs)
    if left is Absent or right is Absent:
        return unsure_of(ours if left is Absent else theirs)
    if left is Redacted or right is Redacted:
        return same_secret(ours, theirs) if left is right else REDACTED
    if left in _LISTS and right in _LISTS:
        return every(_list_answers(ours, theirs))
    if left in _MAPPINGS and right in _MAPPINGS:
        return every(_mapping_answers(ours, theirs))
    return left in _NUMBERS and right in _NUMBERS and bool(ours == theirs)


def _list_answers(ours: Json, theirs: Json) -> Iterator[Answer]:
    yield from map(same_value, ours, theirs)
    shared = min(len(ours), len(theirs))
    yield from (_answer_unpaired(value, theirs) for value in ours[shared:])
    yield from (_answer_unpaired(value, ours) for value in theirs[shared:])
    yield from _answer_more(ours, theirs)


def _mapping_answers(ours: Json, theirs: Json) -> Iterator[Answer]:
    for key, value in ours.items():
        yield same_value(value, theirs[key]) if key in theirs else _answer_unpaired(value, theirs)
    yield from (_answer_unpaired(theirs[key], ours) for key in theirs.keys() - ours.keys())
    yield from _answer_more(ours, theirs)


def _answer_unpaired(value: Json, other: Json) -> Answer:
    """Answer for an element that the other side does not show, though it may have it."""
    hole = value if type(value) is Absent else _more(other)
    return False if hole is None else unsure_of(hole)


def _answer_more(ours: Json, theirs: Json) -> Iterator[Answer]:
    yield from (unsure_of(hole) for hole in (_more(ours), _more(theirs)) if hole is not None)


def _more(container: Json) -> Absent | None:
    more: Absent | None = getattr(container, "more", None)
    return more


def key_of(value: Json) -> Any:
    """Give a hashable that equal values share and no others; None with holes or secrets in it."""
    kind = type(value)
    if kind in _SCALARS:
        return kind is bool, value
    if kind is list:
        keys = [key_of(child) for child in value]
        return None if None in keys else ("list", tuple(keys))
    if kind is dict:
        keys = [key_of(child) for child in value.values()]
        return None if None in keys else ("mapping", frozenset(zip(value, keys, strict=True)))
    return None


@operator(
    "equals",
    actual=PRESENT,
    expected=PRESENT,
    fast=(
        Fast(str, str, "a == e"),
        Fast(int, int, "a == e"),
        Fast(float, float, "a == e"),
        Fast(int, float, "a == e"),
        Fast(float, int, "a == e"),
        Fast(bool, bool, "a is e"),
    ),
)
def equals(actual: Json, expected: Json) -> Answer:
    """The values are the same; nothing is converted, so `"1"` is not `1`."""
    return same_value(actual, expected)
