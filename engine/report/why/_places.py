"""Where processes run, as far as the graph tells: people ask about their own machine first."""

from __future__ import annotations

from engine.report.why._values import listed, mapping, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.model.json_value import Json, JsonObject

MACHINE, CONTAINER, ELSEWHERE = range(3)


def places_of(plan: JsonObject) -> dict[str, int]:
    """Give for each process of a plan whether it runs here, in a container, or elsewhere.

    What has files of its own runs in a container. What is there for each of several runs here if
    anything that it may start from does, and elsewhere if not: on whatever runs pipelines.
    """
    processes = mapping(plan.get("processes"))
    return {name: _place(name, processes) for name in processes}


def _place(name: str, processes: Mapping[str, Json]) -> int:
    if mapping(processes[name]).get("file_system"):
        return CONTAINER
    seen: set[str] = set()
    ahead = [name]
    while ahead:
        one = ahead.pop()
        if one in seen or one not in processes:
            continue
        seen.add(one)
        process = mapping(processes[one])
        if not process.get("for_each") and not process.get("template"):
            return MACHINE
        ways = listed(process.get("inherits")) + listed(process.get("adopts"))
        ahead += [words(mapping(way).get("from")) for way in ways]
    return ELSEWHERE
