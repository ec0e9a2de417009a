"""What a verdict rests on, chosen out of its proof, and why something is unknown."""

from __future__ import annotations

from engine.compile.program import ROOT
from engine.evaluate.lookup import find
from engine.model.facts import Absent, Redacted
from engine.model.verdicts import Evidence, Unknown
from engine.operators._base import Unsure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.evaluate.prove import Proof
    from engine.evaluate.scope import Scope
    from engine.model.json_value import Json


MOST_NAMES = 200
"""Among how many facts one with nearly the name of a missing one is looked for."""


def deciding(proof: Proof) -> list[Proof]:
    """Give the parts that decide a proof.

    Of an `all` that fails its failing parts, of an `any` that holds its first, of an unknown its
    unknown parts, otherwise all; an `every` is an `all` of its elements, `some` an `any`, `none` an
    `any` denied.
    """
    parts = proof.children
    if proof.truth is None:
        return [part for part in parts if part.truth is None]
    kind = proof.node[0]
    if kind in {"all", "every"} and proof.truth is False:
        return [part for part in parts if part.truth is False]
    if kind in {"any", "some"} and proof.truth is True:
        return [part for part in parts if part.truth is True][:1]
    if kind == "none" and proof.truth is False:
        return [part for part in parts if part.truth is True]
    return parts


def evidence_of(proof: Proof, scope: Scope) -> tuple[Evidence, ...]:
    """Give each fact that a proof rests on once, in written order."""
    found: dict[tuple[str, str], Evidence] = {}
    for leaf in _leaves(proof):
        for evidence in _named_by(leaf, scope):
            found.setdefault((evidence.fact, evidence.path), evidence)
    return tuple(found.values())


def unknowns_of(proof: Proof, scope: Scope, element: str | None) -> Iterator[Unknown]:
    """Say, for each part that keeps a proof unknown, which fact and why; in written order."""
    if proof.node[0] == "same" or (proof.node[0] == "same_of" and proof.children):
        yield from _unknown_values(proof, scope, element)
        return
    parts = deciding(proof)
    if parts and proof.unsure is None:
        for part in parts:
            yield from unknowns_of(part, scope, element)
        return
    unsure = proof.unsure or Unsure("missing")
    evidence = tuple(_named_by(proof, scope))
    yield Unknown(
        cause=unsure.cause,
        fact=_unknown_fact(proof, unsure.cause, evidence, scope),
        detail=unsure.detail or (_suggestion(proof, scope) if unsure.cause == "missing" else ""),
        element=element,
        evidence=evidence,
    )


def _unknown_values(proof: Proof, scope: Scope, element: str | None) -> Iterator[Unknown]:
    """Say which of the values that should be the same are not known or cannot be compared."""
    holes = [part for part in proof.children if part.truth is None and part.node[0] == "element"]
    values = [part for part in _leaves(proof) if isinstance(part.value, Absent)]
    for part in holes:
        yield from unknowns_of(part, scope, element)
    for part in values:
        evidence = tuple(_named_by(part, scope))
        fact = evidence[0].fact if evidence else ""
        yield Unknown(part.value.cause, fact, part.value.detail, element, evidence)
    if not holes and not values and proof.unsure is not None:
        evidence = evidence_of(proof, scope)
        fact = evidence[0].fact if evidence else ""
        yield Unknown(proof.unsure.cause, fact, proof.unsure.detail, element, evidence)


def plain(value: Json) -> Json:
    """Give a value as it may be shown: holes and secrets are replaced by words."""
    if isinstance(value, Redacted):
        return "<redacted>"
    if isinstance(value, Absent):
        return f"<unknown: {value.cause}>"
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return value


def _leaves(proof: Proof) -> Iterator[Proof]:
    parts = deciding(proof) if proof.node[0] not in {"same", "same_of", "count"} else proof.children
    if not parts or (proof.node[0] == "count" and proof.node[3] is None):
        yield proof
        return
    for part in parts:
        yield from _leaves(part)


def _named_by(leaf: Proof, scope: Scope) -> Iterator[Evidence]:
    """Give the facts that a leaf names: of an operator both sides, of a quantifier its domain."""
    kind = leaf.node[0]
    if kind == "element":
        frame = leaf.node[1]
        pointer = scope.frame_pointer(frame)
        if pointer is not None:
            yield _evidence(scope.label(frame), pointer, frame.value, scope)
        return
    if kind == "op":
        named: Iterable = [leaf.node[1], leaf.node[3]]  # type: ignore[type-arg]
    elif kind in {"fact", "key", "length"}:
        named = [leaf.node]
    else:
        named = [leaf.node[1]]
    for node in named:
        for text, pointer, value in scope.references(node, leaf.frames):
            if pointer is not None:
                yield _evidence(text, pointer, value, scope)


def _evidence(text: str, pointer: str, value: Json, scope: Scope) -> Evidence:
    provenance = scope.facts.provenance_of(pointer)
    if isinstance(value, Absent):
        return Evidence(text, pointer, None, provenance, value.cause)
    if isinstance(value, Redacted):
        return Evidence(text, pointer, None, provenance, "redacted")
    return Evidence(text, pointer, plain(value), provenance)


def _unknown_fact(proof: Proof, cause: str, evidence: tuple[Evidence, ...], scope: Scope) -> str:
    """Name the fact that is not known; of two facts that cannot be compared, the first."""
    if proof.node[0] == "element":
        return scope.label(proof.node[1])
    if proof.blamed is not None:
        named = [text for text, _, _ in scope.references(proof.blamed, proof.frames)]
        evidence = tuple(item for item in evidence if item.fact in named) or evidence
    hole = next((item for item in evidence if item.cause == cause), None)
    if hole is not None or evidence:
        return (hole or evidence[0]).fact
    # An element of a parameter, or a number that was counted.
    node, frames = proof.node[1], proof.frames
    if node[0] == "count":
        node, frames = frames[-1].origin.node, frames[-1].origin.frames
    return next((text for text, _, _ in scope.references(node, frames)), "")


def _suggestion(proof: Proof, scope: Scope) -> str:
    """Name a fact that is there and has nearly the name of one that is missing."""
    if proof.node[0] == "element":
        return ""
    node = proof.blamed or (proof.node if proof.node[0] == "fact" else proof.node[1])
    while node[0] == "length":
        node = node[1]
    if node[0] != "fact":
        return ""
    slot, steps, *_ = scope.paths[node[1]]
    value = scope.facts.root if slot == ROOT else proof.frames[slot].value
    for step in steps:
        inner = find(value, (step,))
        if isinstance(inner, Absent):
            return _nearest(step, value)
        value = inner
    return ""


def _nearest(step: str | int, parent: Json) -> str:
    from engine.errors import did_you_mean  # noqa: PLC0415 - only a missing fact needs it

    # Comparing with thousands of names, for each of thousands of elements, helps nobody.
    if not isinstance(step, str) or not isinstance(parent, dict) or len(parent) > MOST_NAMES:
        return ""
    known = [key for key, value in parent.items() if not isinstance(value, Absent)]
    return did_you_mean(step, known) or ""
