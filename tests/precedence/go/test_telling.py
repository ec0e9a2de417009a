from __future__ import annotations

from engine.precedence.go.command import Answer
from engine.precedence.go.managers import Behind, Change
from engine.precedence.go.settings import Setting
from engine.precedence.programs.go import GO
from engine.precedence.state import Event, Place, State, Variable
from engine.precedence.values import Hole

PLACE = Place("/home/ada/.bashrc", 3)


def told(changes):
    """What is told where a start-up file set GOROOT and GOPATH, by who set each in the end."""
    state = State()
    for name in ("GOROOT", "GOPATH"):
        event = Event("set", "/opt/go", PLACE)
        state.variables[name] = Variable("/opt/go", exported=True, history=event)
    settings = {"GOROOT": Setting("/goenv/1.27.3", "os"), "GOPATH": Setting("/opt/go", "os")}
    hole = Hole("opaque", "not asked for here")
    shim = Behind("goenv", "/goenv/1.27.3/bin/go", changes, "1.27.3")
    env = GO.tell(("/goenv/shims/go", Answer(hole, hole, settings, shim=shim)), state)["env"]
    return {name: entry.get("set_by") for name, entry in env.items()}


def test_what_a_shim_sets_is_not_put_down_to_a_start_up_file():
    own = {"file": "/home/ada/.bashrc", "line": 3}
    assert told((Change("GOROOT", "/goenv/1.27.3"),)) == {"GOROOT": None, "GOPATH": own}
    assert told(()) == {"GOROOT": own, "GOPATH": own}


def test_nothing_is_missing_where_nobody_knows_whether_there_is_a_go():
    found = GO.tell((Hole("opaque", "PATH is not known"), None), State())
    parts = ("path", "resolved", "version", "env", "managed_by", "manager", "toolchain", "error")
    assert [found[part].detail for part in parts] == ["PATH is not known"] * len(parts)


def test_the_toolchain_is_not_missing_where_nobody_knows_which_one_answers():
    hole = Hole("opaque", "GOTOOLCHAIN is not known")
    found = GO.tell(("/go/bin/go", Answer(hole, hole, refusal=hole)), State())
    for part in ("toolchain", "managed_by", "manager", "error"):
        assert found[part].detail == "GOTOOLCHAIN is not known"


def test_the_version_is_not_missing_where_a_manager_is_not_understood():
    hole = Hole("opaque", "snap decides which program runs")
    shim = Behind("snap", hole)
    found = GO.tell(("/snap/bin/go", Answer(hole, hole, refusal=hole, shim=shim)), State())
    assert (found["managed_by"], found["manager"].detail) == ("snap", hole.detail)


def test_keys_that_are_not_told_are_not_missing_where_nobody_knows_the_version():
    hole = Hole("opaque", "GOTOOLCHAIN is not known")
    certain = {"GOFLAGS": Setting("-v", "env_file", PLACE)}
    answered = Answer(hole, hole, certain, refusal=hole)
    env = GO.tell(("/go/bin/go", answered), State())["env"]
    assert env["GOFLAGS"]["value"] == "-v"
    assert env.more.detail == "GOTOOLCHAIN is not known"
