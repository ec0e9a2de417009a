from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.operators._base import Unsure
from engine.operators._kleene import agrees, every, some

if TYPE_CHECKING:
    from collections.abc import Callable

WHY, ALSO = Unsure("permission"), Unsure("opaque")
ANSWERS = st.lists(st.sampled_from([True, False, WHY, ALSO]))


@pytest.mark.parametrize("join", [some, every])
def test_the_first_unsure_answer_says_why(join: Callable[..., bool | Unsure]) -> None:
    assert join(iter([WHY, ALSO])) == WHY


@given(ANSWERS)
def test_some_and_every_tell_what_is_certain(answers: list[bool | Unsure]) -> None:
    is_unsure = WHY in answers or ALSO in answers
    assert (some(answers) is True) == (True in answers)
    assert (some(answers) is False) == (True not in answers and not is_unsure)
    assert (every(answers) is False) == (False in answers)
    assert (every(answers) is True) == (False not in answers and not is_unsure)


def test_an_unsure_answer_agrees_with_nothing() -> None:
    assert agrees(WHY, expected=False) is WHY
    assert agrees(False, expected=False) is True
