"""Which variables a piece of a syntax tree may touch, where that is easily known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.shell.shfmt import Node

_HARMLESS = frozenset({":", "true", "false", "echo", "test", "[", "[[", "break", "continue"})
_STRANGE = frozenset({"DeclClause", "LetClause", "FuncDecl", "CoprocClause", "TestDecl"})
_ASSIGNING = frozenset(
    {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "++", "--"}
)


def touched(tree: Node) -> list[str] | None:
    """Give the names, or None if anything may be touched."""
    names: set[str] = set()
    for node in _nodes(tree):
        kind = node.get("Type", "")
        if kind in _STRANGE or node.get("TempFile") or node.get("ReplyVar"):
            return None
        if kind == "CallExpr":
            if not _is_harmless(node):
                return None
            names |= {each["Name"]["Value"] for each in node.get("Assigns", ())}
        elif kind == "WordIter":
            names.add(node["Name"]["Value"])
        elif kind in {"BinaryArithm", "UnaryArithm"} and node.get("Op") in _ASSIGNING:
            name = _bare_name(node["X"])
            if name is None:
                return None
            names.add(name)
        elif kind == "ParamExp" and node.get("Exp", {}).get("Op") in {":=", "="}:
            names.add(node.get("Param", {}).get("Value", ""))
        elif "OpPos" in node and node.get("N", {}).get("Value", "").startswith("{"):
            names.add(node["N"]["Value"].strip("{}"))
    return sorted(names - {""})


def has_effect(tree: Node) -> bool:
    """Whether expanding a word may change a variable."""
    return touched(tree) != []


def _is_harmless(node: Node) -> bool:
    words = node.get("Args", ())
    if not words:
        return True
    parts = words[0]["Parts"]
    return len(parts) == 1 and parts[0].get("Value") in _HARMLESS and parts[0]["Type"] == "Lit"


def _bare_name(node: Node) -> str | None:
    parts = node.get("Parts", ())
    if len(parts) != 1:
        return None
    name: str | None = parts[0].get("Value") or parts[0].get("Param", {}).get("Value")
    return name


def _nodes(tree: Any) -> Iterator[Node]:
    waiting = [tree]
    while waiting:
        now = waiting.pop()
        if isinstance(now, dict):
            yield now
            waiting += now.values()
        elif isinstance(now, list):
            waiting += now
