"""What salted fingerprints tell about texts that were redacted."""

from __future__ import annotations

from engine.operators._base import Unsure

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from engine.model.facts import Redacted
    from engine.operators._base import Answer

    Letters: TypeAlias = list[str | tuple[str, str]]

REDACTED = Unsure("redacted")


def same_secret(ours: Redacted, theirs: Redacted) -> Answer:
    """Say whether two redacted texts are equal, as far as fingerprints of one salt can tell."""
    left, right = _letters(ours), _letters(theirs)
    _drop_common_start(left, right)
    left.reverse()
    right.reverse()
    _drop_common_start(left, right)
    if not left and not right:
        return True
    salts = {salt for salt, _ in _secrets(left) + _secrets(right)}
    return False if len(salts) <= 1 and _differ(left, right) else REDACTED


def _letters(value: Redacted) -> Letters:
    """Take a text apart: its known characters, and its secrets as they are."""
    letters: Letters = []
    for atom in value.atoms:
        letters += atom if isinstance(atom, str) else [atom]
    return letters


def _secrets(letters: Letters) -> list[tuple[str, str]]:
    return [letter for letter in letters if not isinstance(letter, str)]


def _drop_common_start(left: Letters, right: Letters) -> None:
    count = 0
    for ours, theirs in zip(left, right, strict=False):
        if ours != theirs:
            break
        count += 1
    del left[:count], right[:count]


def _differ(left: Letters, right: Letters) -> bool:
    """Say whether two texts without a common start or end are certainly not equal.

    How long a secret is, nobody knows, so characters elsewhere may make up for one that differs.
    """
    if left and right:
        ends = ((left[0], right[0]), (left[-1], right[-1]))
        if any(isinstance(ours, str) and isinstance(theirs, str) for ours, theirs in ends):
            return True
        if len(left) == len(right) == 1:
            return not isinstance(left[0], str) and not isinstance(right[0], str)
    # The same secrets are equally long on both sides; more characters make a longer text.
    return sorted(_secrets(left)) == sorted(_secrets(right)) and len(left) != len(right)
