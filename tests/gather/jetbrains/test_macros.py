from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.jetbrains.macros import Macros, path, value
from engine.model.facts import Absent

MACROS = Macros("/home/dana/shop", "/home/dana", frozenset({"LIBS"}))


def causes(parts):
    return [part.cause if isinstance(part, Absent) else part for part in parts]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("file://$PROJECT_DIR$/../go", "/home/dana/shop/../go"),
        ("file://$USER_HOME$/sdk/go1.22.10", "/home/dana/sdk/go1.22.10"),
        ("$USER_HOME$//sdk", "/home/dana/sdk"),
        ("$USER_HOME$///sdk", "/home/dana//sdk"),
        ("$USER_HOME$", "/home/dana"),
        ("file:///usr/local/go", "/usr/local/go"),
        ("/a$b/c", "/a$b/c"),
        ("file:///", "/"),
        ("$PROJECT_DIR$:$PROJECT_DIR$/x", "/home/dana/shop:/home/dana/shop/x"),
    ],
)
def test_macros_of_paths_are_put_in(text, found):
    assert path(text, MACROS) == found


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("docker://golang:1.22/usr/local/go", "unsupported"),
        ("$MODULE_DIR$/x", "opaque"),
        ("$LIBS$/x", "opaque"),
        ("$USER_HOME$PROJECT_DIR$", "ambiguous"),
        ("sdk/go", "opaque"),
        ("C:/Go", "opaque"),
        ("file://C:/Go", "opaque"),
    ],
)
def test_a_path_with_another_macro_is_not_known(text, cause):
    assert path(text, MACROS).cause == cause


def test_a_relative_path_may_lead_from_a_folder():
    assert path("a/.env", MACROS, base="/x") == "/x/a/.env"
    assert path("$PROJECT_DIR$/.env", MACROS, base="/x") == "/home/dana/shop/.env"
    assert path("a", MACROS, base=Absent("opaque", "which folder")).detail == "which folder"


def test_a_path_is_not_known_where_the_home_is_not():
    macros = Macros("/x", Absent("not_collected", "not asked"))
    assert path("$USER_HOME$/go", macros).cause == "not_collected"
    assert path("$PROJECT_DIR$/go", macros) == "/x/go"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("-mod=mod", ["-mod=mod"]),
        ("pa$$word $5 and $6 $", ["pa$$word $5 and $6 $"]),
        ("$2a$10$abc", ["$2a$10$abc"]),
        ("/x:$PROJECT_DIR$/bin", ["/x:/home/dana/shop/bin"]),
        ("/x:$PATH$", ["/x:", "opaque"]),
        ("$OTHER$ and $PROJECT_DIR$", ["opaque", " and /home/dana/shop"]),
    ],
)
def test_a_value_is_put_together_from_what_is_known(text, parts):
    assert causes(value(text, MACROS, "PATH", "GoApplicationRunConfiguration")) == parts


def test_kinds_that_are_known_to_put_in_a_variable_refer_to_the_programs_own():
    parts = value("/x:$PATH$", MACROS, "PATH", "Application")
    own = parts[1]
    assert (parts[0], own.variable, own.of) == ("/x:", "PATH", "ide")
    assert causes(own.otherwise) == ["ambiguous"]
    assert value("$PATH$:/x$PATH$", MACROS, "PATH", "Application") == (own, ":/x", own)
    # The own name in the middle of an entry was not always put in.
    assert causes(value("/x$PATH$", MACROS, "PATH", "Application")) == ["/x", "opaque"]


@pytest.mark.parametrize("kind", ["Application", "GoApplicationRunConfiguration"])
@pytest.mark.parametrize("text", ["$GOBIN$:$PATH$", "$PROJECT_DIR$:$PATH$", "$PATH$:$X$PATH$"])
def test_other_macros_beside_the_own_name_are_not_known(text, kind):
    assert causes(value(text, MACROS, "PATH", kind)) == ["ambiguous"]


@given(st.text(alphabet="$AB_1/: \n"), st.sampled_from(["Application", "Other"]))
def test_whatever_a_value_is_nothing_of_it_gets_lost_unnoticed(text, kind):
    parts = value(text, MACROS, "A", kind)
    assert parts
    if all(isinstance(part, str) for part in parts):
        assert "".join(parts) == text
