"""Conditions: mappings to trees of `engine.model.conditions`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.errors import did_you_mean
from engine.loading.complaints import Attempts, each, refuse
from engine.loading.fields import fields, listed, text_of
from engine.loading.matchers import matcher
from engine.loading.nodes import plain, shown
from engine.loading.operands import checked_path, domain, fact
from engine.loading.paths import parse_path
from engine.loading.scope import QUANTIFIERS, Scope
from engine.model.conditions import AllOf, AnyOf, Count, Counted, Not, Quantified, Same, SameOf, Use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from engine.loading.nodes import Node
    from engine.model.conditions import Condition, Quantifier
    from engine.model.place import Place

_PARTS = ("as", "where", "satisfies")


def condition(node: Node, scope: Scope) -> Condition:
    """Read one condition; several entries in its mapping must all hold."""
    entries = _entries(node)
    for quantifier in QUANTIFIERS:
        if quantifier in entries:
            return _quantified(quantifier, node, scope)
    if "count" in entries:
        return _count(node, scope)
    children = each(lambda key: _entry(key, node, scope), entries)
    return children[0] if len(children) == 1 else AllOf(children, node.place)


def optional_condition(node: Node | None, scope: Scope) -> Condition | None:
    """Read a condition that need not be there."""
    return None if node is None else condition(node, scope)


def _entries(node: Node) -> dict[str, Node]:
    if isinstance(node.value, list):
        refuse(
            "a condition is a mapping, not a list",
            node.place,
            "put the list under `all:` or `any:`",
        )
    if not isinstance(node.value, dict):
        advice = "a condition is a mapping, such as `go.installed: true`"
        refuse(f"a condition is expected here, got {shown(plain(node))}", node.place, advice)
    if not node.value:
        refuse(
            "an empty condition says nothing", node.place, "write what must hold, or leave it out"
        )
    return node.value


def _entry(key: str, node: Node, scope: Scope) -> Condition:
    """Read one entry: a word of the language, or a path and its matcher."""
    place, value = node.place_of(key), node.entries[key]
    read = _FORMS.get(key)
    if read is not None:
        return read(value, place, scope)
    if key in _PARTS:
        advice = f'it belongs to `every`, `some` or `none`; a fact of that name is `["{key}"]`'
        refuse(f"`{key}` stands without a quantifier", place, advice)
    subject = checked_path(parse_path(key, place), scope)
    return matcher(subject, key, place, value, scope)


# Conditions that may stand beside others


def _all(node: Node, place: Place, scope: Scope) -> Condition:
    return AllOf(each(partial(condition, scope=scope), listed(node, "`all`")), place)


def _any(node: Node, place: Place, scope: Scope) -> Condition:
    return AnyOf(each(partial(condition, scope=scope), listed(node, "`any`")), place)


def _not(node: Node, place: Place, scope: Scope) -> Condition:
    return Not(condition(node, scope), place)


def _use(node: Node, place: Place, scope: Scope) -> Condition:  # noqa: ARG001 - one shape for all
    return Use(text_of(node, "`use`"), place)


def _same(node: Node, place: Place, scope: Scope) -> Condition:
    if not isinstance(node.value, dict):
        items = listed(node, "`same`")
        if len(items) == 1:
            refuse("`same` compares at least two facts", node.place, "name another one")
        return Same(each(partial(fact, scope=scope), items), place)
    parts = fields(node, "`same`", ("of", "as", "value"), ("where",))
    attempts = Attempts()
    over = attempts(domain, parts["of"], "`of`", scope)
    name, inside = scope.binding(parts["as"])
    where = attempts(optional_condition, parts.get("where"), inside)
    value = attempts(fact, parts["value"], inside)
    attempts.settle()
    return SameOf(over, name, where, value, place)


_FORMS: dict[str, Callable[[Node, Place, Scope], Condition]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "same": _same,
    "use": _use,
}


# Conditions that stand alone


def _quantified(name: Quantifier, node: Node, scope: Scope) -> Condition:
    _require_alone(name, node, {name, *_PARTS})
    parts = fields(node, f"`{name}`", (name, "as", "satisfies"), ("where",))
    attempts = Attempts()
    over = attempts(domain, parts[name], f"`{name}`", scope)
    bound, inside = scope.binding(parts["as"])
    where = attempts(optional_condition, parts.get("where"), inside)
    satisfies = attempts(condition, parts["satisfies"], inside)
    attempts.settle()
    return Quantified(name, over, bound, where, satisfies, node.place_of(name))


def _count(node: Node, scope: Scope) -> Condition:
    counted, place = node.entries["count"], node.place_of("count")
    if not isinstance(counted.value, dict):
        what = f"`count` expects a mapping, got {shown(plain(counted))}"
        refuse(what, counted.place, "write `count: {of: ..., as: ..., is: ...}`")
    _require_alone("count", node, {"count"})
    parts = fields(counted, "`count`", ("of", "as", "is"), ("where",))
    attempts = Attempts()
    over = attempts(domain, parts["of"], "`of`", scope)
    bound, inside = scope.binding(parts["as"])
    where = attempts(optional_condition, parts.get("where"), inside)
    asked_at = counted.place_of("is")
    asked = attempts(matcher, Counted(place), "is", asked_at, parts["is"], scope)
    attempts.settle()
    return Count(over, bound, where, asked, place)


def _require_alone(name: str, node: Node, own: set[str]) -> None:
    """Complain about entries beside a quantifier, whose mapping holds its own keys only."""
    for key in node.entries:
        if key not in own:
            missing = [known for known in own if known not in node.entries]
            advice = "put each of them into a mapping of its own under `all:`"
            close = did_you_mean(key, missing) or advice
            refuse(f"`{key}` cannot stand beside `{name}`", node.place_of(key), close)


def names_bound_in(node: Condition | None) -> Iterator[str]:
    """Give the names that quantifiers bind anywhere inside a condition."""
    match node:
        case AllOf(children) | AnyOf(children):
            for child in children:
                yield from names_bound_in(child)
        case Not(child):
            yield from names_bound_in(child)
        case Quantified(name=name, where=where, satisfies=satisfies):
            yield name
            yield from names_bound_in(where)
            yield from names_bound_in(satisfies)
        case Count(name=name, where=where) | SameOf(name=name, where=where):
            yield name
            yield from names_bound_in(where)
