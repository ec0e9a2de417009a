from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.go.mod_file import GO_MOD, GO_WORK, Directive, ModFileError, parse


def test_directives_stand_alone_or_in_blocks():
    assert parse(
        b"module example.com/x // c\r\n\ngo 1.22\nrequire (\n\ta v1 // indirect\n\n\tb v2\n)\n",
        GO_MOD,
    ) == [
        Directive("module", ("example.com/x",), 1),
        Directive("go", ("1.22",), 3),
        Directive("require", ("a", "v1"), 5),
        Directive("require", ("b", "v2"), 7),
    ]


def test_quoted_texts_and_comments():
    assert parse(b'use "./a b" // x\nuse "./c\\"" \nuse ./d//e\n', GO_WORK) == [
        Directive("use", ("./a b",), 1),
        Directive("use", ('./c"',), 2),
        Directive("use", ("./d",), 3),
    ]


def test_punctuation_is_a_word_of_its_own():
    (retract,) = parse(b"retract [v1.0.0, v1.1.0]", GO_MOD)
    assert retract.arguments == ("[", "v1.0.0", ",", "v1.1.0", "]")


def test_an_empty_block_holds_nothing():
    assert parse(b"require (\n)\nexclude ()\n", GO_MOD) == []


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
        (b"module 'x'\n", 1),
        (b'module "\\/x"\n', 1),
        (b'module "\\ud83d\\ude00"\n', 1),
        (b"require ( (\n)\n", 1),
        (b"require x ()\n", 1),
        (b"require (\n) x\n", 2),
        (b"(\n", 1),
        (b"require a\n", 1),
        (b"module a b\n", 1),
        (b"module a\nmodule b\n", 2),
        (b"go 1.22\ngo 1.22\n", 2),
        (b"go\n", 1),
        (b"go 1 22\n", 1),
        (b'go "1.22"\n', 1),
        (b"go go1.22\n", 1),
        (b"go (\n1.22\n)\n", 1),
        (b"go ()\n", 1),
        (b"GO 1.22\n", 1),
        (b"go 1.22\nuse ./x\n", 2),
        (b"toolchain (\ngo1.22.1\n)\n", 1),
        (b"toolchain 1.22.1\n", 1),
        (b"toolchain local\n", 1),
        (b"toolchain go1x\n", 1),
        (b'toolchain "go1.22.1"\n', 1),
    ],
)
def test_what_go_refuses_is_refused_with_its_line(data, line):
    with pytest.raises(ModFileError, match=f"line {line}: "):
        parse(data, GO_MOD)


@pytest.mark.parametrize(
    "data", [b"require (\n)\n", b"module x\n", b"use ./a ./b\n", b'go "1.22"\n', b"use './a'\n"]
)
def test_a_go_work_has_verbs_of_its_own(data):
    with pytest.raises(ModFileError, match="line 1: "):
        parse(data, GO_WORK)


@pytest.mark.parametrize(
    "data",
    [b"go 1.22rc1", b"go 1.22.10", b"toolchain default", b"toolchain go1", b"toolchain go1.22-x",
     b"tool (\na/b\n)\nignore ./x\ngodebug x=1", b'replace a => "./b"'],
)  # fmt: skip
def test_what_some_go_takes_is_taken(data):
    assert parse(data, GO_MOD)


@given(st.binary() | st.text(alphabet='()"`/ \n\\go,[x*\r', max_size=60).map(str.encode))
def test_no_bytes_make_it_fail_otherwise(data):
    try:
        directives = parse(data, GO_MOD)
    except ModFileError:
        return
    assert all(directive.verb for directive in directives)
