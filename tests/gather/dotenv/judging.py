"""What a reader told of a `.env` file against what the program itself made of it."""

from __future__ import annotations

import hashlib

from engine.gather.assignments import Assignment, Reference
from engine.gather.dotenv import DIALECTS, Refused
from engine.model.facts import Absent

PROCESSES = {"python-dotenv", "node", "node-dotenv"}
"""Programs that add to their own environment; all others make a new one."""

UNKNOWN = object()
_LONG = 200


def shortened(value):
    """Give a value as it is recorded: a long one by its digest."""
    if len(value) <= _LONG:
        return value
    return hashlib.sha256(value.encode("utf-8", "surrogateescape")).hexdigest()


def judged(dialect, content, client, answer):
    """Give `right`, `unknown` or `wrong` for one file, and what was told.

    An answer is `{"set": {name: value}}` or `{"refused": true}`.
    """
    try:
        rows = DIALECTS[dialect].read(content)
    except Refused as error:
        return ("right" if "refused" in answer else "wrong"), error
    found, is_open, has_holes = folded(rows, client, client if dialect in PROCESSES else {})
    if "refused" in answer:
        return ("unknown" if is_open or has_holes else "wrong"), rows
    real = answer["set"]
    words = {
        _compared(found.get(name), real.get(name), is_open) for name in found.keys() | real.keys()
    }
    return next((word for word in ("wrong", "unknown") if word in words), "right"), rows


def folded(rows, client, start):
    """Give the environment that rows make, whether there may be more in it, and any holes."""
    found, is_open, has_holes = dict(start), False, False
    for row in rows:
        if isinstance(row, Absent):
            is_open = True
            continue
        assert isinstance(row, Assignment)
        assert row.line
        if row.how == "pass":
            if row.name in client:
                found[row.name] = client[row.name]
            elif row.if_missing == "unset":
                found.pop(row.name, None)
            continue
        assert row.how in {"set", "default"}
        value = _value(row.parts, client)
        has_holes |= value is UNKNOWN
        if row.how == "set" or row.name not in found:
            found[row.name] = value
    return found, is_open, has_holes


def _value(parts, client):
    values = [_part(part, client) for part in parts]
    return UNKNOWN if UNKNOWN in values else "".join(values)


def _part(part, client):
    if isinstance(part, Absent):
        return UNKNOWN
    if isinstance(part, str):
        return part
    assert isinstance(part, Reference)
    assert part.of == "client"
    value = client.get(part.variable)
    if value is None or (part.empty_is_unset and not value):
        return _value(part.otherwise, client)
    return value if part.then is None else _value(part.then, client)


def _compared(ours, real, is_open):
    if ours is UNKNOWN:
        return "unknown"
    if ours == real or (ours is not None and shortened(ours) == real):
        return "right"
    return "unknown" if ours is None and is_open else "wrong"
