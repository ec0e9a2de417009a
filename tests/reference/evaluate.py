"""The reference: judges one rule, given as plain data, against one facts document.

Written from the language page and nothing else. It is slow, recursive and literal on purpose; the
engine must agree with it on every case and on every generated pair of a rule and a document.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.reference.conditions import ask, children_of, text_of
from tests.reference.documents import Document, Hole, Scope
from tests.reference.messages import fill_in
from tests.reference.operands import Context
from tests.reference.truth import Answer, Truth, Unknown, answer_all, answer_not, unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Element:
    """One element of `for_each`: its name, and what `require` says about it."""

    name: str
    answer: Answer
    message: str = ""
    remedy: str | None = None


@dataclass(frozen=True)
class Judgement:
    """What the language says about a rule and a document."""

    outcome: str
    failing: tuple[Element, ...] = ()
    unknown: tuple[Element, ...] = ()

    @property
    def reason(self) -> Unknown | None:
        """Give the first unknown in written order."""
        if self.outcome != "unknown":
            return None
        return self.unknown[0].answer.unknowns[0]

    @property
    def failing_elements(self) -> tuple[str, ...]:
        """Name the elements that fail."""
        return tuple(element.name for element in self.failing)

    @property
    def unknown_elements(self) -> tuple[str, ...]:
        """Name the elements that could not be judged."""
        return tuple(element.name for element in self.unknown)


@dataclass(frozen=True)
class Surroundings:
    """What a rule is judged with besides the facts: parameters, definitions, formats and now."""

    params: Mapping[str, Any] = field(default_factory=dict)
    define: Mapping[str, Any] = field(default_factory=dict)
    now: int | None = None
    formats: Callable[[tuple[str, ...]], str] = lambda _pointer: ""


def judge(
    rule: dict[str, Any], document: dict[str, Any], around: Surroundings | None = None
) -> Judgement:
    """Judge a rule, as YAML gives it, against a facts document, as JSON gives it."""
    around = around or Surroundings()
    context = Context(
        Document.of(document), around.params, around.define, around.now, around.formats
    )
    whether = _whether(rule, context)
    if whether.truth is Truth.UNKNOWN:
        return Judgement("unknown", unknown=(Element("", whether),))
    if whether.truth is Truth.NO:
        return Judgement("not_applicable")
    if "for_each" in rule:
        return _judge_each(rule, context)
    return _worst([_judged(rule, context, {}, "")])


def _whether(rule: dict[str, Any], context: Context) -> Answer:
    """Say whether the rule applies; `unless` without `for_each` is `when: {not: ...}`."""
    asked = []
    if "when" in rule:
        asked.append(ask(rule["when"], context, {}))
    if "unless" in rule and "for_each" not in rule:
        asked.append(answer_not(ask(rule["unless"], context, {})))
    return answer_all(asked)


def _judge_each(rule: dict[str, Any], context: Context) -> Judgement:
    levels = _levels(rule)
    outermost = levels[0][0]
    children, cause = children_of(outermost, context, {})
    if children is None:
        why = unknown(cause, text_of(outermost))
        return Judgement("unknown", unknown=(Element("", why),))
    elements = _elements(rule, levels, context, {}, ())
    return _worst(elements) if elements else Judgement("not_applicable")


def _levels(rule: dict[str, Any]) -> list[tuple[Any, str]]:
    """Give the domains and names of `for_each`, outermost first."""
    written = rule["for_each"]
    if isinstance(written, list):
        return [(level["of"], level["as"]) for level in written]
    if isinstance(written, dict) and "of" in written:
        return [(written["of"], written["as"])]
    return [(written, rule["as"])]


def _elements(
    rule: dict[str, Any],
    levels: list[tuple[Any, str]],
    context: Context,
    scope: Scope,
    names: tuple[str, ...],
) -> list[Element]:
    """Judge every combination of elements below a scope; those left out are not among them."""
    if not levels:
        return _judge_element(rule, context, scope, names)
    (domain, name), *deeper = levels
    children, cause = children_of(domain, context, scope)
    if children is None:
        return [Element(", ".join(names), unknown(cause, text_of(domain)))]
    found = []
    for bound in children:
        inner = {**scope, name: bound}
        element = (*names, bound.place)
        if isinstance(bound.element, Hole):
            why = unknown(bound.element.cause, bound.place)
            found.append(Element(", ".join(element), why))
        else:
            found += _elements(rule, deeper, context, inner, element)
    return found


def _judge_element(
    rule: dict[str, Any], context: Context, scope: Scope, names: tuple[str, ...]
) -> list[Element]:
    picked = _picked(rule, context, scope)
    if picked.truth is Truth.NO:
        return []
    name = ", ".join(names)
    if picked.truth is Truth.UNKNOWN:
        return [Element(name, picked)]
    return [_judged(rule, context, scope, name)]


def _picked(rule: dict[str, Any], context: Context, scope: Scope) -> Answer:
    """Say whether an element counts: `where` holds and `unless` does not."""
    asked = []
    if "where" in rule:
        asked.append(ask(rule["where"], context, scope))
    if "unless" in rule:
        asked.append(answer_not(ask(rule["unless"], context, scope)))
    return answer_all(asked)


def _worst(elements: list[Element]) -> Judgement:
    """Let the worst element decide: fail, unknown, pass."""
    failing = tuple(one for one in elements if one.answer.truth is Truth.NO)
    unsure = tuple(one for one in elements if one.answer.truth is Truth.UNKNOWN)
    outcome = "fail" if failing else "unknown" if unsure else "pass"
    return Judgement(outcome, failing, unsure)


def _judged(rule: dict[str, Any], context: Context, scope: Scope, name: str) -> Element:
    """Say what `require` says about an element, in the rule's words."""
    message = fill_in(_message(rule), context, scope)
    remedy = fill_in(rule["remedy"], context, scope) if "remedy" in rule else None
    return Element(name, ask(rule["require"], context, scope), message, remedy)


def _message(rule: dict[str, Any]) -> str:
    return str(rule.get("message") or rule.get("title") or rule["id"])
