"""Documents in which something is hidden, or is not what it should be.

`PRECEDENT_LAWS` says of how many places each law is tried (30 unless set), others at each run.
"""

from __future__ import annotations

import copy
import json
import os
import random
from functools import cache

import pytest

from engine.model.facts import Absent
from tests.precedence.differing import is_unknown
from tests.precedence.machine import program, value
from tests.precedence.shop import document, machine_of

ASKED = os.environ.get("PRECEDENT_LAWS")
PLACES = int(ASKED or 30)
CHANCE = random.Random(None if ASKED else 5)
OF_ASSIGNMENTS = {"how", "of", "if_missing", "value", "parts", "variable", "else", "then"}
STARTS = ("compose", "devcontainer", "docker", "git", "jetbrains", "pod", "pre-commit", "vscode",
          "wsl")  # fmt: skip


@cache
def names():
    processes = program().plan["processes"]
    return [
        name
        for name, process in processes.items()
        if not process["template"] and name.startswith(STARTS)
    ]


def resolved(made):
    return machine_of(json.dumps(made)).contexts(*names())


@cache
def before():
    return resolved(json.loads(document()))


def places(node, path=()):
    inner = node.items() if isinstance(node, dict) else ()
    for key, child in enumerate(node) if isinstance(node, list) else inner:
        yield (*path, key)
        yield from places(child, (*path, key))


def some_places():
    return CHANCE.sample([*places(json.loads(document())["facts"])], PLACES)


def pointer(path):
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in path)
    return "/" + "/".join(steps)


def changed(after):
    """Give the variables that were known and are known to be something else now."""
    found = {}
    for name, context in before().items():
        other = after.get(name)
        if isinstance(context, Absent) or not isinstance(other, dict):
            continue
        for variable in context["env"].keys() | other["env"].keys():
            was, now = value(context, variable), value(other, variable)
            if was != now and not is_unknown(was) and not is_unknown(now):
                found[name, variable] = (was, now)
    return found


def broken(after):
    return {
        name: context.detail
        for name, context in after.items()
        if isinstance(context, Absent) and "broke" in context.detail
    }


def test_there_is_something_to_lose():
    contexts = [context for context in before().values() if isinstance(context, dict)]
    known = [name for one in contexts for name in one["env"] if not is_unknown(value(one, name))]
    assert len(contexts) > 30
    assert len(known) > 300


@pytest.mark.parametrize("path", some_places(), ids=pointer)
def test_what_is_hidden_makes_nothing_known_that_was_not(path):
    made = json.loads(document())
    made["absent"][pointer(path)] = {"reason": "redacted", "detail": "hidden"}
    after = resolved(made)
    assert (broken(after), changed(after)) == ({}, {})


def _nested(depth):
    part = {"variable": "A"}
    for _ in range(depth):
        part = {"variable": "A", "of": "client", "else": [part]}
    return part


ODD = (
    None, True, 0, -1, 1.5, "", "a:b", "a\nb", [], {}, [[]], [None], {"id": "a:b"}, {"id": 1},
    [{"id": "a"}, {"id": "a"}, {"id": "a:b"}, {"id": "a\nb"}, {"no": "id"}, 5],
    [_nested(40)],
    [{"name": "A", "how": "set", "parts": [_nested(40)]}],
    [{"name": "A", "how": "set", "parts": "text"}],
    [{"name": "A", "how": "set", "parts": [{"unknown": 5}, {"variable": 5}]}],
    [{"name": "A", "how": ["set"]}, {"name": ["A"], "how": "set"}],
    [{"name": "A", "how": "pass", "of": "nowhere"}, {"name": "A", "how": "pass", "of": ["x"]}],
    [{"name": "A", "how": "set", "value": "x", "file": 5, "line": "x"}],
    [{"assignments": 5}, {"assignments": [{"assignments": {}}]}],
)  # fmt: skip


def put(node, path, made):
    for step in path[:-1]:
        node = node[step]
    was, node[path[-1]] = node[path[-1]], made
    return was


@pytest.mark.parametrize("path", some_places(), ids=pointer)
def test_what_is_not_as_it_should_be_breaks_nothing(path):
    for odd in CHANCE.sample(ODD, 3):
        made = json.loads(document())
        was = put(made["facts"], path, copy.deepcopy(odd))
        after = resolved(made)
        assert broken(after) == {}, odd
        # Another text or list may well say something else.
        of_assignment = path[-1] in OF_ASSIGNMENTS and type(was) is not type(odd)
        assert not of_assignment or changed(after) == {}, odd


@pytest.mark.parametrize(
    "systems",
    [None, 5, [], "x", {"web": 5}, {"web": {"files": 5, "users": []}}, {"web": {"user": 5}}],
)
def test_file_systems_that_are_none_leave_their_homes_unknown(systems):
    made = json.loads(document())
    made["facts"]["file_systems"] = systems
    after = resolved(made)
    assert (broken(after), changed(after)) == ({}, {})
    assert is_unknown(value(after["compose-service:web"], "HOME"))
