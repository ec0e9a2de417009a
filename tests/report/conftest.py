"""Hands the reports of `cases.py` to the tests that ask for them."""

from __future__ import annotations

from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING

import pytest

from engine.report import Layout, format_names

if TYPE_CHECKING:
    from engine.model.verdicts import Report

CASES = run_path(str(Path(__file__).with_name("cases.py")))["CASES"]
SHOWN = [
    (case, format_name)
    for case, (_, layout) in CASES.items()
    for format_name in (format_names() if layout is None else ("text",))
]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once for each case, or for each case in each format."""
    if {"case", "format_name"} <= set(metafunc.fixturenames):
        ids = [f"{case}.{format_name}" for case, format_name in SHOWN]
        metafunc.parametrize(("case", "format_name"), SHOWN, ids=ids)
    elif "case" in metafunc.fixturenames:
        metafunc.parametrize("case", list(CASES))


@pytest.fixture
def reports(case: str) -> tuple[Report, ...]:
    """Give the reports of a case."""
    found: tuple[Report, ...] = CASES[case][0]
    return found


@pytest.fixture
def layout(case: str) -> Layout:
    """Give the layout of a case."""
    return CASES[case][1] or Layout()


@pytest.fixture
def cases() -> dict[str, tuple[Report, ...]]:
    """Give the reports of every case by name."""
    return {case: found for case, (found, _) in CASES.items()}


@pytest.fixture
def shown() -> list[tuple[str, str]]:
    """Give every case with each format that shows it."""
    return SHOWN
