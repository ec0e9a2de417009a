from __future__ import annotations

import posixpath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.model.facts import Absent, Redacted
from engine.operators import OPERATORS
from engine.operators._base import Unsure
from engine.operators.paths import join_path

NAMES = st.sampled_from(["a", "b", "go", "go1.21", ".", "..", ""])
PATHS = st.lists(NAMES, max_size=5).map(lambda names: "/" + "/".join(names))
inside, same_path = OPERATORS["inside"].holds, OPERATORS["same_path"].holds


@given(PATHS)
def test_every_path_is_inside_itself_and_the_root(path: str) -> None:
    assert inside(path, path) is True
    assert inside(path, "/") is True


@given(PATHS, PATHS, PATHS)
def test_what_is_inside_something_inside_is_inside(one: str, two: str, three: str) -> None:
    if inside(one, two) and inside(two, three):
        assert inside(one, three) is True


@given(PATHS, PATHS)
def test_two_paths_inside_each_other_are_the_same(one: str, two: str) -> None:
    assert same_path(one, two) is (inside(one, two) and inside(two, one))


@given(PATHS, PATHS)
def test_inside_is_about_whole_names(one: str, two: str) -> None:
    names, folder = (list(filter(None, posixpath.normpath(p).split("/"))) for p in (one, two))
    assert inside(one, two) is (names[: len(folder)] == folder)


@given(PATHS, st.lists(st.sampled_from(["bin", "a", "x/y"]), min_size=1, max_size=3))
def test_what_is_joined_to_a_folder_is_inside_it(folder: str, names: list[str]) -> None:
    assert inside(join_path([folder, *names]), folder) is True


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["/usr/local/go/", "bin"], "/usr/local/go/bin"),
        (["/usr/local/go", "../bin"], "/usr/local/bin"),
        (["src", "main"], "src/main"),
        (["//", "a"], "/a"),
        (["/usr"], "/usr"),
    ],
)
def test_a_joined_path_is_in_its_shortest_spelling(parts: list[str], joined: str) -> None:
    assert join_path(parts) == joined


@pytest.mark.parametrize(
    ("parts", "cause", "words"),
    [
        (["/a", "/b"], "wrong_type", "part 2 of the `join` is absolute; only the first may be"),
        (["", "bin"], "wrong_type", "part 1 of the `join` is empty"),
        (["/a", 5], "wrong_type", "part 2 of the `join` must be a text, got a number"),
        (["/a", None], "wrong_type", "part 2 of the `join` must be a text, got null"),
        (["/a", Absent("permission", "no access")], "permission", "no access"),
        (["/a", Redacted((("s", "1"),))], "redacted", ""),
        ([r"C:\Go", "bin"], "unsupported", "the `join` starts with a path of Windows"),
    ],
)
def test_a_path_that_cannot_be_put_together_says_why(
    parts: list[Any], cause: str, words: str
) -> None:
    assert join_path(parts) == Unsure(cause, words)
