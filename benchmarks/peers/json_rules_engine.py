"""json-rules-engine: rules in JSON over named facts, in JavaScript, asynchronous."""

from __future__ import annotations

NAME = "json-rules-engine"
LANGUAGE = "JavaScript"
PACKAGES = ("npm:json-rules-engine",)
SCRIPT = "json_rules_engine.mjs"
COLD = True

_NAMES = {"equals": "equal", "at_least": "greaterThanInclusive", "at_most": "lessThanInclusive"}


def translate(rule, number):
    """A rule whose event carries its number."""
    condition = _condition(rule)
    if "fact" in condition or "not" in condition:
        condition = {"all": [condition]}
    return {"conditions": condition, "event": {"type": str(number)}, "name": str(number)}


def _condition(rule):
    match rule:
        case {"fact": path, "is": comparison, "other": other}:
            return {**_fact(path), "operator": _NAMES[comparison], "value": _fact(other)}
        case {"fact": path, "is": comparison, "value": value}:
            return {**_fact(path), "operator": _NAMES.get(comparison, comparison), "value": value}
        case {"every": path, "of": inner}:
            return _of_elements("everyFact", path, inner)
        case {"some": path, "of": inner}:
            return _of_elements("someFact", path, inner)
        case {"ordered": names, "in": path}:
            return {**_fact(path), "operator": "ordered", "value": names}
        case {"all": several}:
            return {"all": [_condition(one) for one in several]}
        case {"any": several}:
            return {"any": [_condition(one) for one in several]}
        case {"not": one}:
            return {"not": _condition(one)}
    raise ValueError(rule)


def _fact(path):
    return {"fact": path[0], "path": ".".join(["$", *path[1:]])}


def _of_elements(word, path, inner):
    """Its operators can be asked of each element of a list, which a path picks out."""
    field = {"fact": path[0], "path": f"$.{'.'.join(path[1:])}[*].{'.'.join(inner['fact'])}"}
    operator = _NAMES.get(inner["is"], inner["is"])
    return {**field, "operator": f"{word}:{operator}", "value": inner["value"]}
