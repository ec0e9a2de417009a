from __future__ import annotations

import re
import time

import pytest
import re2
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.operators._linear import linear_form
from engine.operators.patterns import BadPattern, compile_glob, compile_pattern

# What both engines read alike, and what only looks so.
ALIKE = [
    "a",
    "b",
    "1",
    "-",
    "]",
    "}",
    ".",
    r"\.",
    r"\d",
    r"\D",
    r"\w",
    r"\W",
    r"\s",
    r"\S",
    "[ab]",
    "[^a]",
]
ALIKE += ["[a-b1-]", r"[\d\s]", r"[^\w-]", r"[\]a]", r"\n", r"\-", r"[\t-\r]", " ", r"\b", "$", "^"]
UNLIKE = [
    "é",
    r"\pL",
    r"\z",
    r"\A",
    r"\B",
    "[[:alpha:]]",
    "[a-b-1]",
    "[&&~~||--]",
    "{",
    "[]a]",
    "[-a]",
]
COUNTS = ["", "", "", "?", "{2}", "{1,2}", "{0,3}"]
ENDLESS = ["*", "+", "{01}", "{,2}", "{2,}", "*?", "+?", "{2}{2}"]


def patterns(atoms: list[str], counts: list[str]) -> st.SearchStrategy[str]:
    """Give patterns of some atoms, each with a count: chains of them, choices, groups, anchors."""

    def wrapped(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        bracketed = st.tuples(st.sampled_from(["(", "(?:"]), inner, st.just(")")).map("".join)
        part = st.tuples(inner | bracketed, st.sampled_from(counts)).map("".join)
        chain = st.lists(part, min_size=1, max_size=4).map("".join)
        return chain | st.tuples(chain, st.just("|"), chain).map("".join)

    inner = st.recursive(st.sampled_from(atoms), wrapped, max_leaves=6)
    edges = st.sampled_from(["", "^"]), inner, st.sampled_from(["", "$", "[^b]*", ".*$", "[ab]+1"])
    return st.tuples(*edges).map("".join)


ANY_PATTERNS = patterns(ALIKE + UNLIKE, COUNTS + ENDLESS)
PATTERNS = patterns(ALIKE, COUNTS) | ANY_PATTERNS
TEXTS = st.text(alphabet="ab1-] .\n\r\v\té\ud800_{}&~", max_size=8)

HARMLESS = [
    r"^go1\.\d+",
    "-mod=mod",
    "^(https://|direct$)",
    "^[a-z]+=[0-9]*$",
    "^IMAGE=(.*)$",
    r"^\d{1,3}(?:\.\d{1,3}){3}$",
    r"(^|\s)-race(\s|$)",
    r"^v?[0-9]+\.[0-9]+$",
    "go[0-9]+",
]
HARMFUL = [
    "(a+)+$",
    "^(a+)+$",
    "^(a|aa)+$",
    "^a*a*b",
    "a+b",
    "a?" * 30 + "a" * 30,
    "^(a?){30}a{30}",
    "(?:a|b|ab){10}c",
    r"^.*x",
    r"^\w+\b.",
]


@settings(max_examples=600)
@given(PATTERNS, TEXTS)
@example(r"a\sb", "a\vb")
@example("a$", "a\n")
@example(r"\w", "é")
@example(r"\B", "")
def test_re_finds_what_re2_finds_wherever_it_is_used(pattern: str, text: str) -> None:
    form = linear_form(pattern)
    if form is None:
        return
    ours = re.compile(form, re.ASCII).search(text)
    theirs = re2.compile(pattern).search(text.replace("\ud800", "\ufffd"))
    assert (ours is None) == (theirs is None)
    if ours is not None and theirs is not None:
        assert ours.span() == theirs.span()
        assert [ours.span(g) for g in range(1, len(ours.groups()) + 1)] == [
            theirs.span(g) for g in range(1, theirs.re.groups + 1)
        ]


@settings(max_examples=300)
@given(ANY_PATTERNS | st.text(alphabet=r"ab()[]{}*+?|\^$.-:P<>=!1,", max_size=10))
def test_whatever_re2_refuses_is_refused_with_words_of_ours(pattern: str) -> None:
    try:
        re2.compile(pattern, quiet())
    except re2.error:
        with pytest.raises(BadPattern) as refused:
            compile_pattern(pattern)
        assert str(refused.value)
        assert linear_form(pattern) is None
    else:
        compile_pattern(pattern)


def quiet() -> re2.Options:
    options = re2.Options()
    options.log_errors = False
    return options


@pytest.mark.parametrize("pattern", HARMLESS)
def test_a_harmless_pattern_runs_on_the_fast_engine(pattern: str) -> None:
    assert linear_form(pattern) is not None


@pytest.mark.parametrize("pattern", HARMFUL)
def test_a_pattern_that_may_run_long_does_not_run_on_the_fast_engine(pattern: str) -> None:
    assert linear_form(pattern) is None


@pytest.mark.parametrize("pattern", HARMLESS + HARMFUL)
def test_no_pattern_takes_more_than_linear_time(pattern: str) -> None:
    texts = [
        "a" * 200_000 + "!",
        "ab" * 100_000,
        "1" * 200_000 + ".",
        " " * 200_000,
        "go" * 100_000,
    ]
    compiled = compile_pattern(pattern)
    start = time.perf_counter()
    for text in texts:
        compiled.search(text)
    # Backtracking would take years; a loaded machine takes well under a second.
    assert time.perf_counter() - start < 10


REFUSED = {
    "(?=a)": "look-ahead is not offered",
    "(?<!a)": "look-behind is not offered",
    r"(a)\1": "is a back-reference",
    "(?P=n)": "back-references are not offered",
    "a*+": "`*+` repeats a repetition",
    "a{1001}": "`{1001}` repeats too often",
    "(a{500}){500}": "repeats too often",
    "(": "a `(` is not closed",
    "a)": "a `)` closes nothing",
    "[a": "a `[` is not closed",
    "[z-a]": "`z-a` is no class",
    "*a": "nothing to repeat stands before `*`",
    "a\\": "it ends in a lone",
    r"a\Z": "`$` matches at the very end",
    r"\u1234": r"`\u` is no escape",
    "(?x)a": "flags are",
    "(?>a)": "atomic groups are not offered",
    "\ud800": "not valid Unicode",
    "a" * 5000: "longer than 4096",
    r"(?:\pL{30}){30}": "too large",
}


@pytest.mark.parametrize(("pattern", "words"), REFUSED.items())
def test_a_bad_pattern_is_refused_in_words_that_help(pattern: str, words: str) -> None:
    with pytest.raises(BadPattern) as refused:
        compile_pattern(pattern)
    assert words in str(refused.value)


def test_nothing_is_written_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadPattern):
        compile_pattern("(unclosed and never seen before")
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("pattern", ["^([A-Z]+)=(.*)$", "^([A-Z]+?)=(.*)$"])
def test_groups_can_be_captured_on_either_engine(pattern: str) -> None:
    assert compile_pattern(pattern).captures("IMAGE=x=1") == ("IMAGE", "x=1")
    assert compile_pattern(pattern).captures("nothing") is None


