"""Three truths put together (strong Kleene): a certain answer stands, whatever is not known."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.operators._base import Answer


def some(answers: Iterable[Answer]) -> Answer:
    """Say whether any answer is yes; the first unsure one counts where none is."""
    return _decide(answers, decisive=True)


def every(answers: Iterable[Answer]) -> Answer:
    """Say whether all answers are yes; the first unsure one counts where none is no."""
    return _decide(answers, decisive=False)


def agrees(answer: Answer, expected: bool) -> Answer:
    """Say whether an answer is the one that a rule asks for (`unique: false`)."""
    return answer is expected if isinstance(answer, bool) else answer


def _decide(answers: Iterable[Answer], *, decisive: bool) -> Answer:
    unsure: Answer | None = None
    for answer in answers:
        if answer is decisive:
            return decisive
        if unsure is None and not isinstance(answer, bool):
            unsure = answer
    return not decisive if unsure is None else unsure
