"""Contexts side by side."""

from __future__ import annotations

import pytest

from engine.model.facts import Absent, PartialMap, Redacted
from engine.precedence.comparing import compared
from tests.precedence.machine import HOME, Machine

RC = {"file": f"{HOME}/.bashrc", "line": 3, "source": "bashrc"}
PROFILE = {"file": f"{HOME}/.profile", "line": 1, "source": "sh-profile"}


def setting(value, place, *shadowed):
    chain = [{"op": "set", **one} for one in (*shadowed, place)]
    return {"state": "set", "value": value, "set_by": {**place, "process": "p"}, "chain": chain}


def variable(name="A", more=None, **envs):
    contexts = PartialMap({key: {"env": env} for key, env in envs.items()})
    contexts.more = more
    return compared(contexts)["variables"][name]


UNKNOWN = {"state": "unknown", "value": Absent("opaque", "a command"), "chain": []}


def test_one_value_everywhere_agrees():
    found = variable(a={"A": setting("1", RC)}, b={"A": setting("1", PROFILE)})
    assert found["state"] == "agrees"
    assert found["set_in"] == ["a", "b"]
    (group,) = found["values"]
    assert (group["value"], group["contexts"]) == ("1", ["a", "b"])
    assert group["set_by"] == [RC, PROFILE]


def test_values_that_differ_name_who_is_to_blame():
    found = variable(
        a={"A": setting("1", PROFILE)},
        b={"A": setting("2", RC, PROFILE)},
        c={"A": setting("1", PROFILE)},
    )
    assert found["state"] == "differs"
    many, few = found["values"]
    assert (many["value"], many["contexts"]) == ("1", ["a", "c"])
    assert (few["value"], few["set_by_here_only"]) == ("2", [RC])


def test_a_variable_that_one_context_has_alone():
    found = variable(a={"A": setting("1", RC)}, b={}, c={"A": {"state": "unset", "chain": []}})
    assert (found["state"], found["set_in"]) == ("differs", ["a"])
    assert [group["state"] for group in found["values"]] == ["unset", "set"]


def test_who_removes_a_variable_is_named():
    removed = {"state": "unset", "chain": [{"op": "set", **PROFILE}, {"op": "unset", **RC}]}
    found = variable(a={"A": removed}, b={"A": setting("1", PROFILE)})
    assert next(one for one in found["values"] if one["state"] == "unset")["set_by"] == [RC]


@pytest.mark.parametrize(
    ("envs", "more", "state"),
    [
        ({"a": {"A": setting("1", RC)}, "b": {"A": UNKNOWN}}, None, "opaque"),
        ({"a": {"A": setting("1", RC)}, "b": {}, "c": {"A": UNKNOWN}}, None, "differs"),
        ({"a": {"A": setting("1", RC)}}, Absent("permission", "others"), "permission"),
        ({"a": {"A": setting("1", RC)}, "b": {}}, Absent("permission", "others"), "differs"),
        ({"a": {"A": setting("1", RC)}, "b": Absent("opaque", "")}, None, "opaque"),
    ],
)
def test_what_is_not_known_never_agrees(envs, more, state):
    found = variable(more=more, **envs)["state"]
    assert (found.cause if isinstance(found, Absent) else found) == state


def test_secrets_are_told_apart_and_never_read():
    one, same, other = (Redacted((("salt", hash_),)) for hash_ in ("x", "x", "y"))
    envs = {"a": {"A": setting(one, RC)}, "b": {"A": setting(same, RC)}}
    assert variable(**envs)["state"] == "agrees"
    assert variable(**envs, c={"A": setting(other, RC)})["state"] == "differs"


def test_a_context_that_is_not_known_leaves_all_open():
    contexts = {"a": {"env": {"A": setting("1", RC)}}, "b": Absent("unsupported", "nushell")}
    assert compared(contexts)["variables"]["A"]["state"].cause == "unsupported"


def test_a_source_tells_how_far_it_reaches_and_what_it_decides():
    contexts = {
        "a": {"env": {"A": setting("1", RC, PROFILE), "B": setting("2", PROFILE)}},
        "b": {"env": {"A": setting("1", RC)}},
    }
    sources = compared(contexts)["sources"]
    assert sources["bashrc"] == {"reaches": ["a", "b"], "decides": {"A": ["a", "b"]}}
    assert sources["sh-profile"] == {"reaches": ["a"], "decides": {"B": ["a"]}}


def test_real_contexts_are_compared():
    machine = Machine({f"{HOME}/.bashrc": "export A=rc\n", f"{HOME}/.profile": "export A=login\n"})
    found = compared(machine.contexts("login-shell", "terminal-shell", "cron"))
    values = {one.get("value"): one["contexts"] for one in found["variables"]["A"]["values"]}
    assert values == {"login": ["login-shell"], "rc": ["terminal-shell"], None: ["cron"]}
    assert found["sources"]["bashrc"]["decides"]["A"] == ["terminal-shell"]
