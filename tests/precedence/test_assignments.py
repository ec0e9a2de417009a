"""What settings do to variables, wherever they come from."""

from __future__ import annotations

import pytest

from engine.model.facts import Absent, PartialList, Redacted
from tests.precedence.machine import HOME, SESSION, Machine
from tests.precedence.small_graph import context, values

GRAPH = """
sources:
  base: {sets: {A: "1", EMPTY: {value: ""}, PATH: "/bin"}}
  settings: {assignments: ide.env, scopes: {client: terminal-shell}}
processes:
  parent: {template: true, title: p, inherits: {nothing: true}, reads: [base]}
  ide: {title: i, inherits: {from: parent}, reads: [settings]}
"""


def machine(rows, **more):
    return Machine(
        {f"{HOME}/.bashrc": "export GOFLAGS=-v\nexport NONE=\nLOCAL=1\n"} | more, ide={"env": rows}
    )


def row(name, value=None, how="set", **more):
    return {"name": name, "how": how} | ({} if value is None else {"value": value}) | more


def ref(variable, **more):
    return {"variable": variable, **more}


def found(rows, *names):
    return values(GRAPH, "ide", *names, machine=machine(rows))


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([row("A", "2")], "2"),
        ([row("A", "2"), row("A", "3")], "3"),
        ([row("A", how="unset")], None),
        ([row("A", "2", how="default")], "1"),
        ([row("A", how="unset"), row("A", "2", how="default")], "2"),
        ([row("A", "0", how="prepend")], "0:1"),
        ([row("A", "2", how="append")], "1:2"),
        ([row("A", how="unset"), row("A", "2", how="append")], "2"),
        ([row("A", how="pass", of="client", if_missing="keep")], "1"),
        ([row("A", how="pass", of="client", if_missing="unset")], None),
        ([row("A", how="pass", of="nobody", if_missing="unset")], "?unsupported"),
        ([row("A", how="invented")], "?unsupported"),
        ([row("A", Absent("opaque", "a command"))], "?opaque"),
        ([row("A", 7)], "?wrong_type"),
        ([row("A")], "?wrong_type"),
    ],
)
def test_each_way_to_change_a_variable(rows, value):
    assert found(rows, "A") == [value]


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (["x", ref("A"), "y"], "x1y"),
        ([ref("B")], ""),
        ([ref("B", **{"else": ["d"]})], "d"),
        ([ref("EMPTY", **{"else": ["d"]})], ""),
        ([ref("EMPTY", empty_is_unset=True, **{"else": ["d"]})], "d"),
        ([ref("A", then=["t"])], "t"),
        ([ref("B", then=["t"])], ""),
        ([ref("GOFLAGS", of="client")], "-v"),
        ([ref("NONE", of="client", **{"else": ["d"]})], ""),
        ([ref("LOCAL", of="client", **{"else": ["not exported"]})], "not exported"),
        ([ref("A", of="nobody")], "?unsupported"),
        (["x", {"unknown": "opaque", "detail": "an input"}], "?opaque"),
        ([7], "?wrong_type"),
        ("text", "?wrong_type"),
        ([ref("B", **{"else": [ref("A")]})], "1"),
    ],
)
def test_a_value_is_put_together(parts, value):
    assert found([row("X", parts=parts)], "X") == [value]


def test_what_a_process_started_with_outlives_what_it_was_set_to():
    rows = [row("PATH", parts=["/a:", ref("PATH", of="inherited")]), row("A", "9")]
    rows += [row("PATH", parts=["/b:", ref("PATH", of="inherited")])]
    rows += [row("X", parts=[ref("A", of="inherited"), ref("A")])]
    assert found(rows, "PATH", "X") == ["/b:/bin", "19"]


def test_a_reference_that_nests_without_end_is_not_known():
    parts = [ref("B")]
    for _ in range(100):
        parts = [ref("B", **{"else": parts})]
    assert found([row("X", parts=parts)], "X") == ["?too_large"]


def test_a_list_with_a_hole_leaves_everything_open():
    rows = PartialList([row("B", "2")])
    rows.more = Absent("opaque", "an action may set others")
    assert found(rows, "A", "B", "NOTHING") == ["?opaque", "?opaque", "?opaque"]


