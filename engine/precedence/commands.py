"""What runs when somebody types a command's name in a context, and what that hides."""

from __future__ import annotations

from engine.model.facts import PartialList
from engine.precedence.paths import expanded
from engine.precedence.state import Function, Place, Tool
from engine.precedence.values import Hole, Mixed, as_fact, split_text, why_not_variable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.model.json_value import Json, JsonObject
    from engine.precedence.fold import Ended
    from engine.precedence.state import State
    from engine.precedence.values import Text


def command_entry(  # noqa: C901 - aliases, functions and files, each known or not
    ended: Ended, name: str
) -> JsonObject:
    """Give what a name runs: an alias, a function or a file; or why that is not known."""
    from engine.precedence.contexts import container  # noqa: PLC0415 - it tells of commands

    state, shell = ended.state, ended.interpreter
    hits: list[JsonObject] = []
    hole: Hole | None = None
    alias = state.aliases.get(name)
    entry: JsonObject = {}
    if isinstance(alias, Hole):
        hole = alias
        entry["alias"] = alias.absent()
    elif alias is not None:
        text, place = alias
        entry["alias"] = as_fact(text)
        if shell.expands_aliases(state):
            hits.append({"kind": "alias", "text": as_fact(text), **_set_by(place)})
    function = state.functions.get(name)
    if isinstance(function, (Hole, Tool)):
        hole = hole or (function if isinstance(function, Hole) else function.hole)
        entry["function"] = (function if isinstance(function, Hole) else function.hole).absent()
    elif isinstance(function, Function):
        entry["function"] = True
        hits.append({"kind": "function", **_set_by(function.place)})
    elif state.names_hole is None:
        entry["function"] = False
    if state.names_hole is not None:
        hole = hole or state.names_hole
        for key in ("alias", "function"):
            entry.setdefault(key, state.names_hole.absent())
    files, why = _files(ended, name)
    hits += [{"kind": "file", "path": path} for path in files]
    if hole is not None and not (hits and hits[0]["kind"] == "alias" and alias is not None):
        return container(entry | _unknown(hole))
    if not hits:
        return container(entry | (_unknown(why) if why is not None else {"state": "missing"}))
    first, *others = hits
    found: JsonObject = entry | {"state": "found"} | first
    found["hides"] = others
    more = hole or why
    if more is not None:
        found["hides"] = hides = PartialList(others)
        hides.more = more.absent()
    return container(found)


_NO_PATH = Hole("opaque", "PATH is not set, and not every shell looks at the same places then")


def _files(ended: Ended, name: str) -> tuple[list[str], Hole | None]:
    """Give the files that a name means, in PATH's order, and why there may be further ones."""
    value = ended.searched(name)
    if value is None:
        return [], ended.state.hole or _NO_PATH
    return _in_folders(name, value, ended.state, ended.interpreter)


def _in_folders(name: str, value: Text, state: State, shell: Any) -> tuple[list[str], Hole | None]:
    """Give the files of a name in folders, in order, and why there may be further ones."""
    if shell is None:
        return [], Hole("unsupported", "nothing has started yet")
    is_bash = shell.launch.shell.get("name") == "bash"
    found: list[str] = []
    for entry in split_text(value, ":"):
        if isinstance(entry, Mixed):
            return found, why_not_variable("PATH", entry)
        folder = expanded(entry, state) if is_bash and entry.startswith("~") else entry
        path = f"{folder or '.'}/{name}"
        known = folder if isinstance(folder, Hole) else shell.runs(path, state)
        if isinstance(known, Hole):
            return found, known
        if known:
            found.append(path)
    return found, None


def on_path(name: str, state: State, interpreter: Any) -> JsonObject:
    """Give the first file of a name on PATH, as conditions of the graph see it."""
    value = state.variable("PATH").scalar()
    files, why = ([], _NO_PATH) if value is None else _in_folders(name, value, state, interpreter)
    if files:
        return {"state": "found", "path": files[0]}
    return {"state": "missing"} if why is None else {"state": why.absent(), "path": why.absent()}


def _unknown(hole: Hole) -> JsonObject:
    return {"state": "unknown", "cause": hole.cause, "detail": hole.absent().detail} | {
        "kind": hole.absent(),
        "path": hole.absent(),
        "hides": hole.absent(),
    }


def _set_by(place: Place | None) -> dict[str, Json]:
    if place is None:
        return {}
    said = {"file": place.file, "line": place.line, "source": place.source}
    return {"set_by": {key: value for key, value in said.items() if value}}
