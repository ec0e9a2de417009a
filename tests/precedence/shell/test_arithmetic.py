from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.precedence.shell.arithmetic import evaluate
from engine.precedence.shell.unsupported import Unsupported
from tests.precedence.shell.real_shells import answers, quoted

MANY = settings(max_examples=8, suppress_health_check=list(HealthCheck), derandomize=True)
VARIABLES = {
    "x": "5",
    "y": "x",
    "e": "",
    "z": "1 + 2",
    "s": " 7 ",
    "h": "0x1f",
    "o": "010",
    "n": "-3",
}
NUMBERS = ["0", "1", "2", "7", "010", "0x1F", "16#ff", "9223372036854775807", "2147483647", "36#z"]
OPERATORS = [
    "+",
    "-",
    "*",
    "/",
    "%",
    "**",
    "<<",
    ">>",
    "<",
    "<=",
    ">",
    ">=",
    "==",
    "!=",
    "&",
    "^",
    "|",
    "&&",
    "||",
    ",",
    "=",
    "+=",
    "*=",
    "<<=",
    "?",
    ":",
    "++",
    "--",
]
# fmt: on
UNARY = ["-", "!", "~", "+", "++", "--", "(", ""]
OPERANDS = st.sampled_from([*NUMBERS, *VARIABLES, "q", "x++", "x--", "++x", "x = 3", "q += 2"])


@st.composite
def expressions(draw):
    """Give expressions most of which mean something."""
    depth = draw(st.integers(0, 4))
    text = draw(OPERANDS)
    for _ in range(depth):
        shape = draw(st.integers(0, 5))
        if shape == 0:
            text = f"({text})"
        elif shape == 1:
            text = draw(st.sampled_from(UNARY)) + text
        elif shape == 2:
            text = f"{draw(OPERANDS)} ? {text} : {draw(OPERANDS)}"
        else:
            other, operator = draw(OPERANDS), draw(st.sampled_from(OPERATORS))
            space = draw(st.sampled_from(["", " "]))
            text = draw(
                st.sampled_from(
                    [
                        f"{text}{space}{operator}{space}{other}",
                        f"{other}{space}{operator}{space}({text})",
                    ]
                )
            )
    return text


def reckoned(text, dialect):
    variables = dict(VARIABLES)
    value = evaluate(text, variables.get, variables.__setitem__, dialect=dialect)
    return f"{value} {variables['x']} {variables.get('q', '')}"


@pytest.mark.parametrize("dialect", ["bash", "sh", "zsh", "ksh", "mksh"])
def test_an_expression_has_the_value_that_the_shell_gives_it(dialect):
    @MANY
    @given(st.lists(expressions(), min_size=1, max_size=100))
    def agrees(texts):
        if dialect == "zsh":  # which takes its time for a large power
            texts = [text for text in texts if "**" not in text]
        prelude = "".join(f"{name}={quoted(value)}; " for name, value in VARIABLES.items())
        scripts = [f'{prelude}printf "%s %s %s" "$(({text}))" "$x" "$q"' for text in texts]
        for text, real in zip(texts, answers(dialect, scripts), strict=True):
            try:
                ours = reckoned(text, dialect)
            except Unsupported:
                continue
            assert (text, ours) == (text, real)

    agrees()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", 7),
        ("-7 / 2", -3),
        ("-7 % 3", -1),
        ("2 ** 3 ** 2", 512),
        ("-2 ** 2", 4),
        ("9223372036854775807 + 1", -9223372036854775808),
        ("0 ? 2 : 1 ? 4 : 5", 4),
        ("1 || 1 / 0", 1),
        ("0 && (x = 9)", 0),
        ("64#_", 63),
        ("y + z", 8),
        ("(x += 2, x << 1)", 14),
        ("", 0),
        ("1--1", 2),
    ],
)
def test_an_expression_has_a_value(text, value):
    variables = dict(VARIABLES)
    assert evaluate(text, variables.get, variables.__setitem__) == value


def test_a_leading_zero_is_not_octal_everywhere():
    values = [evaluate("010", {}.get, dialect=d) for d in ("bash", "sh", "zsh", "ksh", "mksh")]
    assert values == [8, 8, 10, 10, 10]


def test_what_is_not_reached_is_not_asked():
    def get(name):
        raise AssertionError(name)

    assert evaluate("1 || x", get) == 1
    assert evaluate("1 ? 2 : x++", get) == 2


@pytest.mark.parametrize(
    "text",
    ["1 / 0", "1 % 0", "1.5", "2 ** -1", "1 2", "1 +", "08", "a[0]", "(1", "1 + x = 2", "x = 1"],
)
def test_what_the_shell_complains_of_is_refused(text):
    with pytest.raises(Unsupported):
        evaluate(text, {}.get)


@pytest.mark.parametrize(
    "text", ["(" * 1000, "1?" * 1000, "-" * 20_000 + "1", "1+" * 20_000 + "1", "loop"]
)
def test_what_takes_too_long_is_refused(text):
    with pytest.raises(Unsupported):
        evaluate(text, {"loop": "loop + 1"}.get)


def test_variables_that_double_each_other_are_refused_soon():
    variables = {f"v{i}": f"v{i + 1} + v{i + 1}" for i in range(39)}
    with pytest.raises(Unsupported):
        evaluate("v0", variables.get)
