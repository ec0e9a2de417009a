"""What a condition sees, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.evaluate.scope import Frame, Origin, Scope
from engine.model.facts import Absent, PartialList
from tests.evaluate.conftest import document

if TYPE_CHECKING:
    from tests.evaluate.conftest import Court

FACTS = {
    "m": {"a.b": {"xs": [1, 2]}, "é": 1, "": 2, "n\nl": 3},
    "root": "/usr",
    "s": {"$redacted": ["q"]},
}


def scope_of(court: Court, rule: str) -> Scope:
    """Give the scope of a rule's program on the facts."""
    return Scope(
        court.program(rule), document(FACTS, absent={"/gone": {"reason": "timeout"}}), None
    )


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("a.b", 'm["a.b"]'),
        ("plain-key_1", "m.plain-key_1"),
        ("é", 'm["é"]'),
        ("", 'm[""]'),
        ("n\nl", 'm["n\\nl"]'),
        (3, "m[3]"),
        ("-", "m.-"),
    ],
)
def test_an_element_is_named_as_a_path_is_written(court: Court, key: Any, label: str):
    scope = scope_of(court, "require: {m: 1}")
    frame = Frame(1, key, Origin(["fact", 0], ()))
    assert scope.label(frame) == label


def test_an_element_inside_an_element_is_named_from_the_root(court: Court):
    rule = "for_each: [{of: m, as: x}, {of: x.xs, as: y}]\nrequire: {y: 1}"
    scope = scope_of(court, rule)
    outer = Frame(FACTS["m"]["a.b"], "a.b", Origin(["fact", 0], ()))
    inner = Frame(2, 1, Origin(["fact", 1], (outer,)))
    assert scope.label(inner) == 'm["a.b"].xs[1]'
    assert scope.frame_pointer(inner) == "/m/a.b/xs/1"


def test_an_element_of_a_parameter_is_named_by_it_and_stands_nowhere(court: Court):
    scope = scope_of(court, "require: {m: 1}")
    frame = Frame("a", 0, Origin(["value", ["a"], "names"], ()))
    assert scope.label(frame) == "names[0]"
    assert scope.frame_pointer(frame) is None


@pytest.mark.parametrize(
    ("node", "value"),
    [
        (["value", [1]], [1]),
        (["list", [["value", 1], ["fact", 0]]], [1, "/usr"]),
        (["join", [["fact", 0], ["value", "bin"]]], "/usr/bin"),
        (["table", {"/usr": 7}, ["fact", 0], "t"], 7),
        (["length", ["fact", 0]], 4),
        (["count"], 9),
        (["key", 0, "x.$key"], "k"),
    ],
)
def test_operands_become_values(court: Court, node: Any, value: Any):
    scope = scope_of(court, "require: {root: 1}")
    frames = (Frame(9, "k", Origin(["fact", 0], ())),)
    assert scope.value(node, frames) == value


@pytest.mark.parametrize(
    ("node", "cause", "detail"),
    [
        (["join", [["fact", 1], ["value", "bin"]]], "timeout", ""),
        (["join", [["fact", 2], ["value", "bin"]]], "redacted", ""),
        (["table", {}, ["fact", 0], "t"], "missing", "the table `t` has no entry for it"),
        (["table", {}, ["fact", 1], "t"], "timeout", ""),
        (["table", {}, ["fact", 2], "t"], "redacted", ""),
        (
            ["table", {}, ["value", 1], "t"],
            "wrong_type",
            "the key into the table `t` is not a text",
        ),
        (["length", ["fact", 1]], "timeout", ""),
    ],
)
def test_operands_that_are_not_known_say_why(court: Court, node: Any, cause: str, detail: str):
    scope = scope_of(court, "require: {all: [{root: 1}, {gone: 1}, {s: 1}]}")
    found = scope.value(node, ())
    assert isinstance(found, Absent)
    assert (found.cause, found.detail, found.certain) == (cause, detail, False)


def test_a_list_with_a_hole_is_no_plain_list(court: Court):
    scope = scope_of(court, "require: {all: [{root: 1}, {gone: 1}]}")
    assert type(scope.value(["list", [["fact", 0]]], ())) is list
    assert type(scope.value(["list", [["fact", 0], ["fact", 1]]], ())) is PartialList
