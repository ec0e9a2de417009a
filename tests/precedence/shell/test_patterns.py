from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.precedence.shell.patterns import compile_pattern, contains_literal, is_plain
from engine.precedence.shell.unsupported import Unsupported
from tests.precedence.shell.real_shells import answers, quoted

FRAGMENTS = [*"aabbc-.]!^[*?\\/{}&", "[ab]", "[!a]", "[a-c]", "[[:alpha:]b]", "*", "?", "**"]
GROUPS = ["@(", "*(", "+(", "?(", "!(", "(", "|", ")", "a|b)", "@(a|", "*(a)", "!(b)", "+(ab|b)"]
TEXTS = st.text("aabbc-.]![*\\", max_size=6)
MANY = settings(max_examples=10, suppress_health_check=list(HealthCheck), derandomize=True)


def patterns(fragments):
    text = st.lists(st.sampled_from(fragments), max_size=5).map("".join)
    return st.lists(st.tuples(text, st.integers(0, 3).map(lambda n: n == 0)), max_size=3)


def cases(fragments):
    return st.lists(st.tuples(TEXTS, patterns(fragments)), min_size=1, max_size=150)


def source(pieces, dialect):
    start = "~" if dialect == "zsh" else ""
    names = [f'"$p{i}"' if quoted else f"${{{start}p{i}}}" for i, (_, quoted) in enumerate(pieces)]
    values = "".join(f"p{i}={quoted(text)}; " for i, (text, _) in enumerate(pieces))
    return values, "".join(names) or "''"


def ask(dialect, given_cases, form):
    prelude = "shopt -s extglob\n" if dialect == "bash" else ""
    scripts = []
    for text, pieces in given_cases:
        values, pattern = source(pieces, dialect)
        scripts.append(prelude + f"t={quoted(text)}; {values}" + form.replace("P", pattern))
    return answers(dialect, scripts)


def reckoned(pieces, dialect, function):
    try:
        return function(compile_pattern(pieces, extended=dialect == "bash", dialect=dialect))
    except Unsupported:
        return None


def agree(dialect, given_cases, form, function):
    for (text, pieces), real in zip(given_cases, ask(dialect, given_cases, form), strict=True):
        ours = reckoned(pieces, dialect, lambda pattern, text=text: function(pattern, text))
        if ours is not None:
            assert (text, pieces, ours) == (text, pieces, real)


def cut_prefix(longest):
    def cut(pattern, text):
        return text[pattern.prefix(text, longest=longest) or 0 :]

    return cut


def cut_suffix(longest):
    def cut(pattern, text):
        at = pattern.suffix(text, longest=longest)
        return text if at is None else text[:at]

    return cut


@pytest.mark.parametrize("dialect", ["bash", "sh", "zsh", "ksh", "mksh"])
@pytest.mark.parametrize("fragments", [FRAGMENTS, FRAGMENTS[:8] + GROUPS], ids=["plain", "groups"])
@pytest.mark.parametrize(
    ("form", "function"),
    [
        pytest.param(
            'case "$t" in P) printf yes;; *) printf no;; esac',
            lambda pattern, text: "yes" if pattern.matches(text) else "no",
            id="case",
        ),
        pytest.param("""printf %s "${t#P}" """, cut_prefix(longest=False), id="#"),
        pytest.param("""printf %s "${t##P}" """, cut_prefix(longest=True), id="##"),
        pytest.param("""printf %s "${t%P}" """, cut_suffix(longest=False), id="%"),
        pytest.param("""printf %s "${t%%P}" """, cut_suffix(longest=True), id="%%"),
    ],
)
def test_a_pattern_matches_as_in_the_shell(dialect, fragments, form, function):
    @MANY
    @given(cases(fragments))
    def agrees(given_cases):
        agree(dialect, given_cases, form, function)

    agrees()


@pytest.mark.parametrize("dialect", ["bash", "zsh", "ksh", "mksh"])
@pytest.mark.parametrize("fragments", [FRAGMENTS, FRAGMENTS[:8] + GROUPS], ids=["plain", "groups"])
@pytest.mark.parametrize(
    ("form", "where"),
    [
        ("""printf %s "${t/P/w}" """, "first"),
        ("""printf %s "${t//P/w}" """, "everywhere"),
        ("""printf %s "${t/#P/w}" """, "prefix"),
        ("""printf %s "${t/%P/w}" """, "suffix"),
    ],
)
def test_a_pattern_replaces_as_in_the_shell(dialect, fragments, form, where):
    @MANY
    @given(cases(fragments))
    def agrees(given_cases):
        agree(dialect, given_cases, form, lambda pattern, text: pattern.replace(text, "w", where))

    agrees()


@pytest.mark.parametrize(
    "pattern", ["*(*(*(a)b)c)d", "*a" * 60 + "b", "!(!(!(a*)*b)*c)x", "*(*|*(a|aa))x"]
)
def test_a_hostile_pattern_ends_soon(pattern):
    start = time.monotonic()
    compiled = compile_pattern([(pattern, False)], extended=True, dialect="bash")
    try:
        assert not compiled.matches("a" * 20_000)
    except Unsupported as reason:
        assert "too long" in reason.detail  # noqa: PT017 - either is fine, not to end is not
    assert time.monotonic() - start < 10


def test_the_plain_is_told_from_what_matches():
    assert is_plain([("a/b.c", False), ("*", True)])
    assert is_plain([("[", False)], dialect="zsh")
    assert not is_plain([("a*", False)])
    assert is_plain([("@(a)", False)])
    assert not is_plain([("@(a)", False)], extended=True)
    assert not is_plain([("x(N)", False)], dialect="zsh")


def test_what_a_value_must_contain_is_told():
    assert contains_literal([("*", False), (":/opt/*", True), (":*", False)]) == ":/opt/*:"
    assert contains_literal([("*a*b*", False)]) is None
    assert contains_literal([("**", False)]) is None
    assert contains_literal([("a*", False)]) is None
