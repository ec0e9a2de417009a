"""Messages filled in: values as people write them, and never a verdict that depends on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from engine.evaluate.message import show
from engine.model.facts import Absent, Redacted

if TYPE_CHECKING:
    from tests.evaluate.conftest import Court


def said(court: Court, message: str, facts: dict[str, Any], pack: str = "", **envelope: Any) -> str:
    """Give the message of a rule that fails."""
    rule = f"require: {{fails: 1}}\nmessage: {message}"
    (finding,) = court.verdict(rule, {"fails": 0} | facts, pack=pack, **envelope).findings
    return finding.message


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a text", "a text"),
        ("", ""),
        (1, "1"),
        (1.5, "1.5"),
        (True, "true"),
        (None, "null"),
        (["a", 1, None], '["a", 1, null]'),
        ({"k": "é"}, '{"k": "é"}'),
        ("two\nlines\t\x1b[31m", "two\\nlines\\t\\u001b[31m"),
        ("\u202ereversed", "\\u202ereversed"),
        (["\x1b", "\u202e"], '["\\u001b", "\\u202e"]'),
        (Redacted(("a",)), "<redacted>"),
        ([Redacted(("a",))], '["<redacted>"]'),
        (Absent("timeout", "slow"), "<unknown: timeout>"),
        ({"a": Absent("timeout")}, '{"a": "<unknown: timeout>"}'),
    ],
)
def test_a_value_is_shown_on_one_line_without_hidden_characters(value: Any, text: str):
    assert show(value) == text


def test_placeholders_are_filled_in_and_doubled_braces_are_braces(court: Court):
    message = "'{{{x}}} {y[0].z} {m[\"a b\"]} {param:p}'"
    facts = {"x": "v", "y": [{"z": 1}], "m": {"a b": True}}
    pack = "params: {p: {about: x, default: [1, 2]}}"
    assert said(court, message, facts, pack) == "{v} 1 true [1, 2]"


def test_what_is_not_known_does_not_change_the_verdict(court: Court):
    absent = {"/gone": {"reason": "permission", "detail": "closed"}}
    message = "'{gone} {nothing} {secret} {fails.deeper}'"
    facts = {"secret": {"$redacted": ["a"]}}
    assert said(court, message, facts, absent=absent) == (
        "<unknown: permission> <unknown: missing> <redacted> <unknown: wrong_type>"
    )


def test_bound_names_and_their_keys_can_be_told(court: Court):
    rule = "for_each: m\nas: x\nrequire: {x: 0}\nmessage: '{x.$key}={x}'\nremedy: 'unset {x.$key}'"
    findings = court.verdict(rule, {"m": {"a": 1, "b": 2}}).findings
    assert [finding.message for finding in findings] == ["a=1", "b=2"]
    assert [finding.remedy for finding in findings] == ["unset a", "unset b"]


def test_a_value_is_never_taken_for_a_placeholder(court: Court):
    assert said(court, "'{x}'", {"x": "{y} {{z}} %s"}) == "{y} {{z}} %s"


def test_without_a_message_the_title_is_said(court: Court):
    (finding,) = court.verdict("title: X is {one}\nrequire: {x: 1}", {"x": 2}).findings
    assert finding.message == "X is {one}"
    assert finding.remedy is None
