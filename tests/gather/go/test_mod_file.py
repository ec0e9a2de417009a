from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.go.mod_file import Directive, ModFileError, only, parse


def test_directives_stand_alone_or_in_blocks():
    assert parse(
        b"module example.com/x // c\r\n\ngo 1.22\nrequire (\n\ta v1 // indirect\n\n\tb v2\n)\n"
    ) == [
        Directive("module", ("example.com/x",), 1),
        Directive("go", ("1.22",), 3),
        Directive("require", ("a", "v1"), 5),
        Directive("require", ("b", "v2"), 7),
    ]


def test_quoted_texts_and_comments():
    assert parse(b'use "./a b" // x\nuse "./c\\"" \nuse ./d//e\n') == [
        Directive("use", ("./a b",), 1),
        Directive("use", ('./c"',), 2),
        Directive("use", ("./d",), 3),
    ]


def test_punctuation_is_a_word_of_its_own():
    (retract,) = parse(b"retract [v1.0.0, v1.1.0]")
    assert retract.arguments == ("[", "v1.0.0", ",", "v1.1.0", "]")


def test_an_empty_block_holds_nothing():
    assert parse(b"require (\n)\nexclude ()\n") == []


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'module "x\n', 1),
        (b"go 1.22\nmodule `x", 2),
        (b"go 1.22 /* c */\n", 1),
        (b"go 1.22\n)\n", 2),
        (b"require (\n a v1\n", 1),
        (b"go 1.22\nmodule \x00\n", 2),
        (b"module \xff\xfe\n", 1),
        (b"require x (\n)\n", 1),
        (b'module "\\q"\n', 1),
        (b"go 1.22\nmodule `x`\n", 2),
        (b'module x"y\n', 1),
    ],
)
def test_what_go_refuses_is_refused_with_its_line(data, line):
    with pytest.raises(ModFileError, match=f"line {line}: "):
        parse(data)


def test_a_directive_stands_once_and_takes_one_argument():
    assert only(parse(b"go 1.22"), "go") == Directive("go", ("1.22",), 1)
    assert only(parse(b"module x"), "go") is None
    with pytest.raises(ModFileError, match="line 2: repeated `go`"):
        only(parse(b"go 1.22\ngo 1.23"), "go")
    with pytest.raises(ModFileError, match="line 1: `go` takes one argument"):
        only(parse(b"go 1 22"), "go")


@given(st.binary() | st.text(alphabet='()"`/ \n\\go,[x*\r', max_size=60).map(str.encode))
def test_no_bytes_make_it_fail_otherwise(data):
    try:
        directives = parse(data)
    except ModFileError:
        return
    assert all(directive.verb for directive in directives)
