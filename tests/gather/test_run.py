from __future__ import annotations

import json

import pytest

from engine.errors import UsageError
from engine.gather.collector import MORE, Fact, Sourced, collector
from engine.gather.declare import flag, number, table, text_or_secret
from engine.gather.host import HostError
from engine.gather.run import gather
from engine.loading.facts import read_facts
from engine.model.facts import Absent
from engine.model.place import Provenance
from tests.gather.fake_host import FakeHost

HERE = Provenance(origin="here")


def made(name, facts, *keys, subjects=("workstation",)):
    """A collector that yields these facts."""

    def collect(_survey):
        for fact in facts:
            if isinstance(fact, Exception):
                raise fact
            yield fact

    return collector(name, subjects=subjects, facts=dict.fromkeys(keys or (name,), number("x")))(
        collect
    )


@pytest.fixture
def run(redaction):
    def gather_with(*collectors, **options):
        table = {each.name: each for each in collectors}
        settings = {"subject": "workstation", "directory": "/", "redaction": redaction} | options
        return gather(FakeHost(), collectors=table, **settings)

    return gather_with


def test_a_document_says_what_it_can_speak_of(run):
    document = run(made("a", [Fact("a", 1, HERE)]))
    assert document == {
        "schema": "precedent/facts/v1",
        "subject": {"kind": "workstation", "platform": "linux/amd64"},
        "facts": {"a": 1},
        "provenance": {"/a": {"collector": "a", "from": "here"}},
        "absent": {},
    }


def test_a_collector_that_breaks_costs_only_its_own_facts(run):
    document = run(
        made("a", [Fact("a", 1, HERE), ValueError("https://user:hunter2@proxy.example")]),
        made("b", [Fact("b", 2, HERE)]),
        made("c", [HostError("permission", "/c: permission denied")], "c.one", "c.two"),
    )
    assert document["facts"] == {"b": 2}
    assert document["absent"]["/a"]["reason"] == "unsupported"
    assert document["absent"]["/a"]["detail"].startswith("the collector `a` broke at test_run.py:")
    assert document["absent"]["/c"] == {"reason": "permission", "detail": "/c: permission denied"}
    assert "hunter2" not in str(document)


def test_holes_below_a_fact_that_is_there_keep_their_place(run):
    document = run(
        made("a", [Fact("x.one", 1, HERE)], "x.one"), made("b", [RuntimeError()], "x.two")
    )
    assert document["facts"] == {"x": {"one": 1}}
    assert list(document["absent"]) == ["/x/two"]


def test_each_part_says_where_it_comes_from(run):
    value = {
        "p/q~": Sourced([1, Sourced(2, Provenance(None, "f", "/f", 7))], Provenance(origin="list"))
    }
    assert run(made("a", [Fact("a", value, HERE)]))["provenance"] == {
        "/a": {"collector": "a", "from": "here"},
        "/a/p~1q~0": {"collector": "a", "from": "list"},
        "/a/p~1q~0/1": {"collector": "a", "from": "f", "file": "/f", "line": 7},
    }


def test_holes_in_values_are_taken_out_and_told(run):
    value = {
        "known": [1, Absent("permission", "no"), 2],
        "hidden": Sourced(Absent("timeout"), HERE),
        MORE: Absent("not_collected", "only some"),
    }
    document = run(made("a", [Fact("a", value, HERE)]))
    assert document["facts"] == {"a": {"known": [1, 2]}}
    assert document["absent"] == {
        "/a/-": {"reason": "not_collected", "detail": "only some"},
        "/a/hidden": {"reason": "timeout"},
        "/a/known/-": {"reason": "permission", "detail": "no"},
    }


def test_bytes_that_are_no_text_are_a_hole(run, redaction):
    raw = b"\xff".decode("utf-8", "surrogateescape")
    secret = redaction.text(f"https://u:p@{raw}")
    document = run(made("a", [Fact("a", {"x": raw, "y": ["ok", raw], raw: 1, "z": secret}, HERE)]))
    assert document["facts"] == {"a": {"y": ["ok"]}}
    assert {
        pointer: hole["reason"] for pointer, hole in document["absent"].items()
    } == dict.fromkeys(("/a/-", "/a/x", "/a/y/-", "/a/z"), "parse_error")


def test_credentials_are_hidden_wherever_they_turn_up(run):
    document = run(
        made(
            "a",
            [
                Fact(
                    "a",
                    {"x": "https://u:hunter2@h", "y": Absent("timeout", "https://u:hunter2@h")},
                    HERE,
                )
            ],
        )
    )
    (before, secret, after) = document["facts"]["a"]["x"]["$redacted"]
    assert (before, after) == ("https://", "@h")
    assert sorted(secret) == ["hash", "salt"]
    assert "hunter2" not in str(document)


