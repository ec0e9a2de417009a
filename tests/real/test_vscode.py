"""VS Code's own code agrees with ours on settings files and texts that nobody recorded."""

from __future__ import annotations

import pytest

from tests.gather.vscode.answers import (
    asked,
    missing,
    our_settings,
    our_text,
    questions,
    recorded,
)

pytestmark = pytest.mark.skipif(missing("editor") is not None, reason=str(missing("editor")))


def test_the_recorded_answers_are_what_it_says_today():
    assert asked(*questions()) == recorded()


@pytest.mark.parametrize("seed", range(1, 4))
def test_generated_settings_and_texts_are_taken_alike(seed):
    layered, texts = questions(1000, seed)
    answers = asked(layered, texts)

    for layers, answer in zip(layered, answers["settings"], strict=True):
        assert our_settings(layers) == answer, layers
    both = [(text, way) for text in texts for way in (True, False)]
    for (text, is_terminal), answer in zip(both, answers["variables"], strict=True):
        assert our_text(text, is_terminal=is_terminal) in {None, answer}, text
