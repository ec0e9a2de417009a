"""The rules in CEL, for every peer that speaks it."""

from __future__ import annotations

import json

_SIGNS = {"equals": "==", "in": "in", "at_least": ">=", "at_most": "<="}


def translate(rule, _number):
    """An expression over the top-level facts."""
    return expression(rule, "")


def expression(rule, root):
    """An expression whose facts stand under a root."""
    match rule:
        case {"fact": path, "is": comparison, "other": other}:
            return f"{_path(path, root)} {_SIGNS[comparison]} {_path(other, root)}"
        case {"fact": path, "is": "matches", "value": value}:
            return f"{_path(path, root)}.matches({json.dumps(value)})"
        case {"fact": path, "is": "starts_with", "value": value}:
            return f"{_path(path, root)}.startsWith({json.dumps(value)})"
        case {"fact": path, "is": comparison, "value": value}:
            return f"{_path(path, root)} {_SIGNS[comparison]} {json.dumps(value)}"
        case {"every": path, "of": inner}:
            return f"{_path(path, root)}.all(x, {expression(inner, 'x')})"
        case {"some": path, "of": inner}:
            return f"{_path(path, root)}.exists(x, {expression(inner, 'x')})"
        case {"ordered": [first, second], "in": path}:
            found, first, second = _path(path, root), json.dumps(first), json.dumps(second)
            chosen = f"{found}.filter(x, x == {first} || x == {second})"
            return f"!({first} in {found}) || !({second} in {found}) || {chosen}[0] == {first}"
        case {"all": several}:
            return " && ".join(f"({expression(one, root)})" for one in several)
        case {"any": several}:
            return " || ".join(f"({expression(one, root)})" for one in several)
        case {"not": one}:
            return f"!({expression(one, root)})"
    raise ValueError(rule)


def _path(path, root):
    return ".".join([root, *path] if root else path)
