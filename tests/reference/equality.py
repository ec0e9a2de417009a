"""Equality of any two values, also of those with holes and secrets in them."""

from __future__ import annotations

from typing import Any

from tests.reference.documents import Further, Hole, is_redacted
from tests.reference.truth import Truth, all_of, any_of, truth


def equal(left: Any, right: Any) -> Truth:
    """Compare deeply without coercion; secrets compare by their fingerprints."""
    if isinstance(left, Hole) or isinstance(right, Hole):
        return Truth.UNKNOWN
    if is_redacted(left) or is_redacted(right):
        return _equal_secrets(left, right)
    if isinstance(left, bool) or isinstance(right, bool):
        return truth(left is right)
    if isinstance(left, int | float) and isinstance(right, int | float):
        return truth(left == right)
    if isinstance(left, list) and isinstance(right, list):
        return _equal_children(dict(enumerate(left)), dict(enumerate(right)))
    if isinstance(left, dict) and isinstance(right, dict):
        return _equal_children(left, right)
    return truth(type(left) is type(right) and left == right)


def _equal_children(left: dict[Any, Any], right: dict[Any, Any]) -> Truth:
    """Compare children by key; one that the other side lacks may yet be a hole's or further."""
    ends = [isinstance(child, Further) for side in (left, right) for child in side.values()]
    ours = {key: child for key, child in left.items() if not isinstance(child, Further)}
    theirs = {key: child for key, child in right.items() if not isinstance(child, Further)}
    answers = [equal(ours[key], theirs[key]) for key in ours.keys() & theirs.keys()]
    for side, other in ((ours, right), (theirs, left)):
        goes_on = any(isinstance(child, Further) for child in other.values())
        for key in side.keys() - (theirs if side is ours else ours).keys():
            open_still = goes_on or isinstance(side[key], Hole)
            answers.append(Truth.UNKNOWN if open_still else Truth.NO)
    return all_of([*answers, *(Truth.UNKNOWN for end in ends if end)])


def _equal_secrets(left: Any, right: Any) -> Truth:
    """Compare two texts with secrets in them; without one salt there is nothing to go by."""
    if not (is_redacted(left) and is_redacted(right)):
        return Truth.UNKNOWN
    one, two = _letters(left), _letters(right)
    while one and two and one[0] == two[0]:
        del one[0], two[0]
    while one and two and one[-1] == two[-1]:
        del one[-1], two[-1]
    if not one and not two:
        return Truth.YES
    hidden = [sorted(letter for letter in side if len(letter) > 1) for side in (one, two)]
    if len({salt for side in hidden for salt, _ in side}) > 1:
        return Truth.UNKNOWN
    if one and two and (len(one[0]) == len(two[0]) == 1 or len(one[-1]) == len(two[-1]) == 1):
        return Truth.NO
    if len(one) == len(two) == 1 and len(one[0]) == len(two[0]):
        return Truth.NO
    # With equal secrets on both sides, the longer rest makes the longer text.
    return Truth.NO if hidden[0] == hidden[1] and len(one) != len(two) else Truth.UNKNOWN


def _letters(secret: Any) -> list[tuple[str, ...]]:
    """Take a redacted text apart: a single letter for each character, a pair for each secret."""
    letters: list[tuple[str, ...]] = []
    for atom in secret["$redacted"]:
        letters += [(c,) for c in atom] if isinstance(atom, str) else [(atom["salt"], atom["hash"])]
    return letters


def member(value: Any, items: list[Any]) -> Truth:
    """Say whether a value is one of several."""
    return Truth.UNKNOWN if isinstance(value, Hole) else any_of(equal(value, one) for one in items)
