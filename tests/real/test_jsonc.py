"""VS Code's own reader of JSON with comments agrees with ours, on files nobody recorded."""

from __future__ import annotations

import pytest

from tests.gather.jsonc.answers import DIALECTS, asked, missing, ours, recorded, texts, theirs
from tests.gather.jsonc.corpus import generated

SEEDS = range(1, 4)


@pytest.fixture(params=DIALECTS)
def which(request):
    if reason := missing(request.param):
        pytest.skip(reason)
    return request.param


def test_the_recorded_answers_are_what_it_says_today(which):
    assert asked(which, texts()) == recorded(which)


@pytest.mark.parametrize("seed", SEEDS)
def test_generated_files_are_read_alike(which, seed):
    given = generated(1000, seed)

    for text, answer in zip(given, asked(which, given), strict=True):
        assert ours(which, text) == theirs(answer), text
