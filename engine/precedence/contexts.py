"""A process after its sources, as rules and commands see it: `contexts.<id>` in the facts."""

from __future__ import annotations

from fnmatch import fnmatchcase

from engine.model.facts import Absent, PartialList, PartialMap
from engine.precedence.commands import command_entry
from engine.precedence.instances import split_name
from engine.precedence.values import Hole, Mixed, as_fact, hole_in, split_text, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from engine.model.json_value import Json, JsonObject
    from engine.precedence.fold import Ended
    from engine.precedence.state import Event, Place, State, Variable
    from engine.precedence.values import Text

SETTERS = frozenset(("set", "append", "prepend", "default"))


def as_context(
    ended: Ended, tracks: JsonObject, programs: Mapping[str, Json] | None = None
) -> JsonObject:
    """Give what is known of a process: its environment with chains, its PATH, commands, files.

    `programs` is what programs with settings of their own say there, by name.
    """
    state, shell = ended.state, ended.launch.shell
    names = _names(state, tracks.get("variables") or (), tracks.get("asked") or ())
    context: JsonObject = {
        "title": ended.spec.get("title") or "",
        "moment": ended.spec.get("moment") or "started",
        "env": container({name: _entry(state, name) for name in names}),
        "path": _path(state),
        "loaded": _loaded(state),
        "not_loaded": _not_loaded(state, ended),
    }
    if ended.launch.each is not None:
        context["of"] = split_name(ended.launch.process)[0]
    if ended.spec.get("confidence"):
        context["confidence"] = ended.spec["confidence"]
    looked_up = ended.spec.get("finds") or {}
    if shell.get("name"):
        context["shell"] = {key: shell[key] for key in ("name", "login", "interactive")}
        looked_up = tracks.get("commands") or ()
    if shell.get("name") or looked_up:
        context["commands"] = container({n: command_entry(ended, n) for n in looked_up})
    context |= programs or {}
    further = state.hole or dict(state.patterns).get("*")
    if further is not None and isinstance(context["env"], dict):
        whole = PartialMap(context["env"])
        whole.more = further.absent()
        context["env"] = whole
    return container(context)


def unknown_context(
    spec: JsonObject, name: str, hole: Absent, programs: Iterable[str]
) -> JsonObject:
    """Give a context of which nothing is known but what it is called, and of what there are many.

    Whoever asks for others by their name or kind does not meet it.
    """
    known: JsonObject = {"title": spec.get("title") or name}
    if spec.get("for_each"):
        known["of"] = split_name(name)[0]
    if spec.get("confidence"):
        known["confidence"] = spec["confidence"]
    parts = ("moment", "shell", "env", "path", "commands", "loaded", "not_loaded", *programs)
    return container({**dict.fromkeys(parts, hole), **known})


def container(content: Mapping[str, Json]) -> JsonObject:
    """Give a mapping that says whether it has a hole somewhere in it."""
    holed = any(isinstance(v, (Absent, PartialMap, PartialList)) for v in content.values())
    return PartialMap(content) if holed else dict(content)


def _names(state: State, tracked: Any, asked: Any) -> list[str]:
    """Give the variables to show: what children see, what is tracked, what may be set after all.

    Who asks for others by name takes them for unset, which those are not that something may set.
    """
    names = {name for name, variable in state.variables.items() if _was_exported(variable)}
    for pattern in tracked:
        if set(pattern) & set("*?["):
            names |= {name for name in state.variables if fnmatchcase(name, pattern)}
        else:
            names.add(pattern)
    names |= {name for name in asked if state.variable(name).is_set is not False}
    return sorted(names)


def _was_exported(variable: Variable) -> bool:
    """Say whether a child sees a variable, or would have before somebody removed it."""
    if variable.exported is not False:
        return True
    event = variable.history
    while event is not None:
        if event.op in {"export", "inherit", "unexport"}:
            return True
        event = event.previous
    return False


def _entry(state: State, name: str) -> JsonObject:
    variable = state.variable(name)
    chain = variable.history.chain() if variable.history is not None else []
    entry: JsonObject = {"chain": [_event(event) for event in chain]}
    value = variable.scalar()
    hole = why_unknown(variable, value)
    if hole is not None:
        entry |= {"state": "unknown", "value": hole.absent(), "cause": hole.cause}
        entry["detail"] = hole.absent().detail
    elif value is None or not variable.exported:
        entry["state"] = "unset"
        if value is not None:
            entry["detail"] = "it is set in the shell, but not exported"
    else:
        entry |= {"state": "set", "value": as_fact(value)}
    setter = setter_of(chain)
    if setter is not None and entry["state"] == "set":
        entry["set_by"] = place_entry(setter.place)
        entry |= {"detail": setter.detail} if setter.detail else {}
    elif hole is not None and hole.place is not None:
        entry["set_by"] = place_entry(hole.place)
    entry["shadowed"] = _shadowed(chain, None if variable.is_set is False else setter)
    return container(entry)


