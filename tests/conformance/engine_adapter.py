"""The one place that knows how the engine is called: rules and facts in, rulings out."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.compile.packs import compile_packs
from engine.compile.program import Program, is_applicable
from engine.evaluate.judge import judge
from engine.evaluate.run import evaluate, evaluate_many
from engine.evaluate.scope import Scope
from engine.evaluate.waive import Waivers
from engine.loading.facts import read_facts
from engine.loading.packs import load_packs
from engine.loading.waivers import load_waivers
from engine.model.verdicts import DisabledRule, Report, Verdict
from engine.operators import OPERATORS

if TYPE_CHECKING:
    from pathlib import Path

    from engine.model.facts import Facts


@dataclass(frozen=True)
class Ruling:
    """What the engine says about one rule, in the words of the cases."""

    outcome: str
    failing_elements: tuple[str, ...]
    unknown_elements: tuple[str, ...]
    messages: tuple[str, ...]
    remedies: tuple[str | None, ...]
    unknowns: tuple[dict[str, str | None], ...]
    evidence: tuple[str, ...]
    waived: bool

    @property
    def reason(self) -> dict[str, str | None] | None:
        """Give the first unknown of an unknown verdict."""
        return self.unknowns[0] if self.outcome == "unknown" and self.unknowns else None


def write_pack(folder: Path, pack: Mapping[str, Any], rules: Iterable[Mapping[str, Any]]) -> Path:
    """Write a pack as files; JSON is YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "pack.yaml").write_text(json.dumps({"pack": folder.name, **pack}), "utf-8")
    rules = list(rules)
    if rules:
        (folder / "rules.yaml").write_text(json.dumps({"rules": rules}), "utf-8")
    return folder


def compiled(
    folder: Path,
    params: Mapping[str, Any] | None = None,
    waivers: Path | None = None,
    bundled: Path | None = None,
) -> Program:
    """Load and compile a pack; everything that is wrong is raised."""
    packs = load_packs([str(folder)], bundled or folder.parent, OPERATORS)
    entries = load_waivers(str(waivers), OPERATORS) if waivers else ()
    return compile_packs(packs, params=params, waivers=entries)


Way = Callable[[Program, Sequence[Mapping[str, Any]], int | None], list[Report]]


def walked(
    program: Program, documents: Sequence[Mapping[str, Any]], now: int | None
) -> list[Report]:
    """Judge documents one by one, with proofs only where they are needed."""
    return [evaluate(program, facts, now) for facts in _read(documents)]


def proved(
    program: Program, documents: Sequence[Mapping[str, Any]], now: int | None
) -> list[Report]:
    """Judge documents with a proof for every rule."""
    reports = []
    for facts in _read(documents):
        scope, waivers = Scope(program, facts, now), Waivers(program, now)
        rules = [rule for rule in program.rules if is_applicable(rule, facts.kind)]
        verdicts = tuple(judge(rule, scope, waivers) for rule in rules)
        disabled = tuple(DisabledRule(**off) for off in program.disabled)
        reports.append(Report(facts.name, verdicts, tuple(waivers.stale(verdicts)), disabled))
    return reports


def generated(
    program: Program, documents: Sequence[Mapping[str, Any]], now: int | None
) -> list[Report]:
    """Judge documents by the generated code."""
    return list(evaluate_many(program, _read(documents), now, worth_generating=0))


WAYS = (walked, proved, generated)


def _read(documents: Sequence[Mapping[str, Any]]) -> list[Facts]:
    return [read_facts(json.dumps(one).encode(), "facts.json") for one in documents]


def ruling(verdict: Verdict) -> Ruling:
    """Put a verdict into the words of the cases."""
    evidence = [item for finding in verdict.findings for item in finding.evidence]
    return Ruling(
        outcome=verdict.outcome,
        failing_elements=tuple(finding.element or "" for finding in verdict.findings),
        unknown_elements=tuple(dict.fromkeys(one.element or "" for one in verdict.unknowns)),
        messages=tuple(finding.message for finding in verdict.findings),
        remedies=tuple(finding.remedy for finding in verdict.findings),
        unknowns=tuple(
            {"cause": one.cause, "fact": one.fact, "element": one.element}
            for one in verdict.unknowns
        ),
        evidence=tuple(dict.fromkeys(item.fact for item in evidence)),
        waived=verdict.is_waived,
    )


def rulings(report: Report) -> dict[str, Ruling]:
    """Give the ruling of every rule by its id."""
    return {verdict.rule: ruling(verdict) for verdict in report.verdicts}
