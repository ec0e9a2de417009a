"""Compare a prediction with the truth: each key is right, unknown or wrong.

A prediction may always say that it does not know. It is wrong where it says something else than go,
where it says that go fails or succeeds and it does not, and where go's answer hangs on a network
and it claims to know it all the same.
"""

from __future__ import annotations

from dataclasses import dataclass

RIGHT, UNKNOWN, WRONG, UNKNOWABLE = "right", "unknown", "wrong", "unknowable"
ERROR = "error"
"""The key that stands for go's failing."""
LEFT_OUT = frozenset({"GOGCCFLAGS"})
NOT_PRINTED = "(not printed)"


@dataclass(frozen=True)
class Outcome:
    """How one key of one case went."""

    key: str
    kind: str
    predicted: str | None = None
    true: str | None = None


def compared(predicted, truth):
    """Give the outcomes of a case, one a key; of one that failed, only that of failing."""
    if predicted is not None and ERROR in predicted:
        says_failure = UNKNOWN if predicted[ERROR] is None else True
    else:
        says_failure = UNKNOWN if predicted is None else False
    if truth.values is None:
        return [_failure(says_failure, predicted, truth)]
    if says_failure is True:
        return [Outcome(ERROR, WRONG, predicted[ERROR], "it succeeded")]
    failing = [Outcome(ERROR, UNKNOWN if says_failure == UNKNOWN else RIGHT)]
    return failing + list(_values(predicted, truth.values))


def _failure(says_failure, predicted, truth):
    if truth.lacked_network:
        kind = UNKNOWABLE if says_failure == UNKNOWN else WRONG
    elif says_failure == UNKNOWN:
        kind = UNKNOWN
    else:
        kind = RIGHT if says_failure else WRONG
    said = predicted.get(ERROR, "success") if predicted else None
    return Outcome(ERROR, kind, said, truth.complaint)


def _values(predicted, values):
    names = values.keys() if predicted is None else values.keys() | predicted.keys() - {ERROR}
    for name in sorted(names - LEFT_OUT):
        said = None if predicted is None else predicted.get(name, NOT_PRINTED)
        true = values.get(name, NOT_PRINTED)
        kind = UNKNOWN if said is None else RIGHT if said == true else WRONG
        yield Outcome(name, kind, said, true)
