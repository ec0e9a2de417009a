"""Waivers: which finding they cover, until when, and when they have nothing left to do."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from engine.model.verdicts import Report
    from tests.evaluate.conftest import Court

RULE = "for_each: tools\nas: t\nrequire: {t.ok: true}"
BAD = [{"name": "gopls", "ok": False}, {"name": "dlv", "ok": False}]


def at(text: str) -> int:
    """Give a moment in nanoseconds since 1970."""
    return int(datetime.fromisoformat(text).astimezone(UTC).timestamp()) * 10**9


NOW = at("2026-11-23T12:00:00+00:00")


def report(court: Court, *waivers: str, tools: Any = BAD, now: int | None = NOW) -> Report:
    """Judge tools with some waivers of the rule."""
    head = "- {rule: r, owner: me, because: it is, "
    text = "\n".join(
        head + ("" if "expires" in waiver else "expires: '2027-01-31', ") + waiver + "}"
        for waiver in waivers
    )
    return court.report(RULE, {"tools": tools}, now, waivers=text)


def waived(found: Report) -> list[bool]:
    """Say for each finding whether it is waived."""
    return [finding.waiver is not None for finding in found.verdicts[0].findings]


def stale(found: Report) -> list[str]:
    """Say why waivers are stale."""
    return [one.why for one in found.stale_waivers]


def test_a_waiver_covers_every_finding_of_its_rule(court: Court):
    found = report(court, "")
    assert waived(found) == [True, True]
    assert stale(found) == []
    assert found.verdicts[0].outcome == "fail"
    assert found.verdicts[0].is_waived
    assert found.summary()["waived"] == 1
    assert found.summary()["fail"] == 0


def test_a_waived_finding_carries_its_waiver(court: Court):
    waiver = report(court, "").verdicts[0].findings[0].waiver
    assert (waiver.rule, waiver.owner, waiver.because) == ("r", "me", "it is")
    assert (waiver.expires, waiver.place.line) == ("2027-01-31", 2)


def test_a_condition_limits_a_waiver_to_some_elements(court: Court):
    found = report(court, "where: {t.name: gopls}")
    assert waived(found) == [True, False]
    assert not found.verdicts[0].is_waived
    assert found.summary()["fail"] == 1


def test_a_condition_that_is_unknown_does_not_waive_and_is_not_called_needless(court: Court):
    found = report(court, "where: {t.owner: me}")
    assert waived(found) == [False, False]
    assert stale(found) == []


def test_a_condition_that_no_finding_meets_is_needless(court: Court):
    found = report(court, "where: {t.name: gofmt}")
    assert waived(found) == [False, False]
    assert stale(found) == ["not_needed"]


def test_a_value_limits_a_waiver_to_findings_with_that_fingerprint(court: Court):
    fingerprint = report(court).verdicts[0].findings[0].fingerprint
    assert waived(report(court, f"value: '{fingerprint}'")) == [True, True], "both rest on `false`"
    other = f"sha256:{'0' * 64}"
    found = report(court, f"value: '{other}'")
    assert waived(found) == [False, False]
    assert stale(found) == ["lapsed"]


def test_a_waiver_lapses_when_the_value_changes(court: Court):
    fingerprint = report(court).verdicts[0].findings[0].fingerprint
    changed = [{"name": "gopls", "ok": "no"}]
    found = report(court, f"value: '{fingerprint}', where: {{t.name: gopls}}", tools=changed)
    assert waived(found) == [False]
    assert stale(found) == ["lapsed"]


@pytest.mark.parametrize(
    ("moment", "is_waived"),
    [
        ("2026-11-23T00:00:00+00:00", True),
        ("2026-11-23T23:59:59+00:00", True),
        ("2026-11-24T00:00:00+00:00", False),
        ("2026-11-24T01:30:00+02:00", True),
        ("2026-11-23T23:30:00-01:00", False),
        ("1969-12-31T23:59:59+00:00", True),
    ],
)
def test_a_waiver_counts_through_its_last_day_in_utc(court: Court, moment: str, is_waived: bool):
    found = report(court, "expires: '2026-11-23'", now=at(moment))
    assert waived(found) == [is_waived, is_waived]
    assert stale(found) == ([] if is_waived else ["expired"])


def test_an_expired_waiver_is_told_even_where_nothing_fails(court: Court):
    found = report(court, "expires: '2020-01-01'", tools=[{"ok": True}])
    assert stale(found) == ["expired"]


def test_without_a_time_nothing_is_waived_and_nothing_is_stale(court: Court):
    found = report(court, "", "expires: '2020-01-01'", now=None)
    assert waived(found) == [False, False]
    assert stale(found) == []


@pytest.mark.parametrize(
    ("tools", "why"),
    [
        ([{"ok": True}], ["not_needed"]),
        ([], ["not_needed"]),
        ([{"ok": True}, {}], []),
        ([{}], []),
    ],
)
def test_a_waiver_is_needless_only_where_all_is_known(court: Court, tools: Any, why: list[str]):
    assert stale(report(court, "", tools=tools)) == why


def test_the_first_waiver_in_force_counts_and_a_second_is_needless(court: Court):
    found = report(court, "expires: '2020-01-01'", "where: {t.name: gopls}", "", "")
    lines = [finding.waiver.place.line for finding in found.verdicts[0].findings]
    assert lines == [3, 4]
    assert [(one.waiver.place.line, one.why) for one in found.stale_waivers] == [
        (2, "expired"),
        (5, "not_needed"),
    ]


def test_an_unknown_is_never_waived(court: Court):
    found = report(court, "", tools=[{}])
    assert found.verdicts[0].outcome == "unknown"
    assert found.summary()["waived"] == 0


def test_a_waiver_of_a_rule_that_is_not_about_this_kind_is_left_alone(court: Court):
    waivers = "- {rule: r, owner: me, because: it is, expires: '2027-01-31'}"
    found = court.report(
        f"subjects: [repository]\n{RULE}", {}, NOW, waivers=waivers, subject={"kind": "ci"}
    )
    assert found.verdicts == ()
    assert stale(found) == []
