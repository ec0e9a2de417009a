from __future__ import annotations

from typing import Any

import pytest

from engine.errors import LoadError
from engine.loading.conditions import condition, names_bound_in
from engine.loading.positions import read_yaml
from engine.loading.scope import Scope
from engine.model import conditions as model
from engine.model.place import Place
from engine.operators import OPERATORS


def read(text: str, *bound: str) -> model.Condition:
    return condition(read_yaml(text.encode(), "file.yaml"), Scope(OPERATORS, frozenset(bound)))


def told(value: Any) -> str:  # noqa: C901, PLR0912 - one case for each kind of condition
    """Tell a condition in one line: what it means, without the places."""
    match value:
        case model.AllOf(children):
            return f"all({', '.join(map(told, children))})"
        case model.AnyOf(children):
            return f"any({', '.join(map(told, children))})"
        case model.Not(child):
            return f"not({told(child)})"
        case model.Match(subject, operator, operand, _, scheme):
            scheme = f" as {scheme}" if scheme else ""
            return f"{told(subject)} {operator} {told(operand)}{scheme}"
        case model.Quantified(quantifier, domain, name, where, satisfies):
            where = f" where {told(where)}" if where else ""
            return f"{quantifier} {name} of {told(domain)}{where}: {told(satisfies)}"
        case model.Count(domain, name, where, matcher):
            where = f" where {told(where)}" if where else ""
            return f"count {name} of {told(domain)}{where}: {told(matcher)}"
        case model.Same(items):
            return f"same({', '.join(map(told, items))})"
        case model.SameOf(domain, name, where, fact):
            where = f" where {told(where)}" if where else ""
            return f"same {name} of {told(domain)}{where}: {told(fact)}"
        case model.Use(name):
            return f"use {name}"
        case model.FactRef(_, steps):
            return "/".join(map(repr, steps)).replace("'", "")
        case model.LengthOf(subject):
            return f"length({told(subject)})"
        case model.Counted():
            return "number"
        case model.Literal(value):
            return repr(value)
        case model.ParamRef(name):
            return f"${name}"
        case model.TableRef(name, at):
            return f"${name}[{told(at)}]"
        case model.Join(parts):
            return f"join({', '.join(map(told, parts))})"
        case model.ListOf(items):
            return f"[{', '.join(map(told, items))}]"
    raise AssertionError(value)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        # one entry and several
        ('{go.env.CGO_ENABLED: "0"}', "go/env/CGO_ENABLED equals '0'"),
        ("{a: 1, b: null, c: true}", "all(a equals 1, b equals None, c equals True)"),
        ("{all: [{a: 1}, {b: 2, c: 3}]}", "all(a equals 1, all(b equals 2, c equals 3))"),
        ("{any: [{a: 1}], b: 2}", "all(any(a equals 1), b equals 2)"),
        ("{not: {a: 1, b: 2}}", "not(all(a equals 1, b equals 2))"),
        ("{use: managed-go, a: 1}", "all(use managed-go, a equals 1)"),
        # matchers
        ("{a: {exists: true, contains: -trimpath}}", "all(a exists True, a contains '-trimpath')"),
        ("{a: {not: x}}", "not(a equals 'x')"),
        ("{a: {not: {contains: x, exists: true}}}", "not(all(a contains 'x', a exists True))"),
        ("{a: {not: {not: {set: false}}}}", "not(not(a set False))"),
        ("{a: {length: 3}}", "length(a) equals 3"),
        (
            "{a: {length: {at_least: 1, not: {more_than: 3}}}}",
            "all(length(a) at_least 1, not(length(a) more_than 3))",
        ),
        ("{a: {length: {length: 1}}}", "length(length(a)) equals 1"),
        # versions
        ('{a: {version: ">=1.22, <1.25"}}', "a version '>=1.22, <1.25'"),
        ("{a: {version: {param: range}}}", "a version $range"),
        (
            "{a: {version: {at_least: {fact: b}, scheme: go}}}",
            "a at_least b as go",
        ),
        ('{a: {version: {less_than: "2"}}}', "a less_than '2' as declared"),
        (
            '{a: {version: {scheme: semver, version: ">=1.0.0", not: {at_most: "1.2.0"}}}}',
            "all(a version '>=1.0.0' as semver, not(a at_most '1.2.0' as semver))",
        ),
        ("{a: {at_least: {fact: b}}}", "a at_least b"),
        # operands
        ("{a: {in: [x, 1, null]}}", "a in ['x', 1, None]"),
        ("{a: {in: [{fact: b}, c]}}", "a in [b, 'c']"),
        ("{a: {equals: [[{fact: b}], c]}}", "a equals [[b], 'c']"),
        ("{a: {in: {param: tools}}}", "a in $tools"),
        ("{a: {equals: {param: t, at: {fact: b}}}}", "a equals $t[b]"),
        ("{a: {equals: {param: t, at: {param: u, at: k}}}}", "a equals $t[$u['k']]"),
        ("{a: {inside: {join: [{fact: b}, bin]}}}", "a inside join(b, 'bin')"),
        ("{a: {equals: {literal: {fact: b}}}}", "a equals {'fact': 'b'}"),
        ("{a: {equals: {literal: [{param: p}]}}}", "a equals [{'param': 'p'}]"),
        (
            "{a: {conforms_to: {properties: {fact: {const: 1}}, required: [fact]}}}",
            "a conforms_to {'properties': {'fact': {'const': 1}}, 'required': ['fact']}",
        ),
        # quantifiers
        ("{every: xs, as: x, satisfies: {x: 1}}", "every x of xs: x equals 1"),
        (
            "{some: {param: ps}, as: p, where: {p.on: true}, satisfies: {p.name: a}}",
            "some p of $ps where p/on equals True: p/name equals 'a'",
        ),
        ("{none: {fact: xs}, as: x, satisfies: {x.$key: 1}}", "none x of xs: x/$key equals 1"),
        (
            "{every: xs, as: x, satisfies: {some: x.ys, as: y, satisfies: {y: {in: [{fact: x}]}}}}",
            "every x of xs: some y of x/ys: y in [x]",
        ),
        (
            "{all: [{some: xs, as: x, satisfies: {x: 1}}, {none: ys, as: x, satisfies: {x: 1}}]}",
            "all(some x of xs: x equals 1, none x of ys: x equals 1)",
        ),
        ("{count: {of: xs, as: x, is: 1}}", "count x of xs: number equals 1"),
        (
            "{count: {of: xs, as: x, where: {x.a: 1}, is: {at_least: 1, at_most: {fact: n}}}}",
            "count x of xs where x/a equals 1: all(number at_least 1, number at_most n)",
        ),
        ("{same: [a.b, 'c[0]']}", "same(a/b, c/0)"),
        ("{same: {of: xs, as: x, value: x.v}}", "same x of xs: x/v"),
        (
            "{same: {of: xs, as: x, where: {x.a: 1}, value: x.v}}",
            "same x of xs where x/a equals 1: x/v",
        ),
        # names
        ("{'[\"same\"]': 1}", "same equals 1"),
        ("{'[\"every\"].x': 1}", "every/x equals 1"),
        ("{a: {equals: {fact: same}}}", "a equals same"),
        ("{value: 1, of: 2, is: 3}", "all(value equals 1, of equals 2, is equals 3)"),
    ],
)
def test_a_condition_means(text: str, meaning: str) -> None:
    assert told(read(text)) == meaning


