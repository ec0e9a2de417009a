"""What a scalar of a workflow is, beside what GitHub's own reader made of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.gather.ci.github_scalars import is_false, text_of
from engine.gather.plain_yaml import documents
from engine.model.facts import Absent

ANSWERS = json.loads((Path(__file__).parent / "answers" / "scalars.json").read_text())
# Numbers that GitHub's readers in JavaScript and C# write differently, and tags.
UNKNOWN = {
    *("-0", "0xFFFFFFFF", "1e-7", "0.00001", "1e400", "1234567890123456"),
    *("0.1234567890123456", "12345678901234567890", ".inf", "+.inf", ".nan", '!!int "1"', "!foo x"),
}


def node(scalar):
    return documents(f"a: {scalar}\n".encode(), "x.yml", merges=False)[0].entries["a"]


@pytest.mark.parametrize("scalar", ANSWERS)
def test_a_scalar_becomes_the_text_that_github_makes_of_it(scalar):
    found = text_of(node(scalar))
    if ANSWERS[scalar] is None or scalar in UNKNOWN:
        assert isinstance(found, Absent)
    else:
        assert found == ANSWERS[scalar]


def test_false_is_what_says_so():
    assert [is_false(node(scalar)) for scalar in ("", "false", "False", "true", "no", "0")] == [
        *(True, True, True),
        *(False, False, False),
    ]
