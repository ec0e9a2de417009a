"""Scripts have the form of scripts, or are told from them before anything folds them."""

from __future__ import annotations

import json

import pytest

from engine.model.facts import Absent, PartialList, PartialMap, Redacted
from engine.precedence.shapes import entry_hole, is_array, script_hole
from tests.precedence.machine import script_of

WORD = [["q", "x"]]
SAMPLES = {
    "bash": (
        "A=1 B+=2 env\nexport C=(a [1]=b) D\n[[ -d /x && $a == b* ]] || ! true\n(( i++ ))\n"
        "for i in a {b,c}; do :; done\nfor j; do break; done\nuntil x; do y; done < f\n"
        "case $x in a|b) ;; *) ;;& esac\nf() { local a=${b:-c}; }\n( x | y ) & \n"
        'echo ${a//b/c} ${a:1:2} ${!a} ${#a} ${a[0]} "$(x)" $((1+1)) <(y) `z` <<< w\nif x\n'
    ),
    "zsh": "typeset -U path\npath=($HOME/bin(N) $path)\n() { x } a\necho ${(U)a} ${+b} ${a:h}\n",
    "fish": (
        'set -gx A $PATH[1..2] (x)[1] "$b" $$c\nif a; and b\nelse\nend\nA=1 env\n'
        "switch x\ncase 'a*'\nend\nfunction f -a b; end\nx | source; y &\nwhile z; end\n"
    ),
}


@pytest.mark.parametrize(("syntax", "text"), SAMPLES.items())
def test_what_a_reader_makes_has_the_form_of_a_script(syntax, text):
    assert script_hole(script_of(text, syntax), syntax) is None


@pytest.mark.parametrize(("syntax", "text"), SAMPLES.items())
def test_a_part_that_is_taken_away_is_missed(syntax, text):
    script = json.loads(json.dumps(script_of(text, syntax)))
    for number, statement in enumerate(script):
        if statement[0] == "func":
            continue
        less = [*script[:number], statement[:-1], *script[number + 1 :]]
        hole = script_hole(less, syntax)
        assert hole is not None, statement
        assert f"its statement {number + 1} cannot be used" in hole.detail


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (["cmd"], "`cmd` has no line"),
        ([1, 2], "no list that begins with an operation"),
        ("x", "no list that begins with an operation"),
        (["frob", 1], "there is no operation `frob`"),
        (["cmd", "1", [], [], []], "`cmd` has no line"),
        (["cmd", 1, [], []], "`cmd` has 2 parts"),
        (["cmd", 1, {}, [], []], "a list is missing"),
        (["opaque", 1, 7, None], "a text is missing"),
        (["while", 1, [], [], 1], "a truth value is missing"),
        (["cmd", 1, [["A", "=", WORD]], [], []], "too many elements, or too few"),
        (["cmd", 1, [["A", "-", WORD, None]], [], []], "unknown operator"),
        (["cmd", 1, [], [[7]], []], "unknown form"),
        (["cmd", 1, [], [[["r", "x"]]], []], "no part `r`"),
        (["cmd", 1, [], [[["q", "x", "y"]]], []], "a part `q` has 2 parts"),
        (["cmd", 1, [], [[["param", "A", []]]], []], "no mapping"),
        (["cmd", 1, [], [[["param", "A", {"x": 1}]]], []], "unknown detail"),
        (["cmd", 1, [], [[["param", "A", {"replace": [WORD, WORD, "["]}]]], []], "replacing"),
        (["cmd", 1, [], [], [["?", WORD]]], "unknown redirection"),
        (["pipe", 1, []], "a pipe is empty"),
        (["test", 1, ["xor", [], []]], "a condition has an unknown form"),
    ],
)
def test_a_mistake_is_named(statement, said):
    hole = script_hole([["broken", 1, "x"], statement], "bash")
    assert hole.cause == "parse_error"
    assert hole.detail.startswith("its statement 2 cannot be used: ")
    assert said in hole.detail


def test_what_nests_without_end_is_no_script():
    statement = ["broken", 1, "x"]
    for _ in range(100_000):
        statement = ["not", 1, statement]
    assert "it nests too deep" in script_hole([statement], "bash").detail


@pytest.mark.parametrize(
    "statement",
    [
        ["decl", 1, "export", [["A", "=", WORD, None]]],
        ["test", 1, ["word", WORD]],
        ["arith", 1, "1"],
        ["sub", 1, []],
        ["anon", 1, [], []],
        ["cmd", 1, [], [], []],
        ["cmd", 1, [["A", "=", None, None]], [WORD], []],
        ["cmd", 1, [["A", "=", ["array", []], None]], [WORD], []],
        ["block", 1, [["arith", 1, "1"]]],
    ],
)
def test_a_script_of_fish_holds_nothing_of_other_shells(statement):
    assert script_hole([statement], "bash") is None
    assert script_hole([statement], "fish").cause == "parse_error"


def test_a_script_with_a_hole_is_not_known():
    script = PartialList([["broken", 1, "x"]])
    assert script_hole(script, "bash") is None
    script.more = Absent("too_large", "long")
    assert script_hole(script, "bash").cause == "too_large"


def test_secrets_stand_in_place_of_texts():
    secret = Redacted((("salt", "hash"),))
    for part in (secret, ["q", secret], ["dq", [secret, ["q", secret]]]):
        assert script_hole([["cmd", 1, [], [[part]], []]], "bash") is None
    assert script_hole([["for", 1, secret, [], []]], "bash") is not None


@pytest.mark.parametrize(
    ("value", "array"),
    [
        (["array", []], True),
        (["array", [[None, WORD]]], True),
        (["array", ["q", "x"]], False),
        (["array", ["dq", [["var", "x"]]]], False),
        (["array"], False),
        (["x", []], False),
        ([], False),
    ],
)
def test_an_array_is_told_from_a_word_that_begins_like_one(value, array):
    assert is_array(value) is array


@pytest.mark.parametrize(
    ("entry", "cause"),
    [
        ({"kind": "file"}, None),
        ({"kind": "file", "readable": True, "size": 3, "target": "/x", "more": []}, None),
        ({}, "not_collected"),
        ({"kind": 7}, "wrong_type"),
        ({"kind": Absent("permission")}, "permission"),
        ({"kind": "file", "readable": "yes"}, "wrong_type"),
        ({"kind": "file", "size": True}, "wrong_type"),
        ({"kind": "file", "target": ["/x"]}, "wrong_type"),
        ({"kind": "file", "target": Redacted(("/x/", ("salt", "1f2e")))}, "redacted"),
        ({"kind": "missing", "leads_to": "/x"}, None),
        ({"kind": "missing", "leads_to": Absent("parse_error")}, "parse_error"),
        ({"kind": "file", "readable": Absent("permission")}, "permission"),
        ({"kind": "file", "size": Absent("permission")}, None),
    ],
)
def test_what_is_known_of_a_path_can_be_used(entry, cause):
    hole = entry_hole(PartialMap(entry))
    assert (hole.cause if hole else None) == cause
