"""The format for machines: a versioned shape of its own, the same bytes for the same reports.

Each verdict stands on one line, so that reports can be compared line by line.
"""

from __future__ import annotations

from engine.report._base import Format
from engine.report._values import in_order, json_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.model.json_value import Json, JsonObject
    from engine.model.place import Place
    from engine.model.verdicts import (
        Evidence,
        Finding,
        Report,
        StaleWaiver,
        Unknown,
        Verdict,
        Waiver,
    )
    from engine.report._base import Layout

REPORT = "precedent/report/v1"
REPORTS = "precedent/reports/v1"


def render(reports: Sequence[Report], _layout: Layout) -> str:
    """Give one report as it is, and several, or none, in an envelope."""
    if len(reports) == 1:
        return _report_text(reports[0]) + "\n"
    return _object_text({"schema": REPORTS}, {"reports": map(_report_text, reports)}) + "\n"


def evidence_shape(evidence: Sequence[Evidence]) -> list[Json]:
    """Give pieces of evidence as they stand in machine formats."""
    return [
        {
            "fact": item.fact,
            "path": item.path,
            "value": in_order(item.value),
            "cause": item.cause,
            "provenance": None if item.provenance is None else item.provenance.as_json(),
        }
        for item in evidence
    ]


def _report_text(report: Report) -> str:
    head = {"schema": REPORT, "document": report.document, "summary": report.summary()}
    verdicts = sorted(report.verdicts, key=lambda verdict: verdict.rule)
    lists: dict[str, Iterable[Json]] = {
        "verdicts": map(_verdict, verdicts),
        "stale_waivers": map(_stale_waiver, report.stale_waivers),
        "disabled": (
            {"rule": rule.rule, "pack": rule.pack, "because": rule.because}
            for rule in report.disabled
        ),
    }
    return _object_text(head, {name: map(json_line, items) for name, items in lists.items()})


def _object_text(head: JsonObject, lists: dict[str, Iterable[str]]) -> str:
    """Write an object with one key a line, and in its lists one item a line."""
    members = [f"{json_line(key)}: {json_line(value)}" for key, value in head.items()]
    for name, items in lists.items():
        body = ",\n".join(items)
        members.append(f"{json_line(name)}: [\n{body}\n]" if body else f"{json_line(name)}: []")
    return "{" + ",\n".join(members) + "}"


def _verdict(verdict: Verdict) -> JsonObject:
    reason = verdict.reason
    return {
        "rule": verdict.rule,
        "outcome": verdict.outcome,
        "severity": verdict.severity,
        "reason": None if reason is None else _reason(reason),
        "fault": verdict.fault,
        "title": verdict.title,
        "about": verdict.about,
        "pack": verdict.pack,
        "place": _place(verdict.place),
        "tags": list(verdict.tags),
        "references": list(verdict.references),
        "unknowns": [
            _reason(unknown) | {"evidence": evidence_shape(unknown.evidence)}
            for unknown in verdict.unknowns
        ],
        "findings": [_finding(finding) for finding in verdict.findings],
    }


def _reason(unknown: Unknown) -> JsonObject:
    return {
        "element": unknown.element,
        "cause": unknown.cause,
        "fact": unknown.fact,
        "detail": unknown.detail,
    }


def _finding(finding: Finding) -> JsonObject:
    return {
        "message": finding.message,
        "element": finding.element,
        "remedy": finding.remedy,
        "fingerprint": finding.fingerprint,
        "waiver": None if finding.waiver is None else _waiver(finding.waiver),
        "evidence": evidence_shape(finding.evidence),
    }


def _waiver(waiver: Waiver) -> JsonObject:
    return {
        "owner": waiver.owner,
        "because": waiver.because,
        "expires": waiver.expires,
        "place": _place(waiver.place),
    }


def _stale_waiver(stale: StaleWaiver) -> JsonObject:
    return {"rule": stale.waiver.rule, "why": stale.why} | _waiver(stale.waiver)


def _place(place: Place) -> JsonObject:
    pairs = (("file", place.file), ("line", place.line), ("column", place.column))
    return {key: value for key, value in pairs if value is not None}


FORMAT = Format(
    "json", "for machines: everything, in the shape of schemas/report.schema.json", render
)
