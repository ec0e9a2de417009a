"""What the engine predicts of `go env`, held to the Go versions that are here.

`PRECEDENT_GO_ENV_SEEDS="1 2 3"` asks for other cases, `PRECEDENT_GO_ENV_CASES=300` for more of
each. `python -m tests.real.go_env` tells the score key by key.
"""

from __future__ import annotations

import os

import pytest

from tests.real.go_env.scoring import scored

SEEDS = [int(seed) for seed in os.environ.get("PRECEDENT_GO_ENV_SEEDS", "4711").split()]
CASES = int(os.environ.get("PRECEDENT_GO_ENV_CASES", "40"))


@pytest.fixture(scope="module")
def score(bench):
    names = [(seed, number) for seed in SEEDS for number in range(CASES)]
    return scored(bench, names, jobs=os.cpu_count())


def test_nothing_that_is_predicted_of_go_env_is_wrong(score):
    assert not score.wrong, "\n".join(map(str, score.wrong[:10]))


def test_nearly_everything_that_go_env_prints_is_predicted(score):
    assert score.known() >= 0.97, "\n".join(score.lines())
