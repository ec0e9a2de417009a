"""The JSON Schema of facts documents, put together from what the collectors declare."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.compile.schema import COLLECTOR
from engine.gather.assignments import assignments
from engine.gather.declare import text
from engine.model.facts import KINDS
from engine.model.verdicts import CAUSES
from engine.precedence.schema import comparison_schema, contexts_schema
from engine.resources import bundled

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.collector import Collector
    from engine.model.json_value import Json, JsonObject

FILE = "facts.schema.json"


def declared_facts() -> JsonObject:
    """Give the schema of the `facts` object alone, read from the committed file."""
    return facts_of(json.loads((bundled("schemas") / FILE).read_text("utf-8")))


def facts_of(document: JsonObject) -> JsonObject:
    """Give the schema of the `facts` object out of that of documents, with its definitions."""
    facts: JsonObject = document["properties"]["facts"]
    return facts | {"$defs": document["$defs"]}


def facts_schema() -> JsonObject:
    """Give the schema of whole facts documents (draft 2020-12), made from the collectors."""
    from engine.gather.collectors import COLLECTORS  # noqa: PLC0415 - readers of the file need none of them

    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Facts",
        "description": "What was learnt about a machine or a repository, and from where",
        "type": "object",
        "required": ["schema", "facts"],
        "additionalProperties": False,
        "properties": {
            "schema": {
                "type": "string",
                "const": "precedent/facts/v1",
                "description": "The form of this document",
                "examples": ["precedent/facts/v1"],
            },
            "subject": {
                "type": "object",
                "description": "What the document can speak of",
                "properties": {
                    "kind": text("What it is; a rule says which kinds it is about", among=KINDS),
                    "platform": {
                        "type": "string",
                        "description": "Its system and processor, in Go's words",
                        "examples": ["linux/amd64"],
                    },
                    "secrets": text("There if secrets are written as they are", among=("shown",)),
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
        "$defs": {"provenance": _PROVENANCE, "absent": _ABSENT} | SHARED,
    }


def compose(collectors: Mapping[str, Collector]) -> JsonObject:
    """Give the schema of the `facts` object; two collectors with one key are a fault of ours.

    What many facts hold stands in it as a reference to one of `SHARED`.
    """
    root: JsonObject = {"type": "object", "description": "What was learnt", "properties": {}}
    for collector in collectors.values():
        for key, about in collector.groups.items():
            found = _group(root, key.split("."))
            if found.setdefault("description", about) != about:
                message = f"{key!r} of {collector.name!r} means something else elsewhere"
                raise TypeError(message)
        for key, schema in collector.facts.items():
            *way, last = key.split(".")
            siblings = _group(root, way)["properties"]
            if last in siblings:
                message = f"{key!r} of {collector.name!r} is declared twice"
                raise TypeError(message)
            siblings[last] = _referring(schema) | {COLLECTOR: _about(collector)}
    # Resolved when a document is judged; rules may ask about it all the same.
    root["properties"].setdefault("contexts", contexts_schema())
    root["properties"].setdefault("comparison", comparison_schema())
    root["properties"] = dict(sorted(root["properties"].items()))
    return root


def _referring(schema: Json) -> Json:
    """Give a declaration with references in the place of what many declare alike."""
    if isinstance(schema, list):
        return [_referring(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    for name, shape in _SHAPES.items():
        if schema == shape:
            return {"$ref": f"#/$defs/{name}"}
    return {key: _referring(value) for key, value in schema.items()}


def _group(root: JsonObject, way: list[str]) -> JsonObject:
    """Give the mapping that holds what several collectors, or several keys, have in common."""
    for step in way:
        root = root["properties"].setdefault(step, {"type": "object", "properties": {}})
    return root


def _about(collector: Collector) -> JsonObject:
    return {
        "name": collector.name,
        "subjects": list(collector.subjects),
        "live": collector.live,
    }


def schema_text() -> str:
    """Give the schema as it is committed to `schemas/facts.schema.json`."""
    return json.dumps(facts_schema(), indent=2, ensure_ascii=False) + "\n"


_SHAPES: dict[str, Json] = {"assignment": assignments("")["items"]}
SHARED: JsonObject = {
    "assignment": assignments("")["items"]
    | {"description": "What one line of settings does to a variable; of several the last counts"}
}
"""What the declarations of many facts have in common, by the names that the schema gives it."""

_PROVENANCE = {
    "type": "object",
    "description": "Where a value comes from; what is not known is left out",
    "properties": {
        "collector": {
            "type": "string",
            "description": "The collector that asked",
            "examples": ["go"],
        },
        "from": {"type": "string", "description": "What it asked", "examples": ["go env -json"]},
        "file": {
            "type": "string",
            "description": "The file that holds the value",
            "examples": ["/usr/local/go/VERSION"],
            "format": "path",
        },
        "line": {
            "type": "integer",
            "description": "The line in it",
            "examples": [1],
            "minimum": 1,
        },
        "column": {
            "type": "integer",
            "description": "The column in that line",
            "examples": [1],
            "minimum": 1,
        },
        "file_system": {
            "type": "string",
            "description": "Whose file it is, if not the machine's",
            "examples": ["Dockerfile"],
        },
    },
    "additionalProperties": False,
}
_ABSENT = {
    "type": "object",
    "description": "Why something is not known",
    "required": ["reason"],
    "properties": {
        "reason": text("The cause", among=tuple(CAUSES)),
        "detail": {
            "type": "string",
            "description": "What a person should know",
            "examples": ["`go env` took longer than 5 seconds"],
        },
    },
    "additionalProperties": False,
}
