"""Branches, loops and functions, on scripts as they stand in documents."""

from __future__ import annotations

import pytest

from engine.precedence.launch import Launch
from engine.precedence.outcomes import TooMuch, merged
from engine.precedence.shell.shell import Shell
from engine.precedence.state import State, Variable
from engine.precedence.values import Mixed
from engine.precedence.world import World

TRUE, FALSE = ["cmd", 1, [], [["true"]], []], ["cmd", 1, [], [["false"]], []]
UNKNOWN = ["opaque", 1, "`x` was not run", []]


def sets(name, *parts, line=1):
    """Give an assignment."""
    return ["cmd", line, [[name, "=", list(parts), None]], [], []]


def calls(*words, line=1):
    """Give a command of plain words."""
    return ["cmd", line, [], [[word] for word in words], []]


def shell():
    """Give a bash in a world without files."""
    return Shell(Launch(World({"files": {}}), process="p", shell={"name": "bash"}), "bash")


def folded(*statements):
    """Give the outcomes of statements in bash, which starts with A=0."""
    state = State()
    for name, value in {"A": "0", "PATH": "", "HOME": "/h"}.items():
        state.put(name, Variable(value, True))
    return shell().run(list(statements), state)


def told(*statements):
    """Give A behind statements: a text, `?`, or None if nothing goes on there."""
    after = folded(*statements).get("next")
    if after is None:
        return None
    value = after.variable("A").value
    return "?" if isinstance(value, Mixed) else value


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (["and", 1, TRUE, sets("A", "1")], "1"),
        (["and", 1, FALSE, sets("A", "1")], "0"),
        (["and", 1, UNKNOWN, sets("A", "1")], "?"),
        (["and", 1, UNKNOWN, sets("A", "0")], "0"),
        (["or", 1, TRUE, sets("A", "1")], "0"),
        (["or", 1, FALSE, sets("A", "1")], "1"),
        (["or", 1, UNKNOWN, sets("A", "1")], "?"),
        (["and", 1, ["not", 1, FALSE], sets("A", "1")], "1"),
        (["and", 1, ["not", 1, UNKNOWN], sets("A", "1")], "?"),
        (["if", 1, [[[TRUE], [sets("A", "1")]]], [sets("A", "2")]], "1"),
        (["if", 1, [[[FALSE], [sets("A", "1")]]], [sets("A", "2")]], "2"),
        (["if", 1, [[[FALSE], []], [[TRUE], [sets("A", "3")]]], [sets("A", "2")]], "3"),
        (["if", 1, [[[UNKNOWN], [sets("A", "1")]]], [sets("A", "1")]], "1"),
        (["if", 1, [[[UNKNOWN], [sets("A", "1")]]], []], "?"),
        (["if", 1, [], [sets("A", "1")]], "1"),
        (["if", 1, [], []], "0"),
        (["block", 1, [sets("A", "1")]], "1"),
        (["sub", 1, [sets("A", "1")]], "0"),
        (["bg", 1, sets("A", "1")], "0"),
        (["pipe", 1, [TRUE, sets("A", "1")]], "0"),
        (["opaque", 1, "x", ["A"]], "?"),
        (["opaque", 1, "x", ["B"]], "0"),
        (["opaque", 1, "x", []], "0"),
        (["opaque", 1, "x", None], "?"),
    ],
)
def test_a_statement(statement, found):
    assert told(statement) == found


@pytest.mark.parametrize(
    ("word", "clauses", "found"),
    [
        ("x", [[[["x"]], [sets("A", "1")], ";;"]], "1"),
        ("x", [[[["y"], ["x"]], [sets("A", "1")], ";;"]], "1"),
        ("x", [[[["y"]], [sets("A", "1")], ";;"], [[["*"]], [sets("A", "2")], ";;"]], "2"),
        ("x", [[[["x"]], [sets("A", "1")], ";&"], [[["y"]], [sets("A", "2")], ";;"]], "2"),
        ("x", [[[["x"]], [sets("A", "1")], ";;&"], [[["y"]], [sets("A", "2")], ";;"]], "1"),
        ("x", [[[["x"]], [sets("A", "1")], ";;&"], [[["?"]], [sets("A", "2")], ";;"]], "2"),
        ("x", [], "0"),
        ("x", [[[["y"]], [sets("A", "1")], ";;"]], "0"),
    ],
)
def test_a_case(word, clauses, found):
    assert told(["case", 1, [word], clauses]) == found


