"""What we predict of a shim is what the real manager did with it (layout: rebuilt)."""

from __future__ import annotations

import pytest

from engine.precedence.values import Hole
from tests.precedence.go.managers.cases import answers, cases, managers
from tests.precedence.go.managers.homes import HOME, HOMES, SHIMS, expanded, view
from tests.precedence.go.managers.predicting import predicted

CASES = [case for manager in managers() for case in cases(manager)]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_known_answer_is_the_real_one(case):
    world = view({**HOMES[case.manager](), **case.laid()}, case.environment)
    found = predicted(world, expanded(SHIMS[case.manager]))
    if case.open:
        assert isinstance(found, Hole), found
        assert found.detail
        return
    assert not isinstance(found, Hole), found.detail
    told = {key: value.replace(HOME, "~") for key, value in found.items()}
    assert told == answers(case.manager)[case.name]


def test_every_case_has_an_answer():
    for manager in managers():
        assert {case.name for case in cases(manager)} == answers(manager).keys()


def test_what_is_open_is_seldom_what_runs():
    """A hole where the real one stops costs nothing; one where it runs hides something."""
    runs = [case for case in CASES if answers(case.manager)[case.name] is not None]
    hidden = [str(case) for case in runs if case.open]
    assert len(hidden) < len(runs) / 6, hidden
