"""Matchers: what is asked of a fact, spelled out as conditions on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.errors import did_you_mean
from engine.loading.complaints import each, refuse
from engine.loading.nodes import plain, shown
from engine.loading.operands import REFERENCES, operand
from engine.model.conditions import AllOf, LengthOf, Literal, Match, Not
from engine.model.record import record, replace

if TYPE_CHECKING:
    from engine.loading.nodes import Node
    from engine.loading.scope import Scope
    from engine.model.conditions import Condition, Operand, Subject
    from engine.model.place import Place

SCHEMES = ("go", "semver", "pep440")
ORDER = ("less_than", "at_most", "more_than", "at_least")
SWITCHES = ("exists", "set", "empty", "unique", "absolute")
STRUCTURAL = ("not", "length")

# What other languages call our operators, where spelling would not tell.
_ELSEWHERE = {
    "eq": "equals",
    "==": "equals",
    "is": "equals",
    "neq": "not: {equals: ...}",
    "ne": "not: {equals: ...}",
    "!=": "not: {equals: ...}",
    "gt": "more_than",
    ">": "more_than",
    "greater_than": "more_than",
    "gte": "at_least",
    ">=": "at_least",
    "min": "at_least",
    "lt": "less_than",
    "<": "less_than",
    "lte": "at_most",
    "<=": "at_most",
    "max": "at_most",
    "regex": "matches",
    "pattern": "matches",
    "one_of": "in",
    "enum": "in",
    "includes": "contains",
    "present": "exists",
    "schema": "conforms_to",
}
_OF_VERSIONS = (*ORDER, "version", "not")


@record
class _Target:
    """What a matcher is about: a subject, the scheme around it, and how the subject is written."""

    subject: Subject
    text: str
    scheme: str | None = None


def matcher(subject: Subject, text: str, place: Place, node: Node, scope: Scope) -> Condition:
    """Read what is asked of a subject, which messages call `text` and which stands at `place`."""
    return _matcher(_Target(subject, text), place, node, scope)


def _matcher(target: _Target, place: Place, node: Node, scope: Scope) -> Condition:
    if isinstance(node.value, list):
        _refuse_list(target.text, place, node)
    if not isinstance(node.value, dict):
        return _shorthand(target, place, node, scope)
    if not node.value:
        example = "exists: true" if target.scheme is None else 'at_least: "1.22"'
        refuse(
            f"nothing is asked of `{target.text}`",
            node.place,
            f"write an operator, such as `{example}`",
        )
    for name in node.value:
        if name in REFERENCES:
            advice = f"write `{target.text}: {{equals: {{{name}: ...}}}}`"
            refuse(f"`{name}` is a reference, not an operator", node.place_of(name), advice)
    children = each(lambda name: _asked(target, name, node, scope), node.value)
    return children[0] if len(children) == 1 else AllOf(children, node.place)


def _refuse_list(text: str, place: Place, node: Node) -> None:
    if text in {"and", "or"}:
        word = "all" if text == "and" else "any"
        refuse(f"there is no condition `{text}`", place, f"did you mean `{word}`?")
    advice = f"write `{text}: {{equals: [...]}}` or `{text}: {{in: [...]}}`"
    refuse("a list alone asks nothing", node.place, advice)


def _shorthand(target: _Target, place: Place, node: Node, scope: Scope) -> Condition:
    if target.scheme is not None:
        refuse(
            "`version` asks with operators",
            node.place,
            'write an operator, such as `at_least: "1.22"`',
        )
    return _match(target, "equals", place, Literal(node.value, node.place), scope)


def _asked(target: _Target, name: str, node: Node, scope: Scope) -> Condition:
    """Read one operator of a matcher."""
    place, value = node.place_of(name), node.entries[name]
    if target.scheme is not None and name not in _OF_VERSIONS:
        advice = "it takes " + ", ".join(f"`{known}`" for known in (*_OF_VERSIONS, "scheme"))
        refuse(f"`version` knows no `{name}`", place, advice)
    if name == "not":
        return Not(_matcher(target, place, value, scope), place)
    if name == "length":
        counted = replace(target, subject=LengthOf(target.subject, place), text="length")
        return _matcher(counted, place, value, scope)
    if name == "version" and isinstance(value.value, dict) and not value.value.keys() & REFERENCES:
        return _version(target, place, value, scope)
    if name not in scope.operators:
        refuse(f"unknown operator `{name}`", place, _meant(target.text, name, scope))
    return _match(target, name, place, _expected(name, value, scope), scope)


def _meant(text: str, name: str, scope: Scope) -> str:
    """Say what an unknown operator was meant to be; with no idea at all, that it may be a fact."""
    if name in _ELSEWHERE:
        return f"write `{_ELSEWHERE[name]}`"
    if name.startswith("not_") and name[4:] in scope.operators:
        return f"write `not: {{{name[4:]}: ...}}`"
    deeper = f"operators stand here; a fact further down is written `{text}.{name}: ...`"
    return did_you_mean(name, (*scope.operators, *STRUCTURAL)) or deeper


def _version(target: _Target, place: Place, node: Node, scope: Scope) -> Condition:
    """Read `version: {at_least: ..., scheme: go}`: operators that compare versions."""
    if target.scheme is not None:
        refuse("`version` stands inside `version`", place, 'a range is a text: `version: ">=1.22"`')
    schemes, asked = node.split(("scheme",))
    scheme = schemes.entries.get("scheme")
    if scheme is not None and scheme.value not in SCHEMES:
        advice = did_you_mean(str(scheme.value), SCHEMES) or "choose `go`, `semver` or `pep440`"
        refuse(
            f"`scheme` cannot be {shown(plain(scheme)).removeprefix('the text ')}",
            scheme.place,
            advice,
        )
    name = "declared" if scheme is None else str(scheme.value)
    return _matcher(replace(target, scheme=name), place, asked, scope)


def _expected(name: str, node: Node, scope: Scope) -> Operand:
    """Read an operator's operand; a JSON Schema and a switch never hold references."""
    if name == "conforms_to":
        if node.entries.keys() and node.entries.keys() <= REFERENCES:
            refuse("`conforms_to` takes no reference", node.place, "write the JSON Schema itself")
        return Literal(plain(node), node.place)
    if name in SWITCHES and not isinstance(node.value, bool):
        refuse(f"`{name}` expects `true` or `false`, got {shown(plain(node))}", node.place)
    return operand(node, scope)


def _match(target: _Target, name: str, place: Place, expected: Operand, scope: Scope) -> Condition:
    if isinstance(expected, Literal):
        scheme = target.scheme if target.scheme in SCHEMES else ""
        reason = scope.operators[name].refuses(expected.value, scheme)
        if reason is not None:
            refuse(reason, expected.place)
    return Match(target.subject, name, expected, place, target.scheme)
