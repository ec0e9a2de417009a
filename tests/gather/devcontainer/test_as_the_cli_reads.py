from __future__ import annotations

import json

import pytest

from tests.gather.devcontainer.answers import RECORDED
from tests.gather.devcontainer.comparing import compared
from tests.gather.devcontainer.corpus import TEXTS
from tests.gather.told_fold import UNKNOWN

ANSWERS = json.loads(RECORDED.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", TEXTS)
def test_nothing_known_differs_from_what_the_cli_reads(name):
    wrong = [
        (what, ours, theirs)
        for what, ours, theirs in compared(TEXTS[name], ANSWERS[name])
        if ours is not UNKNOWN and ours != theirs
    ]
    assert wrong == []


def test_most_of_it_is_known():
    found = [each for name in TEXTS for each in compared(TEXTS[name], ANSWERS[name])]
    unknown = sorted({what for what, ours, _ in found if ours is UNKNOWN})
    assert len(found) > 400
    # What is null, of another type, or a variable within another one, and what takes its place.
    assert len(unknown) < 20, unknown
