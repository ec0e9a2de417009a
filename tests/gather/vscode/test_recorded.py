"""Settings are laid over each other, and variables replaced, as VS Code's own code does it."""

from __future__ import annotations

from tests.gather.vscode.answers import our_settings, our_text, questions, recorded


def test_settings_of_several_files_come_to_what_vscode_makes_of_them():
    layered, _ = questions()
    answers = recorded()["settings"]

    assert len(answers) == len(layered) >= 150
    for layers, answer in zip(layered, answers, strict=True):
        assert our_settings(layers) == answer, layers


def test_no_text_becomes_anything_that_vscode_does_not_make_of_it():
    _, texts = questions()
    answers = iter(recorded()["variables"])
    known = 0

    for text in texts:
        for is_terminal in (True, False):
            found, answer = our_text(text, is_terminal=is_terminal), next(answers)
            known += found is not None
            assert found in {None, answer}, text
    assert next(answers, None) is None
    assert known > len(texts)
