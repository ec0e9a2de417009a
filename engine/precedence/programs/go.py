"""The go command: which one runs in a launch context, and what its `go env` says there."""

from __future__ import annotations

from engine.model.facts import Absent, PartialMap
from engine.precedence.contexts import container, place_entry, setter_of
from engine.precedence.go.command import Answer, answer
from engine.precedence.go.keys import all_keys
from engine.precedence.go.managers import MANAGERS, NONE
from engine.precedence.go.refusals import Refusal
from engine.precedence.programs._base import Program
from engine.precedence.values import Hole, Mixed, as_fact

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json, JsonObject
    from engine.precedence.go.binary import Binary
    from engine.precedence.go.command import Switch
    from engine.precedence.go.managers import Behind
    from engine.precedence.go.settings import Setting
    from engine.precedence.state import State
    from engine.precedence.view import View

_COMMAND = "go"
_PARTS = (
    "path", "resolved", "version", "env", "managed_by", "manager", "toolchain", "error",
)  # fmt: skip
"""What nobody knows of a command of which nobody knows whether it is there."""


def _ask(view: View) -> tuple[str | Hole | None, Answer | None]:
    path = view.started(_COMMAND)
    return path, answer(view, path) if isinstance(path, str) else None


def _tell(asked: tuple[str | Hole | None, Answer | None], state: State) -> JsonObject:
    path, answered = asked
    if isinstance(path, Hole):
        unknown = dict.fromkeys(_PARTS, path.absent())
        return container({"state": "unknown", **_cause(path), **unknown})
    if answered is None:
        return {"state": "missing"}
    told: JsonObject = {"state": "found", "path": path}
    told |= _about(answered.local)
    if answered.shim is not None:
        told |= _managed(answered.shim)
    elif isinstance(answered.local, Hole):
        told |= dict.fromkeys(("managed_by", "manager"), answered.local.absent())
    if answered.switch is not None:
        told["toolchain"] = _switched(answered.switch, answered.binary)
    elif isinstance(answered.binary, Hole):
        told["toolchain"] = answered.binary.absent()
    if isinstance(answered.refusal, Refusal):
        refusal = answered.refusal
        place = _variable_place(state, refusal.key) if refusal.place is None else None
        told["error"] = refusal.message
        told["set_by"] = place or place_entry(refusal.place)
        told["env"] = Absent("parse_error", f"the go command refuses: {refusal.message}")
        return container(told)
    if answered.refusal is not None:
        told["error"] = answered.refusal.absent()
    told["env"] = _env(answered, state)
    return container(told)


def _about(local: Binary | Hole) -> JsonObject:
    if isinstance(local, Hole):
        return {"resolved": local.absent(), "version": local.absent()}
    return {"resolved": local.path, "version": local.version}


def _managed(shim: Behind) -> JsonObject:
    """Give who manages the command, the version that the manager took, and who said so."""
    told: JsonObject = {"managed_by": shim.manager}
    if not shim.version:
        is_open = isinstance(shim.binary, Hole)
        return told | ({"manager": shim.binary.absent()} if is_open else {})  # type: ignore[union-attr]
    choice: JsonObject = {"version": shim.version}
    if isinstance(shim.version_from, tuple):
        choice["set_by"] = {"file": shim.version_from[0], "line": shim.version_from[1]}
    elif shim.version_from:
        choice["variable"] = shim.version_from
    return told | {"manager": choice}


def _switched(switch: Switch, binary: Binary | Hole) -> JsonObject:
    told: JsonObject = {
        "asked_for": switch.choice.name,
        "because": switch.choice.reason,
        "set_by": place_entry(switch.choice.place),
    }
    if switch.found is None:
        told["where"] = binary.absent() if isinstance(binary, Hole) else "nowhere"
    else:
        told["where"] = switch.found.where
    if switch.found is not None and switch.found.command:
        told["path"] = switch.found.command
        told["version"] = binary.absent() if isinstance(binary, Hole) else binary.version
    return container(told)


def _env(answered: Answer, state: State) -> Json:
    if not answered.settings:
        hole = answered.refusal if isinstance(answered.refusal, Hole) else answered.binary
        return hole.absent() if isinstance(hole, Hole) else Absent("opaque", "it did not answer")
    inner = _set_on_the_way(answered)
    keys = PartialMap(
        {
            key: _entry(key, found, state, is_inner=key in inner)
            for key, found in sorted(answered.settings.items())
        }
    )
    if isinstance(answered.binary, Hole):
        # Each version has keys of its own.
        keys.more = answered.binary.absent()
        return keys
    return container(keys)


