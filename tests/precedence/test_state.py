"""States are copied before branches, and joined behind them."""

from __future__ import annotations

import pytest

from engine.precedence.state import UNSURE, Event, Function, Place, State, Variable, join
from engine.precedence.values import Hole, Mixed, hole_in, unknown_as

DOUBT = Hole("opaque", "`x` was not run", Place("/f", 1))


def state(**variables):
    made = State()
    for name, value in variables.items():
        made.put(name, value if isinstance(value, Variable) else Variable(value, True))
    return made


def joined(one, other):
    other.doubt = DOUBT
    return join(one, other)


def test_a_copy_goes_its_own_way():
    first = state(A="1")
    first.frames.append({})
    second = first.copy()
    second.put("A", Variable("2", True))
    second.functions["f"] = DOUBT
    second.aliases["a"] = DOUBT
    second.frames[0]["A"] = None
    assert first.variable("A").value == "1"
    assert (first.functions, first.aliases, first.frames) == ({}, {}, [{}])


def test_what_both_branches_agree_on_stays_known():
    both = joined(state(A="1", B="1"), state(A="1", B="2"))
    assert both.variable("A").value == "1"
    assert hole_in(both.variable("B").value) == DOUBT
    assert both.variable("C").is_set is False


def test_what_one_branch_alone_sets_may_be_unset():
    both = joined(state(A="1"), state())
    assert both.variable("A").is_set is None
    assert both.variable("A").exported is None


def test_what_is_set_in_both_is_set():
    assert joined(state(A="1"), state(A="2")).variable("A").is_set is True


def test_an_export_in_one_branch_is_not_known():
    both = joined(state(A=Variable("1", False)), state(A=Variable("1", True)))
    assert both.variable("A").value == "1"
    assert both.variable("A").exported is None


def test_joining_does_not_depend_on_the_order():
    one, other = state(A="1", B="x"), state(A="2", B="x")
    one.doubt = other.doubt = DOUBT
    left, right = join(one.copy(), other.copy()), join(other.copy(), one.copy())
    for name in ("A", "B", "C"):
        assert left.variable(name).value == right.variable(name).value
        assert left.variable(name).is_set is right.variable(name).is_set


@pytest.mark.parametrize("kind", ["integer", "readonly", "upper", "later", "unique"])
def test_what_a_variable_of_unknown_kind_makes_of_a_value_is_not_known(kind):
    both = joined(
        state(A=Variable("1", True)), state(A=Variable("1", True, kinds=frozenset((kind,))))
    )
    variable = both.variable("A")
    assert variable.value == "1"
    assert UNSURE in variable.kinds
    both.put("A", Variable("2", True, kinds=variable.kinds))
    assert isinstance(both.variable("A").value, Mixed)
    both.put("A", Variable("2", True))
    assert both.variable("A").value == "2"


def test_what_may_be_an_expression_may_be_a_wrong_one():
    both = joined(
        state(A=Variable("1", True), B="b"),
        state(A=Variable("1", True, kinds=frozenset(("integer",))), B="b"),
    )
    kinds = both.variable("A").kinds
    both.put("A", Variable("7", True, kinds=kinds))
    assert both.variable("B").value == "b"
    both.put("A", Variable("y/z", True, kinds=kinds))
    assert isinstance(both.variable("B").value, Mixed)


def test_a_local_of_one_branch_puts_back_what_nobody_knows():
    one, other = state(A="1"), state(A="1")
    one.frames, other.frames = [{"A": Variable("outer", True)}], [{}]
    (frame,) = joined(one, other).frames
    assert isinstance(frame["A"].value, Mixed)


def test_functions_aliases_and_options_are_joined_by_name():
    one, other = state(), state()
    place = Place("/f", 1)
    one.functions = {"f": Function([], place, {}), "g": Function([], place, {})}
    other.functions = {"f": Function([], place, {})}
    one.aliases, other.aliases = {"a": ("x", place)}, {"a": ("y", place)}
    one.options, other.options = {"e": True, "x": True}, {"e": True}
    both = joined(one, other)
    assert isinstance(both.functions["f"], Function)
    assert both.functions["g"] == DOUBT
    assert both.aliases["a"] == DOUBT
    assert both.options == {"e": True, "x": DOUBT}


def test_files_that_one_branch_alone_read_are_not_known():
    one, other = state(), state()
    one.loaded, other.loaded = (("/a", None), ("/b", None)), (("/a", None),)
    both = joined(one, other)
    assert both.loaded == (("/a", None),)
    assert both.loaded_hole == DOUBT


def test_everything_tainted_is_unknown_and_what_is_set_later_is_known():
    made = state(A="1")
    made.taint_everything(DOUBT)
    assert hole_in(made.variable("A").value) == DOUBT
    assert hole_in(made.variable("NEVER").value) == DOUBT
    made.put("A", Variable("2", True))
    assert made.variable("A").value == "2"
    assert (made.names_hole, made.loaded_hole) == (DOUBT, DOUBT)


def test_a_pattern_taints_what_it_names_and_nothing_else():
    made = state(GOPATH="1", PATH="2")
    made.taint_matching("GO*", DOUBT)
    made.taint_matching("X", DOUBT)
    assert hole_in(made.variable("GOPATH").value) == DOUBT
    assert hole_in(made.variable("GOFLAGS").value) == DOUBT
    assert hole_in(made.variable("X").value) == DOUBT
    assert made.variable("PATH").value == "2"
    assert made.variable("EDITOR").is_set is False


def test_a_history_is_told_from_its_beginning():
    first = Event("set", "1", None)
    second = Event("append", "12", None, first)
    assert second.chain() == [first, second]


def test_a_variable_as_one_text():
    assert Variable(("a", "b")).scalar() == "a"
    assert Variable(()).scalar() == ""
    assert Variable({"0": "z", "k": "v"}).scalar() == "z"
    assert Variable({"k": "v"}).scalar() == ""
    assert Variable(None).scalar() is None
    assert Variable(unknown_as(DOUBT)).scalar() == Mixed((DOUBT,))


def test_a_place_is_written_as_people_do():
    assert Place("/f", 3).text() == "/f:3"
    assert Place("/f").text() == "/f"
    assert Place(None, None, "bash-itself").text() == "bash-itself"
