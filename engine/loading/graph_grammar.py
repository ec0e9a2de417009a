"""The grammar of the precedence graph's smaller parts as JSON Schema, for editors.

It says what `engine.loading.graph` and `engine.loading.expressions` read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.graph_documents import VARIABLE
from engine.loading.paths import PATH

if TYPE_CHECKING:
    from engine.model.json_value import Json, JsonObject

_EXPRESSION = {"$ref": "#/$defs/expression"}
_CONDITION = {"$ref": "#/$defs/condition"}
_FACT: JsonObject = {"type": "string", "pattern": PATH, "description": "A path into the facts."}
_VARIABLE: JsonObject = {"type": "string", "pattern": VARIABLE}


def graph_definitions() -> dict[str, JsonObject]:
    """Give the `$defs` that only schemas with a graph refer to."""
    return {
        "expression": {
            "description": "A text (`~` in front is the home), or what is worked out.",
            "anyOf": [{"type": "string"}, *_references()],
        },
        "value": {
            "description": "What a variable is set to.",
            "anyOf": [
                _EXPRESSION,
                _object(
                    ("some",), {"some": {"type": "string", "pattern": r"^(text|[^*]*\*[^*]*)$"}}
                ),
                _object(("count",), {"count": _VARIABLE}),
                _object(("unset",), {"unset": {"const": True}}),
            ],
        },
        "setting": {"anyOf": [{"$ref": "#/$defs/value"}, _long_setting()]},
        "read": {
            "description": "A source's id, and when it is read.",
            "anyOf": [{"type": "string"}, _object(("source",), _read())],
        },
        "further_read": {
            "description": "A source's id, when it is read, and between which others.",
            "anyOf": [{"type": "string"}, _object(("source",), _read() | _anchors())],
        },
        "name": {
            "description": "A variable, a pattern with `*`, or a fact that lists such names.",
            "anyOf": [{"type": "string"}, _object(("fact",), {"fact": _FACT})],
        },
    }


def _references() -> list[JsonObject]:
    variable = {
        "env": _VARIABLE | {"description": "A variable of the process at that moment."},
        "else": _EXPRESSION | {"description": "What counts where it is not set."},
        "empty_is_unset": {"type": "boolean", "description": "Whether an empty one is not set."},
    }
    expanded = {
        "expand": _EXPRESSION | {"description": "A text that the shell expands."},
        "tilde": {"type": "boolean", "description": "Whether `~` is expanded as well."},
    }
    joined = {"type": "array", "items": _EXPRESSION, "minItems": 1}
    return [
        _object(("env",), variable),
        _object(("join",), {"join": joined | {"description": "A path put together."}}),
        _object(("expand",), expanded),
        _object(("command",), {"command": _EXPRESSION | {"description": "A command's file."}}),
        _object(
            ("program", "setting"),
            {
                "program": {"type": "string", "description": "A program that reads settings."},
                "setting": _VARIABLE | {"description": "What it makes of one of them."},
            },
        ),
        _object(("fact",), {"fact": _FACT}),
        _object(("param",), {"param": {"type": "string", "description": "A parameter."}}),
    ]


def _long_setting() -> JsonObject:
    return _object(
        ("value",),
        {
            "value": {"$ref": "#/$defs/value"},
            "exported": {"type": "boolean", "description": "Whether it is passed on."},
            "if_unset": {"type": "boolean", "description": "Whether an inherited one stays."},
            "when": _CONDITION,
        },
    )


def _read() -> JsonObject:
    return {
        "source": {"type": "string", "description": "The source's id."},
        "when": _CONDITION,
        "evidence": {"type": "string", "description": "How that is known."},
    }


def _anchors() -> JsonObject:
    ids: Json = [
        {"type": "string"},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
    ]
    return {
        "after": {"anyOf": ids, "description": "Sources that come before it."},
        "before": {"anyOf": ids, "description": "Sources that come after it."},
    }


def _object(required: tuple[str, ...], properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }
