"""Operands: what a matcher compares with, resolved before it does so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.reference.documents import Document, Found, Hole, Known, Scope, is_redacted, steps_of
from tests.reference.operators import joined
from tests.reference.truth import Answer, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


REFERENCES = {"fact", "param", "join", "literal"}


@dataclass(frozen=True)
class Context:
    """What a condition is asked in."""

    document: Document
    params: Mapping[str, Any]
    define: Mapping[str, Any]
    now: int | None
    formats: Callable[[tuple[str, ...]], str]

    def domain(self, domain: Any, scope: Scope) -> Known:
        """Give what a quantifier or `for_each` runs over."""
        if isinstance(domain, dict) and "param" in domain:
            return Found(self.params[domain["param"]])
        path = domain["fact"] if isinstance(domain, dict) else domain
        return self.document.look_up(steps_of(path), scope)

    def form_of(self, found: Found) -> str:
        """Give the declared format of a fact."""
        return "" if found.pointer is None else self.formats(found.pointer)


@dataclass(frozen=True)
class Wanted:
    """A resolved operand: its value, its form, and the facts it was made of."""

    value: Any
    form: str = ""
    is_fact: bool = False
    facts: tuple[str, ...] = ()


def operand(written: Any, context: Context, scope: Scope) -> Wanted | Answer:
    """Resolve an operand; an answer says why that is not possible."""
    if isinstance(written, list):
        return _list_operand(written, context, scope)
    if not isinstance(written, dict):
        return Wanted(written)
    if "literal" in written:
        return Wanted(written["literal"])
    if "join" in written:
        return _join_operand(written["join"], context, scope)
    if "param" in written:
        return _param_operand(written, context, scope)
    path = written["fact"]
    known = context.document.look_up(steps_of(path), scope)
    if isinstance(known, Hole):
        return unknown(known.cause, path)
    is_fact = known.pointer is not None
    value = context.document.with_holes(known)
    return Wanted(value, context.form_of(known), is_fact, (path,))


def _list_operand(written: list[Any], context: Context, scope: Scope) -> Wanted:
    items: list[Any] = []
    facts: list[str] = []
    for item in written:
        wanted = operand(item, context, scope)
        if isinstance(wanted, Answer):
            (why, *_) = wanted.unknowns
            items.append(Hole(why.cause, fact=why.fact))
            facts.append(why.fact)
        else:
            items.append(wanted.value)
            facts += wanted.facts
    return Wanted(items, facts=tuple(facts))


def _join_operand(written: list[Any], context: Context, scope: Scope) -> Wanted | Answer:
    parts = [operand(part, context, scope) for part in written]
    for part in parts:
        if isinstance(part, Answer):
            return part
        if is_redacted(part.value):
            return unknown("redacted", part.facts[0])
    known = [part for part in parts if isinstance(part, Wanted)]
    facts = tuple(fact for part in known for fact in part.facts)
    path = joined([part.value for part in known])
    if path is None:
        return unknown("wrong_type", facts[0] if facts else "join")
    return Wanted(path, facts=facts)


def _param_operand(written: dict[str, Any], context: Context, scope: Scope) -> Wanted | Answer:
    value = context.params[written["param"]]
    if "at" not in written:
        return Wanted(value)
    key = operand(written["at"], context, scope)
    if isinstance(key, Answer):
        return key
    text = key.facts[0] if key.facts else written["param"]
    if is_redacted(key.value):
        return unknown("redacted", text)
    if not isinstance(key.value, str) or not isinstance(value, dict):
        return unknown("wrong_type", text)
    if key.value not in value:
        return unknown("missing", text)
    return Wanted(value[key.value], facts=key.facts)
