"""The format for code scanning: SARIF 2.1.0, a document is a run, a finding is a result.

What could not be judged is a result of the kind `open`, so that nothing unknown looks passed; a
rule that broke and a stale waiver are notifications. What passed or did not apply is no result: the
best known reader takes every result for a problem, whatever its kind.
"""

from __future__ import annotations

import json

from engine import __version__
from engine.model.visible import visible
from engine.report._base import Format
from engine.report._lines import shortened
from engine.report._sarif_locations import is_web_address, locations_of, physical, related_locations
from engine.report._values import value_words
from engine.report._words import stale_sentence, unknown_line
from engine.report.as_json import evidence_shape

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.model.json_value import JsonObject
    from engine.model.verdicts import Evidence, Finding, Report, StaleWaiver, Verdict, Waiver
    from engine.report._base import Layout

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}
# What code scanning reads of rules tagged `security`; each lies in the band of its name there.
_SCORES = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "2.0", "info": "0.0"}
_LONGEST = 200


def render(reports: Sequence[Report], _layout: Layout) -> str:
    """Give the reports as one SARIF log."""
    runs = [_run(report, is_only=len(reports) == 1) for report in reports]
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": runs}
    return "\n".join(map(visible, json.dumps(log, ensure_ascii=False, indent=1).split("\n"))) + "\n"


def _run(report: Report, *, is_only: bool) -> JsonObject:
    verdicts = sorted(report.verdicts, key=lambda verdict: verdict.rule)
    results = [
        result for index, verdict in enumerate(verdicts) for result in _results(verdict, index)
    ]
    run: JsonObject = {
        "tool": {
            "driver": {
                "name": "Precedent",
                "semanticVersion": __version__,
                "rules": [_rule(verdict) for verdict in verdicts],
            }
        },
        "invocations": [_invocation(report, verdicts)],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            "HOME": {"description": {"text": "The home directory in the judged environment."}}
        },
        "results": results,
        "properties": {"document": visible(report.document), "summary": report.summary()},
    }
    if (
        not is_only
    ):  # a reader tells runs apart by it; for a single one the caller chooses the category
        run["automationDetails"] = {"id": f"precedent/{visible(report.document)}"}
    return run


def _rule(verdict: Verdict) -> JsonObject:
    about = visible_lines(verdict.about) or visible(verdict.title)
    links = [visible(link) for link in verdict.references]
    properties: JsonObject = {
        "tags": [visible(tag) for tag in verdict.tags],
        "severity": verdict.severity,
    }
    if "security" in verdict.tags:
        properties["security-severity"] = _SCORES[verdict.severity]
    rule: JsonObject = {
        "id": verdict.rule,
        "shortDescription": {"text": visible(verdict.title)},
        "fullDescription": {"text": about},
        "help": {"text": "\n".join([about, *links])},
        "defaultConfiguration": {"level": _LEVELS[verdict.severity]},
        "properties": properties,
    }
    web = list(filter(is_web_address, links))
    return rule | ({"helpUri": web[0]} if web else {})


def _results(verdict: Verdict, index: int) -> Iterator[JsonObject]:
    base = {"ruleId": verdict.rule, "ruleIndex": index}
    for finding in verdict.findings:
        yield base | {
            "kind": "fail",
            "level": _LEVELS[verdict.severity],
            "message": {"text": _finding_text(finding)},
            "locations": locations_of(verdict, finding.evidence, _name(finding)),
            "relatedLocations": related_locations(finding.evidence),
            "partialFingerprints": {"precedentFinding/v1": finding.fingerprint},
            "suppressions": [_suppression(finding.waiver)] if finding.waiver else [],
            "properties": {"evidence": evidence_shape(finding.evidence)},
        }
    for unknown in verdict.unknowns:
        yield base | {
            "kind": "open",
            "level": "none",
            "message": {"text": unknown_line(unknown)},
            "locations": locations_of(verdict, unknown.evidence, unknown.element or unknown.fact),
            "suppressions": [],
            "properties": {"cause": unknown.cause, "evidence": evidence_shape(unknown.evidence)},
        }


def _finding_text(finding: Finding) -> str:
    parts = [visible(finding.message.strip())]
    if finding.evidence:
        parts.append("\n".join(map(_evidence_line, finding.evidence)))
    if finding.remedy:
        parts.append(f"Remedy: {visible_lines(finding.remedy)}")
    return "\n\n".join(parts)


def _evidence_line(item: Evidence) -> str:
    origin = f" ({item.provenance})" if item.provenance else ""
    return visible(f"{item.fact} = {shortened(value_words(item), _LONGEST)}{origin}")


def _name(finding: Finding) -> str:
    return finding.element or (finding.evidence[0].fact if finding.evidence else "")


def _suppression(waiver: Waiver) -> JsonObject:
    return {
        "kind": "external",
        "status": "accepted",
        "justification": visible_lines(waiver.because),
        "location": {"physicalLocation": physical(waiver.place)},
        "properties": {"owner": visible(waiver.owner), "expires": waiver.expires},
    }


def _invocation(report: Report, verdicts: Sequence[Verdict]) -> JsonObject:
    faults = [
        _fault(verdict, index)
        for index, verdict in enumerate(verdicts)
        if verdict.outcome == "error"
    ]
    return {
        "executionSuccessful": not faults,
        "toolExecutionNotifications": faults,
        "toolConfigurationNotifications": [
            *map(_stale_waiver, report.stale_waivers),
            *(
                _notification("note", f"{rule.rule} is disabled by {rule.pack}: {rule.because}")
                for rule in report.disabled
            ),
        ],
    }


def _fault(verdict: Verdict, index: int) -> JsonObject:
    said = verdict.fault or "the rule broke"
    return _notification("error", f"{verdict.rule}: {said}") | {
        "associatedRule": {"id": verdict.rule, "index": index},
        "locations": [{"physicalLocation": physical(verdict.place)}],
    }


def _stale_waiver(stale: StaleWaiver) -> JsonObject:
    return _notification("warning", f"{stale.waiver.rule}: {stale_sentence(stale)}") | {
        "locations": [{"physicalLocation": physical(stale.waiver.place)}]
    }


def _notification(level: str, text: str) -> JsonObject:
    return {"level": level, "message": {"text": visible(text.strip())}}


def visible_lines(text: str) -> str:
    """Give a text of several lines without other hidden characters."""
    return "\n".join(map(visible, text.strip().splitlines()))


FORMAT = Format("sarif", "for code scanning and editors: SARIF 2.1.0", render)
