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
