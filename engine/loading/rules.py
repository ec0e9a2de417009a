"""Rules: mappings to `engine.model.rules.Rule`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.loading.complaints import Attempts, each, refuse
from engine.loading.conditions import condition, names_bound_in, optional_condition
from engine.loading.dates import require_date
from engine.loading.documents import RuleDocument
from engine.loading.fields import fields
from engine.loading.nodes import plain, shown
from engine.loading.operands import domain
from engine.loading.shapes import shaped
from engine.loading.templates import literal_template, template
from engine.model.record import record
from engine.model.rules import Example, ForEach, Rule

if TYPE_CHECKING:
    from engine.loading.documents import ExampleDocument
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.conditions import Condition
    from engine.model.rules import Template


def rule(node: Node, scope: Scope) -> Rule:
    """Read one rule."""
    attempts = Attempts()
    document = attempts(shaped, RuleDocument, node)
    levels, inside = attempts(_levels, node, scope) or ((), scope)
    conditions = attempts(_conditions, node, inside)
    attempts.settle()
    message, remedy = _templates(node, inside, conditions)
    return Rule(
        id=document.id,
        title=document.title or document.id,
        severity=document.severity,
        require=conditions.require,
        message=message,
        place=node.place_of("id"),
        about=document.about,
        remedy=remedy,
        tags=tuple(document.tags),
        references=tuple(document.references),
        subjects=tuple(document.subjects),
        when=conditions.when,
        for_each=levels,
        where=conditions.where,
        unless=conditions.unless,
        examples=_examples(node, document.examples),
    )


# for_each


def _levels(node: Node, scope: Scope) -> tuple[tuple[ForEach, ...], Scope]:
    """Read `for_each` in any of its forms, and give the scope inside it."""
    entries = node.entries
    over = entries.get("for_each")
    if over is None:
        for key in ("where", "as"):
            if key in entries:
                refuse(f"`{key}` needs `for_each`", node.place_of(key), _INSTEAD[key])
        return (), scope
    if isinstance(over.value, list):
        return _several(over, node, scope)
    if "as" not in entries:
        refuse("`for_each` needs `as`", node.place_of("for_each"), "name the element: `as: item`")
    runs_over = domain(over, "`for_each`", scope)
    name, inside = scope.binding(entries["as"])
    return (ForEach(runs_over, name, node.place_of("for_each")),), inside


_INSTEAD = {
    "where": "write the condition under `when`",
    "as": "name with it the elements that `for_each` runs over",
}


def _several(over: Node, node: Node, scope: Scope) -> tuple[tuple[ForEach, ...], Scope]:
    if "as" in node.entries:
        place = node.place_of("as")
        refuse(
            "`as` stands beside a list of levels", place, "write it into each: `{of: ..., as: ...}`"
        )
    if not over.items:
        refuse("`for_each` is empty", over.place, "write `{of: ..., as: ...}` for each level")
    levels = []
    for item in over.items:
        if not isinstance(item.value, dict):
            what = f"a level of `for_each` is a mapping, got {shown(plain(item))}"
            refuse(what, item.place, "write `{of: ..., as: ...}` for each level")
        parts = fields(item, "a level of `for_each`", ("of", "as"), ())
        runs_over = domain(parts["of"], "`of`", scope)
        name, scope = scope.binding(parts["as"])
        levels.append(ForEach(runs_over, name, item.place))
    return tuple(levels), scope


# Conditions and texts


@record
class _Conditions:
    """A rule's conditions; `when` is judged before any name is bound."""

    require: Condition
    when: Condition | None
    where: Condition | None
    unless: Condition | None


def _conditions(node: Node, inside: Scope) -> _Conditions:
    entries = node.entries
    attempts = Attempts()
    outside = type(inside)(inside.operators)
    when = attempts(optional_condition, entries.get("when"), outside)
    where = attempts(optional_condition, entries.get("where"), inside)
    unless = attempts(optional_condition, entries.get("unless"), inside)
    # A rule without it is refused by its shape already.
    required = attempts(condition, entries["require"], inside) if "require" in entries else None
    attempts.settle()
    return _Conditions(required, when, where, unless)  # type: ignore[arg-type]


def _templates(
    node: Node, scope: Scope, conditions: _Conditions
) -> tuple[Template, Template | None]:
    entries = node.entries
    parts = (conditions.when, conditions.where, conditions.unless, conditions.require)
    inner = frozenset(name for part in parts for name in names_bound_in(part))
    attempts = Attempts()
    said = attempts(template, entries["message"], scope, inner) if "message" in entries else None
    remedy = attempts(template, entries["remedy"], scope, inner) if "remedy" in entries else None
    attempts.settle()
    if said is None:
        words = entries.get("title", entries["id"])
        said = literal_template(str(words.value), words.place)
    return said, remedy


# Examples


def _examples(node: Node, documents: list[ExampleDocument]) -> tuple[Example, ...]:
    written = node.entries["examples"].items if documents else []
    return each(lambda pair: _example(*pair), zip(written, documents, strict=True))


def _example(node: Node, document: ExampleDocument) -> Example:
    given = plain(node)
    if document.today is not None:
        require_date(node.entries["today"])
    return Example(
        name=document.name or f"example at line {node.place.line}",
        facts=given["facts"],
        expect=document.expect,
        place=node.place,
        says=document.says,
        absent=given.get("absent"),
        params=given.get("params"),
        today=document.today,
    )
