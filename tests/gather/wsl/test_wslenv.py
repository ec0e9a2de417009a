from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.wsl.environment import cleaned
from engine.gather.wsl.language import unescaped
from engine.gather.wsl.wslenv import shared


@pytest.mark.parametrize(
    ("value", "entries"),
    [
        ("", []),
        ("A", [("A", "", False, "both")]),
        ("A/p:B/l", [("A", "p", True, "both"), ("B", "l", True, "both")]),
        ("A/u:B/w", [("A", "u", False, "to_linux"), ("B", "w", False, "to_windows")]),
        ("A/up:B/wl", [("A", "up", True, "to_linux"), ("B", "wl", True, "to_windows")]),
        ("A/uw", [("A", "uw", False, "none")]),
        ("A/x:B/px:C/P", [(n, f, f == "px", "none") for n, f in ("Ax", ("B", "px"), "CP")]),
        ("A/p/l", [("A", "p/l", True, "none")]),
        ("A/", [("A", "", False, "both")]),
        ("::A::", [("A", "", False, "both")]),
        ("/p:A", [("A", "", False, "both")]),
        ("A: B \n", [("A", "", False, "both"), (" B", "", False, "both")]),
        ("A/p :B", [("A", "p ", True, "none"), ("B", "", False, "both")]),
        ("A/p ", [("A", "p", True, "both")]),
        ("a:A:A", [("a", "", False, "both")] + [("A", "", False, "both")] * 2),
    ],
)
def test_entries_are_read_as_wsl_does(value, entries):
    found = [(one.name, one.flags, one.translated, one.direction) for one in shared(value)]
    assert found == entries


@given(st.text())
def test_any_text_is_read(value):
    for one in shared(value):
        assert one.name
        assert one.reaches_linux == (one.direction in {"both", "to_linux"})


@pytest.mark.parametrize(
    ("name", "host"),
    [
        ("build", "build"),
        ("-a--b-", "a-b"),
        ("a.b.c", "a.bc"),
        (".a-.b", "a-b"),
        ("a.-b", "a.b"),
        ("dän_1", "dn1"),
        ("", "localhost"),
        ("._-", "localhost"),
        ("x" * 70, "x" * 64),
        ("x" * 63 + "-y", "x" * 63),
    ],
)
def test_a_host_is_named_as_wsl_does(name, host):
    assert cleaned(name) == host


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("de_DE.UTF-8", "de_DE.UTF-8"),
        ('"C.UTF-8"', "C.UTF-8"),
        ("'C'", "C"),
        ('"a\'b"', "a'b"),
        ("'a\"b'", 'a"b'),
        (r"a\ b", "a b"),
        (r'"a\$b\n"', r"a$b\n"),
        ('"C', '"C'),
        ("C\\", "C\\"),
        ("'a'b\"c\"", "abc"),
    ],
)
def test_a_locale_is_unquoted_as_wsl_does(text, value):
    assert unescaped(text) == value
