"""Proofs as lines for people; the texts stand in tests/golden/evaluate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.evaluate.explain import LONGEST, Line, explain
from engine.evaluate.judge import examine
from engine.evaluate.scope import Scope
from tests.evaluate.conftest import document

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.evaluate.conftest import Court

FACTS = {
    "a": 1,
    "b": "two",
    "go": {"version": "1.22", "root": "/usr/local/go"},
    "tools": [
        {"name": "go", "at": "/usr/local/go/bin/go"},
        {"name": "gofmt", "at": "/usr/bin/gofmt"},
        {"name": "ls"},
        {"name": "dlv"},
    ],
    "secret": {"$redacted": ["token-", {"salt": "s", "hash": "1"}]},
    "part": [{"uses": [1]}, {}, {"uses": [1, 2]}],
    "cut": [1],
    "m": {"k": 1, "odd\n\u202ekey": 2},
}
ENVELOPE = {
    "absent": {
        "/closed": {"reason": "permission"},
        "/slow": {"reason": "timeout", "detail": "it took 30 s"},
        "/cut/-": {"reason": "too_large"},
        "/part/2/uses/1": {"reason": "timeout"},
    },
    "provenance": {
        "/go": {"from": "go env -json"},
        "/b": {"file": "/etc/\x1b[31mb", "line": 3},
        "/tools/1": {"collector": "path", "file": "~/.zshrc", "line": 12},
    },
}
PACK = """\
params:
  names: {about: x, default: [go, gofmt, dlv]}
  roots: {about: x, default: {two: /usr}}
define:
  new-go: {go.version: {version: {at_least: '1.21', scheme: go}}}
"""
RULES = {
    "conditions": """\
        require:
          all:
            - a: 1
            - not: {b: {in: [two, {fact: a}]}}
            - any: [{a: {more_than: 2}}, {use: new-go}]
            - go.root: {equals: {join: [{fact: go.root}, bin]}}
            - go.root: {inside: {param: roots, at: {fact: b}}}
            - same: [a, b]
            - b: {length: {at_least: 2}}
        """,
    "quantifiers": """\
        require:
          all:
            - every: tools
              as: t
              where: {t.name: {in: {param: names}}}
              satisfies: {t.at: {inside: {fact: go.root}}}
            - none: {param: names}
              as: n
              satisfies: {n: go}
            - count:
                of: m
                as: x
                where: {x.$key: {starts_with: k}}
                is: {at_most: 3, not: {in: [2, {fact: a}]}}
            - same: {of: tools, as: t, value: t.name}
        """,
    "unknowns": """\
        require:
          all:
            - closed: 1
            - slow: 1
            - secret: {starts_with: token}
            - a: {starts_with: a}
            - bb: 1
            - every: cut
              as: c
              satisfies: {c: 1}
            - some: b
              as: x
              satisfies: {x: 1}
        """,
    "elements": """\
        when: {a: 1}
        for_each: tools
        as: tool
        where: {tool.at: {exists: true, inside: /usr}}
        unless: {tool.name: ls}
        require: {tool.at: {inside: {fact: go.root}}}
        """,
    "holes": """\
        for_each: [{of: part, as: t}, {of: t.uses, as: u}]
        require: {u: 1}
        """,
    "counts": """\
        require:
          any:
            - count: {of: tools, as: t, is: {equals: {fact: closed}}}
            - count: {of: cut, as: c, is: {at_least: 2}}
        """,
    "guards": """\
        when: {a: 2}
        unless: {closed: 1}
        require: {b: two}
        """,
    "unless-alone": """\
        unless: {closed: 1}
        require: {b: two}
        """,
    "hidden-characters": """\
        for_each: m
        as: x
        require: {x.$key: {equals: {fact: b}}}
        """,
}


def lines(court: Court, rule: str, facts: dict[str, Any] = FACTS) -> list[Line]:
    """Give the lines that explain a rule."""
    program = court.program(rule, PACK)
    return list(explain(program.rules[0], Scope(program, document(facts, **ENVELOPE), None)))


@pytest.mark.parametrize("name", RULES)
def test_a_proof_is_told_line_by_line(court: Court, golden: Callable[[str, str], None], name: str):
    marks = {True: "+", False: "-", None: "?"}
    told = ""
    for line in lines(court, RULES[name]):
        mark = marks[line.truth] if line.is_judged else " "
        told += f"{mark} {'  ' * line.depth}{line.text}\n"
        told += "".join(f"      {'  ' * line.depth}{value}\n" for value in line.values)
    golden(f"evaluate/explain-{name}.text", told)


def test_no_line_shows_a_secret_or_a_hidden_character(court: Court):
    for rule in RULES.values():
        for line in lines(court, rule):
            for text in (line.text, *line.values):
                assert text.isprintable()
                assert "token-" not in text.replace('"token"', "")


def test_a_long_value_is_cut(court: Court):
    (_, line) = lines(court, "require: {long: x}", {"long": "y" * 500})
    (value,) = line.values
    assert len(value) <= LONGEST + len("long = ")
    assert value.endswith("y ...")


def test_a_rule_that_gives_up_says_so(court: Court, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.evaluate.scope.MAX_WORK", 1)
    rule = "require: {every: tools, as: t, satisfies: {t.name: go}}"
    assert lines(court, rule) == [Line(0, "gave up after looking at 1 elements", None)]


def test_the_truths_told_are_the_truths_judged(court: Court):
    rule = RULES["elements"]
    program = court.program(rule, PACK)
    scope = Scope(program, document(FACTS, **ENVELOPE), None)
    judged = examine(program.rules[0], scope)
    told = [line.truth for line in lines(court, rule) if line.text.startswith("for ")]
    assert told == [proof.truth for _, proof in judged.elements]
