"""The JSON Schema of facts documents, put together from what the collectors declare."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.model.facts import KINDS
from engine.model.verdicts import CAUSES
from engine.precedence.schema import contexts_schema
from engine.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.collector import Collector
    from engine.model.json_value import JsonObject

FILE = "facts.schema.json"


def declared_facts() -> JsonObject:
    """Give the schema of the `facts` object alone, read from the committed file."""
    schema: JsonObject = json.loads((bundled("schemas") / FILE).read_text("utf-8"))
    facts: JsonObject = schema["properties"]["facts"]
    return facts


def facts_schema() -> JsonObject:
    """Give the schema of whole facts documents (draft 2020-12), made from the collectors."""
    from engine.gather.collectors import COLLECTORS  # noqa: PLC0415 - readers of the file need none of them

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts",
        "description": "What was learnt about a machine or a repository, and from where",
        "type": "object",
        "required": ["schema", "facts"],
        "properties": {
            "schema": {"const": "precedent/facts/v1", "description": "The form of this document"},
            "subject": {
                "type": "object",
                "description": "What the document can speak of",
                "properties": {
                    "kind": {"type": "string", "enum": list(KINDS)},
                    "platform": {"type": "string", "examples": ["linux/amd64"]},
                    "secrets": {
                        "description": "There if secrets are written as they are",
                        "enum": ["shown"],
                    },
                },
            },
            "facts": compose(COLLECTORS),
            "provenance": {
                "type": "object",
                "description": "Where values come from, by JSON pointer; holds for all below",
                "additionalProperties": {"$ref": "#/$defs/provenance"},
            },
            "absent": {
                "type": "object",
                "description": "What was not learnt, by JSON pointer; `/-`: there may be more",
                "additionalProperties": {"$ref": "#/$defs/absent"},
            },
        },
        "$defs": {"provenance": _PROVENANCE, "absent": _ABSENT},
    }


def compose(collectors: Mapping[str, Collector]) -> JsonObject:
    """Give the schema of the `facts` object; two collectors with one key are a fault of ours."""
    root: JsonObject = {"type": "object", "properties": {}}
    for collector in collectors.values():
        for key, schema in collector.facts.items():
            *way, last = key.split(".")
            inner = root
            for step in way:
                inner = inner["properties"].setdefault(step, {"type": "object", "properties": {}})
            if inner.setdefault("properties", {}).setdefault(last, schema) is not schema:
                message = f"{key!r} of {collector.name!r} is declared twice"
                raise TypeError(message)
    # Resolved when a document is judged; rules may ask about it all the same.
    root["properties"].setdefault("contexts", contexts_schema())
    root["properties"] = dict(sorted(root["properties"].items()))
    return root


def schema_text() -> str:
    """Give the schema as it is committed to `schemas/facts.schema.json`."""
    return json.dumps(facts_schema(), indent=2, ensure_ascii=False) + "\n"


_PROVENANCE = {
    "type": "object",
    "properties": {
        "collector": {"type": "string", "description": "The collector that asked"},
        "from": {"type": "string", "description": "What it asked", "examples": ["go env -json"]},
        "file": {
            "type": "string",
            "description": "The file that holds the value",
            "format": "path",
        },
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
    },
    "additionalProperties": False,
}
_ABSENT = {
    "type": "object",
    "required": ["reason"],
    "properties": {
        "reason": {"type": "string", "enum": list(CAUSES)},
        "detail": {"type": "string", "description": "What a person should know"},
    },
    "additionalProperties": False,
}
