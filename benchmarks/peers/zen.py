"""zen-engine's expressions, the core of GoRules, in Rust."""

from __future__ import annotations

import json

NAME = "zen-engine"
LANGUAGE = "Rust"
PACKAGES = ("zen-engine",)
NOTE = "takes JSON only: its first column includes parsing"
COLD = True

_SIGNS = {"equals": "==", "in": "in", "at_least": ">=", "at_most": "<="}


def translate(rule, _number):
    """An expression over the top-level facts."""
    return _expression(rule, "")


def _expression(rule, root):
    match rule:
        case {"fact": path, "is": comparison, "other": other}:
            return f"{_path(path, root)} {_SIGNS[comparison]} {_path(other, root)}"
        case {"fact": path, "is": "matches", "value": value}:
            return f"matches({_path(path, root)}, {json.dumps(value)})"
        case {"fact": path, "is": "starts_with", "value": value}:
            return f"startsWith({_path(path, root)}, {json.dumps(value)})"
        case {"fact": path, "is": comparison, "value": value}:
            return f"{_path(path, root)} {_SIGNS[comparison]} {json.dumps(value)}"
        case {"every": path, "of": inner}:
            return f"all({_path(path, root)}, {_expression(inner, '#')})"
        case {"some": path, "of": inner}:
            return f"some({_path(path, root)}, {_expression(inner, '#')})"
        case {"ordered": [first, second], "in": path}:
            found, first, second = _path(path, root), json.dumps(first), json.dumps(second)
            chosen = f"filter({found}, # == {first} or # == {second})"
            return f"not({first} in {found}) or not({second} in {found}) or {chosen}[0] == {first}"
        case {"all": several}:
            return " and ".join(f"({_expression(one, root)})" for one in several)
        case {"any": several}:
            return " or ".join(f"({_expression(one, root)})" for one in several)
        case {"not": one}:
            return f"not({_expression(one, root)})"
    raise ValueError(rule)


def _path(path, root):
    return ".".join([root, *path] if root else path)


class Judge:
    """All rules as one compiled list, since each evaluation converts the document."""

    def __init__(self, translations):
        """Compile the list."""
        import zen

        self._rules = zen.compile_expression(f"[{', '.join(translations)}]")

    @staticmethod
    def read(data):
        """The bytes: the library takes them faster than a parsed document."""
        return data

    def judge(self, document):
        """A truth for each rule."""
        return self._rules.evaluate(document)


load = Judge
