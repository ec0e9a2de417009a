"""The composes that are installed say today what they said when they were recorded."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.gather.compose.cases import CASES
from tests.real import compose_answers
from tests.real.compose_answers import ANSWERS, ask, every_case

# Every one of them takes most of a second.
FEW = list(CASES)[::40]


def _is_there(command):
    if shutil.which(command[0]) is None:
        return False
    return not subprocess.run((*command, "--help"), capture_output=True, check=False).returncode


@pytest.mark.parametrize("name", FEW)
@pytest.mark.parametrize("generation", ["v1", "v2"])
def test_compose_still_says_what_was_recorded(name, generation):
    command = compose_answers.command(generation)
    if not _is_there(command):
        pytest.skip(f"`{' '.join(command[:-1])}` is not installed")
    recorded = json.loads((ANSWERS / f"{generation}.json").read_text())[name]
    said = json.loads(json.dumps(ask(command, every_case()[name]), default=str))
    assert said == recorded
