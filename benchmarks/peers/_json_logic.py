"""The rules in JSONLogic, for every peer that speaks it."""

from __future__ import annotations

_NAMES = {"equals": "===", "in": "in", "at_least": ">=", "at_most": "<="}


def translate(rule, _number):
    """An expression; `matches` is no word of JSONLogic's own, an engine may offer it."""
    match rule:
        case {"fact": path, "is": comparison, "other": other}:
            return {_NAMES[comparison]: [_variable(path), _variable(other)]}
        case {"fact": path, "is": comparison, "value": value}:
            return {_NAMES.get(comparison, comparison): [_variable(path), value]}
        case {"every": path, "of": inner}:
            return {"all": [_variable(path), translate(inner, _number)]}
        case {"some": path, "of": inner}:
            return {"some": [_variable(path), translate(inner, _number)]}
        case {"ordered": [first, second], "in": path}:
            found = _variable(path)
            either = {"in": [{"var": ""}, [first, second]]}
            rank = {
                "if": [
                    {"===": [{"var": "accumulator"}, ""]},
                    {"var": "current"},
                    {"var": "accumulator"},
                ]
            }
            earliest = {"reduce": [{"filter": [found, either]}, rank, ""]}
            return {
                "or": [
                    {"!": {"in": [first, found]}},
                    {"!": {"in": [second, found]}},
                    {"===": [earliest, first]},
                ]
            }
        case {"all": several}:
            return {"and": [translate(one, _number) for one in several]}
        case {"any": several}:
            return {"or": [translate(one, _number) for one in several]}
        case {"not": one}:
            return {"!": translate(one, _number)}
    raise ValueError(rule)


def _variable(path):
    return {"var": ".".join(path)}
