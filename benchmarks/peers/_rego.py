"""The rules in Rego, for every peer that speaks it."""

from __future__ import annotations

import json

_SIGNS = {"equals": "==", "in": "in", "at_least": ">=", "at_most": "<="}


def translate(rule, number):
    """A named rule, with helper rules for what Rego can't say inside a body."""
    helpers: list[str] = []
    body = _body(rule, "input", f"rule_{number}", helpers)
    return "\n".join([*helpers, f"rule_{number} if {{ {body} }}"])


def module(translations):
    """All rules as one package; a rule that does not hold is undefined."""
    return "\n".join(["package bench", "import rego.v1", *translations])


def numbers(translations):
    """The number in each rule's name."""
    return [
        text.rpartition("\n")[2].partition(" ")[0].removeprefix("rule_") for text in translations
    ]


def truths(answer, numbers):
    """A truth for each rule, out of the package's document."""
    return [answer.get(f"rule_{number}", False) for number in numbers]


def _body(rule, root, name, helpers):
    match rule:
        case {"fact": path, "is": comparison, "other": other}:
            return f"{_path(path, root)} {_SIGNS[comparison]} {_path(other, root)}"
        case {"fact": path, "is": "matches", "value": value}:
            return f"regex.match({json.dumps(value)}, {_path(path, root)})"
        case {"fact": path, "is": "starts_with", "value": value}:
            return f"startswith({_path(path, root)}, {json.dumps(value)})"
        case {"fact": path, "is": "in", "value": value}:
            return f"{_path(path, root)} in {{{', '.join(map(json.dumps, value))}}}"
        case {"fact": path, "is": comparison, "value": value}:
            return f"{_path(path, root)} {_SIGNS[comparison]} {json.dumps(value)}"
        case {"every": path, "of": inner}:
            return f"every x in {_path(path, root)} {{ {_body(inner, 'x', name, helpers)} }}"
        case {"some": path, "of": inner}:
            return f"some x in {_path(path, root)}; {_body(inner, 'x', name, helpers)}"
        case {"ordered": [first, second], "in": path}:
            first, second, found = json.dumps(first), json.dumps(second), _path(path, root)
            both = f"[x | some x in {found}; x in {{{first}, {second}}}]"
            wrong = f"{both}[0] == {second}; {first} in {found}"
            return f"not {_helper([wrong], name, helpers)}"
        case {"all": several}:
            return "; ".join(_body(one, root, name, helpers) for one in several)
        case {"any": several}:
            return _helper([_body(one, root, name, helpers) for one in several], name, helpers)
        case {"not": one}:
            return f"not {_helper([_body(one, root, name, helpers)], name, helpers)}"
    raise ValueError(rule)


def _helper(bodies, name, helpers):
    """Write a rule with these bodies, one of which must hold, and give its name."""
    helper = f"of_{name}_{len(helpers)}"
    helpers.append("\n".join(f"{helper} if {{ {body} }}" for body in bodies))
    return helper


def _path(path, root):
    return root + "".join(f"[{json.dumps(key)}]" for key in path)
