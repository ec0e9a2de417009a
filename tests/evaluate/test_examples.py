"""Rules tried on their examples, and the branches that no example decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.evaluate.examples import Coverage, try_example
from engine.evaluate.scope import Scope
from engine.model.place import Place
from engine.model.rules import Example
from tests.evaluate.conftest import document

if TYPE_CHECKING:
    from tests.evaluate.conftest import Court

PLACE = Place("r.yaml", 1, 1)


def mistake(court: Court, rule: str, expect: Any, facts: dict[str, Any], **rest: Any) -> str | None:
    """Try one example; give how its verdict differs from what it expects."""
    says = rest.pop("says", None)
    program = court.program(rule)
    example = Example("a", facts, expect, PLACE, says=says)
    trial = try_example(program, program.rules[0], example, document(facts, **rest), None)
    return trial.mistake


RULE = "require: {x: 1}\nmessage: x is {x}"


@pytest.mark.parametrize(
    ("expect", "facts", "complaint"),
    [
        ("pass", {"x": 1}, None),
        ("fail", {"x": 2}, None),
        ("unknown", {}, None),
        ("pass", {"x": 2}, "expected pass, got fail: x is 2"),
        ("pass", {}, "expected pass, got unknown: x is unknown (missing)"),
        ("not_applicable", {"x": 1}, "expected not applicable, got pass"),
    ],
)
def test_an_example_is_right_or_says_what_it_got(court: Court, expect, facts, complaint):
    assert mistake(court, RULE, expect, facts) == complaint


def test_an_example_may_say_a_part_of_the_message(court: Court):
    assert mistake(court, RULE, "fail", {"x": 2}, says="is 2") is None
    assert mistake(court, RULE, "fail", {"x": 2}, says="is 3") == (
        "`is 3` is not said; it says: x is 2"
    )
    assert mistake(court, RULE, "pass", {"x": 1}, says="is 1") == (
        "`is 1` is not said; it says nothing"
    )


def test_an_example_may_say_why_something_is_unknown(court: Court):
    absent = {"/x": {"reason": "permission", "detail": "closed"}}
    assert mistake(court, RULE, "unknown", {}, absent=absent, says="x: permission closed") is None


def test_an_example_of_another_kind_is_a_mistake(court: Court):
    rule = f"subjects: [ci]\n{RULE}"
    assert mistake(court, rule, "pass", {"x": 1}, subject={"kind": "repository"}) == (
        "the rule does not apply to a repository"
    )


# Coverage


def undecided(court: Court, rule: str, *examples: dict[str, Any], **envelope: Any) -> list[str]:
    """Give the branches that some documents leave undecided."""
    program = court.program(rule)
    (compiled,) = program.rules
    coverage = Coverage()
    for facts in examples:
        coverage.note(compiled, Scope(program, document(facts, **envelope), None))
    scope = Scope(program, document({}), None)
    return [
        f"{branch.line}: {branch.text}: {branch.missing}"
        for branch in coverage.undecided(compiled, scope)
    ]


def test_without_examples_no_branch_is_decided(court: Court):
    rule = "when: {w: 1}\nrequire:\n  any: [{x: 1}, {not: {y: 1}}]"
    assert undecided(court, rule) == [
        "1: when: w equals 1: yes or no",
        "3: require: x equals 1: yes or no",
        "3: require: y equals 1: yes or no",
    ]


def test_a_branch_is_decided_when_it_came_out_both_ways(court: Court):
    rule = "require: {any: [{x: 1}, {not: {y: 1}}]}"
    assert undecided(court, rule, {"x": 1, "y": 1}) == [
        "1: require: x equals 1: no",
        "1: require: y equals 1: no",
    ]
    assert undecided(court, rule, {"x": 1, "y": 1}, {"x": 2, "y": 2}) == []
    assert undecided(court, rule, {}) == [
        "1: require: x equals 1: yes or no",
        "1: require: y equals 1: yes or no",
    ], "an unknown decides nothing"


def test_a_guard_that_is_no_hides_what_follows(court: Court):
    rule = "when: {w: 1}\nunless: {u: 1}\nrequire: {x: 1}"
    assert undecided(court, rule, {"w": 1, "u": 2, "x": 1}, {"w": 2, "u": 1, "x": 2}) == [
        "3: require: x equals 1: no"
    ]


def test_filters_are_decided_by_the_elements_they_keep_and_leave_out(court: Court):
    rule = "for_each: xs\nas: x\nwhere: {x.a: 1}\nunless: {x.b: 1}\nrequire: {x.c: 1}"
    kept, left_out, excepted = {"a": 1, "b": 2, "c": 1}, {"a": 2, "b": 2}, {"a": 1, "b": 1}
    assert undecided(court, rule, {"xs": [kept]}) == [
        "3: where: x.a equals 1: no",
        "4: unless: x.b equals 1: yes",
        "5: require: x.c equals 1: no",
    ]
    assert undecided(court, rule, {"xs": [kept, left_out, excepted, kept | {"c": 2}]}) == []


@pytest.mark.parametrize(
    "condition",
    [
        "{every: xs, as: x, where: {x.a: 1}, satisfies: {x.b: 1}}",
        "{some: xs, as: x, where: {x.a: 1}, satisfies: {x.b: 1}}",
        "{none: xs, as: x, where: {x.a: 1}, satisfies: {x.b: 1}}",
        "{count: {of: xs, as: x, where: {x.a: 1}, is: {at_most: 1}}}",
        "{same: {of: xs, as: x, where: {x.a: 1}, value: x.b}}",
    ],
)
def test_the_filter_of_a_quantifier_is_decided_by_what_it_leaves_out(court: Court, condition: str):
    good, bad, out = {"a": 1, "b": 1}, {"a": 1, "b": 2}, {"a": 2, "b": 1}
    rule = f"require: {condition}"
    assert (
        undecided(court, rule, {"xs": [good, out]}, {"xs": [good, bad]}, {"xs": [bad, bad]}) == []
    )
    left = undecided(court, rule, {"xs": [good]}, {"xs": [good, bad]}, {"xs": [bad, bad]})
    assert left == ["1: require: x.a equals 1: no"]


def test_a_definition_is_looked_into(court: Court):
    program = court.program("require: {use: d}", "define: {d: {x: 1}}")
    (compiled,) = program.rules
    branches = Coverage().undecided(compiled, Scope(program, document({}), None))
    assert [branch.text for branch in branches] == ["require: x equals 1"]


def test_holes_on_the_way_to_elements_are_no_elements(court: Court):
    rule = "for_each: [{of: xs, as: x}, {of: x.ys, as: y}]\nwhere: {y.a: 1}\nrequire: {y.b: 1}"
    absent = {"/xs/1": {"reason": "timeout"}}
    assert undecided(court, rule, {"xs": [{}, {}]}, absent=absent) == [
        "2: where: y.a equals 1: yes or no",
        "3: require: y.b equals 1: yes or no",
    ]


def test_examples_that_give_up_decide_nothing(court: Court, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.evaluate.scope.MAX_WORK", 3)
    rule = "for_each: xs\nas: x\nwhere: {every: xs, as: y, satisfies: {y: 1}}\nrequire: {x: 1}"
    assert "x equals 1: yes or no" in undecided(court, rule, {"xs": [1, 1]})[-1]
