"""The Go extension's own reader of `envFile` agrees with ours."""

from __future__ import annotations

import pytest

from tests.gather.dotenv.vscode_go_answers import asked, files, missing, ours, recorded

pytestmark = pytest.mark.skipif(missing() is not None, reason=str(missing()))


def test_the_recorded_answers_are_what_it_says_today():
    assert asked(files()) == recorded()


@pytest.mark.parametrize("seed", range(1, 4))
def test_generated_files_are_read_alike(seed):
    given = files(1000, seed)
    unknown = 0

    for text, answer in zip(given, asked(given), strict=True):
        found = ours(text)
        # Values that name others over and over are unknown from some size on.
        unknown += list(found.values()).count(None)
        known = {name: value for name, value in found.items() if value is not None}
        assert known.items() <= answer.items(), text
        assert found.keys() == answer.keys(), text
    assert unknown < 10