@pytest.mark.parametrize("rows", [Absent("permission", "not yours"), "text", 7])
def test_a_list_that_is_none_leaves_everything_open(rows):
    cause = rows.cause if isinstance(rows, Absent) else "wrong_type"
    assert found(rows, "A", "B") == [f"?{cause}"] * 2


def test_a_list_that_is_certainly_missing_changes_nothing():
    assert found(Absent("missing", "", certain=True), "A") == ["1"]


@pytest.mark.parametrize("broken", [7, None, [], {}, {"name": 7}])
def test_a_row_that_is_none_leaves_everything_open(broken):
    assert found([broken], "A") == ["?wrong_type"]


def test_a_secret_stays_one_among_known_text():
    secret = Redacted((("salt", "hash"),))
    machine_ = machine([row("X", parts=["user:", secret, "@", ref("A")])])
    value = context(GRAPH, "ide", machine_)["env"]["X"]["value"]
    assert value.atoms == ("user:", ("salt", "hash"), "@1")


def test_a_value_tells_the_line_that_set_it_and_what_it_hides():
    place = {"file": "/shop/.vscode/settings.json", "line": 4}
    entry = context(GRAPH, "ide", machine([row("A", "2", **place)]))["env"]["A"]
    assert entry["set_by"] == {**place, "source": "settings", "process": "ide"}
    assert [one["value"] for one in entry["shadowed"]] == ["1"]


def test_a_variable_that_is_handed_on_tells_where_it_was_set():
    rows = [
        row("GOFLAGS", how="pass", of="client", if_missing="unset", file="/shop/c.yaml", line=9)
    ]
    entry = context(GRAPH, "ide", machine(rows))["env"]["GOFLAGS"]
    assert (entry["value"], entry["set_by"]["line"]) == ("-v", 9)
    assert entry["chain"][-1]["detail"] == f"GOFLAGS was set at {HOME}/.bashrc:1"


def test_a_shell_that_is_not_known_leaves_what_is_asked_of_it_open():
    machine_ = Machine(
        {}, shell="/opt/nush", ide={"env": [row("X", parts=[ref("B", of="client")])]}
    )
    assert values(GRAPH, "ide", "X", "A", machine=machine_) == ["?unsupported", "1"]


def test_what_may_be_set_is_not_taken_for_unset():
    machine_ = machine([row("B", "2", how="default"), row("A", "2", how="default")])
    machine_.root["session"]["environment"] = {**SESSION}
    text = GRAPH.replace("reads: [base]", "reads: [base, perhaps]").replace(
        "  settings:", "  perhaps: {touches: [B]}\n  settings:"
    )
    assert values(text, "ide", "B", "A", machine=machine_) == ["?opaque", "1"]


def test_a_value_put_together_tells_where_its_parts_were_set():
    rows = [row("X", parts=["a", ref("GOFLAGS", of="client"), ref("A")], file="/c.yaml", line=2)]
    entry = context(GRAPH, "ide", machine(rows))["env"]["X"]
    assert entry["detail"] == f"GOFLAGS was set at {HOME}/.bashrc:1"
    assert entry["set_by"]["line"] == 2
    # What is not there was set nowhere.
    entry = context(GRAPH, "ide", machine([row("X", parts=[ref("Q", of="client")])]))["env"]["X"]
    assert "detail" not in entry


@pytest.mark.parametrize(
    "odd",
    [
        row("A", "2", how=["set"]),
        row("A", "2", how=None),
        row("A", how="pass", of="client", if_missing=5),
        row("A", how="pass", of=["client"]),
        row("A", parts=[ref("NOPE", **{"else": 0})]),
        row("A", parts=[ref("NOPE", **{"else": None})]),
        row("A", parts=[ref("A", of=0)]),
        row("A", parts=[ref("EMPTY", empty_is_unset="no")]),
        row("A", parts={"variable": "A"}),
    ],
)
def test_what_is_not_as_it_should_be_makes_the_variable_unknown(odd):
    told, other = found([odd], "A", "PATH")
    assert told.startswith("?")
    assert other == "/bin"


def test_a_hidden_name_may_be_any_that_is_no_usual_one():
    rows = [row("1A", "0"), row("a.b", "0"), row(Redacted((("salt", "hash"),)), "2")]

    assert found(rows, "A", "1A", "a.b") == ["1", "?redacted", "?redacted"]
