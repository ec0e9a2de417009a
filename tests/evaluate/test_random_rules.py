"""Random rules on random documents: whatever is judged names its facts and can be explained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.evaluate.examples import Coverage
from engine.evaluate.explain import explain
from engine.evaluate.scope import Scope
from engine.loading.facts import read_facts
from tests.conformance.engine_adapter import compiled, write_pack
from tests.evaluate.conftest import judged_every_way
from tests.reference.strategies import batch

if TYPE_CHECKING:
    from pathlib import Path

NOW = 1_790_000_000 * 10**9


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6))
def test_every_verdict_names_its_facts_and_has_a_proof(tmp_path: Path, seed: int):
    made = batch(seed, 10, 4)
    program = compiled(write_pack(tmp_path / str(seed), made.pack, made.rules))
    for content in made.documents:
        facts = read_facts(json.dumps(content).encode(), "facts.json")
        verdicts = judged_every_way(program, facts, NOW).verdicts
        for rule, verdict in zip(program.rules, verdicts, strict=True):
            assert bool(verdict.findings) == (verdict.outcome == "fail")
            assert all(one.cause and one.fact for one in verdict.unknowns)
            assert verdict.unknowns or verdict.outcome != "unknown"
            scope = Scope(program, facts, NOW)
            assert all(line.text for line in explain(rule, scope))
            coverage = Coverage()
            coverage.note(rule, scope)
            assert all(branch.missing for branch in coverage.undecided(rule, scope))
