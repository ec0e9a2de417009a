"""What real containers answered is what is asked now: `python -m tests.real.containers.ask`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.real.containers.cases import CASES
from tests.real.containers.engines import ENGINES

FOLDER = Path(__file__).parent / "containers"


@pytest.mark.parametrize("engine", ENGINES)
def test_every_case_was_asked_as_it_stands(engine):
    recorded = json.loads((FOLDER / f"{engine}.json").read_text())["cases"]
    assert len({case.name for case in CASES}) == len(CASES) > 200
    asked = [json.loads(json.dumps(asdict(case))) for case in CASES]
    assert [{key: row[key] for key in row if key != "answer"} for row in recorded] == asked


@pytest.mark.parametrize("engine", ENGINES)
def test_every_answer_is_whole(engine):
    for row in json.loads((FOLDER / f"{engine}.json").read_text())["cases"]:
        answer = row["answer"]
        if "error" in answer:
            assert answer["error"], row["name"]
        else:
            assert answer["argv"][0].endswith("tell"), row["name"]
            assert {"environment", "directory", "uid"} <= set(answer), row["name"]
            assert "/tmp/ask-" not in str(answer), row["name"]
