from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.precedence.shell.printing import echo, printf
from engine.precedence.shell.unsupported import Unsupported
from tests.precedence.shell.real_shells import answers, quoted

MANY = settings(max_examples=10, suppress_health_check=list(HealthCheck), derandomize=True)
SHELLS = pytest.mark.parametrize("dialect", ["bash", "sh", "zsh", "ksh", "mksh"])
ESCAPES = [r"\n", r"\t", r"\\", r"\101", r"\0101", r"\303\251", r"\x41", r"\u00e9", r"\e", r"\q"]
ESCAPES += [
    "\\",
    r"\c",
    r"\"",
    r"\'",
    r"\0",
    r"\08",
    r"\0303\0251",
    r"\?",
    "\\a\\b\\f\\r\\v",
    r"\x",
]
TEXTS = st.lists(st.sampled_from([*ESCAPES, "a", "é", " ", "1", "-"]), max_size=4).map("".join)
OPTIONS = st.lists(st.sampled_from(["-n", "-e", "-E", "-ne", "-nx", "--", "-", "a"]), max_size=2)
FLAGS = st.sampled_from(["", "", "", "-", "+", "0", "#", " ", "-0", "+0"])
WIDTHS = st.sampled_from(["", "", "5", "12", ".3", "8.3", ".0", "*", ".*", "5."])
CONVERSIONS = st.builds(
    "%{}{}{}".format, FLAGS, WIDTHS, st.sampled_from("sssbbcddiuoxX%") | st.sampled_from("qfz")
)
FORMATS = st.lists(CONVERSIONS | TEXTS, min_size=1, max_size=4).map("".join)
NUMBERS = st.sampled_from(["0", "7", "-3", "010", "0x1f", "'a", "+5", "12345", " 4", "x", "", "08"])


def agree(dialect, cases, scripts, function):
    for case, real in zip(cases, answers(dialect, scripts), strict=True):
        try:
            ours = function(case)
        except Unsupported:
            continue
        assert (case, ours) == (case, real)


@SHELLS
def test_echo_prints_what_the_shell_prints(dialect):
    @MANY
    @given(st.lists(st.tuples(OPTIONS, st.lists(TEXTS, max_size=2)), min_size=1, max_size=80))
    def agrees(cases):
        words = [[*options, *texts] for options, texts in cases]
        scripts = [f"echo {' '.join(map(quoted, given_words))}" for given_words in words]
        agree(dialect, words, scripts, lambda given_words: echo(given_words, dialect))

    agrees()


@SHELLS
def test_printf_prints_what_the_shell_prints(dialect):
    @MANY
    @given(
        st.lists(st.tuples(FORMATS, st.lists(NUMBERS | TEXTS, max_size=4)), min_size=1, max_size=80)
    )
    def agrees(cases):
        scripts = [f"printf {quoted(form)} {' '.join(map(quoted, args))}" for form, args in cases]
        agree(dialect, cases, scripts, lambda case: printf(*case, dialect))

    agrees()


@pytest.mark.parametrize(
    ("form", "arguments", "output"),
    [
        ("%s\\n", ["a", "b"], "a\nb\n"),
        ("%s=%d;", ["a", "1", "b"], "a=1;b=0;"),
        ("%5.2s|%-4d|%04x", ["abc", "7", "255"], "   ab|7   |00ff"),
        ("%b", ["a\\tb\\c", "x"], "a\tb"),
        ("x", ["a", "b"], "x"),
        ("\\303\\251%%", [], "é%"),
        ("--", ["%s", "a"], "a"),
    ],
)
def test_printf_prints(form, arguments, output):
    assert printf(form, arguments) == output


@pytest.mark.parametrize(
    ("form", "arguments"),
    [("%q", ["a"]), ("%d", ["x"]), ("%s%", []), ("%9999999s", ["a"]), ("\\377", []), ("-v", ["x"])],
)
def test_what_printf_does_with_the_odd_is_refused(form, arguments):
    with pytest.raises(Unsupported):
        printf(form, arguments)


def test_escapes_are_read_by_some_echoes_only():
    assert [echo(["a\\tb"], dialect) for dialect in ("bash", "sh", "zsh")] == [
        "a\\tb\n",
        "a\tb\n",
        "a\tb\n",
    ]
    assert echo(["-ne", "a\\c", "b"]) == "a"
