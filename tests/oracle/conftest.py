"""Recorded answers of real shells, and what the engine says to the same questions."""

from __future__ import annotations

import pytest

from tests.oracle import store
from tests.oracle.score import scored

CASES = store.FOLDER / "cases"
SHELLS = ("bash", "sh", "zsh", "fish", "ksh")


@pytest.fixture(scope="session")
def answers():
    """Give the answers for files of cases, each asked once."""
    known = {}

    def of(*names):
        if names not in known:
            cases = [case for name in names for case in store.read(CASES / f"{name}.jsonl.gz")]
            known[names] = scored(cases)
        return known[names]

    return of


@pytest.fixture(scope="session")
def generated(answers):
    """The answers to the generated cases of every shell."""
    return answers(*SHELLS)
