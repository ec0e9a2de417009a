"""rule-engine: an expression language in plain Python."""

from __future__ import annotations

import json

NAME = "rule-engine"
LANGUAGE = "Python"
PACKAGES = ("rule-engine", "orjson")

_SIGNS = {"equals": "==", "in": "in", "at_least": ">=", "at_most": "<="}


def translate(rule, _number):
    """An expression over the top-level facts."""
    return _expression(rule, "")


def _expression(rule, root):
    match rule:
        case {"fact": path, "is": comparison, "other": other}:
            return f"{_path(path, root)} {_SIGNS[comparison]} {_path(other, root)}"
        case {"fact": path, "is": "matches", "value": value}:
            return f"{_path(path, root)} =~~ {json.dumps(value)}"
        case {"fact": path, "is": "starts_with", "value": value}:
            return f"{_path(path, root)}.starts_with({json.dumps(value)})"
        case {"fact": path, "is": comparison, "value": value}:
            return f"{_path(path, root)} {_SIGNS[comparison]} {json.dumps(value)}"
        case {"every": path, "of": inner}:
            return f"$all([{_expression(inner, 'x')} for x in {_path(path, root)}])"
        case {"some": path, "of": inner}:
            return f"$any([{_expression(inner, 'x')} for x in {_path(path, root)}])"
        case {"ordered": [first, second], "in": path}:
            found, first, second = _path(path, root), json.dumps(first), json.dumps(second)
            chosen = f"[x for x in {found} if x == {first} or x == {second}]"
            return (
                f"not ({first} in {found}) or not ({second} in {found}) or {chosen}[0] == {first}"
            )
        case {"all": several}:
            return " and ".join(f"({_expression(one, root)})" for one in several)
        case {"any": several}:
            return " or ".join(f"({_expression(one, root)})" for one in several)
        case {"not": one}:
            return f"not ({_expression(one, root)})"
    raise ValueError(rule)


def _path(path, root):
    return ".".join([root, *path] if root else path)


class Judge:
    """One compiled rule each."""

    def __init__(self, translations):
        """Compile the rules."""
        import orjson
        import rule_engine

        self.read = orjson.loads
        self._rules = [rule_engine.Rule(text) for text in translations]

    def judge(self, document):
        """A truth for each rule."""
        return [rule.matches(document) for rule in self._rules]


load = Judge
