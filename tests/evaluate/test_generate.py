"""Generated code: it answers as walking does, only where it is sure, and no text becomes code.

Random rules and documents are compared in tests/reference; here stand shapes that are easily wrong.
"""

from __future__ import annotations

import json
import keyword
from typing import TYPE_CHECKING, Any

import pytest

from engine.evaluate.generate import DEEPEST, Generator, generate
from engine.evaluate.sure import Allowance, Doubt, item, length_of, same
from engine.model.facts import Absent, PartialList, Redacted
from tests.evaluate.conftest import document, judged_every_way

if TYPE_CHECKING:
    from tests.evaluate.conftest import Court

NESTED = {
    "a": [{"n": 1, "b": [{"c": [{"d": [2, 1]}]}]}],
    "xs": [[1, 2, 3], [3, 3], []],
    "m": {"k1": 0, "k2": 1},
    "one": 1,
    "three": 3,
    "go": "/usr/local/go",
    "arch": "arm64",
    "gap": {},
}
SHAPES = [
    # four quantifiers inside each other, the innermost sees the outermost's name and a key
    (
        """{every: a, as: w, satisfies: {some: w.b, as: x, satisfies: {none: x.c, as: y, satisfies:
        {every: y.d, as: z, where: {z.$key: 0}, satisfies: {z: {equals: {fact: w.n}}}}}}}""",
        "pass",
    ),
    # a count inside a count's filter, each with its own number
    (
        """{count: {of: xs, as: x, where: {count: {of: x, as: y, where: {y: {at_least:
        {fact: three}}}, is: {at_least: {fact: one}}}}, is: 2}}""",
        "pass",
    ),
    # a matcher that uses the number more than once
    ("{count: {of: xs, as: x, is: {more_than: 2, not: {in: [1, 2, 4]}}}}", "pass"),
    ("{count: {of: m, as: x, where: {x.$key: {starts_with: k}}, is: 2}}", "pass"),
    ("{every: m, as: x, satisfies: {x: {at_most: {fact: one}}, x.$key: {length: 2}}}", "pass"),
    ("{same: {of: xs, as: x, where: {x: {length: {at_least: 1}}}, value: 'x[-1]'}}", "pass"),
    ("{same: {of: m, as: x, value: x.$key}}", "fail"),
    ("{same: {of: gap, as: x, value: x}}", "pass"),
    ("{go: {equals: {join: [/usr, local, {fact: tail}]}}}", "unknown"),
    ("{go: {in: [{fact: arch}, {join: [/usr/local, go]}]}}", "pass"),
    ("{go: {equals: {param: roots, at: {fact: arch}}}}", "pass"),
    ("{go: {equals: {param: roots, at: {fact: go}}}}", "unknown"),
    ("{go: {equals: {param: roots, at: {fact: one}}}}", "unknown"),
    ("{every: {param: list}, as: p, satisfies: {go: {starts_with: {fact: p}}}}", "pass"),
    ("{go: {contains: {fact: arch}}}", "fail"),
    ("{xs: {length: {equals: {fact: three}}}}", "pass"),
    ("{not: {any: [{one: 2}, {not: {any: [{three: 3}, {gap.x: 1}]}}]}}", "pass"),
    # a hole that only one way of going through meets
    ("{same: {of: m, as: x, value: nowhere}}", "unknown"),
    ("{same: [gap.x, gap.x]}", "unknown"),
    ("{one: {in: [1, {fact: gap.x}]}}", "pass"),
    ("{one: {in: [2, {fact: gap.x}]}}", "unknown"),
    ("{'xs[-1]': {empty: true}}", "pass"),
    ("{'xs[9]': {exists: false}}", "pass"),
    ("{a.0: {exists: false}}", "unknown"),
    ("{gap.x.y: {exists: false}}", "pass"),
    ("{gap.x: {set: false}}", "pass"),
    ("{gap: {empty: true}}", "pass"),
]  # fmt: skip
PARAMS = """\
params:
  roots: {about: x, default: {arm64: /usr/local/go}}
  list: {about: x, default: [/usr, /]}
"""


