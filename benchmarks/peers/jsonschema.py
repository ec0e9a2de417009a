"""jsonschema: a schema a rule. Two facts, and order in a list, are beyond it."""

from __future__ import annotations

import re

from benchmarks.peers import CannotSayError

NAME = "jsonschema"
LANGUAGE = "Python"
PACKAGES = ("jsonschema", "orjson")

_WORDS = {
    "equals": "const",
    "in": "enum",
    "at_least": "minimum",
    "at_most": "maximum",
    "matches": "pattern",
}


def translate(rule, _number):
    """A schema that is valid where the rule holds."""
    match rule:
        case {"other": _} | {"ordered": _}:
            raise CannotSayError("a schema sees one value at a time")
        case {"fact": path, "is": "starts_with", "value": value}:
            return _at(path, {"pattern": f"^{re.escape(value)}"})
        case {"fact": path, "is": comparison, "value": value}:
            return _at(path, {_WORDS[comparison]: value})
        case {"every": path, "of": inner}:
            return _at(path, {"items": translate(inner, _number)})
        case {"some": path, "of": inner}:
            return _at(path, {"contains": translate(inner, _number)})
        case {"all": several}:
            return {"allOf": [translate(one, _number) for one in several]}
        case {"any": several}:
            return {"anyOf": [translate(one, _number) for one in several]}
        case {"not": one}:
            return {"not": translate(one, _number)}
    raise ValueError(rule)


def _at(path, schema):
    for key in reversed(path):
        schema = {"properties": {key: schema}, "required": [key]}
    return schema


class Judge:
    """One validator a rule."""

    def __init__(self, translations):
        """Build the validators."""
        import orjson
        from jsonschema import Draft202012Validator

        self.read = orjson.loads
        self._rules = [Draft202012Validator(schema) for schema in translations]

    def judge(self, document):
        """A truth for each rule."""
        return [rule.is_valid(document) for rule in self._rules]


load = Judge
