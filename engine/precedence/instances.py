"""Processes that are there for each element of a list: `compose-service:web`."""

from __future__ import annotations

from engine.model.facts import Absent, PartialList

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.model.json_value import Json, JsonObject
    from engine.precedence.world import World

SEPARATOR = ":"
"""What stands between a process and the element's id; ids of processes have none."""


def split_name(name: str) -> tuple[str, str | None]:
    """Give the process and the id of the element that a context's name is made of."""
    process, colon, element = name.partition(SEPARATOR)
    return process, element if colon else None


def names_of(plan: JsonObject, process: str, world: World) -> tuple[list[str], Absent | None]:
    """Give the contexts of a process, and why there may be others."""
    steps = (plan["processes"].get(process) or {}).get("for_each")
    if not steps:
        return [process], None
    found = world.fact(*steps)
    if isinstance(found, Absent):
        return [], None if found.certain else _about(steps, found)
    if not isinstance(found, list):
        return [], Absent("wrong_type", f"`{'.'.join(steps)}` is no list")
    ids = [element.get("id") for element in found if isinstance(element, dict)]
    names = [f"{process}{SEPARATOR}{one}" for one in ids if isinstance(one, str)]
    more = found.more if isinstance(found, PartialList) else None
    if more is None and len(names) < len(found):
        more = Absent("wrong_type", f"`{'.'.join(steps)}` has elements without an `id`")
    return names, more


def element_of(spec: JsonObject, element: str | None, world: World) -> Json | Absent:
    """Give the element that a process is there for, or why nobody knows it."""
    steps = spec.get("for_each")
    if not steps:
        return None if element is None else Absent("missing", f"there is no `{element}` of it")
    found = world.fact(*steps)
    if isinstance(found, Absent):
        return _about([str(element)], found)
    if not isinstance(found, list):
        return Absent("wrong_type", f"`{'.'.join(steps)}` is no list")
    elements = [one for one in found if isinstance(one, dict)]
    named = [one for one in elements if one.get("id") == element]
    named = named or [one for one in elements if element in _aliases(one)]
    if len(named) > 1:
        return Absent("ambiguous", f"`{'.'.join(steps)}` has several `{element}`")
    if named:
        return named[0]
    more = found.more if isinstance(found, PartialList) else None
    where = f"`{'.'.join(steps)}` has no `{element}`"
    return Absent(more.cause, f"{where}: {more.detail}") if more else Absent("missing", where)


def _aliases(element: JsonObject) -> list[Json]:
    """Give what else an element is called, such as an image without its registry."""
    names = element.get("names")
    return names if isinstance(names, list) else []


def _about(steps: Iterable[str], hole: Absent) -> Absent:
    name = ".".join(map(str, steps))
    detail = f"`{name}`: {hole.detail}" if hole.detail else f"`{name}` is not known"
    return Absent(hole.cause, detail)
