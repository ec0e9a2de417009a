"""What we read out of Dockerfiles is what BuildKit's own front end reads."""

from __future__ import annotations

import pytest

from tests.real.dockerfiles.asking import ask, program
from tests.real.dockerfiles.comparing import compared
from tests.real.dockerfiles.drawing import draw

needs_buildkit = pytest.mark.skipif(
    program() is None,
    reason="PRECEDENT_BUILDKIT names no program that tests/real/dockerfiles/ask.go makes",
)


@needs_buildkit
@pytest.mark.parametrize("seed", range(2000, 2004))
def test_drawn_dockerfiles_come_to_what_buildkit_makes_of_them(seed):
    questions = [draw(seed, number) for number in range(200)]
    for question, answer in zip(questions, ask(questions), strict=True):
        wrong = {k: v for k, v in compared(question, answer).items() if v[0] == "wrong"}
        assert wrong == {}, question