def test_a_key_with_a_secret_is_a_hole(run):
    document = run(made("a", [Fact("a", {"/x/https:/u:hunter2@h": {"b": 1}, "/y": 2}, HERE)]))
    assert document["facts"] == {"a": {"/y": 2}}
    assert document["absent"] == {"/a/-": {"reason": "redacted", "detail": "a key holds a secret"}}
    assert "hunter2" not in str(document)


def test_a_place_with_a_secret_is_told_without_it(run):
    place = Provenance(None, "f", "/etc/https://u:hunter2@h/env", 7)
    document = run(made("a", [Fact("a", 1, place)]))
    assert document["provenance"]["/a"]["file"] == "/etc/https://<redacted>@h/env"


def test_a_place_that_is_no_text_is_told_all_the_same(run):
    raw = b"/etc/\xff".decode("utf-8", "surrogateescape")
    document = run(made("a", [Fact("a", 1, Provenance(None, "f", raw, 7))]))
    assert document["provenance"]["/a"]["file"] == "/etc/?"


def test_what_is_nested_too_deeply_is_a_hole_and_the_document_can_be_read(run):
    deep = 1
    for _ in range(5000):
        deep = {"x": [deep]}
    document = run(made("a", [Fact("a", {"deep": deep, "flat": 1}, HERE)]))
    assert document["facts"]["a"]["flat"] == 1
    assert [hole["reason"] for hole in document["absent"].values()] == ["too_large"]
    root = read_facts(json.dumps(document).encode(), "facts").root
    assert root["a"]["flat"] == 1


def test_what_was_left_out_is_told(run):
    both = made("a", [Fact("a", 1, HERE)]), made("b", [Fact("b", 1, HERE)])
    assert run(*both, skip=("a",))["absent"] == {
        "/a": {"reason": "not_collected", "detail": "it was left out of this run"}
    }
    assert run(*both, only=("a",))["facts"] == {"a": 1}
    other = made("c", [Fact("c", 1, HERE)], subjects=("repository",))
    assert run(other)["absent"] == {
        "/c": {"reason": "not_collected", "detail": "not asked for a workstation"}
    }


def test_unknown_names_are_refused_together(run):
    with pytest.raises(UsageError) as caught:
        run(made("path", []), only=("pth",), skip=("zzz",))
    assert str(caught.value) == (
        "unknown collector `pth`; did you mean `path`?\nunknown collector `zzz`; there are path"
    )
    with pytest.raises(
        UsageError, match="unknown subject `workstatio`; did you mean `workstation`"
    ):
        run(made("path", []), subject="workstatio")


def test_one_key_with_two_writers_is_a_fault(run):
    with pytest.raises(TypeError, match=r"'x\.a' of 'b' is already written by 'a'"):
        run(made("a", [Fact("x.a", 1, HERE)], "x.a"), made("b", [Fact("x.a", 2, HERE)], "x.a"))
    with pytest.raises(TypeError, match="'x' of 'b' is already written by 'a'"):
        run(made("a", [Fact("x.a", 1, HERE)], "x.a"), made("b", [Fact("x", {}, HERE)], "x"))


def test_a_key_that_was_not_declared_is_a_fault(run):
    with pytest.raises(TypeError, match="collector 'a' does not declare 'b'"):
        run(made("a", [Fact("b", 1, HERE)]))


def test_flags_keep_their_type(run):
    document = run(
        collector("a", subjects=("workstation",), facts={"a": flag("x")})(
            lambda _: [Fact("a", False, HERE)]
        )
    )
    assert document["facts"]["a"] is False


TOKEN = "ghp_" + "aB3dE5gH7j" * 4


def test_a_secret_in_a_key_or_in_a_path_does_not_reach_the_document(redaction):
    place = Provenance(None, "here", f"/srv/{TOKEN}/x", 3)

    @collector("a", subjects=("workstation",), facts={"a": table("x", text_or_secret("y"))})
    def of_secrets(_survey):
        yield Fact("a", {"b": Sourced("c", place), f"/srv/{TOKEN}": "d", "e": TOKEN}, HERE)

    document = gather(
        FakeHost(), collectors={"a": of_secrets}, subject="workstation", directory="/",
        redaction=redaction,
    )  # fmt: skip
    assert TOKEN not in str(document)
    assert document["facts"]["a"]["b"] == "c"
    assert "$redacted" in document["facts"]["a"]["e"]
    assert document["provenance"]["/a/b"]["file"] == "/srv/<redacted>/x"
    assert document["absent"] == {"/a/-": {"reason": "redacted", "detail": "a key holds a secret"}}
