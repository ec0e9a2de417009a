"""A bound for documents: what does not fit is left out and said to be, the largest facts first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.gather.document import pointer_to
from engine.gather.written import document_text, value_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.model.json_value import Json, JsonObject

LIMIT = 16 << 20
"""How many bytes a document may have; readers take four times as many."""

_MOST = 128
"""A document's text has less than so many times the bytes of the same on one line: a value may take
two bytes there, and stands at most a hundred levels deep, with two spaces for each."""


def fit(document: JsonObject, keys: Iterable[tuple[str, ...]], limit: int) -> None:
    """Leave out of a document the facts that are too large for it, by their steps."""
    if len(json.dumps(document)) * _MOST <= limit:
        return
    size = _bytes(document_text(document))
    if size <= limit:
        return
    sizes = {steps: _size(document, steps) for steps in keys}
    for steps in sorted(sizes, key=lambda steps: (-sizes[steps], steps)):
        _leave_out(
            document, steps, f"it takes {sizes[steps]} bytes, and a document {limit} at most"
        )
        size -= sizes[steps]
        if size <= limit:
            size = _bytes(document_text(document))
            if size <= limit:
                return


def _size(document: JsonObject, steps: tuple[str, ...]) -> int:
    """Give how many bytes a fact takes, with all that is told about it."""
    value: Json = document["facts"]
    for step in steps:
        value = value.get(step) if isinstance(value, dict) else None
    told = sum(
        _bytes(value_text(entry, (section, pointer))) + _bytes(pointer)
        for section in ("provenance", "absent")
        for pointer, entry in document[section].items()
        if _is_of(pointer, pointer_to(steps))
    )
    return told + _bytes(value_text(value, ("facts", *steps)))


def _leave_out(document: JsonObject, steps: tuple[str, ...], why: str) -> None:
    ways = [document["facts"]]
    for step in steps:
        if step not in ways[-1]:
            return  # nothing of it is known
        ways.append(ways[-1][step])
    del ways[-2][steps[-1]]
    for inner, step in zip(ways[-3::-1], steps[-2::-1], strict=True):
        if not inner[step]:
            del inner[step]
    # Where nothing is left of a fact's first step, one hole says so of all.
    shown = steps if steps[0] in document["facts"] else steps[:1]
    pointer = pointer_to(shown)
    for section in ("provenance", "absent"):
        for other in [each for each in document[section] if _is_of(each, pointer)]:
            del document[section][other]
    document["absent"][pointer] = {"reason": "too_large", "detail": why}
    document["absent"] = dict(sorted(document["absent"].items()))


def _is_of(pointer: str, ancestor: str) -> bool:
    return pointer == ancestor or pointer.startswith(ancestor + "/")


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "backslashreplace"))
