"""One rule's verdict on one document."""

from __future__ import annotations

import json

from engine.evaluate.evidence import evidence_of, plain, unknowns_of
from engine.evaluate.lookup import at_pointer
from engine.evaluate.message import fill
from engine.evaluate.prove import Proof, all_of, bind_elements, negate, prove
from engine.evaluate.scope import GivenUp
from engine.model.facts import Absent, Redacted
from engine.model.place import Place
from engine.model.verdicts import Evidence, Finding, Unknown, Verdict
from engine.operators._base import Unsure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.evaluate.prove import Truth
    from engine.evaluate.scope import Frames, Scope
    from engine.evaluate.waive import Waivers
    from engine.model.json_value import Json, JsonObject
    from engine.model.verdicts import Outcome


class Judged:
    """A rule on a document, element by element.

    `guards` are the proofs of `when` (and of `unless`, where there is no `for_each`) with what they
    mean for the rule. `elements` are the frames of each element with a proof whose truth is whether
    the requirement holds there: the requirement's own, that of the filter which is unknown, or one
    that says what of the domain is not known. `filters` are the proofs of `where` and `unless` for
    each element, `left_out` is the number of elements that they left out.
    """

    __slots__ = ("elements", "filters", "guards", "left_out")

    def __init__(self) -> None:
        """Start with nothing judged."""
        self.guards: list[tuple[Proof, Truth]] = []
        self.elements: list[tuple[Frames, Proof]] = []
        self.filters: list[Proof] = []
        self.left_out = 0

    @property
    def applies(self) -> Truth:
        """Whether the rule's guards let it judge at all."""
        return all_of(truth for _, truth in self.guards)

    @property
    def outcome(self) -> Outcome:
        """The worst of all elements; nothing to judge is not applicable."""
        if self.applies is not True:
            return "unknown" if self.applies is None else "not_applicable"
        truths = [proof.truth for _, proof in self.elements]
        if False in truths:
            return "fail"
        if None in truths:
            return "unknown"
        return "pass" if truths else "not_applicable"


def judge(rule: JsonObject, scope: Scope, waivers: Waivers) -> Verdict:
    """Give a rule's verdict with findings, unknowns and their evidence."""
    scope.restart()
    try:
        judged = examine(rule, scope)
        findings = (
            tuple(_findings(rule, judged, scope, waivers)) if judged.outcome == "fail" else ()
        )
        unknowns = tuple(_unknowns(judged, scope)) if judged.outcome in {"fail", "unknown"} else ()
    except FAULTS as fault:
        return verdict(rule, "error", fault=fault_in_words(fault))
    return verdict(rule, judged.outcome, findings=findings, unknowns=unknowns)


FAULTS = (RecursionError, MemoryError, GivenUp)
"""What may end a rule before it is judged: limits, never data."""


def fault_in_words(fault: Exception) -> str:
    """Say what broke while a rule was judged."""
    words = {RecursionError: "nested too deeply", MemoryError: "out of memory"}
    return words.get(type(fault), str(fault))


def verdict(
    rule: JsonObject,
    outcome: Outcome,
    findings: tuple[Finding, ...] = (),
    unknowns: tuple[Unknown, ...] = (),
    fault: str | None = None,
) -> Verdict:
    """Give a verdict with what the rule says of itself."""
    return Verdict(
        rule=rule["id"],
        title=rule["title"],
        severity=rule["severity"],
        outcome=outcome,
        place=Place(*rule["place"]),
        pack=rule["pack"],
        findings=findings,
        unknowns=unknowns,
        fault=fault,
        about=rule["about"],
        references=tuple(rule["references"]),
        tags=tuple(rule["tags"]),
    )


def examine(rule: JsonObject, scope: Scope) -> Judged:
    """Judge a rule's guards and, where they allow it, each of its elements."""
    judged = Judged()
    if rule["when"] is not None:
        proof = prove(rule["when"], scope, ())
        judged.guards.append((proof, proof.truth))
    if rule["unless"] is not None and not rule["each"]:
        proof = prove(rule["unless"], scope, ())
        judged.guards.append((proof, negate(proof.truth)))
    if judged.applies is not True:
        return judged
    if not rule["each"]:
        judged.elements.append(((), prove(rule["require"], scope, ())))
        return judged
    for frames in _frames(rule["each"], scope, (), judged):
        _examine_element(rule, scope, frames, judged)
    return judged


