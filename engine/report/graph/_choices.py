"""Which of several ways a process was started in, where facts decide it, and for which element."""

from __future__ import annotations

from engine.model.facts import Absent, PartialMap
from engine.model.record import record
from engine.precedence.instances import SEPARATOR, element_of
from engine.precedence.world import World
from engine.report.graph._words import mapping

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import TypeAlias

    from engine.model.json_value import Json, JsonObject
    from engine.report.graph._picture import State

    Told: TypeAlias = Callable[[str], JsonObject]
    Holds: TypeAlias = Callable[[Json, JsonObject, Told, Told], bool | Absent]

KEYS = ("inherits", "adopts")


@record
class Choices:
    """For each process on the way its element, and whether each of its ways was taken."""

    elements: Mapping[str, str | None] = {}
    states: Mapping[tuple[str, str, int], State] = {}


def choices(
    processes: Mapping[str, Json],
    focus: tuple[str, str | None],
    facts: JsonObject | None = None,
    holds: Holds | None = None,
) -> Choices:
    """Give what a context came from, following the ways that may have been taken.

    `focus` is its process and element; `holds` judges conditions over the facts. Without facts no
    condition is decided, and an element is known only as far as it is handed on.
    """
    following = _Following(processes, facts, holds)
    elements: dict[str, str | None] = {}
    states: dict[tuple[str, str, int], State] = {}
    ahead = [focus]
    while ahead:
        name, element = ahead.pop()
        if name in elements or name not in processes:
            continue
        elements[name] = element
        for key in KEYS:
            for number, (way, state) in enumerate(following.ways(name, key, element)):
                states[name, key, number] = state
                if state != "not_read" and isinstance(way.get("from"), str):
                    ahead.append((way["from"], following.related(way, name, element)))
    return Choices(elements, states)


class _Following:
    def __init__(
        self, processes: Mapping[str, Json], facts: JsonObject | None, holds: Holds | None
    ) -> None:
        self._processes = processes
        self._facts = facts
        self._holds = holds
        self._world = World(facts or {})

    def ways(self, name: str, key: str, element: str | None) -> Iterator[tuple[JsonObject, State]]:
        """Give the alternatives of a process, each with whether it was taken."""
        found = mapping(self._processes[name]).get(key)
        ways = [dict(mapping(way)) for way in found] if isinstance(found, list) else []
        is_decided = is_doubtful = False
        for way in ways:
            truth = self._truth(way.get("when"), name, element)
            if is_decided or truth is False:
                yield way, "not_read"
                continue
            is_decided = truth is True
            is_doubtful = is_doubtful or not is_decided
            is_told = self._holds is not None and (len(ways) > 1 or way.get("when") is not None)
            yield way, ("unknown" if is_doubtful else "read") if is_told else ""

    def related(self, way: JsonObject, name: str, element: str | None) -> str | None:
        """Give the element of the process that a way leads to."""
        steps = mapping(way.get("of")).get("fact")
        if not isinstance(steps, list):
            return element
        found: Json | Absent = self._each(name, element)
        for step in steps[1:]:
            found = found.get(step) if isinstance(found, dict) else None
        return found if isinstance(found, str) else None

    def _each(self, name: str, element: str | None) -> Json | Absent:
        return element_of(dict(mapping(self._processes[name])), element, self._world)

    def _truth(self, when: Json, name: str, element: str | None) -> bool | Absent:
        if when is None:
            return True
        if self._holds is None or self._facts is None:
            return Absent("not_collected", "")
        root = PartialMap(self._facts)
        root.more = getattr(self._facts, "more", None)
        root |= {"process": {"shell": {}, "option": {}}}
        if mapping(self._processes[name]).get("for_each"):
            root["each"] = self._each(name, element)
        return self._holds(when, root, _nobody_knows, _nobody_knows)


def _nobody_knows(name: str) -> JsonObject:
    """Say of a variable or a command that it is not known: it is the process's own."""
    hole = Absent("not_collected", f"`{name}` is the process's own")
    return {"state": hole, "value": hole, "path": hole}


def context_name(processes: Mapping[str, Json], name: str, element: str | None) -> str:
    """Give the context of a process: with its element where there is one for each of several."""
    is_many = mapping(processes[name]).get("for_each") and element is not None
    return f"{name}{SEPARATOR}{element}" if is_many else name