def _set_on_the_way(answered: Answer) -> set[str]:
    """Name the variables that a shim or a toolchain set, whatever the context had in them."""
    found = {change.variable for change in answered.shim.changes} if answered.shim else set()
    return found | ({"GOROOT"} if answered.switch is not None else set())


def _entry(key: str, found: Setting | Hole, state: State, *, is_inner: bool) -> JsonObject:
    if isinstance(found, Hole):
        entry: JsonObject = {"value": found.absent(), **_cause(found)}
        return container(entry | ({"set_by": place_entry(found.place)} if found.place else {}))
    value = as_fact(found.value)
    entry = {"value": value, "from": found.origin}
    place = place_entry(found.place)
    if found.origin == "os" and not is_inner:
        place = _variable_place(state, key)
    if place:
        entry["set_by"] = place
    if isinstance(value, Absent):
        entry |= {"cause": value.cause, "detail": value.detail}
    shadowed = [_shadowed(each) for each in found.shadowed if each.value != found.value]
    return container(entry | ({"shadowed": shadowed} if shadowed else {}))


def _shadowed(setting: Setting) -> JsonObject:
    shown = as_fact(setting.value)
    value = (
        {} if isinstance(shown, Absent) or isinstance(setting.value, Mixed) else {"value": shown}
    )
    return {**value, "from": setting.origin, **place_entry(setting.place)}


def _variable_place(state: State, key: str) -> JsonObject:
    """Give who set a variable in a context."""
    history = state.variable(key).history if key else None
    setter = setter_of(history.chain()) if history is not None else None
    return place_entry(setter.place) if setter is not None else {}


def _cause(hole: Hole) -> JsonObject:
    return {"cause": hole.cause, "detail": hole.absent().detail}


def _schema() -> JsonObject:
    from engine.precedence.schema import (  # noqa: PLC0415 - only the schema's maker asks
        a_list,
        a_place,
        a_table,
        a_text,
        a_value,
        a_word,
        an_object,
        place_keys,
    )

    origin = a_word(
        "Who set it: `os` is a variable, `default` Go itself",
        ("os", "env_file", "goroot", "default"),
    )
    shadowed = an_object(
        "One value",
        value=a_value("The value", "off"),
        **{"from": origin, **place_keys()},
    )
    return an_object(
        "The go command, asked there in the directory that was gathered",
        state=a_word("Whether a `go` is on PATH", ("found", "missing", "unknown")),
        path=a_text("The file as found on PATH", "/usr/local/go/bin/go") | {"format": "path"},
        resolved=a_text("The command's file without links", "/usr/local/go/bin/go")
        | {"format": "path"},
        managed_by=a_word("Who put it there, and chooses the version", (NONE, *MANAGERS)),
        manager=an_object(
            "What its version manager chose; missing where nothing chooses",
            version=a_text("The version in the manager's own words", "1.22.10"),
            variable=a_text("The variable that says so", "GOENV_VERSION"),
            set_by=a_place(),
        ),
        version=a_text("Its own version, before any switch of toolchains", "go1.27.3")
        | {"format": "go-version"},
        error=a_text("Why it refuses to work", "GOPATH entry is relative; must be absolute path"),
        set_by=a_place(),
        cause=a_text("Why it is unknown", "opaque"),
        detail=a_text("What a person should know of it", "a start-up file may have changed it"),
        toolchain=an_object(
            "The toolchain that it switches to; missing where it runs itself",
            version=a_text("Its version", "go1.27.3") | {"format": "go-version"},
            path=a_text("Its command", "/home/dana/go/bin/go1.27.3") | {"format": "path"},
            where=a_word(
                "Where it is: `network` if Go has to download it first",
                ("path", "module_cache", "network", "nowhere"),
            ),
            asked_for=a_text("The name that was asked for", "go1.27.3"),
            because=a_word("What asked for it", ("GOTOOLCHAIN", "go", "toolchain")),
            set_by=a_place(),
        ),
        env=a_table(
            "What `go env` says, by key",
            an_object(
                "One key",
                value=a_value("Its value, empty if nobody set it", "https://proxy.golang.org"),
                set_by=a_place(),
                cause=a_text("Why it is unknown", "opaque"),
                detail=a_text("What a person should know of it", "GOENV is not known"),
                shadowed=a_list("What less important sources say", shadowed),
                **{"from": origin},
            ),
            "GOPROXY",
        ),
    )


GO = Program("go", _ask, _tell, _schema, all_keys)
