"""Rule files: one rule, or several under `rules:`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from engine.errors import Complaint, LoadError
from engine.loading.complaints import Attempts, each, refuse
from engine.loading.fields import fields, listed
from engine.loading.graph import GRAPH_KEYS
from engine.loading.nodes import plain, shown
from engine.loading.rules import rule
from engine.loading.shared import SHARED_KEYS, shared

if TYPE_CHECKING:
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.loading.shared import Shared
    from engine.model.rules import Rule


def rule_file(node: Node, scope: Scope) -> tuple[Rule, ...]:
    """Read the rules of a file inside a pack."""
    ours, others = node.split(SHARED_KEYS)
    drawn, rest = others.split(GRAPH_KEYS)
    attempts = Attempts()
    attempts(_refuse_shared, ours)
    attempts(_refuse_graph, drawn)
    rules = attempts(_rules, rest, scope)
    attempts.settle()
    return rules


def lone_rule_file(node: Node, scope: Scope) -> tuple[tuple[Rule, ...], Shared]:
    """Read a file that is a pack of its own: its rules, and what they share."""
    ours, others = node.split(SHARED_KEYS)
    attempts = Attempts()
    common = attempts(shared, ours, scope)
    rules = attempts(_rules, others, scope)
    attempts.settle()
    return rules, common


def require_mapping(node: Node, what: str, advice: str) -> None:
    """Complain about a file whose root is no mapping."""
    if not isinstance(node.value, dict):
        refuse(f"{what} is a mapping, got {shown(plain(node))}", node.place, advice)


def _rules(node: Node, scope: Scope) -> tuple[Rule, ...]:
    if "rules" not in node.entries:
        return (rule(node, scope),)
    entries = fields(node, "a file with `rules`", ("rules",), ())
    return each(partial(_listed_rule, scope=scope), listed(entries["rules"], "`rules`"))


def _listed_rule(node: Node, scope: Scope) -> Rule:
    require_mapping(node, "a rule", "start it with `id: ...`")
    return rule(node, scope)


def _refuse_shared(node: Node) -> None:
    raise_for = [
        Complaint(
            f"`{key}` belongs to the whole pack", node.place_of(key), "write it in `pack.yaml`"
        )
        for key in node.entries
    ]
    if raise_for:
        raise LoadError(raise_for)


def _refuse_graph(node: Node) -> None:
    advice = "write it in `pack.yaml`, or in a file without rules"
    found = [
        Complaint(f"`{key}` stands among rules", node.place_of(key), advice) for key in node.entries
    ]
    if found:
        raise LoadError(found)
