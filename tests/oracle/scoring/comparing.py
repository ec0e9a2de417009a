"""A prediction held to a recorded answer: each question is right, unknown or wrong."""

from __future__ import annotations

import posixpath
import re
from typing import Any, NamedTuple

from engine.model.facts import Absent, Redacted
from tests.oracle.scoring.predicting import REDACTION
from tests.oracle.scoring.setting import setter
from tests.oracle.truth.shells import PLACES, TRACKED

_SEEN = re.compile(rf"{PLACES}/(?!.*/fish_variables$)").match
RIGHT, UNKNOWN, WRONG = "right", "unknown", "wrong"


class Answer(NamedTuple):
    """What became of one question; `kind` is values, loaded, command or setters."""

    kind: str
    name: str
    outcome: str
    predicted: Any
    expected: Any
    cause: str


def compared(case, context):
    """Give an answer for each question that the recording answers."""
    truth = case["expect"]
    if truth["status"] != "ok":
        return
    if isinstance(context, Absent):
        context = {"env": _Open(context), "loaded": context, "commands": {}}
    yield from _values(case, truth, context)
    if truth.get("loaded_stable", True):
        yield _loaded(truth, context["loaded"])
    yield from _command(case, truth, context)


class _Open(dict):
    def __init__(self, hole):
        super().__init__()
        self.more = hole


def _values(case, truth, context):
    for name in case.get("track", TRACKED):
        if name in truth["nondeterministic"]:
            continue
        found = truth["vars"].get(name)
        expected = found["value"] if found and found["exported"] else None
        state, predicted, cause, place = _entry(context["env"], name)
        if state == UNKNOWN:
            yield Answer("values", name, UNKNOWN, None, expected, cause)
            continue
        if isinstance(predicted, Redacted) and predicted != REDACTION.variable(
            name, expected or ""
        ):
            yield Answer("values", name, UNKNOWN, predicted, expected, "redacted")
            continue
        same = predicted == expected or isinstance(predicted, Redacted)
        yield Answer("values", name, RIGHT if same else WRONG, predicted, expected, cause)
        if same and expected is not None and name in truth["setters"]:
            yield from _setter(case, name, expected, place)


def _entry(env, name):
    """Give state, value, cause and setter of a variable."""
    entry = env.get(name)
    if entry is None:
        more = getattr(env, "more", None)
        return (UNKNOWN, None, _cause(more), None) if more else ("unset", None, "", None)
    if entry["state"] == UNKNOWN:
        return UNKNOWN, None, f"{entry.get('cause')}: {entry.get('detail')}", None
    if entry["state"] == "unset":
        return "unset", None, "", None
    return "set", entry["value"], "", entry.get("set_by")


def _setter(case, name, value, place):
    # A trace names files as they were sourced, `..` and all.
    right = [(posixpath.normpath(file), line) for file, line in setter(case, name, value)]
    if not right:
        return
    if place is None or "line" not in place:
        yield Answer("setters", name, UNKNOWN, place, right, "")
        return
    if not _SEEN(place["file"]):
        return
    outcome = RIGHT if (place["file"], place["line"]) in right else WRONG
    rows = case["expect"]["setters"][name]
    yield Answer("setters", name, outcome, f"{place['file']}:{place['line']}", rows, "")


def _loaded(truth, rows):
    expected = truth["loaded"]
    if isinstance(rows, Absent):
        return Answer("loaded", "loaded", UNKNOWN, None, expected, _cause(rows))
    # The oracle sees only what a case may place, and counts data of fish apart.
    found = [row["path"] for row in rows if not isinstance(row, Absent) and _SEEN(row["path"])]
    hole = getattr(rows, "more", None)
    if hole is not None:
        return Answer("loaded", "loaded", UNKNOWN, found, expected, _cause(hole))
    return Answer("loaded", "loaded", RIGHT if found == expected else WRONG, found, expected, "")


def _command(case, truth, context):
    entry = context.get("commands", {}).get(truth["command"]["name"])
    expected = {
        "alias": truth["command"]["alias"],
        "function": truth["command"]["function"],
    }
    if case["shell"] == "fish":  # an alias is a function there
        del expected["alias"]
    if case["shell"] in {"sh", "dash", "ash"} and expected.get("alias") is not None:
        del expected["function"]  # `type` there says nothing of what an alias hides
    for name, value in expected.items():
        if entry is None or isinstance(entry, Absent):
            yield Answer("command", name, UNKNOWN, None, value, _cause(entry))
            continue
        found = entry.get(name, None if name == "alias" else Absent("opaque", "not said"))
        if isinstance(found, Absent):
            yield Answer("command", name, UNKNOWN, None, value, _cause(found))
        else:
            yield Answer("command", name, RIGHT if found == value else WRONG, found, value, "")


def _cause(hole):
    return f"{hole.cause}: {hole.detail}" if isinstance(hole, Absent) else str(hole)
