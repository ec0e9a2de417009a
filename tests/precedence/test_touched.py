"""What code may touch that is not run, or not known how often."""

from __future__ import annotations

import pytest

from engine.precedence.state import Function, Tool
from engine.precedence.touched import touched
from engine.precedence.values import Hole
from tests.precedence.machine import script_of


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A=1 B=2", {"A", "B"}),
        ("export A=1 -n B", {"A", "B"}),
        ("for A in x; do B=1; done", {"A", "B"}),
        ("if x; then A=1; else case y in z) B=1 ;; esac; fi", {"A", "B"}),
        ("read A B", {"A", "B"}),
        ("read", {"REPLY"}),
        ("unset A", {"A"}),
        ("( A=1 )", {"A"}),
        ("echo A", set()),
        ("f", {"F"}),
        ("g", set()),
    ],
)
def test_variables_that_are_named(text, names):
    functions = {"f": Function(script_of("F=1; f", "bash"), None, {})}
    touch = touched(script_of(text, "bash"), functions)
    assert touch.names == names
    assert not touch.everything


@pytest.mark.parametrize(
    "text",
    [". f", "source f", "eval x", "$x", "export $x", "read $x", 'echo "${A:=1}"', "((A = 1))", "t"],
)
def test_what_may_touch_anything(text):
    functions = {"t": Tool((), Hole("opaque"))}
    assert touched(script_of(text, "bash"), functions).everything


def test_functions_aliases_and_ways_to_leave():
    touch = touched(script_of("f() { A=1; }; alias a=b; unalias c; return; exit", "bash"), {})
    assert touch.functions == {"f"}
    assert touch.aliases == {"a", "c"}
    assert touch.flows == {"return", "exit"}


def test_each_statement_is_told_once_for_each_time_it_stands_there():
    seen = []
    touched(script_of("A=1\nif x; then\nB=1\nfi\n", "bash"), {}, lambda one: seen.append(one[1]))
    assert set(seen) == {1, 2, 3}