@pytest.mark.parametrize(("condition", "outcome"), SHAPES)
def test_all_ways_of_judging_agree(court: Court, condition: str, outcome: str):
    assert court.verdict(f"require: {condition}", NESTED, pack=PARAMS).outcome == outcome


@pytest.mark.parametrize(("condition", "outcome"), SHAPES)
def test_all_ways_agree_in_guards_and_inside_of_elements(
    court: Court, condition: str, outcome: str
):
    guard = f"when: {condition}\nunless: {{one: 2}}\nrequire: {{one: 1}}"
    expected = {"fail": "not_applicable"}.get(outcome, outcome)
    assert court.verdict(guard, NESTED, pack=PARAMS).outcome == expected
    filters = f"for_each: xs\nas: e\nwhere: {condition}\nrequire: {{e.$key: {{at_most: 2}}}}"
    assert court.verdict(filters, NESTED, pack=PARAMS).outcome == expected
    exceptions = f"for_each: xs\nas: e\nunless: {{not: {condition}}}\nrequire: {{one: 1}}"
    assert court.verdict(exceptions, NESTED, pack=PARAMS).outcome == expected


@pytest.mark.parametrize(
    ("facts", "outcome"),
    [
        ({"xs": [{"ys": [1]}, {"ys": [1, 1]}]}, "pass"),
        ({"xs": [{"ys": [1]}, {"ys": [2]}]}, "fail"),
        ({"xs": [{"ys": []}]}, "not_applicable"),
        ({"xs": [{"ys": []}, {"ys": [1]}]}, "pass"),
        ({"xs": [{"ys": [1]}, {}]}, "unknown"),
        ({"xs": {"a": {"ys": {"b": 1}}}}, "pass"),
        ({"xs": "text"}, "unknown"),
    ],
)
def test_all_ways_agree_on_two_levels_of_for_each(court: Court, facts: Any, outcome: str):
    rule = "for_each: [{of: xs, as: x}, {of: x.ys, as: y}]\nrequire: {y: 1, x.ys: {exists: true}}"
    assert court.verdict(rule, facts).outcome == outcome


HOSTILE = [
    "None",
    "import os",
    "a'b",
    'q"q',
    "line\nbreak",
    "\\",
    "{x}",
    "__import__('os').system('touch /tmp/owned')",
    ")) or True or ((",
    "#",
    "é\u202e",
    "c1",
    "v1",
    "p0",
    "root",
    *keyword.kwlist[:6],
]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_of_a_rule_becomes_code(court: Court, text: str):
    """As a key, as a name of a table's entry, as a value, in a list, in a join, in a message."""
    quoted = json.dumps(text)
    path = json.dumps(f"x[{quoted}]")
    rule = "\n".join(
        [
            "for_each: m",
            "as: x",
            f"require: {{all: [{{{path}: {{equals: {{literal: {quoted}}}}}}},",
            f"  {{{path}: {{in: [{quoted}, {{fact: k}}]}}}},",
            f"  {{{path}: {{equals: {{param: t, at: {{fact: k}}}}}}}}]}}",
            f"title: {quoted}",
        ]
    )
    pack = f"params: {{t: {{about: x, default: {{{quoted}: {quoted}}}}}}}"
    facts = {"m": [{text: text}], "k": text}
    program = court.program(rule, pack)
    assert court.verdict(rule, facts, pack=pack).outcome == "pass"
    generator = Generator(program)
    generator.function()
    written = "\n".join(generator._lines)
    if len(text) > 6:
        assert text not in written


@pytest.mark.parametrize("name", ["class", "None", "root", "plain", "now", "v1", "c1", "values"])
def test_names_that_a_rule_binds_are_no_names_of_the_code(court: Court, name: str):
    rule = f"require: {{every: xs, as: {name}, satisfies: {{{name}: {{at_most: 3}}}}}}"
    assert court.verdict(rule, {"xs": [1, 2, 3]}).outcome == "pass"


