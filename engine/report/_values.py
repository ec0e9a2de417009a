"""Fact values as they are shown: JSON without hidden characters."""

from __future__ import annotations

import json

from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json
    from engine.model.verdicts import Evidence


def in_order(value: Json) -> Json:
    """Give a value with the keys of every mapping in order, whatever the document's order was."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return [in_order(item) for item in value]
    return value


def json_line(value: Json) -> str:
    """Give JSON on one line, readable and without hidden characters."""
    return visible(json.dumps(value, ensure_ascii=False))


def value_words(evidence: Evidence) -> str:
    """Give a fact's value as people read it: JSON, so that `"1"` and `1` look different."""
    if evidence.cause == "redacted":
        return "<redacted>"
    if evidence.cause is not None:
        return visible(f"<unknown: {evidence.cause}>")
    return json_line(in_order(evidence.value))
