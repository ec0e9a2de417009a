"""Three truths and the answers that carry them: strong Kleene, written out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Truth(Enum):
    """Yes, no, or not known."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


def truth(value: bool) -> Truth:
    """Give the truth of something that is known."""
    return Truth.YES if value else Truth.NO


def negated(value: Truth) -> Truth:
    """Give `not`: what is unknown stays so."""
    return {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}[value]


def all_of(values: Iterable[Truth]) -> Truth:
    """Give `all`: a no decides, then an unknown."""
    seen = set(values)
    if Truth.NO in seen:
        return Truth.NO
    return Truth.UNKNOWN if Truth.UNKNOWN in seen else Truth.YES


def any_of(values: Iterable[Truth]) -> Truth:
    """Give `any`: a yes decides, then an unknown."""
    return negated(all_of(negated(value) for value in values))


@dataclass(frozen=True)
class Unknown:
    """Why something is not known: the cause, and the fact as the rule names it."""

    cause: str
    fact: str


@dataclass(frozen=True)
class Answer:
    """A truth, what stayed unknown (if it is unknown), and the facts it rests on."""

    truth: Truth
    unknowns: tuple[Unknown, ...] = ()
    evidence: tuple[str, ...] = ()


def unknown(cause: str, fact: str) -> Answer:
    """Give the answer to a question about something that is not known."""
    return Answer(Truth.UNKNOWN, (Unknown(cause, fact),), (fact,))


def answer_not(child: Answer) -> Answer:
    """Turn an answer round."""
    return Answer(negated(child.truth), child.unknowns, child.evidence)


def answer_all(children: Sequence[Answer]) -> Answer:
    """Join answers by `all`; a no rests on the children that are no."""
    return _joined(all_of(child.truth for child in children), children, Truth.NO)


def answer_any(children: Sequence[Answer]) -> Answer:
    """Join answers by `any`; a yes rests on the first child that is yes."""
    whole = any_of(child.truth for child in children)
    if whole is Truth.YES:
        return next(child for child in children if child.truth is Truth.YES)
    return _joined(whole, children, Truth.UNKNOWN)


def _joined(whole: Truth, children: Sequence[Answer], decisive: Truth) -> Answer:
    if whole in (decisive, Truth.UNKNOWN):
        children = [child for child in children if child.truth is whole]
    evidence = dict.fromkeys(fact for child in children for fact in child.evidence)
    unknowns = [u for child in children for u in child.unknowns if whole is Truth.UNKNOWN]
    return Answer(whole, tuple(unknowns), tuple(evidence))
