"""Every case of the language, through the reference and through both ways of the engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conformance.cases import Case, evaluate_cases
from tests.conformance.engine_adapter import WAYS, Ruling, compiled, rulings, write_pack
from tests.reference.evaluate import judge

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conformance.engine_adapter import Way

CASES = evaluate_cases()
AS_CASES = pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)


def test_no_two_cases_have_one_name() -> None:
    names = [case.id for case in CASES]
    assert sorted(set(names)) == sorted(names)


@AS_CASES
def test_the_reference_agrees_with_the_case(case: Case) -> None:
    said = judge(case.rule, case.document, case.surroundings())
    unknowns = tuple(
        {"cause": why.cause, "fact": why.fact, "element": element.name or None}
        for element in said.unknown
        for why in element.answer.unknowns
    )
    ruling = Ruling(
        outcome=said.outcome,
        failing_elements=said.failing_elements,
        unknown_elements=said.unknown_elements,
        messages=tuple(element.message for element in said.failing),
        remedies=tuple(element.remedy for element in said.failing),
        unknowns=unknowns,
        evidence=tuple(dict.fromkeys(fact for one in said.failing for fact in one.answer.evidence)),
        waived=False,
    )
    _assert_as_expected(case, ruling)


@AS_CASES
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_the_engine_agrees_with_the_case(way: Way, case: Case, tmp_path: Path) -> None:
    program = compiled(write_pack(tmp_path / "cases", case.pack, [case.rule]), case.params)
    (report,) = way(program, [case.document], case.nanoseconds)
    _assert_as_expected(case, rulings(report)[case.rule["id"]])


def _assert_as_expected(case: Case, ruling: Ruling) -> None:
    """Compare a ruling with all that a case says about it."""
    wanted = case.wanted
    assert ruling.outcome == case.expect
    elements = wanted.get("elements", {})
    if "fail" in elements:
        assert list(ruling.failing_elements) == elements["fail"]
    if "unknown" in elements:
        assert list(ruling.unknown_elements) == elements["unknown"]
    if "findings" in wanted:
        assert list(ruling.messages) == wanted["findings"]
    if "remedies" in wanted:
        assert list(ruling.remedies) == wanted["remedies"]
    if "evidence" in wanted:
        assert list(ruling.evidence) == wanted["evidence"]
    if "reason" in wanted:
        assert _matching(wanted["reason"], ruling.reason)
    if "unknowns" in wanted:
        assert len(ruling.unknowns) == len(wanted["unknowns"])
        pairs = zip(wanted["unknowns"], ruling.unknowns, strict=True)
        assert all(_matching(want, have) for want, have in pairs), ruling.unknowns


def _matching(wanted: dict[str, Any], found: dict[str, Any] | None) -> bool:
    """Say whether everything that is asked for stands in what was found."""
    assert found is not None
    return wanted == {key: found[key] for key in wanted}
