"""The grammar of conditions as JSON Schema, for editors.

It says what `engine.loading.conditions` reads; a test holds the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.matchers import ORDER, SCHEMES, SWITCHES
from engine.loading.paths import PATH
from engine.loading.scope import QUANTIFIERS, RESERVED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.loading.scope import Word
    from engine.model.json_value import Json, JsonObject

_SCALAR = {"type": ["string", "number", "boolean", "null"]}
_PATH = {
    "type": "string",
    "pattern": PATH,
    "description": 'A path into the facts: `a.b.c`, `a["odd key"].b`, `list[0]`.',
}
_NAME = {
    "type": "string",
    "pattern": "^[A-Za-z_][A-Za-z0-9_-]*$",
    "description": "A name for the element, used at the start of paths.",
}


def definitions(operators: Mapping[str, Word]) -> dict[str, JsonObject]:
    """Give the `$defs` that the schemas of documents refer to."""
    return {
        "condition": _condition(),
        "matcher": _matcher(operators),
        "operand": {"anyOf": [_SCALAR, _list(_ref("operand")), _ref("reference")]},
        "reference": _reference(),
        "domain": {
            "description": "What to run over: a path, or `{param: name}`.",
            "anyOf": [
                _PATH,
                _object(("param",), {"param": {"type": "string"}}),
                _object(("fact",), {"fact": _PATH}),
            ],
        },
        "levels": {
            "description": "What to run over, or a list of levels, outermost first.",
            "anyOf": [
                _ref("domain"),
                _list(_object(("of", "as"), {"of": _ref("domain"), "as": _NAME}), at_least=1),
            ],
        },
    }


def _condition() -> JsonObject:
    forms = [_entries(), *(_quantified(name) for name in QUANTIFIERS), _count()]
    return {"description": "What must hold. All entries of one mapping must hold.", "anyOf": forms}


def _entries() -> JsonObject:
    """Paths with their matchers, and the words that may stand beside them."""
    return {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"pattern": PATH, "not": {"enum": sorted(_NEVER_BESIDE)}},
        "properties": {
            "all": _list(_ref("condition"), at_least=1) | {"description": "Each of these holds."},
            "any": _list(_ref("condition"), at_least=1)
            | {"description": "At least one of these holds."},
            "not": _ref("condition") | {"description": "This does not hold."},
            "same": _same(),
            "use": {
                "type": "string",
                "description": "A condition that a pack defines under this name.",
            },
        },
        "additionalProperties": _ref("matcher"),
    }


_NEVER_BESIDE = RESERVED - {"all", "any", "not", "same", "use"}


def _quantified(name: str) -> JsonObject:
    words = {"every": "Each element", "some": "At least one element", "none": "No element"}[name]
    properties = {
        name: _ref("domain"),
        "as": _NAME,
        "where": _ref("condition"),
        "satisfies": _ref("condition"),
    }
    made = _object((name, "as", "satisfies"), properties)
    return made | {"description": f"{words} (for which `where` holds) satisfies the condition."}


def _count() -> JsonObject:
    properties = {
        "of": _ref("domain"),
        "as": _NAME,
        "where": _ref("condition"),
        "is": _ref("matcher"),
    }
    counted = _object(("of", "as", "is"), properties)
    made = _object(("count",), {"count": counted})
    return made | {"description": "The number of elements (for which `where` holds)."}


def _same() -> JsonObject:
    properties = {"of": _ref("domain"), "as": _NAME, "where": _ref("condition"), "value": _PATH}
    return {
        "description": "All of these facts have one value.",
        "anyOf": [_list(_PATH, at_least=2), _object(("of", "as", "value"), properties)],
    }


def _matcher(operators: Mapping[str, Word]) -> JsonObject:
    asked = {name: _operator(name, operators[name]) for name in sorted(operators)}
    asked["not"] = _ref("matcher") | {"description": "What is asked here does not hold."}
    asked["length"] = _ref("matcher") | {"description": "The number of elements or characters."}
    return {
        "description": "What is asked of a value; a scalar alone means `equals`.",
        "anyOf": [
            _SCALAR,
            {
                "type": "object",
                "minProperties": 1,
                "properties": asked,
                "additionalProperties": False,
            },
        ],
    }


def _operator(name: str, word: Word) -> JsonObject:
    if name in SWITCHES:
        return {"description": word.summary, "type": "boolean"}
    if name == "conforms_to":
        return {"description": word.summary, "type": ["object", "boolean"]}
    forms: list[Json] = [*_literals(word), _ref("reference")]
    if name == "version":
        forms.append(_versions(word))
    return {"description": word.summary, "anyOf": forms}


def _literals(word: Word) -> list[Json]:
    """Give the forms of an operator's literals; a mapping is one only inside `{literal: ...}`."""
    scalars = sorted(set(word.expected.types) - {"object", "array"})
    forms: list[Json] = [{"type": scalars}] if scalars else []
    return [*forms, _list(_ref("operand"))] if "array" in word.expected.types else forms


def _versions(word: Word) -> JsonObject:
    asked = {name: _ref("operand") for name in ORDER}
    asked["version"] = {
        "description": word.summary,
        "anyOf": [{"type": "string"}, _ref("reference")],
    }
    asked["not"] = {"type": "object"}
    asked["scheme"] = {"enum": list(SCHEMES), "description": "How the versions are ordered."}
    made: JsonObject = {"type": "object", "minProperties": 1, "properties": asked}
    return made | {"additionalProperties": False}


def _reference() -> JsonObject:
    return {
        "anyOf": [
            _object(("fact",), {"fact": _PATH}),
            _object(("param",), {"param": {"type": "string"}, "at": _ref("operand")}),
            _object(("join",), {"join": _list(_ref("operand"), at_least=1)}),
            _object(("literal",), {"literal": {}}),
        ]
    }


def _ref(name: str) -> JsonObject:
    return {"$ref": f"#/$defs/{name}"}


def _list(items: JsonObject, at_least: int = 0) -> JsonObject:
    return {"type": "array", "items": items} | ({"minItems": at_least} if at_least else {})


def _object(required: tuple[str, ...], properties: JsonObject) -> JsonObject:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }
