"""The JSON Schema of the answers that `engine why --format json` prints."""

from __future__ import annotations

from engine.model.verdicts import CAUSES
from engine.report.why.as_json import WHY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json, JsonObject

_TEXT = {"type": "string"}
_TEXT_OR_NULL = {"type": ["string", "null"]}
_LINE = {"type": "integer", "minimum": 1}
_STATES = ("set", "unset", "found", "missing", "unknown")


def why_schema() -> JsonObject:
    """Give the schema of an answer."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Precedent answer",
        "description": "What a variable or a command is in each launch context, and who says so.",
        **_object(
            {
                "schema": {"const": WHY},
                "name": _said("The variable or command that was asked about."),
                "kind": {"enum": ["variable", "command"]},
                "advice": _maybe("The name that was meant, perhaps, where no context has this."),
                **_said_of_contexts(),
                "programs": {
                    "description": "What programs read that know it as a setting, by their names.",
                    "type": "object",
                    "additionalProperties": _object(_said_of_contexts()),
                },
            }
        ),
        "$defs": {
            "outcome": _object(_outcome()),
            "piece": _object(
                {
                    **_value(),
                    "kind": _maybe("Of a hidden command: alias, function, builtin or file."),
                    "set_by": _ref("origin"),
                }
            ),
            "event": _object(
                {"op": _TEXT, **_value(), "detail": _TEXT_OR_NULL, "set_by": _ref("origin")}
            ),
            "missed": _object(
                {
                    "file": _TEXT,
                    "line": {"type": ["integer", "null"], "minimum": 1},
                    "reason": _TEXT,
                }
            ),
            "origin": {
                "description": "What is not known is left out.",
                **_object(
                    {
                        "file": _TEXT,
                        "line": _LINE,
                        "source": _TEXT,
                        "process": _TEXT,
                        "file_system": {
                            "description": "Whose file, if not the machine's.",
                            **_TEXT,
                        },
                    }
                ),
                "required": [],
            },
        },
    }


def _said_of_contexts() -> JsonObject:
    return {
        "groups": _list(
            _list(_TEXT),
            "The contexts of each outcome: first on the machine, then of few; unknown last.",
        ),
        "contexts": _list(_ref("outcome"), "By their names."),
    }


def _outcome() -> JsonObject:
    return {
        "context": _said("As `--in` takes it."),
        "title": _TEXT,
        "state": {"enum": list(_STATES)},
        **_value(),
        "detail": _TEXT_OR_NULL,
        "kind": _maybe(
            "What a command is: alias, function, builtin or file; the program that is missing."
        ),
        "set_by": {"anyOf": [_ref("origin"), {"type": "null"}]},
        "shadowed": _list(_ref("piece"), "Values that it won over, or commands that it hides."),
        "entries": {"anyOf": [_list(_ref("piece")), {"type": "null"}], "description": "Of a PATH."},
        "chain": _list(_ref("event"), "Each step, the first one first."),
        "not_read": _list(_ref("missed"), "Lines that set it and were not read."),
        "candidates": _list(_TEXT, "What the context may be, where the facts do not say."),
        "confidence": _maybe("`documented` was read about and never tried; `verified` was."),
        "moment": _TEXT_OR_NULL,
    }


def _value() -> JsonObject:
    return {
        "value": _TEXT_OR_NULL,
        "cause": {
            **_maybe("Why a value is not known, or not shown."),
            "examples": list(CAUSES),
        },
    }


def _object(properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: Json, description: str = "") -> JsonObject:
    shape = {"type": "array", "items": items}
    return {"description": description, **shape} if description else shape


def _said(description: str) -> JsonObject:
    return {"description": description, **_TEXT}


def _maybe(description: str) -> JsonObject:
    return {"description": description, **_TEXT_OR_NULL}


def _ref(name: str) -> JsonObject:
    return {"$ref": f"#/$defs/{name}"}
