from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.precedence.shell.conditions import compare, parse_test
from engine.precedence.shell.unsupported import Unsupported
from tests.precedence.shell.real_shells import answers, quoted

MANY = settings(max_examples=10, suppress_health_check=list(HealthCheck), derandomize=True)
WORDS = ["", "a", "b", "!", "(", ")", "-a", "-o", "=", "!=", "<", "-n", "-z", "-x", "1", "01", "-1"]
NUMBERS = ["-eq", "-ne", "-lt", "-le", "-gt", "-ge"]
PARTS = [
    ["a"],
    [""],
    ["!"],
    ["(", "a", ")"],
    ["-a"],
    ["-o"],
    ["-z", ""],
    ["-n", "a"],
    ["a", "=", "b"],
]


def asked(tree):
    kind = tree[0]
    if kind == "not":
        return not asked(tree[1])
    if kind in {"and", "or"}:
        left, right = asked(tree[1]), asked(tree[2])
        return (left and right) if kind == "and" else (left or right)
    if kind == "word":
        return tree[1] != ""
    if kind == "bin":
        return compare(*tree[1:])
    if tree[1] in {"-n", "-z"}:
        return (tree[2] == "") == (tree[1] == "-z")
    raise Unsupported(tree[1])


@pytest.mark.parametrize("dialect", ["bash", "sh", "zsh", "ksh", "mksh"])
def test_a_test_has_the_answer_that_the_shell_gives(dialect):
    arguments = st.one_of(
        st.lists(st.sampled_from(WORDS), max_size=5),
        st.lists(st.sampled_from(PARTS), max_size=6).map(lambda parts: [*chain(*parts)]),
        st.tuples(*[st.sampled_from(s) for s in (WORDS, NUMBERS, WORDS)]).map(list),
    )

    @MANY
    @given(st.lists(arguments, min_size=1, max_size=60))
    def agrees(cases):
        scripts = [f"[ {' '.join(map(quoted, case))} ]; printf %s $?" for case in cases]
        for case, real in zip(cases, answers(dialect, scripts), strict=True):
            try:
                ours = "01"[not asked(parse_test(case, dialect))]
            except Unsupported:
                continue
            assert (case, ours) == (case, real)

    agrees()


@pytest.mark.parametrize(
    ("arguments", "tree"),
    [
        ([], ["word", ""]),
        (["-n"], ["word", "-n"]),
        (["-d", "/x"], ["un", "-d", "/x"]),
        (["!", "-e", "x"], ["not", ["un", "-e", "x"]]),
        (["a", "=", "b"], ["bin", "=", "a", "b"]),
        (["(", "a", ")"], ["word", "a"]),
        (["a", "-a", "b"], ["and", ["word", "a"], ["word", "b"]]),
        (["!", "=", "!"], ["bin", "=", "!", "!"]),
        (
            ["-f", "x", "-a", "-r", "x", "-o", "!", "-z", "y"],
            [
                "or",
                ["and", ["un", "-f", "x"], ["un", "-r", "x"]],
                ["not", ["un", "-z", "y"]],
            ],
        ),
    ],
)
def test_arguments_are_read(arguments, tree):
    assert parse_test(arguments) == tree


def test_what_is_no_text_is_an_operand():
    unknown = object()
    assert parse_test(["-n", unknown]) == ["un", "-n", unknown]
    assert parse_test([unknown, "=", "x"]) == ["bin", "=", unknown, "x"]


@pytest.mark.parametrize("arguments", [["a", "b"], ["a", "b", "c"], ["("] * 300, ["!"] * 300])
def test_arguments_that_mean_nothing_are_refused(arguments):
    with pytest.raises(Unsupported):
        parse_test(arguments)


def test_what_is_no_number_is_refused():
    with pytest.raises(Unsupported, match="`x` as a number"):
        compare("-eq", "1", "x")
