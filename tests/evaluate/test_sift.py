"""Sifting: `pass` or `not_applicable` where that is sure, and nothing else.

That it agrees with proof is seen wherever tests judge a rule, which they do every way there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.evaluate.scope import Scope
from engine.evaluate.sift import sift
from tests.evaluate.conftest import document

if TYPE_CHECKING:
    from tests.evaluate.conftest import Court


def sifted(court: Court, rule: str, facts: dict[str, Any], **envelope: Any) -> str | None:
    """Give what sifting says of a rule."""
    program = court.program(rule)
    return sift(program.rules[0], Scope(program, document(facts, **envelope), None))


@pytest.mark.parametrize(
    ("rule", "outcome"),
    [
        ("require: {x: 1}", "pass"),
        ("require: {x: 2}", None),
        ("require: {gap: 1}", None),
        ("when: {x: 2}\nrequire: {gap: 1}", "not_applicable"),
        ("when: {gap: 1}\nrequire: {x: 1}", None),
        ("unless: {x: 1}\nrequire: {gap: 1}", "not_applicable"),
        ("for_each: none\nas: e\nrequire: {gap: 1}", "not_applicable"),
        ("for_each: xs\nas: e\nwhere: {e: 9}\nrequire: {gap: 1}", "not_applicable"),
        ("for_each: xs\nas: e\nunless: {e: 2}\nrequire: {e: 1}", "pass"),
        ("for_each: xs\nas: e\nrequire: {e: 1}", None),
        ("for_each: x\nas: e\nrequire: {e: 1}", None),
        ("for_each: secret\nas: e\nrequire: {e: 1}", None),
        ("require: {any: [{x: 1}, {gap: 1}]}", "pass"),
        ("require: {any: [{gap: 1}, {x: 1}]}", None),
        ("require: {gap.deep: {exists: false}}", None),
    ],
)
def test_only_what_is_sure_is_said(court: Court, rule: str, outcome: str | None):
    facts = {"x": 1, "xs": [1, 2], "none": [], "secret": {"$redacted": ["a"]}}
    assert sifted(court, rule, facts) == outcome


def test_a_domain_with_a_hole_is_left_to_proof(court: Court):
    rule = "require: {every: xs, as: x, satisfies: {x.a: 1}}"
    facts = {"xs": [{"a": 1}, {"a": 1}]}
    assert sifted(court, rule, facts) == "pass"
    for pointer in ("/xs/-", "/xs/1", "/xs/1/a", "/xs/2", "/xs"):
        assert sifted(court, rule, facts, absent={pointer: {"reason": "timeout"}}) is None


def test_giving_up_is_left_to_proof(court: Court, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("engine.evaluate.scope.MAX_WORK", 1)
    assert sifted(court, "require: {every: xs, as: x, satisfies: {x: 1}}", {"xs": [1, 1]}) is None
