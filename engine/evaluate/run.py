"""A program on one document, or on many."""

from __future__ import annotations

from engine.compile.program import is_applicable
from engine.evaluate.contexts import with_contexts
from engine.evaluate.judge import judge, verdict
from engine.evaluate.scope import Scope
from engine.evaluate.sift import sift
from engine.evaluate.waive import Waivers
from engine.model.verdicts import DisabledRule, Report

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from engine.compile.program import Program
    from engine.model.facts import Facts
    from engine.model.verdicts import Verdict

WORTH_GENERATING = 20
"""After so many documents a generated function has paid for its making (measured: about 22)."""


def evaluate(program: Program, facts: Facts, now: int | None = None) -> Report:
    """Give the verdict of every rule that applies to a kind of document, sorted by rule id.

    `now` is the run's time in nanoseconds since 1970, UTC; without it ages are unknown and nothing
    is waived.
    """
    facts = with_contexts(program, facts, now)
    scope, waivers = Scope(program, facts, now), Waivers(program, now)
    verdicts = []
    for rule in program.rules:
        if is_applicable(rule, facts.kind):
            outcome = sift(rule, scope)
            verdicts.append(verdict(rule, outcome) if outcome else judge(rule, scope, waivers))
    return _report(program, facts, tuple(verdicts), waivers)


def evaluate_many(
    program: Program,
    documents: Iterable[Facts],
    now: int | None = None,
    worth_generating: int = WORTH_GENERATING,
) -> Iterator[Report]:
    """Give the report on each document in turn, as `evaluate` does, but faster for many."""
    swift: Swift | None = None
    for number, facts in enumerate(documents):
        if number < worth_generating:
            yield evaluate(program, facts, now)
            continue
        swift = swift or Swift(program)
        yield swift.evaluate(facts, now)


class Swift:
    """A program with its generated function: verdicts that need no evidence are made beforehand."""

    def __init__(self, program: Program) -> None:
        """Generate the function and the verdicts."""
        from engine.evaluate.generate import generate  # noqa: PLC0415 - one document never needs it

        self._program = program
        self._outcomes = generate(program)
        self._ready: list[dict[str | None, Any]] = [
            {"pass": verdict(rule, "pass"), "not_applicable": verdict(rule, "not_applicable")}
            for rule in program.rules
        ]
        self._is_for_all_kinds = not any(rule["subjects"] for rule in program.rules)

    def evaluate(self, facts: Facts, now: int | None = None) -> Report:
        """Give the report on a document."""
        facts = with_contexts(self._program, facts, now)
        scope, waivers = Scope(self._program, facts, now), Waivers(self._program, now)
        outcomes = self._outcomes(facts.root, dict(facts.root), now)
        everything = self._is_for_all_kinds or facts.kind is None
        verdicts = tuple(
            ready[outcome] if outcome is not None else judge(rule, scope, waivers)
            for rule, ready, outcome in zip(self._program.rules, self._ready, outcomes, strict=True)
            if everything or is_applicable(rule, facts.kind)
        )
        return _report(self._program, facts, verdicts, waivers)


def _report(
    program: Program, facts: Facts, verdicts: tuple[Verdict, ...], waivers: Waivers
) -> Report:
    return Report(
        document=facts.name,
        verdicts=verdicts,
        stale_waivers=tuple(waivers.stale(verdicts)),
        disabled=tuple(DisabledRule(**off) for off in program.disabled),
    )
