"""What stands between `[[` and `]]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.gather.shell.convert import Converter
    from engine.gather.shell.shfmt import Node

_JOINS = {"&&": "and", "||": "or"}


def condition(converter: Converter, node: Node) -> list[Any] | None:
    """Convert a condition, or give None if it has a form that we don't know."""
    match node["Type"]:
        case "Word":
            return ["word", converter.word(node)]
        case "ParenTest":
            return condition(converter, node["X"])
        case "UnaryTest":
            return _unary(converter, node)
        case "BinaryTest":
            return _binary(converter, node)
    return None


def _unary(converter: Converter, node: Node) -> list[Any] | None:
    if node["Op"] == "!":
        inner = condition(converter, node["X"])
        return None if inner is None else ["not", inner]
    if node["X"]["Type"] != "Word":
        return None
    return ["un", node["Op"], converter.word(node["X"])]


def _binary(converter: Converter, node: Node) -> list[Any] | None:
    left, right = node["X"], node["Y"]
    if node["Op"] in _JOINS:
        first, second = condition(converter, left), condition(converter, right)
        if first is None or second is None:
            return None
        return [_JOINS[node["Op"]], first, second]
    if left["Type"] != "Word" or right["Type"] != "Word":
        return None
    return ["bin", node["Op"], converter.word(left), converter.word(right)]
