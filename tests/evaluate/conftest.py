"""What tests of evaluating may ask for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from engine.compile.program import is_applicable
from engine.evaluate.judge import judge
from engine.evaluate.run import evaluate, evaluate_many
from engine.evaluate.scope import Scope
from engine.evaluate.waive import Waivers
from engine.loading.facts import SCHEMA, read_facts
from tests.compile.written import Written

if TYPE_CHECKING:
    from pathlib import Path

    from engine.compile.program import Program
    from engine.model.facts import Facts
    from engine.model.verdicts import Report, Verdict


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Give a folder to write packs in."""
    return Written(tmp_path)


class Court:
    """Judges one rule after another; all ways of judging must agree."""

    def __init__(self, written: Written) -> None:
        """Take a folder to write rules in."""
        self._written = written
        self._count = 0

    def program(self, rule: str, pack: str = "", **options: Any) -> Program:
        """Compile a rule as it is written in a file, in a pack of its own."""
        self._count += 1
        path = self._written.pack(f"p{self._count}", pack, r=rule)
        return self._written.program(path, **options)

    def report(
        self,
        rule: str,
        facts: dict[str, Any],
        now: int | None = None,
        *,
        pack: str = "",
        waivers: str | None = None,
        **envelope: Any,
    ) -> Report:
        """Judge a rule on facts; further arguments stand beside `facts` in the document."""
        return judged_every_way(
            self.program(rule, pack, waivers=waivers), document(facts, **envelope), now
        )

    def verdict(self, rule: str, facts: dict[str, Any], **options: Any) -> Verdict:
        """Give a rule's verdict on facts."""
        (verdict,) = self.report(rule, facts, **options).verdicts
        return verdict


def document(facts: dict[str, Any], **envelope: Any) -> Facts:
    """Give facts as the loader reads them."""
    content = {"schema": SCHEMA, "facts": facts, **envelope}
    return read_facts(json.dumps(content).encode(), "facts.json")


def judged_every_way(program: Program, facts: Facts, now: int | None = None) -> Report:
    """Judge by proof alone, by sifting first and by generated code; all must say the same."""
    report = evaluate(program, facts, now)
    (swift,) = evaluate_many(program, [facts], now, worth_generating=0)
    assert swift == report
    scope, waivers = Scope(program, facts, now), Waivers(program, now)
    rules = [rule for rule in program.rules if is_applicable(rule, facts.kind)]
    assert tuple(judge(rule, scope, waivers) for rule in rules) == report.verdicts
    return report


@pytest.fixture
def court(written: Written) -> Court:
    """Give what judges rules."""
    return Court(written)
