"""SARIF logs before a validator of others: `npm install --global @microsoft/sarif-multitool`."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

LOGS = sorted((Path(__file__).parents[1] / "golden" / "report").glob("*.sarif"))
TOOL = shutil.which("sarif-multitool")

pytestmark = pytest.mark.skipif(
    TOOL is None, reason="needs sarif-multitool: npm install --global @microsoft/sarif-multitool"
)


def complaints(log, folder):
    """Give the level and text of everything that the validator has to say."""
    output = folder / "said.sarif"
    subprocess.run(
        [str(TOOL), "validate", str(log), "--output", str(output), "--log", "ForceOverwrite"],
        capture_output=True,
        check=False,
        timeout=120,
    )
    results = json.loads(output.read_bytes())["runs"][0]["results"]
    return [(found.get("level", "warning"), found["ruleId"]) for found in results]


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_the_validator_finds_no_error(log, tmp_path):
    # 2005 asks for a web page of the tool, 2017 for a line where only the file is known.
    assert set(complaints(log, tmp_path)) <= {("warning", "SARIF2005"), ("warning", "SARIF2017")}


def test_the_validator_does_find_errors(tmp_path):
    broken = tmp_path / "broken.sarif"
    broken.write_text(
        LOGS[0].read_text().replace('"startLine": 1', '"startLine": 0').replace('"runs"', '"rums"')
    )
    assert "error" in {level for level, _ in complaints(broken, tmp_path)}