def why_unknown(variable: Variable, value: Text | None) -> Hole | None:
    """Say why nobody knows what a child sees; None if that is known."""
    if variable.exported is False:
        return None
    hole = hole_in(value) if value is not None else None
    if hole is not None:
        return hole
    if variable.is_set is None or (variable.exported is None and value is not None):
        return Hole("opaque", "whether children see it depends on what was not run")
    return None


def setter_of(chain: list[Event]) -> Event | None:
    """Give the last event of a chain that gave the variable a value."""
    return next((event for event in reversed(chain) if event.op in SETTERS), None)


def _shadowed(chain: list[Event], setter: Event | None) -> list[Json]:
    """Give what earlier sources set and a later one replaced."""
    current: list[Event] = []
    lost: list[Event] = []
    for event in chain:
        if event.op in {"set", "default", "unset"}:
            lost += current
            current = [event] if event.op != "unset" else []
        elif event.op in {"append", "prepend"}:
            current.append(event)
    final = setter.value if setter is not None else None
    shown: list[Json] = []
    for event in lost:
        if event.value is None or event.value == final:
            continue
        known = as_fact(event.value)
        if not isinstance(known, Absent):
            shown.append({"value": known, **place_entry(event.place)})
    return shown


def _event(event: Event) -> JsonObject:
    entry: JsonObject = {"op": event.op, **place_entry(event.place)}
    if event.value is not None:
        shown = as_fact(event.value)
        if not isinstance(shown, Absent):
            entry["value"] = shown
    if event.detail:
        entry["detail"] = event.detail
    return entry


def place_entry(place: Place | None) -> JsonObject:
    """Give a place as facts have it, what is not known left out."""
    if place is None:
        return {}
    said = {
        "file": place.file,
        "line": place.line,
        "source": place.source,
        "process": place.process,
        "file_system": place.file_system,
    }
    return {key: value for key, value in said.items() if value}


def _path(state: State) -> Json:
    """Give the entries of PATH, each with who put it there."""
    variable = state.variable("PATH")
    value = variable.scalar()
    if value is None or not variable.exported:
        return [] if variable.is_set is False else why_not_known(state).absent()
    owners: dict[Text, Place | None] = {}
    before: list[Text] = []
    for event in variable.history.chain() if variable.history is not None else []:
        if event.value is None:
            continue
        entries = split_text(event.value, ":")
        if event.op not in SETTERS:
            owners = {entry: owners.get(entry) for entry in entries}
        elif _holds(entries, before):
            owners = {entry: owners.get(entry, event.place) for entry in entries}
        else:
            # Written anew: what stood there before is gone, even if it looks the same.
            owners = dict.fromkeys(entries, event.place)
        before = entries
    rows: list[Json] = []
    more: Hole | None = None
    for entry in split_text(value, ":"):
        shown = as_fact(entry)
        if isinstance(shown, Absent):
            more = more or hole_in(entry)
            rows.append(shown)
            continue
        row: JsonObject = {"dir": shown}
        if owners.get(entry) is not None:
            row["set_by"] = place_entry(owners[entry])
        rows.append(row)
    if more is None:
        return rows
    listed = PartialList(rows)
    listed.more = more.absent()
    return listed


def _holds(entries: list[Text], before: list[Text]) -> bool:
    """Say whether a list holds another one, with what was added around it."""
    size = len(before)
    added = len(entries) > size
    return added and any(entries[at : at + size] == before for at in range(len(entries) - size + 1))


def why_not_known(state: State) -> Hole:
    """Say why PATH is not known."""
    value = state.variable("PATH").scalar()
    if isinstance(value, Mixed):
        return why_not(value)
    return state.hole or Hole("opaque", "whether PATH is exported is not known")


def _loaded(state: State) -> list[Json]:
    rows: list[Json] = []
    for path, by in state.loaded:
        row: JsonObject = {"path": path}
        if by is not None:
            row["by"] = place_entry(by)
        rows.append(row)
    if state.loaded_hole is None:
        return rows
    listed = PartialList(rows)
    listed.more = state.loaded_hole.absent()
    return listed


def _not_loaded(state: State, ended: Ended) -> list[Json]:
    """Give the files that this kind of shell may read and did not, and why."""
    read = {path for path, _ in state.loaded}
    rows: dict[str, Json] = {}
    for entry in ended.skipped:
        path = entry["path"]
        if path in read or path in rows:
            continue
        found = ended.launch.world.file(path) if entry["reason"] != "missing" else None
        if isinstance(found, Absent) or (found is not None and found.get("kind") == "missing"):
            continue
        rows[path] = dict(entry)
    return list(rows.values())
