from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.gather.envrc import LIMIT, Content, Export, content_of
from engine.gather.syntaxes import script_of
from engine.model.facts import Absent


def content(text):
    return content_of(script_of(text, "bash"))


def exports(text):
    return [
        (each.name, None if isinstance(each.value, Absent) else each.value)
        for each in content(text).exports
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("export A=1 B='a b' E=", [("A", "1"), ("B", "a b"), ("E", "")]),
        ("export C=\"x\" D=$'a\\nb' F=a\\ b", [("C", "x"), ("D", "a\nb"), ("F", "a b")]),
        ("export A=$HOME B=${X:-y} C=$(date)", [("A", None), ("B", None), ("C", None)]),
        ('export A="$HOME" B="$((1+1))" C=`id`', [("A", None), ("B", None), ("C", None)]),
        ("export A=~/go B=/a:~/b", [("A", None), ("B", None)]),
        ("export A='~/x' B=a~b", [("A", "~/x"), ("B", "a~b")]),
        ("export A+=x B=(1 2) C", [("A", None), ("B", None), ("C", None)]),
        ("""export "A=1 2" 'B=3'""", [("A", "1 2"), ("B", "3")]),
        ("A=1; export A", [("A", None)]),
        ("declare -x A=1; typeset -gx B=2", [("A", "1"), ("B", "2")]),
        ("declare C=3; local -x D=4", [("D", "4")]),
        ("export -n A; export -f go; export -p", []),
        ("A=1 make; A=1", []),
        ("f() { export A=1; }; (export B=2)", []),
        ("export C=3 | cat; export D=4 &", []),
    ],
)
def test_exports_are_told_as_far_as_they_are_written_out(text, told):
    assert exports(text) == told


@pytest.mark.parametrize(
    "text",
    [
        "if x; then\nexport A=1\nfi",
        "if x; then :; else\nexport A=1; fi",
        "if x; then :; elif\nexport A=1; then :; fi",
        "x &&\nexport A=1",
        "x ||\nexport A=1",
        "for i in 1; do\nexport A=1; done",
        "while x; do\nexport A=1; done",
        "case x in *)\nexport A=1;; esac",
        "if x; then { :;\nexport A=1; } 2>/dev/null; fi",
    ],
)
def test_what_may_not_run_is_marked(text):
    assert content(text).exports == (Export("A", "1", 2, conditional=True),)


@pytest.mark.parametrize(
    "text",
    ["if\nexport A=1; then :; fi", "{\nexport A=1; }", "!\\\n export A=1", ":;\nexport A=1 && x"],
)
def test_what_runs_in_any_case_is_not_marked(text):
    assert [each.conditional for each in content(text).exports] == [False]


def test_commands_that_change_the_environment_are_told_with_their_words():
    found = content(
        'layout go\nuse flake .#a\ndotenv\nsource_up_if_exists\nPATH_add bin "$HOME/x"\nuse_mine\n'
        "has nix && use nix\necho hi\nlog_status x\n$X y\nlayout_poetry\n"
    ).directives
    assert [(each.name, each.line, each.conditional) for each in found] == [
        ("layout", 1, False),
        ("use", 2, False),
        ("dotenv", 3, False),
        ("source_up_if_exists", 4, False),
        ("PATH_add", 5, False),
        ("use_mine", 6, False),
        ("use", 7, True),
        ("layout_poetry", 11, False),
    ]
    assert found[1].arguments == ("flake", ".#a")
    assert found[4].arguments[0] == "bin"
    assert isinstance(found[4].arguments[1], Absent)


def test_what_cannot_be_read_is_said():
    assert content('export A=1\nif x; then "\n').holes[0].cause == "parse_error"
    assert content("export $X\n").holes[0].cause == "opaque"
    assert content("select x in a; do export A=1; done\n").holes[0].cause == "opaque"
    deep = ["decl", 1, "export", [["A", "=", ["1"], None]]]
    for _ in range(5000):
        deep = ["block", 1, [deep]]
    assert content_of([deep]).holes[0].detail == "it is nested too deeply"
    assert content("export A=1\n" * (LIMIT + 1)).holes[-1].cause == "too_large"


@settings(max_examples=30)
@given(st.text(alphabet="export AB=1~$'\"\\\n;(){}&|if then fi"))
def test_any_text_has_a_content(text):
    assert isinstance(content(text), Content)
