"""Facts as they grow, in the form that they will have when a document of them is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.collector import MORE, Sourced
from engine.model.facts import Absent, PartialList, PartialMap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.gather.collector import Fact
    from engine.model.json_value import Json


def root_of(facts: Iterable[Fact]) -> PartialMap:
    """Give the root of facts: what is not there may well be on the machine."""
    root = _open({})
    for fact in facts:
        inner = root
        *way, last = fact.key.split(".")
        for step in way:
            inner = inner.setdefault(step, _open({}))
        inner[last] = laid(fact.value)
    return root


def laid(value: Json) -> Json:
    """Give a fact's value with its holes laid over it, as readers of documents lay them."""
    if isinstance(value, Sourced):
        return laid(value.value)
    if isinstance(value, dict):
        inner = {key: laid(child) for key, child in value.items() if key != MORE}
        more = value.get(MORE)
        if isinstance(more, Absent) or any(map(_is_partial, inner.values())):
            partial = PartialMap(inner)
            partial.more = more if isinstance(more, Absent) else None
            return partial
        return inner
    if isinstance(value, (list, tuple)):
        elements = [laid(child) for child in value]
        known = [element for element in elements if not isinstance(element, Absent)]
        if len(known) == len(elements) and not any(map(_is_partial, known)):
            return known
        open_list = PartialList(known)
        open_list.more = next((hole for hole in elements if isinstance(hole, Absent)), None)
        return open_list
    return value


def _is_partial(value: Json) -> bool:
    return isinstance(value, (Absent, PartialMap, PartialList))


def _open(content: dict[str, Json]) -> PartialMap:
    made = PartialMap(content)
    made.more = Absent("missing")
    return made
