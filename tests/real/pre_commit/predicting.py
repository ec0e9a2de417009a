"""Folds assignments in the plainest way: a value with a hole is a pattern, or not known at all."""

from __future__ import annotations

import re

from engine.gather.assignments import Reference
from engine.model.facts import Absent

UNKNOWN = object()


def folded(assignments, environment):
    """Give each variable as a pattern for what it may be; UNKNOWN for one that may be anything."""
    now = {name: re.escape(value) for name, value in environment.items()}
    for one in assignments:
        if isinstance(one, Absent):
            return dict.fromkeys(now, UNKNOWN)
        if one.how == "unset":
            now.pop(one.name, None)
        elif one.how == "pass":
            now[one.name] = UNKNOWN
        else:
            now[one.name] = "".join(_pattern(part, now) for part in one.parts)
    return now


def fits(predicted, real):
    """Name the variables that are other than predicted, and those that were not known."""
    wrong, unknown = [], []
    for name in sorted({*predicted, *real}):
        pattern = predicted.get(name)
        if pattern is UNKNOWN:
            unknown.append(name)
        elif (
            pattern is None or name not in real or not re.fullmatch(pattern, real[name], re.DOTALL)
        ):
            wrong.append(name)
    return wrong, unknown


def _pattern(part, now):
    if isinstance(part, Absent):
        return ".+"
    if isinstance(part, Reference):
        given = now.get(part.variable)
        if given is UNKNOWN:
            return ".*"
        if given is None or (part.empty_is_unset and not given):
            return "".join(_pattern(piece, now) for piece in part.otherwise)
        return given
    return re.escape(part)
