"""Conditions to nodes: slots, paths, folded constants and forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from engine.compile.program import Program
    from tests.compile.written import Written

GO = {"type": "string", "format": "go-version"}
SEMVER = {"type": "string", "format": "semver"}
PATH = {"type": "string", "format": "path"}
SCHEMA = {
    "v": GO,
    "s": SEMVER,
    "p": PATH,
    "text": {"type": "string"},
    "tools": {"type": "array", "items": {"properties": {"version": GO, "at": PATH}}},
    "named": {"additionalProperties": {"properties": {"version": SEMVER}}},
    "envs": {"additionalProperties": {"$ref": "#/$defs/nowhere"}},
}


def requirement(program: Program) -> Any:
    """Give the requirement of a program's only rule."""
    (rule,) = program.rules
    return rule["require"]


def form_of(written: Written, condition: str, head: str = "") -> str:
    """Give the form that a condition's operator gets."""
    path = written.rule(f"{head}\nrequire: {condition}")
    form: str = requirement(written.program(path, schema=SCHEMA))[4]
    return form


@pytest.mark.parametrize(
    ("condition", "form"),
    [
        ("{v: {at_least: '1.22'}}", "go"),
        ("{s: {at_least: '1.22'}}", "semver"),
        ("{p: {inside: /usr}}", "path"),
        ("{text: {equals: a}}", ""),
        ("{nothing: {equals: a}}", ""),
        ("{'tools[0].version': {less_than: '1.22'}}", "go"),
        ("{'tools[-1].at': {inside: /usr}}", "path"),
        ("{named.any.version: {more_than: '1'}}", "semver"),
        ("{text: {at_least: {fact: v}}}", "mixed"),
        ("{v: {at_least: {fact: s}}}", "mixed"),
        ("{v: {at_least: {fact: 'tools[0].version'}}}", "go"),
        ("{v: {equals: {fact: s}}}", "go"),
        ("{text: {equals: {fact: p}}}", "path"),
        ("{text: {inside: {join: [{fact: p}, bin]}}}", "path"),
        ("{text: {in: [{fact: text}, {fact: p}]}}", "path"),
        ("{text: {version: {at_least: '1', scheme: pep440}}}", "pep440"),
        ("{v: {version: '>=1.22'}}", "go"),
        ("{v: {length: {at_least: 2}}}", ""),
    ],
)
def test_a_form_comes_from_what_is_declared_of_the_sides(written: Written, condition, form: str):
    assert form_of(written, condition) == form


@pytest.mark.parametrize(
    ("domain", "condition", "form"),
    [
        ("tools", "{x.version: {at_least: '1.22'}}", "go"),
        ("tools", "{x.at: {same_path: {fact: p}}}", "path"),
        ("named", "{x.version: {at_least: '1.22'}}", "semver"),
        ("named", "{x.$key: {equals: a}}", ""),
        ("envs", "{x.value: {equals: a}}", ""),
    ],
)
def test_what_is_declared_of_elements_counts_for_names_bound_to_them(
    written: Written, domain: str, condition: str, form: str
):
    assert form_of(written, condition, f"for_each: {domain}\nas: x") == form


def test_a_quantifiers_name_has_what_is_declared_of_its_elements(written: Written):
    rule = "require: {every: tools, as: x, satisfies: {x.version: {at_least: '1.2'}}}"
    node = requirement(written.program(written.rule(rule), schema=SCHEMA))
    assert node[4][4] == "go"


def test_names_become_slots_and_paths_stand_once_in_the_table(written: Written):
    rule = """\
    for_each: [{of: a, as: x}, {of: x.b, as: y}]
    where: {x.c: 1}
    require: {all: [{x.c: 2}, {y.$key: 0}, {d.c: {equals: {fact: y.c}}}, {d.c: 1}]}
    """
    program = written.program(written.rule(rule))
    assert program.paths == [
        [-1, ["a"], "a", True],
        [0, ["b"], "x.b", True],
        [0, ["c"], "x.c", True],
        [-1, ["d", "c"], "d.c", True],
        [1, ["c"], "y.c", True],
    ]
    children = requirement(program)[1]
    assert [child[1] for child in children] == [
        ["fact", 2],
        ["key", 1, "y.$key"],
        ["fact", 3],
        ["fact", 3],
    ]


