"""The JSON Schema of the JSON report, made from the words that the engine itself uses."""

from __future__ import annotations

from engine.model.verdicts import CAUSES, OUTCOMES, SEVERITIES
from engine.report._words import STALE
from engine.report.as_json import REPORT, REPORTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.model.json_value import Json, JsonObject

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_COUNT = {"type": "integer", "minimum": 0}
_POSITION = {"type": "integer", "minimum": 1}
_CAUSE = {**_TEXT, "examples": list(CAUSES)}


def report_schema() -> JsonObject:
    """Give the schema of what `--format json` prints: one report, or several in an envelope."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Precedent report",
        "description": "One report, or an envelope where several documents were judged.",
        "oneOf": [_ref("report"), _ref("reports")],
        "$defs": {
            "reports": _object({"schema": {"const": REPORTS}, "reports": _list(_ref("report"))}),
            "report": _object(
                {
                    "schema": {"const": REPORT},
                    "document": _said("The judged document, as the caller named it."),
                    "summary": _ref("summary"),
                    "verdicts": _list(_ref("verdict")),
                    "stale_waivers": _list(_ref("stale_waiver")),
                    "disabled": _list(_ref("disabled")),
                }
            ),
            "summary": _object(
                dict.fromkeys((*OUTCOMES, "waived"), _COUNT),
                "Verdicts by outcome; one whose findings are all waived counts under `waived`.",
            ),
            **_verdict_definitions(),
            **_waiver_definitions(),
            **_place_definitions(),
        },
    }


def _verdict_definitions() -> JsonObject:
    reason = {"element": _TEXT_OR_NULL, "cause": _CAUSE, "fact": _TEXT, "detail": _TEXT}
    evidence = _list(_ref("evidence"))
    return {
        "verdict": _object(
            {
                "rule": _TEXT,
                "outcome": {"enum": list(OUTCOMES)},
                "severity": {"enum": list(SEVERITIES)},
                "reason": _or_null(_ref("reason")),
                "fault": {**_TEXT_OR_NULL, "description": "What broke, for the outcome `error`."},
                "title": _TEXT,
                "about": _TEXT,
                "pack": _TEXT,
                "place": _ref("place"),
                "tags": _list(_TEXT),
                "references": _list(_TEXT),
                "unknowns": _list(_ref("unknown")),
                "findings": _list(_ref("finding")),
            }
        ),
        "reason": _object(reason, "The first unknown in written order, for the outcome `unknown`."),
        "unknown": _object({**reason, "evidence": evidence}),
        "finding": _object(
            {
                "message": _TEXT,
                "element": {**_TEXT_OR_NULL, "description": "The element of `for_each`."},
                "remedy": _TEXT_OR_NULL,
                "fingerprint": _said("Identifies rule, element and evidence."),
                "waiver": _or_null(_ref("waiver")),
                "evidence": evidence,
            }
        ),
        "evidence": _object(
            {
                "fact": _said("As the rule names it."),
                "path": _said("A JSON pointer into the facts."),
                "value": {"description": "Any JSON; null where `cause` says why it is not shown."},
                "cause": {
                    **_TEXT_OR_NULL,
                    "description": "Why the value is not known, or not shown.",
                },
                "provenance": _or_null(_ref("provenance")),
            }
        ),
    }


def _waiver_definitions() -> JsonObject:
    waiver = {"owner": _TEXT, "because": _TEXT, "expires": _TEXT, "place": _ref("place")}
    stale = {"rule": _TEXT, "why": {"enum": list(STALE)}}
    return {
        "waiver": _object(waiver),
        "stale_waiver": _object({**stale, **waiver}),
        "disabled": _object(dict.fromkeys(("rule", "pack", "because"), _TEXT)),
    }


def _place_definitions() -> JsonObject:
    position = {"file": _TEXT, "line": _POSITION, "column": _POSITION}
    source = {"collector": _TEXT, "from": _TEXT, "file_system": _TEXT}
    return {
        "place": _object(position, required=["file"]),
        "provenance": _object(
            {**source, **position}, "What is not known is left out.", required=[]
        ),
    }


def _object(
    properties: JsonObject, description: str | None = None, required: Sequence[str] | None = None
) -> JsonObject:
    shape: JsonObject = {
        "type": "object",
        "properties": properties,
        "required": list(properties if required is None else required),
        "additionalProperties": False,
    }
    return shape if description is None else {"description": description, **shape}


def _list(items: Json) -> JsonObject:
    return {"type": "array", "items": items}


def _said(description: str) -> JsonObject:
    return {**_TEXT, "description": description}


def _or_null(schema: Json) -> JsonObject:
    return {"anyOf": [schema, {"type": "null"}]}


def _ref(name: str) -> JsonObject:
    return {"$ref": f"#/$defs/{name}"}