def _frames(each: list[Json], scope: Scope, frames: Frames, judged: Judged) -> Iterator[Frames]:
    """Go through the elements of nested domains; what cannot be walked is noted as unknown."""
    if not each:
        yield frames
        return
    (domain, _name), *inner = each
    bound = bind_elements(domain, scope, frames)
    if isinstance(bound, Absent):
        hole = Unsure(bound.cause, bound.detail)
        judged.elements.append((frames, Proof(["for_each", domain], None, frames, unsure=hole)))
        return
    for frame in bound:
        if isinstance(frame.value, Absent):
            hole = Unsure(frame.value.cause, frame.value.detail)
            proof = Proof(["element", frame], None, frames, unsure=hole)
            judged.elements.append(((*frames, frame), proof))
        else:
            yield from _frames(inner, scope, (*frames, frame), judged)


def _examine_element(rule: JsonObject, scope: Scope, frames: Frames, judged: Judged) -> None:
    """Judge one element, unless `where` or `unless` leaves it out for certain."""
    filters = []
    if rule["where"] is not None:
        proof = prove(rule["where"], scope, frames)
        filters.append((proof, proof.truth))
    if rule["unless"] is not None:
        proof = prove(rule["unless"], scope, frames)
        filters.append((proof, negate(proof.truth)))
    judged.filters += [proof for proof, _ in filters]
    kept = all_of(truth for _, truth in filters)
    if kept is False:
        judged.left_out += 1
    elif kept is None:
        doubt = next(proof for proof, truth in filters if truth is None)
        judged.elements.append((frames, doubt))
    else:
        judged.elements.append((frames, prove(rule["require"], scope, frames)))


def _label(frames: Frames, scope: Scope) -> str | None:
    return ", ".join(scope.label(frame) for frame in frames) or None


def _findings(
    rule: JsonObject, judged: Judged, scope: Scope, waivers: Waivers
) -> Iterator[Finding]:
    for frames, proof in judged.elements:
        if proof.truth is False:
            evidence = evidence_of(proof, scope)
            identity = fingerprint(rule, evidence, scope, frames)
            yield Finding(
                message=fill(rule["message"], scope, frames),
                evidence=evidence,
                fingerprint=identity,
                element=_label(frames, scope),
                remedy=fill(rule["remedy"], scope, frames) if rule["remedy"] else None,
                waiver=waivers.of(rule["id"], identity, scope, frames),
            )


def _unknowns(judged: Judged, scope: Scope) -> Iterator[Unknown]:
    """Give everything that stayed unknown, each once: two conditions often miss one fact."""
    told = set()
    for unknown in _all_unknowns(judged, scope):
        identity = (unknown.cause, unknown.fact, unknown.detail, unknown.element)
        if identity not in told:
            told.add(identity)
            yield unknown


def _all_unknowns(judged: Judged, scope: Scope) -> Iterator[Unknown]:
    for proof, truth in judged.guards:
        if truth is None:
            yield from unknowns_of(proof, scope, None)
    for frames, proof in judged.elements:
        if proof.truth is None:
            yield from unknowns_of(proof, scope, _label(frames, scope))


def fingerprint(
    rule: JsonObject, evidence: tuple[Evidence, ...], scope: Scope, frames: Frames
) -> str:
    """Identify a finding by its rule, the values it rests on and those that its message names.

    What decides is often but a mark of a thing (`entry.relative: true`); the message names it.
    Of a secret its salted fingerprint counts, so that a waiver lapses when the secret changes.
    """
    from engine.digests import sha256  # noqa: PLC0415 - only a finding needs it

    named = [scope.value(part, frames) for part in rule["message"] if not isinstance(part, str)]
    rests_on = [[item.fact, _identity(item, scope)] for item in evidence]
    content = [rule["id"], rests_on, named]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), default=_hidden)
    return f"sha256:{sha256(text.encode()).hexdigest()}"


def _identity(item: Evidence, scope: Scope) -> Json:
    """Give what a piece of evidence is told by: its value, with the hashes of its secrets."""
    if item.cause is None and not isinstance(item.value, (list, dict)):
        return [item.value, None]  # nearly always, and nothing can hide in it
    value = at_pointer(scope.facts.root, item.path)
    if isinstance(value, Redacted):
        return value
    # The evidence of a key is no value of the document.
    return [value if plain(value) == item.value else item.value, item.cause]


def _hidden(value: Json) -> Json:
    return list(value.atoms) if isinstance(value, Redacted) else value.cause
