"""The answer for machines: a versioned shape of its own, in the order of the contexts' names."""

from __future__ import annotations

import json

from engine.model.facts import Redacted
from engine.model.visible import visible
from engine.report.why._answer import groups_of
from engine.report.why._base import WhyFormat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json, JsonObject
    from engine.report._base import Layout
    from engine.report.why._answer import Answer, Event, Origin, Outcome, Piece, Value

WHY = "precedent/why/v1"


def render(answer: Answer, _layout: Layout) -> str:
    """Give an answer as JSON; what is secret or not known is null, with its cause."""
    shape = {
        "schema": WHY,
        "name": answer.name,
        "kind": answer.kind,
        "advice": answer.advice or None,
        **_said(answer),
        "programs": {program.kind: _said(program) for program in answer.programs},
    }
    return visible_lines(json.dumps(shape, indent=2, ensure_ascii=False)) + "\n"


def _said(answer: Answer) -> JsonObject:
    """Give the contexts of an answer, and which of them are alike."""
    outcomes = sorted(answer.outcomes, key=lambda outcome: outcome.context)
    groups = [sorted(one.context for one in group.outcomes) for group in groups_of(answer)]
    return {"groups": groups, "contexts": [_outcome(outcome) for outcome in outcomes]}


def visible_lines(text: str) -> str:
    """Give JSON over several lines without hidden characters."""
    return "\n".join(map(visible, text.split("\n")))


def _outcome(outcome: Outcome) -> JsonObject:
    entries = outcome.entries
    return {
        "context": outcome.context,
        "title": outcome.title,
        "state": outcome.state,
        **_value(outcome.value, outcome.cause),
        "detail": outcome.detail or None,
        "kind": outcome.kind or None,
        "set_by": None if outcome.origin is None else _origin(outcome.origin),
        "shadowed": [_piece(piece) for piece in outcome.shadowed],
        "entries": None if entries is None else [_piece(entry) for entry in entries],
        "chain": [_event(event) for event in outcome.chain],
        "not_read": [
            {"file": one.file, "line": one.line, "reason": one.reason} for one in outcome.missed
        ],
        "candidates": list(outcome.candidates),
        "confidence": outcome.confidence or None,
        "moment": outcome.moment or None,
    }


def _value(value: Value, cause: str = "") -> JsonObject:
    """Give a value, or null and why it is not shown."""
    if isinstance(value, Redacted):
        return {"value": None, "cause": "redacted"}
    return {"value": value, "cause": cause or None}


def _piece(piece: Piece) -> JsonObject:
    is_unknown = piece.value is None
    return {
        **_value(piece.value, piece.kind if is_unknown else ""),
        "kind": None if is_unknown else piece.kind or None,
        "set_by": _origin(piece.origin),
    }


def _event(event: Event) -> JsonObject:
    return {
        "op": event.op,
        **_value(event.value),
        "detail": event.detail or None,
        "set_by": _origin(event.origin),
    }


def _origin(origin: Origin) -> Json:
    """Give a place; what is not known is left out."""
    names = ("file", "line", "source", "process", "file_system")
    return {name: getattr(origin, name) for name in names if getattr(origin, name) is not None}


FORMAT = WhyFormat(
    "json", "for machines: everything, in the shape of schemas/why.schema.json", render
)
