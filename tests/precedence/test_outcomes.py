"""Ways to go on: those of one kind are joined, and `return` and `break` end somewhere."""

from __future__ import annotations

from engine.precedence.outcomes import ended_loop, merge, merged, printed, returned
from engine.precedence.state import State, Variable
from engine.precedence.values import Mixed


def state(value):
    made = State()
    made.put("A", Variable(value, True))
    return made


def values(outcomes):
    return {flow: after.variable("A").value for flow, after in outcomes.items()}


def test_two_that_go_on_alike_are_joined():
    outcomes = {"next": state("1")}
    merge(outcomes, {"next": state("2"), "exit": state("3")})
    assert isinstance(values(outcomes)["next"], Mixed)
    assert values(outcomes)["exit"] == "3"


def test_all_ways_make_one_state():
    assert merged({"next": state("1"), "exit": state("1")}).variable("A").value == "1"
    assert isinstance(merged({"next": state("1"), "exit": state("2")}).variable("A").value, Mixed)


def test_return_goes_on_behind_the_call():
    assert values(returned({"return": state("1")})) == {"next": "1"}
    assert values(returned({"exit": state("1")})) == {"exit": "1"}


def test_break_and_continue_go_on_behind_the_loop():
    assert values(ended_loop({"break": state("1")})) == {"next": "1"}
    assert values(ended_loop({"continue": state("1"), "next": state("1")})) == {"next": "1"}
    assert values(ended_loop({"return": state("1")})) == {"return": "1"}


def test_what_was_printed():
    made = state("1")
    assert printed(made) == ""
    made.output = ("a", "b")
    assert printed(made) == "ab"
