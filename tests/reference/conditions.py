"""Conditions as plain data: one function for each kind, one truth for each question."""

from __future__ import annotations

import math
import re
from typing import Any

from tests.reference.documents import (
    Bound,
    Found,
    Further,
    Hole,
    Scope,
    holes_in,
    is_redacted,
    steps_of,
)
from tests.reference.equality import equal
from tests.reference.matchers import Subject, matcher
from tests.reference.operands import REFERENCES, Context, Wanted, operand
from tests.reference.truth import (
    Answer,
    Truth,
    Unknown,
    all_of,
    answer_all,
    answer_any,
    answer_not,
    unknown,
)


def ask(condition: dict[str, Any], context: Context, scope: Scope) -> Answer:
    """Say whether a condition holds."""
    for quantifier in ("every", "some", "none"):
        if quantifier in condition:
            return _quantified(quantifier, condition, context, scope)
    if "count" in condition:
        return _count(condition["count"], context, scope)
    return answer_all([_entry(key, value, context, scope) for key, value in condition.items()])


def _entry(key: str, value: Any, context: Context, scope: Scope) -> Answer:
    if key == "all":
        return answer_all([ask(child, context, scope) for child in value])
    if key == "any":
        return answer_any([ask(child, context, scope) for child in value])
    if key == "not":
        return answer_not(ask(value, context, scope))
    if key == "use":
        return ask(context.define[value], context, scope)
    if key == "same":
        return _same(value, context, scope)
    known = context.document.look_up(steps_of(key), scope)
    form = context.form_of(known) if isinstance(known, Found) else ""
    is_fact = isinstance(known, Hole) or known.pointer is not None
    return matcher(value, Subject(known, key, form, is_fact), context, scope)


def children_of(domain: Any, context: Context, scope: Scope) -> tuple[list[Bound] | None, str]:
    """Give the elements of a domain, or None and the cause of having none."""
    known = context.domain(domain, scope)
    if isinstance(known, Hole):
        return None, known.cause
    if is_redacted(known.value):
        return None, "redacted"
    if not isinstance(known.value, list | dict):
        return None, "wrong_type"
    place = place_of(domain, scope)
    children = [
        Bound(child, Found(key), place + label_of(key))
        for key, child in context.document.children(known)
    ]
    further = context.document.further(known)
    if further is not None:
        children.append(Bound(further, further, f"{place}.-"))
    return children, ""


def place_of(domain: Any, scope: Scope) -> str:
    """Say where a domain stands: its path, with a bound name replaced by the element's place."""
    text = text_of(domain)
    for name, bound in scope.items():
        if isinstance(domain, str) and re.match(rf"{re.escape(name)}($|[.\[])", text):
            return bound.place + text[len(name) :]
    return text


def text_of(domain: Any) -> str:
    """Say what a rule calls a domain."""
    return str(domain if isinstance(domain, str) else domain.get("param") or domain["fact"])


def label_of(key: str | int) -> str:
    """Write a key or an index as it stands in a path."""
    if isinstance(key, int):
        return f"[{key}]"
    try:
        plain = steps_of(key) == (key,) and key != "$key"
    except ValueError:
        plain = False
    quoted = key.replace("\\", "\\\\").replace('"', '\\"')
    return f".{key}" if plain else f'["{quoted}"]'


def _chosen(
    domain: Any, written: dict[str, Any], context: Context, scope: Scope
) -> list[tuple[Scope, Bound, Answer | None]] | Answer:
    """Give the elements that `where` does not leave out; an answer says why one is not known."""
    children, cause = children_of(domain, context, scope)
    if children is None:
        return unknown(cause, text_of(domain))
    chosen: list[tuple[Scope, Bound, Answer | None]] = []
    for bound in children:
        inner = {**scope, written["as"]: bound}
        if isinstance(bound.element, Hole):
            # It may exist or not, so nothing that is asked of it is ever answered.
            where = unknown(bound.element.cause, bound.place)
        else:
            where = ask(written["where"], context, inner) if "where" in written else answer_all([])
        if where.truth is not Truth.NO:
            chosen.append((inner, bound, where if where.truth is Truth.UNKNOWN else None))
    return chosen


def _quantified(quantifier: str, written: dict[str, Any], context: Context, scope: Scope) -> Answer:
    chosen = _chosen(written[quantifier], written, context, scope)
    if isinstance(chosen, Answer):
        return chosen
    answers = [why or ask(written["satisfies"], context, inner) for inner, _, why in chosen]
    if quantifier == "every":
        return answer_all(answers)
    some = answer_any(answers)
    return some if quantifier == "some" else answer_not(some)


def _count(written: dict[str, Any], context: Context, scope: Scope) -> Answer:
    """Count as an interval: yes if `is` holds for all of it, no if for none of it."""
    chosen = _chosen(written["of"], written, context, scope)
    if isinstance(chosen, Answer):
        return chosen
    unsure = [why for _, _, why in chosen if why is not None]
    least = sum(1 for _, _, why in chosen if why is None)
    endless = any(isinstance(bound.element, Further) for _, bound, _ in chosen)
    most = math.inf if endless else least + len(unsure)
    text = text_of(written["of"])
    answers = [
        matcher(written["is"], Subject(Found(number), text, "", is_fact=False), context, scope)
        for number in _telling_numbers(least, most, written["is"], context, scope)
    ]
    if {answer.truth for answer in answers} in ({Truth.YES}, {Truth.NO}):
        return answers[0]
    why_not = answer_all([*unsure, *(one for one in answers if one.truth is Truth.UNKNOWN)])
    return Answer(Truth.UNKNOWN, why_not.unknowns, why_not.evidence)


def _telling_numbers(
    least: int, most: float, asked: Any, context: Context, scope: Scope
) -> list[int]:
    """Give every number of an interval, cut off above all numbers that the matcher knows."""
    if most != math.inf:
        return list(range(least, int(most) + 1))
    highest = max([least, *_numbers_in(asked, context, scope)])
    return list(range(least, highest + 3))


def _numbers_in(written: Any, context: Context, scope: Scope) -> list[int]:
    value = written
    if isinstance(written, dict) and REFERENCES & set(written):
        known = operand(written, context, scope)
        value = known.value if isinstance(known, Wanted) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return [math.ceil(value)]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [number for one in inside for number in _numbers_in(one, context, scope)]


Place = tuple[Scope, str, Answer | None]
"""Where to look for a value, and why it is not known beforehand."""


def _same(written: Any, context: Context, scope: Scope) -> Answer:
    if isinstance(written, list):
        places: list[Place] = [(scope, path, None) for path in written]
    else:
        chosen = _chosen(written["of"], written, context, scope)
        if isinstance(chosen, Answer):
            return chosen
        places = [(inner, written["value"], why) for inner, _, why in chosen]
    values = [
        Hole(why.unknowns[0].cause)
        if why is not None
        else context.document.with_holes(context.document.look_up(steps_of(path), inner))
        for inner, path, why in places
    ]
    facts = tuple(dict.fromkeys(path for _, path, _ in places))
    pairs = [equal(a, b) for i, a in enumerate(values) for b in values[:i]]
    same = all_of([*pairs, *(Truth.UNKNOWN for one in values if isinstance(one, Hole))])
    if same is not Truth.UNKNOWN:
        return Answer(same, (), facts)
    whys: list[Unknown] = []
    for value, (_, path, why) in zip(values, places, strict=True):
        found = [Unknown(hole.cause, path) for hole in holes_in(value)]
        whys += found if why is None else why.unknowns
    return Answer(same, tuple(whys), facts)
