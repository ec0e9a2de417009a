"""Verdicts and reports: a summary that adds up, and a reason only where there is one."""

from __future__ import annotations

from typing import Any

import pytest

from engine.model.place import Place
from engine.model.verdicts import CAUSES, OUTCOMES, Finding, Report, Unknown, Verdict, Waiver

PLACE = Place("r.yaml", 1)
WAIVER = Waiver("r", "me", "it is", "2027-01-31", PLACE)
WAIVED, OPEN = Finding("m", (), "f", waiver=WAIVER), Finding("m", (), "f")


def verdict(outcome: Any, **rest: Any) -> Verdict:
    """Give a verdict of little content."""
    return Verdict("r", "t", "low", outcome, PLACE, **rest)


def test_a_summary_counts_every_verdict_once():
    verdicts = (
        verdict("pass"),
        verdict("fail", findings=(OPEN, WAIVED)),
        verdict("fail", findings=(WAIVED, WAIVED)),
        verdict("unknown"),
        verdict("not_applicable"),
        verdict("error"),
    )
    summary = Report("facts.json", verdicts).summary()
    assert summary == {**dict.fromkeys(OUTCOMES, 1), "waived": 1}
    assert sum(summary.values()) == len(verdicts)


@pytest.mark.parametrize(
    ("found", "is_waived"),
    [
        (verdict("fail", findings=(WAIVED,)), True),
        (verdict("fail", findings=(WAIVED, OPEN)), False),
        (verdict("pass"), False),
        (verdict("unknown"), False),
    ],
)
def test_a_verdict_is_waived_when_all_its_findings_are(found: Verdict, is_waived: bool):
    assert found.is_waived is is_waived


def test_the_reason_of_an_unknown_is_its_first():
    first, second = Unknown("missing", "a"), Unknown("timeout", "b")
    assert verdict("unknown", unknowns=(first, second)).reason is first
    assert verdict("fail", unknowns=(first,)).reason is None
    assert verdict("pass").reason is None


def test_every_cause_has_words():
    assert all(words == words.strip(" .") and words for words in CAUSES.values())
