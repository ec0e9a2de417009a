"""Lists and sets: what is among what, and in which order.

Every comparison of members is `same_value`, so a hole leaves open only what depends on it. Of a
list that may go on, `members` gives one more member of which nothing is known.

Under the form `path-list` members are absolute paths in their shortest spelling, and a text is a
list separated by `:`, as in PATH. A member that is no such path compares with nothing for certain.
"""

from __future__ import annotations

from itertools import combinations

from engine.model.facts import Absent, PartialList, Redacted
from engine.operators._base import Fast, Kind, Unfit, Unsure, operator, unsure_of
from engine.operators._kinds import ANY_TYPE, TRUTH, UNFIT
from engine.operators._kleene import agrees, every, some
from engine.operators._secrets import REDACTED
from engine.operators.equality import key_of, same_value
from engine.operators.paths import normal_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from engine.model.json_value import Json
    from engine.operators._base import Answer

    # A frozenset holds the members of an operand that is a list of texts.
    Members: TypeAlias = list[Json] | frozenset[str]

PATHS = "path-list"
_LISTS = frozenset({list, PartialList})


def _read_list(value: Json, form: str) -> Json:
    if form == PATHS and type(value) is str:
        value = value.split(":") if value else []
    if type(value) not in _LISTS:
        return UNFIT
    return _paths(value) if form == PATHS else value


def _paths(values: list[Json]) -> list[Json]:
    paths = PartialList([_path_or_hole(value) for value in values])
    paths.more = getattr(values, "more", None)
    return paths


def _path_or_hole(value: Json) -> Json:
    path = normal_path(value) if isinstance(value, str) else value
    if isinstance(path, Unfit):
        return Absent(path.cause, f"one of the paths cannot be compared: {path.why}")
    return path


def _read_choices(value: Json, form: str) -> Json:
    values = _read_list(value, form)
    return frozenset(values) if values is not UNFIT and _are_known_texts(values) else values


def _read_sequence(value: Json, form: str) -> Json:
    values = _read_list(value, form)
    if values is not UNFIT and _is_unique(values) is False:
        return Unfit("parse_error", "it names a member twice")
    return values


def _are_known_texts(values: list[Json]) -> bool:
    return getattr(values, "more", None) is None and all(type(value) is str for value in values)


def _read_member(value: Json, form: str) -> Json:
    if type(value) is Absent:
        return UNFIT
    return normal_path(value) if form == PATHS else value


def _read_wanted(value: Json, form: str) -> Json:
    return UNFIT if type(value) is Redacted else _read_member(value, form)


def _read_text_or_list(value: Json, form: str) -> Json:
    return value if type(value) is str and form != PATHS else _read_list(value, form)


LIST = Kind("a list", ("array",), _read_list)
CHOICES = Kind("a list", ("array",), _read_choices)
SEQUENCE = Kind("a list without repeats", ("array",), _read_sequence)
MEMBER = Kind("a value", ANY_TYPE, _read_member)
WANTED = Kind("a value", ANY_TYPE, _read_wanted)
TEXT_OR_LIST = Kind("a text or a list", ("string", "array"), _read_text_or_list)


def members(values: Members) -> Iterator[Json]:
    """Give every member, and what a list may hold beyond them."""
    yield from values
    more = getattr(values, "more", None)
    if more is not None:
        yield more


def is_among(value: Json, values: Members) -> Answer:
    """Say whether a value is a member."""
    if type(value) is Absent:
        return unsure_of(value)
    if type(value) is str and type(values) is frozenset:
        return value in values
    return some(same_value(member, value) for member in members(values))


@operator("in", actual=MEMBER, expected=CHOICES, fast=(Fast(str, frozenset, "a in e", PATHS),))
def in_(actual: Json, expected: Members) -> Answer:
    """The value equals one of the list."""
    return is_among(actual, expected)


@operator("contains", actual=TEXT_OR_LIST, expected=WANTED, fast=(Fast(str, str, "e in a", PATHS),))
def contains(actual: Json, expected: Json) -> Answer:
    """The text holds the expected text anywhere; or the list has the expected member."""
    if type(actual) is not str:
        return is_among(expected, actual)
    if type(expected) is str:
        return expected in actual
    return NO_TEXT_IN_TEXT


NO_TEXT_IN_TEXT = Unsure(
    "wrong_type", "`contains` expects a text as its operand when it searches a text"
)


@operator("contains_all", actual=LIST, expected=CHOICES)
def contains_all(actual: Members, expected: Members) -> Answer:
    """The list has every expected member."""
    return every(is_among(value, actual) for value in members(expected))


@operator("contains_any", actual=LIST, expected=CHOICES)
def contains_any(actual: Members, expected: Members) -> Answer:
    """The list has at least one expected member."""
    return some(is_among(value, expected) for value in members(actual))


@operator("subset_of", actual=LIST, expected=CHOICES)
def subset_of(actual: Members, expected: Members) -> Answer:
    """Every member of the list is an expected one."""
    return every(is_among(value, expected) for value in members(actual))


@operator("unique", actual=LIST, expected=TRUTH)
def unique(actual: list[Json], expected: bool) -> Answer:
    """No member of the list repeats; or, with `false`, some member does."""
    return agrees(_is_unique(actual), expected)


def _is_unique(values: list[Json]) -> Answer:
    keys = [key_of(value) for value in values]
    plain = [key for key in keys if key is not None]
    if len(set(plain)) < len(plain):
        return False
    # Only what has holes or secrets is left to be compared, once with each other member.
    repeats = (
        same_value(values[here], values[there])
        for here, key in enumerate(keys)
        if key is None
        for there, other in enumerate(keys)
        if here < there or other is not None
    )
    more = getattr(values, "more", None)
    return agrees(some([*repeats, unsure_of(more)] if more else repeats), expected=False)


@operator("ordered", actual=LIST, expected=SEQUENCE)
def ordered(actual: list[Json], expected: list[Json]) -> Answer:
    """The expected members that are there stand in the expected order, by their first places."""
    hole = getattr(actual, "more", None) or getattr(expected, "more", None)
    if hole is not None:
        return unsure_of(hole)
    if set(map(type, actual)) | set(map(type, expected)) == {str}:
        known = [actual.index(value) for value in expected if value in actual]
        return known == sorted(known)
    places = [_First(actual, value) for value in expected]
    return every(one.is_before(other) for one, other in combinations(places, 2))


class _First:
    """Where a value first stands in a list: where it may at the earliest, and where it does."""

    def __init__(self, values: list[Json], wanted: Json) -> None:
        self.possible: int | None = None
        self.certain: int | None = None
        self.unsure: Unsure | None = None
        for place, value in enumerate(values):
            answer = same_value(value, wanted)
            if answer is False:
                continue
            if self.possible is None:
                self.possible = place
            if answer is True:
                self.certain = place
                break
            self.unsure = self.unsure or answer

    def is_before(self, other: _First) -> Answer:
        """Say whether it stands before another, or one of them nowhere."""
        if self.possible is None or other.possible is None:
            return True
        if self.certain is not None and self.certain < other.possible:
            return True
        if other.certain is not None and self.certain is not None and other.certain < self.possible:
            return False
        # Without an unsure answer, only two secrets can have one place.
        return self.unsure or other.unsure or REDACTED
