"""What BuildKit answered is told again: see tests/real/dockerfiles."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from engine.gather.dockerfile.lines import read as read_lines
from tests.real.dockerfiles.comparing import compared

ANSWERS = Path(__file__).parent / "answers"
CASES = json.loads((ANSWERS / "cases.json").read_text(encoding="utf-8"))
DRAWN = [
    json.loads(line) for line in (ANSWERS / "drawn.jsonl").read_text(encoding="ascii").splitlines()
]
# Where ENV and ARG have one name, BuildKit and other builders disagree, and we say so.
AMBIGUOUS = {"arg_default_override": ["env B"], "env_beats_arg": ["env B"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_case_comes_to_what_buildkit_made_of_it(case):
    answer = {"runs": [], "entrypoint": None, "cmd": None, "user": ""} | case["answer"]
    found = compared({"dockerfile": case["dockerfile"]}, answer)
    assert {key: each for key, each in found.items() if each[0] == "wrong"} == {}
    unknown = [key for key, each in found.items() if each[0] == "unknown"]
    assert unknown == AMBIGUOUS.get(case["name"], [])


@pytest.mark.parametrize(
    "case",
    [case for case in CASES if "instructions" in case["answer"]],
    ids=lambda case: case["name"],
)
def test_instructions_are_put_together_as_buildkit_does(case):
    found = read_lines(case["dockerfile"].encode())
    assert found.escape == case["answer"]["escape"]
    expected = [
        (each["cmd"].lower(), each["start"], each["original"])
        for each in case["answer"]["instructions"]
    ]
    assert [(one.command, one.line, one.text) for one in found.instructions] == expected


def test_drawn_files_come_to_what_buildkit_made_of_them():
    tally = Counter()
    for each in DRAWN:
        found = compared(each["question"], each["answer"])
        tally.update(verdict for verdict, *_ in found.values())
        wrong = {key: value for key, value in found.items() if value[0] == "wrong"}
        assert wrong == {}, each["question"]
    assert tally["unknown"] < 0.04 * tally["right"]
    assert sum("error" in each["answer"] for each in DRAWN) > 100
