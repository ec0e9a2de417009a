"""Plain Python as written by hand: one function a rule, no evidence, no missing data."""

from __future__ import annotations

import json
import sys

NAME = "hand-written Python"
LANGUAGE = "Python"
PACKAGES = ()

_SIGNS = {"equals": "==", "in": "in", "at_least": ">=", "at_most": "<="}
_HEAD = """
import re

def in_order(items, first, second):
    return first not in items or second not in items or items.index(first) < items.index(second)
"""


def translate(rule, number):
    """The source of a function, and of its patterns above it."""
    patterns: list[str] = []
    body = _expression(rule, "f", patterns, f"P{number}")
    constants = "".join(
        f"P{number}_{nth} = re.compile({text!r})\n" for nth, text in enumerate(patterns)
    )
    return f"{constants}def rule_{number}(f):\n    return {body}\n"


def _expression(rule, root, patterns, prefix):
    def inside(one, root=root):
        return _expression(one, root, patterns, prefix)

    match rule:
        case {"fact": path, "is": comparison, "other": other}:
            return f"{_path(path, root)} {_SIGNS[comparison]} {_path(other, root)}"
        case {"fact": path, "is": "matches", "value": value}:
            patterns.append(value)
            return f"{prefix}_{len(patterns) - 1}.search({_path(path, root)}) is not None"
        case {"fact": path, "is": "starts_with", "value": value}:
            return f"{_path(path, root)}.startswith({value!r})"
        case {"fact": path, "is": comparison, "value": value}:
            operand = tuple(value) if comparison == "in" else value
            return f"{_path(path, root)} {_SIGNS[comparison]} {operand!r}"
        case {"every": path, "of": one}:
            return f"all({inside(one, 'x')} for x in {_path(path, root)})"
        case {"some": path, "of": one}:
            return f"any({inside(one, 'x')} for x in {_path(path, root)})"
        case {"ordered": [first, second], "in": path}:
            return f"in_order({_path(path, root)}, {first!r}, {second!r})"
        case {"all": several}:
            return " and ".join(f"({inside(one)})" for one in several)
        case {"any": several}:
            return " or ".join(f"({inside(one)})" for one in several)
        case {"not": one}:
            return f"not ({inside(one)})"
    raise ValueError(rule)


def _path(path, root):
    return root + "".join(f"[{key!r}]" for key in path)


def source(translations):
    """The module that a person would have written."""
    names = [text.partition("def ")[2].partition("(")[0] for text in translations]
    return "\n\n".join([_HEAD, *translations, f"RULES = [{', '.join(names)}]\n"])


class Judge:
    """Calls each function."""

    def __init__(self, translations):
        """Import the module."""
        self.read = _fastest_reader()
        names: dict[str, object] = {}
        exec(source(translations), names)
        self._rules = names["RULES"]

    def judge(self, document):
        """A truth for each rule."""
        return [rule(document) for rule in self._rules]


def _fastest_reader():
    try:
        import orjson
    except ImportError:
        return json.loads
    return orjson.loads


load = Judge


def cold(place, translations):
    """A script and its module of rules, kept as bytecode; it reads with the json module."""
    (place / "handwritten.py").write_text(source(translations))
    (place / "by_hand.py").write_text(
        "import json, sys\nfrom handwritten import RULES\n"
        "facts = json.load(open(sys.argv[1]))\nprint(json.dumps([rule(facts) for rule in RULES]))\n"
    )
    return [sys.executable, str(place / "by_hand.py"), str(place / "facts.json")]