def test_a_name_that_is_not_unicode_is_searched_all_the_same() -> None:
    assert compile_pattern("a+b").search("\udcffaab")
    assert not compile_pattern("a+b").search("\udcff")


GLOB_LETTERS = "ab/.-"


@given(st.text(GLOB_LETTERS + "*?", max_size=6), st.text(GLOB_LETTERS, max_size=6))
def test_a_glob_agrees_with_trying_every_way(glob: str, text: str) -> None:
    assert compile_glob(glob).search(text) is fits(glob, text, at_segment=True)


def fits(glob: str, text: str, *, at_segment: bool) -> bool:
    """Try every way of sharing out a text among the parts of a glob."""
    if not glob:
        return not text
    if glob.startswith("**/") and at_segment:
        folders = [0, *(at + 1 for at, letter in enumerate(text) if letter == "/")]
        return any(fits(glob[3:], text[at:], at_segment=True) for at in folders)
    if glob[0] == "*":
        width = 2 if glob.startswith("**") else 1
        stops = range(len(text) + 1)
        runs = [at for at in stops if width == 2 or "/" not in text[:at]]
        return any(fits(glob[width:], text[at:], at_segment=False) for at in runs)
    if not text or (glob[0] == "?" and text[0] == "/") or glob[0] not in {"?", text[0]}:
        return False
    return fits(glob[1:], text[1:], at_segment=glob[0] == "/")
