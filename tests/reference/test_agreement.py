"""The engine agrees with the reference on random rules and documents, in both of its ways.

`PRECEDENT_PAIRS` says how many pairs of a rule and a document to judge (12,000 unless set), and
`PRECEDENT_SEED` where to begin. A failing pair is made small before it is shown.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import pytest

from engine.errors import EngineError
from tests.conformance.cases import Case
from tests.conformance.engine_adapter import (
    Ruling,
    compiled,
    generated,
    rulings,
    walked,
    write_pack,
)
from tests.reference.evaluate import Judgement, judge
from tests.reference.shrinking import smallest
from tests.reference.strategies import Batch, batch

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tests.conformance.engine_adapter import Way

    Json = dict[str, Any]

RULES, DOCUMENTS = 30, 20
PAIRS = int(os.environ.get("PRECEDENT_PAIRS", "12000"))
SEED = int(os.environ.get("PRECEDENT_SEED", "1"))
SEEDS = range(SEED, SEED + max(1, PAIRS // (RULES * DOCUMENTS)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("way", [walked, generated], ids=lambda way: way.__name__)
def test_the_engine_agrees_with_the_reference(way: Way, seed: int, tmp_path: Path) -> None:
    made = batch(seed, RULES, DOCUMENTS)
    found = first_disagreement(way, made, tmp_path / "all")
    if found is not None:
        pytest.fail(shown(way, made.pack, *made_small(way, made.pack, *found, tmp_path), tmp_path))


def first_disagreement(way: Way, made: Batch, folder: Path) -> tuple[Json, Json] | None:
    """Give the first pair on which the engine and the reference say different things."""
    program = compiled(write_pack(folder, made.pack, made.rules))
    around = _case(made.pack).surroundings()
    reports = way(program, made.documents, around.now)
    for document, report in zip(made.documents, reports, strict=True):
        said = rulings(report)
        for rule in made.rules:
            if not agree(judge(rule, document, around), said[rule["id"]]):
                return rule, document
    return None


UNFIT = {"redacted", "wrong_type", "parse_error"}
"""Causes of a value that is there and of no use; of two such sides, either may be named."""


def agree(wanted: Judgement, said: Ruling) -> bool:
    """Say whether outcome and elements agree, and each reason is one of the reference's."""
    if in_short(wanted) != in_short(said):
        return False
    possible = {
        one.name: causes(why.cause for why in one.answer.unknowns) for one in wanted.unknown
    }
    return all(
        causes([str(one["cause"])]) <= possible[one["element"] or ""] for one in said.unknowns
    )


def causes(found: Iterable[str]) -> set[str]:
    """Give causes with those of unfit values taken as one."""
    return {"unfit" if cause in UNFIT else cause for cause in found}


def in_short(said: Judgement | Ruling) -> tuple[Any, ...]:
    """Give the outcome, the elements that fail, and those that are unknown."""
    return said.outcome, said.failing_elements, tuple(sorted(said.unknown_elements))


def made_small(way: Way, pack: Json, rule: Json, document: Json, folder: Path) -> tuple[Json, Json]:
    """Make a failing pair as small as it gets while it fails."""

    def still_fails(pair: Any) -> bool:
        try:
            return (
                first_disagreement(way, Batch(pack, pair[:1], pair[1:]), folder / "small")
                is not None
            )
        except (EngineError, LookupError, TypeError, ValueError, AttributeError, AssertionError):
            return False

    rule, document = smallest([rule, document], lambda pair: len(pair) == 2 and still_fails(pair))
    return rule, document


def shown(way: Way, pack: Json, rule: Json, document: Json, folder: Path) -> str:
    """Put a failing pair into words."""
    program = compiled(write_pack(folder / "shown", pack, [rule]))
    around = _case(pack).surroundings()
    wanted = judge(rule, document, around)
    (report,) = way(program, [document], around.now)
    said = rulings(report)[rule["id"]]
    lines = {
        "rule": json.dumps(rule),
        "document": json.dumps(document),
        "reference": (in_short(wanted), [element.answer.unknowns for element in wanted.unknown]),
        "engine": (in_short(said), said.unknowns),
    }
    return "\n".join(f"{name}: {value}" for name, value in lines.items())


def _case(pack: Json) -> Case:
    return Case(topic="", name="", expect="", rule={}, document={}, pack=pack)