def test_a_rule_nested_too_deeply_for_python_is_left_to_walking(court: Court):
    for depth in (DEEPEST - 1, DEEPEST, DEEPEST + 1, 3 * DEEPEST):
        condition = "{one: 1}"
        for number in range(depth):
            condition = f"{{every: list, as: n{number}, satisfies: {condition}}}"
        verdict = court.verdict(f"require: {condition}", {"one": 1, "list": [1]})
        assert verdict.outcome == "pass"


def test_levels_of_for_each_count_as_nesting(court: Court):
    levels = ", ".join(f"{{of: list, as: e{number}}}" for number in range(DEEPEST))
    condition = "{one: 1}"
    for number in range(DEEPEST - 1):
        condition = f"{{every: list, as: n{number}, satisfies: {condition}}}"
    verdict = court.verdict(f"for_each: [{levels}]\nrequire: {condition}", {"one": 1, "list": [1]})
    assert verdict.outcome == "pass"


def outcomes(court: Court, rule: str, facts: dict[str, Any], **envelope: Any) -> list[str | None]:
    """Give what generated code is sure of."""
    root = document(facts, **envelope).root
    return generate(court.program(rule))(root, dict(root), None)


@pytest.mark.parametrize(
    ("facts", "sure"),
    [
        ({"x": 1}, "pass"),
        ({"x": 2}, None),
        ({}, None),
        ({"x": {"$redacted": ["1"]}}, None),
        ({"x": None}, None),
    ],
)
def test_generated_code_is_sure_only_of_what_needs_no_evidence(court: Court, facts, sure):
    assert outcomes(court, "require: {x: 1}", facts) == [sure]


def test_a_hole_anywhere_in_a_domain_is_left_to_walking(court: Court):
    rule = "require: {every: xs, as: x, satisfies: {x.a: 1}}"
    facts = {"xs": [{"a": 1}, {"a": 1}]}
    assert outcomes(court, rule, facts) == ["pass"]
    for pointer in ("/xs/-", "/xs/1", "/xs/1/a", "/xs/2", "/xs"):
        absent = {pointer: {"reason": "timeout"}}
        assert outcomes(court, rule, facts, absent=absent) == [None]


# What generated code calls


def test_a_domain_that_is_not_plain_is_doubted():
    allowance = Allowance()
    allowance.renew()
    for domain in (PartialList([1]), "text", None, 1, Absent("missing"), Redacted(("a",))):
        for way in (allowance.values, allowance.items):
            with pytest.raises(Doubt):
                way(domain)


def test_an_allowance_is_used_up_and_renewed(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.evaluate.sure.MAX_WORK", 3)
    allowance = Allowance()
    allowance.renew()
    assert list(allowance.values([1, 2])) == [1, 2]
    assert list(allowance.items({"a": 1})) == [("a", 1)]
    with pytest.raises(Doubt):
        allowance.values([1])
    allowance.renew()
    assert list(allowance.items([1])) == [(0, 1)]


@pytest.mark.parametrize(
    "values", [[Absent("missing")], [1, Absent("missing")], [Redacted(("a",)), 1]]
)
def test_what_is_not_known_is_not_the_same(values):
    with pytest.raises(Doubt):
        same(values)


def test_a_length_and_an_item_of_what_is_not_plain_are_doubted():
    for value in (PartialList([1]), None, 1):
        with pytest.raises(Doubt):
            length_of(value)
    with pytest.raises(Doubt):
        item(PartialList([1]), 0)
    with pytest.raises(Doubt):
        item({0: 1}, 0)


def test_what_no_collector_knows_is_not_known_to_be_missing(court: Court):
    schema = {"go": {"type": "object", "properties": {"env": {"properties": {"GOROOT": {}}}}}}
    facts = {"go": {"env": {}, "xs": [{}]}}
    for condition, outcome in (
        ("go.env.GOROOT: {exists: false}", "pass"),
        ("go.env.GOROTO: {exists: false}", "unknown"),
        ("go.env.GOROTO: {set: false}", "unknown"),
        ("go.kernel.x: {exists: false}", "unknown"),
        ("acme.kernel: {exists: false}", "pass"),
    ):
        program = court.program(f"require: {{{condition}}}", schema=schema)
        report = judged_every_way(program, document(facts | {"acme": {}}))
        assert report.verdicts[0].outcome == outcome, condition
