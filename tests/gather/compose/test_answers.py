"""What both generations of compose answered, beside what we tell; recorded, asked in tests/real."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.gather.compose.cases import CASES
from tests.gather.compose.drawing import drawn
from tests.gather.compose.judging import OLD_KEYS, Score, judge

ANSWERS = Path(__file__).parent / "answers"
SECOND = json.loads((ANSWERS / "v2.json").read_text())
FIRST = json.loads((ANSWERS / "v1.json").read_text())
SEEDS = [name for name in SECOND if name.startswith("seed ")]

# Where compose v1 takes what v2 refuses, or takes it for something else. We tell what v2 does.
OLD_WAYS = {
    "what env files put in for variables": (
        "an env file looks into environment and .env",
        "an env file sees the one before",
        "an env file that compose refuses",
        "a broken .env",
    ),
    "the order of files, of which one stands twice": ("two files with env files",),
    "which .env is read": (
        "the project's directory is that of the first file",
        "COMPOSE_ENV_FILES",
        "COMPOSE_DISABLE_ENV_FILE",
    ),
    "an open quote in a command": ("a command with an open quote",),
    "extends of a service of another file of the project": ("extends across an override",),
    "services of one name in two files, in one chain of extends": ("a circle that is none",),
    "the project's name as a variable": ("the project's name by default",),
    "alternatives within alternatives": tuple(
        name
        for name in CASES
        if re.match("template (17|18|21 set|22 |22 empty|23 |23 empty)", name)
        and "22 set" not in name
        and "23 set" not in name
    ),
    "keys that stand twice or are no texts": (
        "a key twice",
        "a service twice",
        "a key at the top twice",
        "two merges",
        "a number as a key",
        "a truth as a key",
        "on as a key",
    ),
    "what is checked at all": ("a broken template in an extension", "unknown network"),
    "how a number is printed by `config`": ("value 49 1e400",),
}


@pytest.mark.parametrize("name", [*CASES, *SEEDS])
def test_nothing_is_told_but_what_compose_makes_of_it(name):
    case = CASES.get(name) or drawn(int(name.removeprefix("seed ")))
    score = Score()
    judge(score, name, case, SECOND[name])
    assert score.wrong == []


def test_little_is_unknown():
    score = Score()
    for name, case in CASES.items():
        judge(score, name, case, SECOND[name])
    assert score.right > 15 * score.unknown
    assert score.right > 1500


@pytest.mark.parametrize("name", CASES)
def test_the_first_generation_differs_where_it_is_known_to(name):
    if "refused" in FIRST[name] and "refused" not in SECOND[name]:
        pytest.skip("docker-compose 1.29 refuses it")
    score = Score(OLD_KEYS)
    judge(score, name, CASES[name], _with_texts(FIRST[name]))
    if any(name in names for names in OLD_WAYS.values()):
        assert score.wrong
    else:
        assert score.wrong == []


def _with_texts(answer):
    """Give an answer in which numbers are written as Python writes them, as v1 does."""
    if "refused" in answer:
        return answer
    services = {
        name: service
        | {
            "environment": {
                key: value if value is None else str(value)
                for key, value in service.get("environment", {}).items()
            }
        }
        for name, service in answer["services"].items()
    }
    return {"services": services}
