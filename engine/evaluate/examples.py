"""Rules tried on their own examples, and which of their branches no example decides."""

from __future__ import annotations

from engine.compile.program import is_applicable
from engine.evaluate.explain import describe
from engine.evaluate.judge import FAULTS, examine, judge
from engine.evaluate.scope import Scope
from engine.evaluate.waive import Waivers
from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.compile.program import Node, Program
    from engine.evaluate.prove import Proof, Truth
    from engine.model.facts import Facts
    from engine.model.json_value import JsonObject
    from engine.model.rules import Example
    from engine.model.verdicts import Outcome, Verdict


@record
class Trial:
    """An example with the verdict that it got; `mistake` says what else was expected."""

    example: Example
    verdict: Verdict
    mistake: str | None


@record
class Branch:
    """A condition of a rule that no example made come out one way; `line` is in the rule's file."""

    text: str
    missing: str
    line: int


def try_example(
    program: Program, rule: JsonObject, example: Example, facts: Facts, now: int | None
) -> Trial:
    """Judge an example and compare the verdict with what the example expects."""
    verdict = judge(rule, Scope(program, facts, now), Waivers(program, now))
    return Trial(example, verdict, _mistake(example, verdict, facts, rule))


def _mistake(example: Example, verdict: Verdict, facts: Facts, rule: JsonObject) -> str | None:
    if not is_applicable(rule, facts.kind):
        return f"the rule does not apply to a {facts.kind}"
    if verdict.outcome != example.expect:
        return (
            f"expected {_words(example.expect)}, got {_words(verdict.outcome)}{_because(verdict)}"
        )
    said = [finding.message for finding in verdict.findings]
    said += [f"{unknown.fact}: {unknown.cause} {unknown.detail}" for unknown in verdict.unknowns]
    if example.says is not None and not any(example.says in text for text in said):
        heard = f"it says: {said[0]}" if said else "it says nothing"
        return f"`{example.says}` is not said; {heard}"
    return None


def _because(verdict: Verdict) -> str:
    if verdict.reason is not None:
        return f": {verdict.reason.fact} is unknown ({verdict.reason.cause})"
    return f": {verdict.findings[0].message}" if verdict.findings else ""


def _words(outcome: Outcome) -> str:
    return outcome.replace("_", " ")


class Coverage:
    """The truths that examples gave to each condition of a rule.

    A condition is known by where it stands in the rule, since an example with parameters of its own
    is judged by a program of its own.
    """

    def __init__(self) -> None:
        """Start with nothing seen."""
        self._seen: dict[tuple[str, int], set[Truth]] = {}

    def note(self, rule: JsonObject, scope: Scope) -> None:
        """Add what one example's document decides."""
        standing = {id(node): key for key, node in _conditions(rule)}
        for proof in _proofs(rule, scope):
            if id(proof.node) in standing:
                self._seen.setdefault(standing[id(proof.node)], set()).add(proof.truth)

    def undecided(self, rule: JsonObject, scope: Scope) -> Iterator[Branch]:
        """Give the branches that never came out yes, or never no."""
        for key, node in _conditions(rule):
            missing = {True, False} - self._seen.get(key, set())
            if missing:
                words = "yes or no" if len(missing) > 1 else ("yes" if True in missing else "no")
                yield Branch(f"{key[0]}: {describe(node, scope)}", words, node[-1])


def _conditions(rule: JsonObject) -> Iterator[tuple[tuple[str, int], Node]]:
    for part in ("when", "where", "unless", "require"):
        if rule[part] is not None:
            for number, node in enumerate(branches(rule[part])):
                yield (part, number), node


def _proofs(rule: JsonObject, scope: Scope) -> Iterator[Proof]:
    """Give every proof that a document leads to, those of filters included."""
    try:
        judged = examine(rule, scope)
    except FAULTS:
        return
    found = [proof for proof, _ in judged.guards]
    found += judged.filters
    found += [proof for _, proof in judged.elements if proof.node is rule["require"]]
    while found:
        proof = found.pop()
        yield proof
        found += [*proof.children, *proof.filters]


def branches(node: Node) -> Iterator[Node]:
    """Give what an example can decide: the leaves and quantifiers below a condition."""
    match node[0]:
        case "all" | "any":
            for child in node[1]:
                yield from branches(child)
        case "not":
            yield from branches(node[1])
        case "use":
            yield from branches(node[2])
        case "every" | "some" | "none":
            yield node
            yield from branches(node[4])
            if node[3] is not None:
                yield from branches(node[3])
        case "count" | "same_of":
            yield node
            if node[3] is not None:
                yield from branches(node[3])
        case _:
            yield node