def test_a_case_that_nobody_can_tell_may_take_any_clause():
    clauses = [[[["x"]], [sets("A", "1")], ";;"], [[["y"]], [sets("A", "2")], ";;"]]
    unknown = ["opaque", 1, "x", ["B"]]
    assert told(unknown, ["case", 1, [["var", "B"]], clauses]) == "?"
    same = [[[["x"]], [sets("A", "1")], ";;"], [[["*"]], [sets("A", "1")], ";;"]]
    assert told(unknown, ["case", 1, [["var", "B"]], same]) == "1"


AGAIN = sets("A", ["var", "A"], ["var", "i"])


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (["for", 1, "i", [["x"], ["y"]], [AGAIN]], "0xy"),
        (["for", 1, "i", [], [AGAIN]], "0"),
        (["for", 1, "i", None, [AGAIN]], "0"),
        (["for", 1, "i", [["x"], ["y"]], [AGAIN, calls("break")]], "0x"),
        (["for", 1, "i", [["x"], ["y"]], [calls("continue"), AGAIN]], "0"),
        (["for", 1, "i", [["x"], ["y"]], [AGAIN, ["and", 1, UNKNOWN, calls("break")]]], "?"),
        (["while", 1, [FALSE], [sets("A", "1")], False], "0"),
        (["while", 1, [TRUE], [sets("A", "1"), calls("break")], False], "1"),
        (["while", 1, [TRUE], [sets("A", "1")], True], "0"),
        (["while", 1, [UNKNOWN], [sets("A", "1")], False], "?"),
        (["while", 1, [TRUE], [TRUE], False], "0"),
        (["while", 1, [TRUE], [sets("A", "1")], False], "?"),
    ],
)
def test_a_loop(statement, found):
    assert told(statement) == found


def test_a_loop_over_what_nobody_knows_touches_what_it_touches():
    loop = ["for", 1, "i", [[["var", "W"]]], [sets("A", "1"), calls("f")]]
    after = folded(["func", 1, "f", [sets("B", "1")]], ["opaque", 1, "x", ["W"]], loop)["next"]
    for name in ("A", "B", "i"):
        assert isinstance(after.variable(name).value, Mixed), name
    assert after.variable("HOME").value == "/h"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ([sets("A", ["var", "1"])], "x"),
        ([calls("return"), sets("A", "1")], "0"),
        ([["and", 1, UNKNOWN, calls("return")], sets("A", "1")], "?"),
        ([["decl", 1, "local", [["A", "=", ["1"], None]]]], "0"),
        ([calls("f", "y")], "0"),
        ([["if", 1, [[[UNKNOWN], [calls("f", "y")]]], []], sets("A", "1")], "1"),
    ],
)
def test_a_function(body, found):
    assert told(["func", 1, "f", body], calls("f", "x")) == found


def test_what_leaves_goes_on_nowhere():
    assert set(folded(calls("exit"), sets("A", "1"))) == {"exit"}
    assert set(folded(["and", 1, UNKNOWN, calls("exit")])) == {"exit", "next"}
    assert set(folded(["broken", 1, "x"], sets("A", "1"))) == {"stop"}
    assert set(folded(calls("return"))) == {"return"}


def test_a_file_that_is_left_goes_on_behind_it():
    interpreter = shell()
    outcomes = interpreter.ended_file(folded(["broken", 1, "x"]))
    assert set(outcomes) == {"next"}
    assert set(interpreter.ended_file(folded(["and", 1, UNKNOWN, calls("return")]))) == {"next"}


def test_work_is_bounded():
    launch = Launch(World({}), process="p", shell={"name": "bash"})
    launch.most_steps = 10
    interpreter = Shell(launch, "bash")
    with pytest.raises(TooMuch, match="more than 10 steps"):
        interpreter.run([TRUE] * 11, State())


def test_what_ran_is_noted_by_file_and_line():
    interpreter = shell()
    script = [sets("A", "1", line=3), ["and", 4, FALSE, sets("A", "2", line=5)]]
    merged(interpreter.at("/f", lambda: interpreter.run(script, State())))
    assert interpreter.launch.visited == {("/f", 3), ("/f", 4), ("/f", 1)}
