"""The meaning of conditions where something is not known."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.evaluate.prove import all_of, any_of, negate

if TYPE_CHECKING:
    from tests.evaluate.conftest import Court

TRUTHS = st.lists(st.sampled_from([True, False, None]))
SECRET = {"$redacted": ["x"]}


@given(TRUTHS)
def test_all_and_any_are_each_others_mirror(truths):
    assert all_of(truths) is negate(any_of([negate(truth) for truth in truths]))
    assert negate(negate(all_of(truths))) is all_of(truths)


@given(TRUTHS, st.randoms())
def test_the_order_of_truths_does_not_matter(truths, random):
    shuffled = random.sample(truths, len(truths))
    assert all_of(shuffled) is all_of(truths)
    assert any_of(shuffled) is any_of(truths)


@given(TRUTHS)
def test_what_is_known_later_never_turns_an_answer_round(truths):
    """Filling in what is not known can only settle an answer."""
    gaps = [position for position, truth in enumerate(truths) if truth is None][:4]
    for filling in product([True, False], repeat=len(gaps)):
        filled = list(truths)
        for position, truth in zip(gaps, filling, strict=True):
            filled[position] = truth
        for combine in (all_of, any_of):
            assert combine(truths) in {None, combine(filled)}


@pytest.mark.parametrize(
    ("matcher", "known", "unknown", "outcome"),
    [
        ("{at_least: 2}", 2, 2, "pass"),
        ("{at_least: 3}", 2, 2, "unknown"),
        ("{at_least: 5}", 2, 2, "fail"),
        ("{at_most: 4}", 2, 2, "pass"),
        ("{at_most: 1}", 2, 2, "fail"),
        ("3", 2, 2, "unknown"),
        ("3", 3, 0, "pass"),
        ("5", 2, 2, "fail"),
        ("{in: [2, 3, 4]}", 2, 2, "pass"),
        ("{in: [2, 4]}", 2, 2, "unknown"),
        ("{not: 3}", 2, 2, "unknown"),
        ("{not: {in: [0, 9]}}", 2, 2, "pass"),
        ("{more_than: 2.5, less_than: 2.9}", 2, 2, "fail"),
        ("{more_than: 2.5, less_than: 3.5}", 2, 2, "unknown"),
        ("{equals: {fact: three}}", 3, 0, "pass"),
        ("{equals: {fact: gap}}", 3, 0, "unknown"),
        ("{in: [3, {fact: gap}]}", 3, 0, "pass"),
        ("{exists: true}", 2, 2, "pass"),
        # A schema may tell any two numbers apart.
        ("{conforms_to: {const: 3}}", 2, 2, "unknown"),
        ("{conforms_to: {minimum: 2, maximum: 4}}", 2, 2, "pass"),
        ("{conforms_to: {const: 5}}", 2, 2, "fail"),
        ("{conforms_to: {multipleOf: 4}}", 0, 4, "unknown"),
        ("{conforms_to: {multipleOf: 4}}", 4, 0, "pass"),
        ("{not: {conforms_to: {multipleOf: 4}}}", 0, 4, "unknown"),
    ],
)
def test_a_count_is_an_interval(court: Court, matcher: str, known: int, unknown: int, outcome):
    facts = {"xs": [1] * known + [SECRET] * unknown + [0], "three": 3}
    rule = f"require: {{count: {{of: xs, as: x, where: {{x: 1}}, is: {matcher}}}}}"
    if "gap" in matcher:
        facts["gaps"] = {}
        rule = rule.replace("gap", "gaps.gap")
    assert court.verdict(rule, facts).outcome == outcome


@pytest.mark.parametrize(
    ("matcher", "outcome"),
    [
        ("{at_least: 1}", "pass"),
        ("{at_least: 2}", "unknown"),
        ("{at_most: 1000000}", "unknown"),
        ("{at_most: 0}", "fail"),
        ("0", "fail"),
        ("{not: 0}", "pass"),
        ("{conforms_to: {minimum: 0}}", "unknown"),
    ],
)
def test_of_a_list_that_was_not_read_whole_there_may_be_any_number(
    court: Court, matcher: str, outcome: str
):
    rule = f"require: {{count: {{of: xs, as: x, is: {matcher}}}}}"
    absent = {"/xs/-": {"reason": "too_large"}}
    assert court.verdict(rule, {"xs": [1]}, absent=absent).outcome == outcome


@pytest.mark.parametrize(
    ("values", "outcome"),
    [
        ([1, 1.0], "pass"),
        ([1, True], "fail"),
        ([1, "1"], "fail"),
        ([1, None], "fail"),
        ([None, None], "pass"),
        ([], "pass"),
        ([1], "pass"),
        ([SECRET], "pass"),
        ([SECRET, SECRET], "pass"),
        ([SECRET, 1], "unknown"),
        ([SECRET, 1, 2], "fail"),
        ([{"a": [1]}, {"a": [1]}], "pass"),
    ],
)
def test_same_is_no_when_a_difference_is_certain(court: Court, values: list[Any], outcome: str):
    rule = "require: {same: {of: xs, as: x, value: x}}"
    assert court.verdict(rule, {"xs": values}).outcome == outcome


def test_a_hole_among_values_leaves_same_open_unless_others_differ(court: Court):
    rule = "require: {same: {of: xs, as: x, value: x.v}}"
    for values, outcome in ([1, 1], "unknown"), ([1, 2], "fail"), ([], "unknown"):
        elements: list[Any] = [{"v": value} for value in values]
        assert court.verdict(rule, {"xs": [{}, *elements]}).outcome == outcome


@pytest.mark.parametrize(
    ("quantifier", "outcomes"),
    [
        # of: nothing; all hold; none holds; some hold; known ones hold; known ones do not
        ("every", ["pass", "pass", "fail", "fail", "unknown", "fail"]),
        ("some", ["fail", "pass", "fail", "pass", "pass", "unknown"]),
        ("none", ["pass", "fail", "pass", "fail", "fail", "unknown"]),
    ],
)
def test_quantifiers_follow_all_and_any(court: Court, quantifier: str, outcomes: list[str]):
    rule = f"require: {{{quantifier}: xs, as: x, satisfies: {{x: 1}}}}"
    domains: list[list[Any]] = [[], [1, 1], [2, 2], [1, 2], [1, SECRET], [2, SECRET]]
    found = [court.verdict(rule, {"xs": domain}).outcome for domain in domains]
    assert found == outcomes


def test_an_unknown_filter_makes_an_unknown_element_even_where_the_condition_holds(court: Court):
    rule = "require: {every: xs, as: x, where: {x.a: 1}, satisfies: {x.b: 1}}"
    assert court.verdict(rule, {"xs": [{"b": 1}]}).outcome == "unknown"
    assert court.verdict(rule, {"xs": [{"b": 2}]}).outcome == "unknown"
    assert court.verdict(rule, {"xs": [{"b": 1}, {"a": 1, "b": 2}]}).outcome == "fail"
    assert court.verdict(rule, {"xs": [{"a": 2}]}).outcome == "pass"


@pytest.mark.parametrize("domain", ["null", "text", "secret", "gap.x", "nowhere"])
@pytest.mark.parametrize(
    "condition",
    [
        "{every: D, as: x, satisfies: {x: 1}}",
        "{some: D, as: x, satisfies: {x: 1}}",
        "{none: D, as: x, satisfies: {x: 1}}",
        "{count: {of: D, as: x, is: {at_least: 0}}}",
        "{same: {of: D, as: x, value: x}}",
    ],
)
def test_a_domain_that_cannot_be_walked_through_is_never_empty(
    court: Court, domain: str, condition: str
):
    facts = {"null": None, "text": "t", "secret": SECRET, "gap": {}}
    quoted = f"'{domain}'" if domain == "null" else domain
    for rule in (condition, f"{{not: {condition}}}"):
        verdict = court.verdict(f"require: {rule.replace('D', quoted)}", facts)
        assert verdict.outcome == "unknown"
