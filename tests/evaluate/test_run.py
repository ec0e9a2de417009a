"""A program on one document and on many: the same reports, in order, for the documents' kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from engine.evaluate.run import WORTH_GENERATING, evaluate, evaluate_many
from engine.model.verdicts import DisabledRule
from tests.evaluate.conftest import document, judged_every_way

if TYPE_CHECKING:
    from tests.compile.written import Written
    from tests.evaluate.conftest import Court

RULES = """\
rules:
  - {id: machine, subjects: [workstation], require: {x: 1}}
  - {id: both, subjects: [workstation, repository], require: {x: 1}}
  - {id: all, require: {x: 1}}
"""


@pytest.mark.parametrize(
    ("subject", "rules"),
    [
        ({"kind": "workstation"}, ["all", "both", "machine"]),
        ({"kind": "repository"}, ["all", "both"]),
        ({"kind": "ci"}, ["all"]),
        ({}, ["all", "both", "machine"]),
    ],
)
def test_only_rules_for_a_documents_kind_are_judged(court: Court, subject, rules: list[str]):
    report = court.report(RULES, {"x": 1}, subject=subject)
    assert [verdict.rule for verdict in report.verdicts] == rules


def test_rules_that_are_off_are_in_the_report(written: Written):
    written.pack("base", a="require: {x: 1}")
    off = "extends: [../base]\noverrides: [{rule: a, disabled: true, because: unused}]"
    report = judged_every_way(written.program(written.pack("team", off)), document({}))
    assert report.disabled == (DisabledRule(rule="a", pack="team", because="unused"),)
    assert report.document == "facts.json"


def test_many_documents_give_the_reports_that_one_by_one_give(court: Court):
    program = court.program(
        """\
        rules:
          - {id: plain, require: {x: 1}}
          - {id: each, for_each: xs, as: e, require: {e: {at_most: {fact: x}}}, message: "{e}"}
          - {id: aged, require: {t: {newer_than: 1d}}}
        """,
        waivers="- {rule: plain, owner: me, because: it is, expires: '2026-01-01'}",
    )
    now = 1_760_000_000 * 10**9
    times = ["2025-10-09T00:00:00Z", "2020-01-01T00:00:00Z", "no time"]
    documents = [
        document({"x": number % 3, "xs": [number % 5, 1], "t": times[number % 3]})
        for number in range(WORTH_GENERATING * 2)
    ]
    for moment in (now, None):
        one_by_one = [evaluate(program, facts, moment) for facts in documents]
        assert list(evaluate_many(program, documents, moment)) == one_by_one
    assert {verdict.outcome for report in one_by_one for verdict in report.verdicts} == {
        "pass",
        "fail",
        "unknown",
    }


def test_documents_are_judged_as_they_come(court: Court):
    program = court.program("require: {x: 1}")
    endless = (document({"x": 1}) for _ in iter(int, 1))
    reports = evaluate_many(program, endless, worth_generating=2)
    assert [next(reports).verdicts[0].outcome for _ in range(5)] == ["pass"] * 5


def test_without_rules_there_is_an_empty_report(court: Court):
    report = court.report(
        "rules: [{id: r, subjects: [ci], require: {x: 1}}]", {}, subject={"kind": "container"}
    )
    assert report.verdicts == ()
    assert sum(report.summary().values()) == 0
