"""Several packs together: parameters, overrides, definitions and waivers, as data."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from engine.errors import LoadError
from tests.conformance.cases import FOLDER, NOW, read_yaml
from tests.conformance.engine_adapter import WAYS, compiled, write_pack
from tests.reference.versions import instant_of

if TYPE_CHECKING:
    from pathlib import Path

    from engine.compile.program import Program
    from engine.model.verdicts import Report
    from tests.conformance.engine_adapter import Way

CASES = [
    pytest.param(content.get("shared", {}) | case, id=f"{path.stem}: {case['name']}")
    for path in sorted((FOLDER / "packs").glob("*.yaml"))
    for content in [read_yaml(path)]
    for case in content["cases"]
]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_packs_are_put_together_as_the_case_says(
    way: Way, case: dict[str, Any], tmp_path: Path
) -> None:
    if "refused" in case:
        with pytest.raises(LoadError) as refusal:
            _compiled(case, tmp_path)
        assert case["refused"] in str(refusal.value)
        return
    (report,) = way(_compiled(case, tmp_path), [case["facts"]], instant_of(case.get("now", NOW)))
    assert {verdict.rule: verdict.outcome for verdict in report.verdicts} == case["expect"]
    for key, said in _said(report).items():
        if key in case:
            assert _as_asked(said, case[key]) == case[key]


def _said(report: Report) -> dict[str, Any]:
    """Give what a case may ask for besides the outcomes."""
    return {
        "severities": {verdict.rule: verdict.severity for verdict in report.verdicts},
        "disabled": [rule.rule for rule in report.disabled],
        "stale": [waiver.why for waiver in report.stale_waivers],
        "summary": report.summary(),
        "waived": {
            verdict.rule: [found.message for found in verdict.findings if found.waiver]
            for verdict in report.verdicts
        },
    }


def _as_asked(said: Any, asked: Any) -> Any:
    """Leave out what a case does not ask for."""
    return {key: said[key] for key in asked} if isinstance(asked, dict) else said


def _compiled(case: dict[str, Any], folder: Path) -> Program:
    """Write a case's packs side by side, and compile the last one."""
    for name, written in case["packs"].items():
        last = write_pack(folder / name, written.get("pack", {}), written.get("rules", []))
    waivers = folder / "waivers.yaml"
    if "waivers" in case:
        waivers.write_text(json.dumps({"waivers": case["waivers"]}), "utf-8")
    return compiled(last, case.get("given"), waivers if "waivers" in case else None, bundled=folder)
