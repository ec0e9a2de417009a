"""The right-hand side of an operator: literals, and mappings that refer to something."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.loading.complaints import each, refuse
from engine.loading.fields import fields, listed, text_of
from engine.loading.nodes import plain, shown
from engine.loading.paths import parse_path
from engine.model.conditions import FactRef, Join, ListOf, Literal, ParamRef, TableRef

if TYPE_CHECKING:
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.conditions import Domain, Operand
    from engine.model.place import Place

REFERENCES = frozenset(("fact", "param", "join", "literal"))

_FORMS = "`{fact: path}`, `{param: name}`, `{join: [...]}` or `{literal: ...}`"


def operand(node: Node, scope: Scope) -> Operand:
    """Read an operand: scalars and lists stand for themselves, a mapping is a reference."""
    if isinstance(node.value, dict):
        return _reference(node, scope)
    if isinstance(node.value, list):
        items = each(partial(operand, scope=scope), node.value)
        if not all(isinstance(item, Literal) for item in items):
            return ListOf(items, node.place)
        return Literal([item.value for item in items if isinstance(item, Literal)], node.place)
    return Literal(plain(node), node.place)


def fact(node: Node, scope: Scope) -> FactRef:
    """Read a path, where the language expects one."""
    if not isinstance(node.value, str):
        refuse(f"a path is expected here, got {shown(plain(node))}", node.place)
    return checked_path(parse_path(node.value, node.place, node.place_at), scope)


def checked_path(path: FactRef, scope: Scope) -> FactRef:
    """Give the path back if its `$key`, unless quoted, is that of an element."""
    is_element = path.steps[0] in scope.bound and path.steps[1:] == ("$key",)
    if path.text.endswith(".$key") and not is_element:
        advice = "`$key` follows a name that `as` binds here"
        refuse(f"`{path.text}` has no key", path.place, advice)
    return path


def require_operand(operator: str, key: str, node: Node, scope: Scope) -> None:
    """Complain about the value of a key that an operator could not take as its literal operand."""
    reason = scope.operators[operator].refuses(plain(node))
    if reason is not None:
        refuse(reason.replace(f"`{operator}`", f"`{key}`", 1), node.place)


def domain(node: Node, what: str, scope: Scope) -> Domain:
    """Read what a quantifier runs over: a fact's path, or `{param: name}`."""
    if isinstance(node.value, str):
        return fact(node, scope)
    if node.entries.keys() not in ({"param"}, {"fact"}):
        expected = f"{what} expects a path or `{{param: name}}`"
        refuse(f"{expected}, got {shown(plain(node))}", node.place)
    if "fact" in node.entries:
        return fact(node.entries["fact"], scope)
    return ParamRef(text_of(node.entries["param"], "`param`"), node.place)


def _reference(node: Node, scope: Scope) -> Operand:
    if not node.entries.keys() & REFERENCES:
        refuse("a mapping on this side is a reference", node.place, f"write {_FORMS}")
    if "literal" in node.entries:
        return Literal(plain(_alone("literal", node)), node.place)
    if "fact" in node.entries:
        return fact(_alone("fact", node), scope)
    if "join" in node.entries:
        return _join(_alone("join", node), node.place, scope)
    return _parameter(node, scope)


def _alone(key: str, node: Node) -> Node:
    return fields(node, f"`{key}`", (key,), ())[key]


def _parameter(node: Node, scope: Scope) -> ParamRef | TableRef:
    entries = fields(node, "`param`", ("param",), ("at",))
    name = text_of(entries["param"], "`param`")
    if "at" in entries:
        return TableRef(name, operand(entries["at"], scope), node.place)
    return ParamRef(name, node.place)


def _join(parts: Node, place: Place, scope: Scope) -> Join:
    def part(item: Node) -> Operand:
        if not isinstance(item.value, (str, dict)):
            refuse(f"`join` puts texts together, got {shown(plain(item))}", item.place)
        return operand(item, scope)

    return Join(each(part, listed(parts, "`join`")), place)
