"""Trees that nobody has seen before, answered by the shells of this machine.

`PRECEDENT_ORACLE_SEEDS="1 2 3"` asks for others, `PRECEDENT_ORACLE_SCALE=2` for more of each.
"""

from __future__ import annotations

import os

import pytest

from tests.oracle import here
from tests.oracle.conftest import SHELLS
from tests.oracle.generating.answering import generated
from tests.oracle.score import WRONG, scored, share, told

SEEDS = [int(seed) for seed in os.environ.get("PRECEDENT_ORACLE_SEEDS", "4711 81549300").split()]
SCALE = float(os.environ.get("PRECEDENT_ORACLE_SCALE", "0.25"))


@pytest.fixture(scope="module")
def fresh():
    if reason := here.why_not(*SHELLS):
        pytest.skip(reason)
    cases = [
        case | {"id": f"{seed} {case['id']}"} for seed in SEEDS for case in generated(seed, SCALE)
    ]
    return scored(cases)


def test_no_prediction_for_a_fresh_tree_is_wrong(fresh):
    assert told(fresh, WRONG) == []


def test_nearly_all_values_of_fresh_plain_trees_are_known(fresh):
    assert share(fresh, "values", lambda case: case["level"] < 4) >= 0.98


def test_most_values_of_fresh_opaque_trees_are_known(fresh):
    assert share(fresh, "values", lambda case: case["level"] == 4) >= 0.75
