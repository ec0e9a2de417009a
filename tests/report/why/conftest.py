"""Hands the answers of `cases.py` to the tests that ask for them."""

from __future__ import annotations

import json
from pathlib import Path
from runpy import run_path

import pytest

from engine.loading.facts import read_facts
from engine.report.why import answer_about

CASES = run_path(str(Path(__file__).with_name("cases.py")))["CASES"]


def answer_of(facts: object, name: str, context: str | None = None) -> object:
    """Give the answer about a name of some facts, which are read as a document is."""
    root = read_facts(json.dumps(facts).encode(), "facts").root
    return answer_about(name, root, None, context)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once for each case."""
    if "asked" in metafunc.fixturenames:
        metafunc.parametrize("asked", list(CASES))


@pytest.fixture
def answer(asked: str) -> object:
    """Give the answer of a case."""
    facts, name, context, _ = CASES[asked]
    return answer_of(facts, name, context)


@pytest.fixture
def layout(asked: str) -> object:
    """Give the layout of a case."""
    return CASES[asked][3]


@pytest.fixture
def ask() -> object:
    """Give a way to ask about a name."""
    return answer_of


@pytest.fixture
def shown() -> list[str]:
    """Name every case."""
    return list(CASES)


@pytest.fixture
def made() -> dict[str, object]:
    """Give what makes facts."""
    return run_path(str(Path(__file__).with_name("contexts.py")))
