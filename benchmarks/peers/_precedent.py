"""The rules in our own language, and the engine around them."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

NAMES = ("host", "go", "search", "shells", "editor", "project", "files", "container")


def translate(rule, number):
    """One rule as a person would write it, as an item of a rule file's list."""
    message = f"rule {number} does not hold"
    if "fact" in rule:
        message = f"{'.'.join(rule['fact'])} is {{{'.'.join(rule['fact'])}}}"
    return "\n".join(
        [
            f"  - id: rule-{number:04}",
            f"    title: Rule {number} of the workload",
            "    severity: medium",
            f"    require: {json.dumps(_condition(rule, ''))}",
            f"    message: {json.dumps(message)}",
        ]
    )


def _condition(rule, root):
    match rule:
        case {"fact": path, "is": comparison, "other": other}:
            return {_path(path, root): {comparison: {"fact": _path(other, root)}}}
        case {"fact": path, "is": comparison, "value": value}:
            return {_path(path, root): {comparison: value}}
        case {"every": path, "of": inner}:
            return {
                "every": _path(path, root),
                "as": "item",
                "satisfies": _condition(inner, "item"),
            }
        case {"some": path, "of": inner}:
            return {"some": _path(path, root), "as": "item", "satisfies": _condition(inner, "item")}
        case {"ordered": names, "in": path}:
            return {_path(path, root): {"ordered": names}}
        case {"all": several}:
            return {"all": [_condition(one, root) for one in several]}
        case {"any": several}:
            return {"any": [_condition(one, root) for one in several]}
        case {"not": one}:
            return {"not": _condition(one, root)}
    raise ValueError(rule)


def _path(path, root):
    return ".".join([root, *path] if root else path)


def rule_file(translations):
    """The text of a rule file."""
    return "\n".join(["rules:", *translations, ""])


def packs(translations):
    """The rules, loaded from a file as the command does."""
    from engine.loading.packs import load_packs
    from engine.operators import OPERATORS

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "rules.yaml")
        file.write_text(rule_file(translations))
        return load_packs([str(file)], Path(folder), OPERATORS)


def truths(report):
    """A truth for each rule; what is neither pass nor fail is none."""
    known = {"pass": True, "fail": False}
    return [known.get(verdict.outcome) for verdict in report.verdicts]


def version():
    """The engine's own."""
    import engine

    return engine.__version__


def command():
    """The program as it is installed beside the interpreter."""
    return str(Path(sys.executable).parent / "engine")
