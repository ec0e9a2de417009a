"""Questions that a naive model of start-up files answers wrongly: right, or unknown."""

from __future__ import annotations

import pytest

from tests.oracle import store
from tests.oracle.conftest import CASES
from tests.oracle.scoring.comparing import WRONG

TRAPS = store.read(CASES / "traps.jsonl.gz")


@pytest.mark.parametrize(
    "number", range(len(TRAPS)), ids=lambda at: f"{TRAPS[at]['shell']} {TRAPS[at]['question']}"
)
def test_nobody_falls_into_a_trap(answers, number):
    _, given = answers("traps")[number]
    assert [answer for answer in given if answer.outcome == WRONG] == []
