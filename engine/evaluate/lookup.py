"""Looking things up in the facts: a value, or an `Absent` that says why there is none."""

from __future__ import annotations

from engine.model.facts import Absent, PartialList, PartialMap, Redacted, type_in_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from engine.model.json_value import Json

_NOTHING = object()


def find(value: Json, steps: Sequence[str | int]) -> Json:
    """Give what stands at the end of the steps, or an `Absent`."""
    for step in steps:
        kind = value.__class__
        if step.__class__ is str and (kind is dict or kind is PartialMap):
            found = value.get(step, _NOTHING)
            value = _not_there(value) if found is _NOTHING else found
        elif step.__class__ is int and (kind is list or kind is PartialList):
            value = _item(value, step)
        elif kind is Absent:
            # A hole that was declared beside the path lends it nothing.
            value = value.children.get(str(step)) or value.without_children()
        else:
            value = _no_way(value, step)
    return value


def _not_there(container: Json) -> Absent:
    """Say why a key is not in a container: it may hold more, or it is certain to lack it."""
    more: Absent | None = getattr(container, "more", None)
    return Absent("missing", certain=True) if more is None else more


def _item(items: list[Json], index: Any) -> Json:
    # Counting from the end means nothing while further elements may follow.
    further = items.more if isinstance(items, PartialList) else None
    if further is not None and (index < 0 or index >= len(items)):
        return further.children.get(str(index)) or further.without_children()
    if -len(items) <= index < len(items):
        return items[index]
    return Absent("missing", certain=True)


def _no_way(value: Json, step: str | int) -> Absent:
    if isinstance(value, Redacted):
        return Absent("redacted")
    wanted = "a mapping" if isinstance(step, str) else "a list"
    return Absent("wrong_type", f"expects {wanted}, got {type_in_words(value)}")


def elements(domain: Json) -> list[tuple[str | int, Json]] | Absent:
    """Give a domain's elements with their keys, in order; or why it cannot be walked through.

    Mappings run by sorted key. A container that may hold more than it shows ends in an `Absent`
    element whose key is `-`.
    """
    found: list[tuple[str | int, Json]]
    if isinstance(domain, list):
        found = list(enumerate(domain))
    elif isinstance(domain, dict):
        found = sorted(domain.items())
    elif isinstance(domain, Absent):
        return domain
    elif isinstance(domain, Redacted):
        return Absent("redacted")
    else:
        return Absent("wrong_type", f"expects a list or a mapping, got {type_in_words(domain)}")
    more = domain.more if isinstance(domain, (PartialList, PartialMap)) else None
    if more is not None:
        found.append(("-", more))
    return found


def may_hold_more(domain: Json) -> bool:
    """Say whether a domain was not gathered whole, so that any number may be missing."""
    return isinstance(domain, (PartialList, PartialMap)) and domain.more is not None


def length(value: Json) -> int | Absent:
    """Give how many elements or characters a value has, or why that is not known."""
    if isinstance(value, Absent):
        return value
    if isinstance(value, (PartialList, PartialMap)):
        # What was not learnt may also not be there at all.
        children = value.values() if isinstance(value, dict) else value
        hole = value.more or next((child for child in children if isinstance(child, Absent)), None)
        if hole is not None:
            return hole
    if isinstance(value, (str, list, dict)):
        return len(value)
    if isinstance(value, Redacted):
        return Absent("redacted")
    return Absent("wrong_type", f"expects a text, a list or a mapping, got {type_in_words(value)}")


def pointer(base: str, steps: Sequence[str | int], start: Json) -> str:
    """Give the JSON pointer of a path below a base; every index counts from the start."""
    parts = [base]
    for number, step in enumerate(steps):
        if isinstance(step, str):
            parts.append(
                step.replace("~", "~0").replace("/", "~1") if "~" in step or "/" in step else step
            )
            continue
        items = find(start, steps[:number]) if step < 0 else ()
        parts.append(str(len(items) + step if step < 0 and isinstance(items, list) else step))
    return "/".join(parts)


def at_pointer(root: Json, path: str) -> Json:
    """Give what stands at a JSON pointer, or an `Absent`."""
    value = root
    for part in path.split("/")[1:]:
        step = part.replace("~1", "/").replace("~0", "~")
        is_index = isinstance(value, list) and step.isdecimal()
        value = find(value, (int(step) if is_index else step,))
    return value