def test_everything_in_a_condition_knows_its_place() -> None:
    found = read(
        "go.version:\n  at_least: {fact: b}\n  not: x\nc: [1]\n".replace("c: [1]\n", "c: y\n")
    )

    assert isinstance(found, model.AllOf)
    matches, shorthand = found.children
    assert isinstance(matches, model.AllOf)
    assert isinstance(shorthand, model.Match)
    at_least, negated = matches.children
    assert isinstance(at_least, model.Match)
    assert found.place == Place("file.yaml", 1, 1)
    assert at_least.place == Place("file.yaml", 2, 3)
    assert at_least.subject.place == Place("file.yaml", 1, 1)
    assert at_least.operand.place == Place("file.yaml", 2, 20)
    assert negated.place == Place("file.yaml", 3, 3)
    assert shorthand.place == Place("file.yaml", 4, 1)
    assert shorthand.operand.place == Place("file.yaml", 4, 4)


def test_a_name_is_free_again_after_its_quantifier() -> None:
    read("{all: [{some: a, as: x, satisfies: {x: 1}}, {some: b, as: x, satisfies: {x: 1}}]}")


def test_a_name_from_around_is_bound_inside() -> None:
    assert told(read("{x.$key: 0}", "x")) == "x/$key equals 0"
    with pytest.raises(LoadError, match="already bound"):
        read("{some: a, as: x, satisfies: {x: 1}}", "x")


def test_an_anchored_condition_may_be_used_again() -> None:
    assert told(read("{all: [&c {a: 1}, {not: *c}]}")) == "all(a equals 1, not(a equals 1))"


def test_one_mistake_in_an_anchored_condition_is_told_once() -> None:
    with pytest.raises(LoadError) as caught:
        read("{all: [&c {a: {equal: 1}}, {not: *c}]}")

    assert len(caught.value.complaints) == 1


def test_the_names_inside_a_condition_can_be_asked_for() -> None:
    counted = "{count: {of: b, as: y, is: 1}}"
    same = "{same: {of: c, as: z, value: z}}"
    text = f"{{not: {{any: [{{every: a, as: x, satisfies: {counted}}}, {same}]}}}}"

    assert set(names_bound_in(read(text))) == {"x", "y", "z"}
    assert set(names_bound_in(None)) == set()
