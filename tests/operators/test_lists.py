from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.model.facts import Absent, PartialList
from engine.operators import OPERATORS
from engine.operators._base import Unsure

MEMBERS = st.sampled_from(["a", "b", 1, 1.0, True, None]) | st.just({"k": 1})
LISTS = st.lists(MEMBERS, max_size=4)
HOLED = st.builds(
    lambda values, more: opened(values, more=more),
    st.lists(MEMBERS | st.builds(Absent, st.just("permission")), max_size=4),
    st.booleans(),
)
SETS = ["contains_all", "contains_any", "subset_of"]


def opened(values: list[Any], *, more: bool) -> PartialList:
    """Make a list one with holes, and maybe one that goes on."""
    open_list = PartialList(values)
    open_list.more = Absent("opaque") if more else None
    return open_list


def filled(values: PartialList, data: Any) -> list[Any]:
    """Fill every hole in some way that it may turn out."""
    whole = [data.draw(MEMBERS) if isinstance(value, Absent) else value for value in values]
    return whole + (data.draw(LISTS) if values.more else [])


def holds(name: str, actual: Any, expected: Any) -> Any:
    return OPERATORS[name].holds(actual, expected)


@given(LISTS, LISTS)
def test_a_list_has_all_of_another_exactly_if_that_is_a_subset(
    one: list[Any], two: list[Any]
) -> None:
    assert holds("contains_all", one, two) is holds("subset_of", two, one)


@given(LISTS, MEMBERS)
def test_a_list_contains_exactly_what_is_in_it(values: list[Any], value: Any) -> None:
    assert holds("contains", values, value) is holds("in", value, values)
    assert holds("contains", values, value) is holds("contains_any", values, [value])


@given(LISTS)
def test_a_list_repeats_exactly_if_a_member_is_in_the_rest(values: list[Any]) -> None:
    repeats = any(holds("in", value, values[at + 1 :]) for at, value in enumerate(values))
    assert holds("unique", values, True) is not repeats
    assert holds("unique", values, False) is repeats


@given(HOLED, HOLED, st.sampled_from(SETS), st.data())
def test_a_certain_answer_on_sets_stands_however_the_holes_turn_out(
    actual: PartialList, expected: PartialList, name: str, data: Any
) -> None:
    answer = holds(name, actual, expected)
    if not isinstance(answer, Unsure):
        assert holds(name, filled(actual, data), filled(expected, data)) is answer


@given(HOLED, st.booleans(), st.data())
def test_a_certain_answer_on_repeats_stands_however_the_holes_turn_out(
    actual: PartialList, expected: bool, data: Any
) -> None:
    for name in ("unique", "empty"):
        answer = holds(name, actual, expected)
        if not isinstance(answer, Unsure):
            assert holds(name, filled(actual, data), expected) is answer


@given(HOLED, st.permutations(["a", "b", 1]), st.data())
def test_a_certain_answer_on_order_stands_however_the_holes_turn_out(
    actual: PartialList, expected: list[Any], data: Any
) -> None:
    answer = holds("ordered", actual, expected)
    if not isinstance(answer, Unsure):
        assert holds("ordered", filled(actual, data), expected) is answer


@given(LISTS, st.permutations(["a", "b", 1]))
def test_order_is_that_of_first_places(actual: list[Any], expected: list[Any]) -> None:
    places = [
        next(at for at, value in enumerate(actual) if holds("equals", value, wanted))
        for wanted in expected
        if holds("contains", actual, wanted)
    ]
    assert holds("ordered", actual, expected) is (places == sorted(places))
