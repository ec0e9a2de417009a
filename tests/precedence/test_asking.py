"""Sources that take over what a program makes of its environment, as editors do of `go env`."""

from __future__ import annotations

import pytest

from engine.errors import LoadError
from engine.evaluate.holds import holds
from engine.model.facts import Absent, PartialMap
from engine.precedence.resolve import resolve
from tests.precedence.go.seen import DIRECTORY, HOME, ROOT, Disk, installed
from tests.precedence.machine import value
from tests.precedence.small_graph import graph

GRAPH = """
sources:
  go-says:
    sets:
      GOPROXY: {value: {program: go, setting: GOPROXY}, if_unset: true}
      GOBIN: {value: {program: go, setting: GOBIN}, if_unset: true}
      GOFLAGS: {value: {program: go, setting: GOFLAGS}, if_unset: true}
processes:
  tools: {title: t, inherits: {from: session}, reads: [go-says]}
"""
OWN = {f"{HOME}/.config/go/env": "GOFLAGS=-v\n"}


def tools(files, environment=None, text=GRAPH, **facts):
    disk = Disk({f"{DIRECTORY}/go.mod": "module shop\n", **files})
    session = {"HOME": HOME, "PATH": f"{ROOT}/bin:/usr/bin", **(environment or {})}
    user = {"name": "ada", "uid": 1000, "home": HOME, "shell": "/bin/bash"}
    root = PartialMap(
        {
            "files": disk.facts,
            "os": {"kernel": "Linux", "machine": "x86_64"},
            "user": user,
            "users": {"ada": user},
            "session": {"directory": DIRECTORY, "environment": session},
            **facts,
        }
    )
    program = graph(text)
    found = resolve(program.plan, root, holds=holds(program), only=["tools"], answer=disk.answer)
    return found.contexts["tools"]


def test_what_the_program_says_is_taken_over_with_its_place():
    context = tools({**installed(), **OWN})
    assert value(context, "GOPROXY") == "https://proxy.golang.org,direct"
    assert context["env"]["GOPROXY"]["set_by"]["file"] == f"{ROOT}/go.env"
    assert value(context, "GOFLAGS") == "-v"
    setter = context["env"]["GOFLAGS"]["set_by"]
    assert (setter["file"], setter["line"]) == (f"{HOME}/.config/go/env", 1)


@pytest.mark.parametrize(("version", "found"), [("go1.26.6", None), ("go1.27.3", f"{HOME}/go/bin")])
def test_what_a_version_makes_of_nothing_is_not_set(version, found):
    assert value(tools(installed(version)), "GOBIN") == found


def test_a_variable_that_is_set_stays():
    assert value(tools(installed(), {"GOPROXY": "off"}), "GOPROXY") == "off"


def test_without_the_program_there_is_nothing_to_take_over():
    context = tools({})
    assert [value(context, name) for name in ("GOPROXY", "GOBIN")] == [None, None]


def test_a_program_of_which_nobody_knows_leaves_it_open():
    context = tools({f"{ROOT}/bin/go": Absent("permission", "not yours")})
    assert value(context, "GOPROXY") == "?permission"


def test_an_unknown_program_is_refused():
    with pytest.raises(LoadError) as refused:
        graph(GRAPH.replace("program: go,", "program: gopher,"))
    assert "unknown program `gopher`" in str(refused.value)


def test_a_setting_has_to_be_named():
    with pytest.raises(LoadError) as refused:
        graph(GRAPH.replace("{program: go, setting: GOPROXY}", "{program: go}"))
    assert "setting" in str(refused.value)
