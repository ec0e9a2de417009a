"""Contexts side by side: which variables differ, who makes them, and how far sources reach."""

from __future__ import annotations

from engine.model.facts import Absent, PartialMap, Redacted
from engine.precedence.contexts import SETTERS, container

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from engine.model.json_value import Json, JsonObject

_WHOSE = ("file", "line", "source", "file_system")


def compared(contexts: Mapping[str, Json]) -> JsonObject:
    """Give what contexts have in common and where they part: `variables` and `sources` by name."""
    more = getattr(contexts, "more", None)
    known = {name: one for name, one in contexts.items() if isinstance(one, dict)}
    unknown = next((one for one in contexts.values() if isinstance(one, Absent)), None)
    names = sorted({name for one in known.values() for name in _env(one)})
    variables = {name: _variable(name, known, more or unknown) for name in names}
    return container({"variables": container(variables), "sources": _sources(known)})


def _env(context: JsonObject) -> Mapping[str, Any]:
    env = context.get("env")
    return env if isinstance(env, dict) else {}


def _variable(name: str, contexts: Mapping[str, JsonObject], more: Absent | None) -> JsonObject:
    groups: dict[Any, JsonObject] = {}
    unknown: list[Json] = []
    why = more
    for context, content in contexts.items():
        entry = _entry(content, name)
        if isinstance(entry, Absent):
            unknown.append(context)
            why = why or entry
            continue
        value = entry.get("value") if entry["state"] == "set" else None
        key = value.atoms if isinstance(value, Redacted) else value
        group = groups.setdefault(key, {"state": entry["state"], "contexts": [], "set_by": []})
        group |= {"value": value} if entry["state"] == "set" else {}
        group["contexts"].append(context)
        for place in _setters(entry):
            if place not in group["set_by"]:
                group["set_by"].append(place)
    values = sorted(groups.values(), key=lambda group: -len(group["contexts"]))
    for group in values:
        others = [place for other in values if other is not group for place in other["set_by"]]
        group["set_by_here_only"] = [place for place in group["set_by"] if place not in others]
    where = [one for group in values if group["state"] == "set" for one in group["contexts"]]
    told: JsonObject = {"values": list(values), "unknown_in": unknown, "set_in": where}
    if len(values) > 1:
        told["state"] = "differs"
    else:
        told["state"] = why or "agrees"
    return container(told)


def _entry(context: JsonObject, name: str) -> Mapping[str, Any] | Absent:
    """Give what a context says of a variable, or why nobody knows."""
    env = context.get("env")
    if isinstance(env, Absent):
        return env
    if not isinstance(env, dict):
        return Absent("not_collected", "the context tells no variables")
    entry = env.get(name)
    if isinstance(entry, Absent):
        return entry
    if entry is None:
        return getattr(env, "more", None) or {"state": "unset"}
    state = entry.get("state")
    if state in {"set", "unset"} and not isinstance(entry.get("value"), Absent):
        return dict(entry)
    value = entry.get("value")
    return value if isinstance(value, Absent) else Absent("opaque", f"{name} is not known")


def _setters(entry: Mapping[str, Any]) -> Iterator[JsonObject]:
    """Give who made a variable what it is: the setter, or who removed it."""
    setter = entry.get("set_by")
    if isinstance(setter, dict):
        yield {key: setter[key] for key in _WHOSE if key in setter}
        return
    for event in reversed(entry.get("chain") or ()):
        if isinstance(event, dict) and event.get("op") == "unset":
            yield {key: event[key] for key in _WHOSE if key in event}
            return


def _sources(contexts: Mapping[str, JsonObject]) -> JsonObject:
    """Give for each source the contexts in which it sets something, and what it decides there."""
    found: dict[str, dict[str, dict[str, None]]] = {}
    decides: dict[str, dict[str, dict[str, None]]] = {}
    for context, content in contexts.items():
        for name, entry in _env(content).items():
            if not isinstance(entry, dict):
                continue
            for event in entry.get("chain") or ():
                if isinstance(event, dict) and event.get("op") in SETTERS and event.get("source"):
                    found.setdefault(event["source"], {}).setdefault(context, {})[name] = None
            setter = entry.get("set_by")
            if entry.get("state") == "set" and isinstance(setter, dict) and setter.get("source"):
                decides.setdefault(setter["source"], {}).setdefault(name, {})[context] = None
    further = next(
        (more for one in contexts.values() if (more := getattr(one.get("env"), "more", None))),
        None,
    )
    sources = PartialMap(
        {
            source: {
                "reaches": list(reached),
                "decides": {name: list(where) for name, where in decides.get(source, {}).items()},
            }
            for source, reached in sorted(found.items())
        }
    )
    sources.more = further
    return sources
