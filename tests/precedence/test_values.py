"""Texts with secrets and holes in them."""

from __future__ import annotations

import pytest

from engine.model.facts import Absent, Redacted
from engine.precedence.state import Place
from engine.precedence.values import (
    LONGEST,
    Hole,
    Mixed,
    as_fact,
    concat,
    could_be,
    first_line,
    hole_about,
    hole_in,
    is_empty,
    join_atoms,
    literals,
    split_text,
    text_of,
    unknown,
    why_not,
)

SECRET = ("salt", "1f2e")
HOLE = Hole("opaque", "`x` was not run")
SOME = Hole("opaque", "`x` was not run", is_some=True)


def test_texts_are_put_together():
    assert concat(["a", "", "b"]) == "ab"
    assert concat([]) == ""
    assert concat(["a", Mixed((SECRET,)), "b", "c"]) == Mixed(("a", SECRET, "bc"))
    assert concat([Mixed((HOLE,)), Mixed((HOLE,))]) == Mixed((HOLE, HOLE))


@pytest.mark.parametrize(
    ("detail", "told"),
    [
        ("/a: permission denied", "/a: permission denied"),
        ("permission denied", "`/a`: permission denied"),
        ("`x` in `/a` is no number", "`x` in `/a` is no number"),
        ("/a is not part of the tree that was read", "/a is not part of the tree that was read"),
        ("/a/b: too large", "`/a`: /a/b: too large"),
    ],
)
def test_a_reason_names_the_file_that_it_is_about_once(detail, told):
    found = hole_about("/a", Absent("permission", detail), Place("/a")).absent()
    assert (found.cause, found.detail) == ("permission", told)


def test_a_reason_names_the_line_that_it_comes_from():
    found = hole_about("/a", Absent("opaque", "no text"), Place("/a", 3)).absent()
    assert found.detail == "`/a`: no text (/a:3)"


def test_neighbouring_literals_become_one():
    assert join_atoms(["a", "", "b"]) == "ab"
    assert join_atoms(["", ""]) == ""
    assert join_atoms(["a", HOLE, "b", "c"]) == Mixed(("a", HOLE, "bc"))


def test_a_text_has_a_longest_length():
    assert concat(["a" * LONGEST]) == "a" * LONGEST
    assert hole_in(concat(["a" * LONGEST, "b"])).cause == "too_large"
    assert hole_in(concat([Mixed((SECRET,)), "b" * LONGEST])).cause == "too_large"


def test_a_text_is_split_around_its_holes():
    text = Mixed(("/a:", HOLE, "/b:/c"))
    assert split_text(text, ":") == ["/a", Mixed((HOLE, "/b")), "/c"]
    assert split_text("a::b", ":") == ["a", "", "b"]
    assert split_text("", ":") == [""]


@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("", True),
        ("a", False),
        (Mixed((HOLE,)), None),
        (Mixed((SOME,)), False),
        (Mixed((SECRET,)), False),
        (Mixed((HOLE, "a")), False),
    ],
)
def test_whether_a_text_is_empty(text, empty):
    assert is_empty(text) is empty


@pytest.mark.parametrize(
    ("other", "may"),
    [("/a/x/b", True), ("/a/b", True), ("/b", False), ("/a/c", False), ("/a", False)],
)
def test_what_a_text_with_a_hole_may_be(other, may):
    assert could_be(Mixed(("/a", HOLE, "/b")), other) is may


def test_the_first_line_of_a_text():
    assert first_line("a\nb") == ("a", "\n", "b")
    assert first_line("a") == ("a", "", "")
    assert first_line(Mixed((HOLE, "\nb"))) is None
    line = Hole("opaque", is_line=True)
    assert first_line(Mixed((line, "x\nb"))) == (Mixed((line, "x")), "\n", "b")


def test_what_rules_see():
    assert as_fact("a") == "a"
    shown = as_fact(Mixed(("a", SECRET)))
    assert isinstance(shown, Redacted)
    assert shown.atoms == ("a", SECRET)
    hole = as_fact(unknown("opaque", "why", Place("/f", 3)))
    assert isinstance(hole, Absent)
    assert (hole.cause, hole.detail) == ("opaque", "why (/f:3)")


def test_why_a_text_cannot_be_looked_into():
    assert why_not(Mixed((SECRET,))).cause == "redacted"
    assert why_not(Mixed((SECRET, HOLE))) == HOLE
    assert why_not(Mixed((SOME,))) == HOLE


def test_a_hole_as_the_reason_for_another_keeps_its_place():
    first, second = Place("/a", 1), Place("/b", 2)
    assert Hole("opaque", "why").here(second, "which file") == Hole(
        "opaque", "which file: why", second
    )
    assert Hole("opaque", "why", first).here(second, "which file") == Hole("opaque", "why", first)


def test_a_secret_of_the_document_is_a_text():
    assert text_of("a") == "a"
    assert text_of(Redacted(("a", SECRET))) == Mixed(("a", SECRET))
    assert literals(Mixed(("a", SECRET, "b"))) == ["a", "b"]
