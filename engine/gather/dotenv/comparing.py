"""On which variables the readers of one `.env` file disagree."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from engine.gather.assignments import Assignment, Reference
from engine.gather.dotenv._base import Refused
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.assignments import Part

Reading: TypeAlias = "list[Assignment | Absent] | Refused"
Form: TypeAlias = "tuple[object, ...] | None"
"""What a value comes to, in a form that can be compared; None where that is not known."""


def disagreed(readings: Mapping[str, Reading]) -> list[str]:
    """Name the variables of which it is known that readers make different things.

    Readers that refuse the file are left out.
    """
    accepted = {name: each for name, each in readings.items() if isinstance(each, list)}
    forms: dict[str, dict[str, Form]] = {}
    for reader, rows in accepted.items():
        for one in rows:
            if isinstance(one, Assignment):
                forms.setdefault(one.name, {})[reader] = _form(one)
    whole = {
        name for name, rows in accepted.items() if not any(isinstance(one, Absent) for one in rows)
    }
    found: list[str] = []
    for name, by_reader in forms.items():
        known = {form for form in by_reader.values() if form is not None}
        known |= {()} if whole - by_reader.keys() else set()
        if len(known) > 1:
            found.append(name)
    return found


def is_plain(readings: Mapping[str, Reading]) -> bool | Absent:
    """Say whether all readers make the same of a file."""
    refused = [isinstance(each, Refused) for each in readings.values()]
    if any(refused):
        return all(refused)
    if disagreed(readings):
        return False
    rows = [one for each in readings.values() if isinstance(each, list) for one in each]
    if any(isinstance(one, Absent) or _form(one) is None for one in rows):
        return Absent("ambiguous", "of some readers it is not known what they make of it")
    return True


def _form(one: Assignment) -> Form:
    if one.how == "pass":
        return ("pass",)
    parts = _parts(one.parts)
    return None if parts is None else ("value", parts)


def _parts(parts: tuple[Part, ...]) -> tuple[object, ...] | None:
    found: list[object] = []
    for part in parts:
        if isinstance(part, Absent):
            return None
        if isinstance(part, Reference):
            otherwise, then = _parts(part.otherwise), _parts(part.then or ())
            if otherwise is None or then is None:
                return None
            is_plain = part.then is None
            found.append((part.variable, otherwise, then, is_plain, part.empty_is_unset))
        else:
            found.append(part)
    return tuple(found)