def test_the_key_0_and_the_index_0_are_two_paths(written: Written):
    program = written.program(written.rule("require: {a.0: 1, 'a[0]': 1}"))
    assert [path[1] for path in program.paths] == [["a", "0"], ["a", 0]]


def test_a_bound_name_comes_before_a_fact_that_is_not_declared(written: Written):
    rule = "for_each: xs\nas: go\nrequire: {go.version: 1}"
    program = written.program(written.rule(rule))
    assert program.paths[1] == [0, ["version"], "go.version", True]


def test_a_key_in_quotes_is_no_bound_elements_key(written: Written):
    rule = "for_each: xs\nas: x\nrequire: {'x[\"$key\"]': 1}"
    program = written.program(written.rule(rule))
    assert program.paths[1] == [0, ["$key"], 'x["$key"]', True]


def test_lists_of_parameters_are_folded_and_lists_of_facts_are_not(written: Written):
    text = "params: {p: {about: x, default: b}}"
    rule = "require: {all: [{x: {in: [a, {param: p}]}}, {x: {in: [a, {fact: y}]}}]}"
    folded, kept = requirement(written.program(written.pack("k", text, r=rule)))[1]
    assert folded[3] == ["value", ["a", "b"]]
    assert kept[3] == ["list", [["value", "a"], ["fact", 1]]]


def test_the_matcher_of_a_count_does_not_see_its_elements(written: Written):
    rule = "require: {count: {of: xs, as: x, is: {equals: {fact: x}}}}"
    program = written.program(written.rule(rule))
    assert program.paths[1] == [-1, ["x"], "x", True]


def test_several_operators_in_one_matcher_must_all_hold(written: Written):
    rule = "require: {x: {at_least: 1, not: {equals: 2, less_than: 3}}}"
    assert requirement(written.program(written.rule(rule))) == [
        "all",
        [
            ["op", ["fact", 0], "at_least", ["value", 1], "", 1],
            [
                "not",
                [
                    "all",
                    [
                        ["op", ["fact", 0], "equals", ["value", 2], "", 1],
                        ["op", ["fact", 0], "less_than", ["value", 3], "", 1],
                    ],
                    1,
                ],
                1,
            ],
        ],
        1,
    ]


def test_messages_become_texts_and_operands(written: Written):
    text = "params: {p: {about: x, default: b}}"
    rule = 'require: {x: 1}\nmessage: "{{{x}}} is not {param:p}"\nremedy: "Set {y}"'
    (compiled,) = written.program(written.pack("k", text, r=rule)).rules
    assert compiled["message"] == ["{", ["fact", 0], "} is not ", ["value", "b"]]
    assert compiled["remedy"] == ["Set ", ["fact", 1]]


def test_the_place_of_every_condition_is_its_line(written: Written):
    rule = """\
    require:
      all:
        - x: 1
        - not:
            y: 2
    """
    node = requirement(written.program(written.rule(rule)))
    assert node[-1] == 2
    match, negation = node[1]
    assert (match[-1], negation[-1], negation[1][-1]) == (3, 4, 5)


def test_what_no_schema_declares_below_a_declared_fact_is_marked(written: Written):
    rule = "require: {all: [{go.version: 1}, {go.verison: 1}, {acme.x: 1}]}"
    schema = {"go": {"properties": {"version": GO}}}
    program = written.program(written.rule(rule), schema=schema)
    assert [path[2:] for path in program.paths] == [
        ["go.version", True],
        ["go.verison", False],
        ["acme.x", True],
    ]
