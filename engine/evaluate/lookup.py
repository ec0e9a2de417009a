"""Looking things up in the facts: a value, or an `Absent` that says why there is none."""

from __future__ import annotations

from engine.model.facts import Absent, PartialList, PartialMap, Redacted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.model.json_value import Json

_NOTHING = object()


def find(value: Json, steps: Sequence[str | int]) -> Json:
    """Give what stands at the end of the steps, or an `Absent`."""
    for step in steps:
        if isinstance(value, dict) and isinstance(step, str):
            found = value.get(step, _NOTHING)
            value = _not_there(value) if found is _NOTHING else found
        elif isinstance(value, list) and isinstance(step, int):
            value = _item(value, step)
        elif isinstance(value, Absent):
            value = value.children.get(str(step), value)
        else:
            value = _no_way(value, step)
    return value


def _not_there(container: Json) -> Absent:
    """Say why a key or index is not in a container: it may hold more, or it is certain to lack it."""
    more: Absent | None = getattr(container, "more", None)
    return Absent("missing", certain=True) if more is None else more


def _item(items: list[Json], index: int) -> Json:
    # Counting from the end means nothing while further elements may follow.
    further = (items.more or items.beyond) if isinstance(items, PartialList) else None
    if further is not None and (index < 0 or index >= len(items)):
        return further
    if -len(items) <= index < len(items):
        return items[index]
    return Absent("missing", certain=True)


def _no_way(value: Json, step: str | int) -> Absent:
    if isinstance(value, Redacted):
        return Absent("redacted")
    wanted = "a mapping" if isinstance(step, str) else "a list"
    return Absent("wrong_type", f"expects {wanted}, got {type_words(value)}")


def elements(domain: Json) -> list[tuple[str | int, Json]] | Absent:
    """Give a domain's elements with their keys, in order; or why it cannot be walked through.

    Mappings run by sorted key. A container that may hold more than it shows ends in an `Absent` element
    whose key is `-`.
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
        return Absent("wrong_type", f"expects a list or a mapping, got {type_words(domain)}")
    more = domain.more if isinstance(domain, (PartialList, PartialMap)) else None
    if more is not None:
        found.append(("-", more))
    return found


def may_hold_more(domain: Json) -> bool:
    """Say whether a domain was not gathered whole, so that it may have any number of further elements."""
    return isinstance(domain, (PartialList, PartialMap)) and domain.more is not None


def length(value: Json) -> int | Absent:
    """Give how many elements or characters a value has, or why that is not known."""
    if isinstance(value, Absent):
        return value
    if isinstance(value, (PartialList, PartialMap)) and value.more is not None:
        return value.more
    if isinstance(value, (str, list, dict)):
        return len(value)
    if isinstance(value, Redacted):
        return Absent("redacted")
    return Absent("wrong_type", f"expects a text, a list or a mapping, got {type_words(value)}")


def pointer(base: str, steps: Sequence[str | int], start: Json) -> str:
    """Give the JSON pointer of a path below a base; an index from the end is counted from the start."""
    parts = [base]
    for number, step in enumerate(steps):
        if isinstance(step, str):
            parts.append(step.replace("~", "~0").replace("/", "~1") if "~" in step or "/" in step else step)
            continue
        items = find(start, steps[:number]) if step < 0 else ()
        parts.append(str(len(items) + step if step < 0 and isinstance(items, list) else step))
    return "/".join(parts)


def type_words(value: Json) -> str:
    """Name a value's type as messages do, without showing the value."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a truth value"
    if isinstance(value, (int, float)):
        return "a number"
    names = ((str, "a text"), (list, "a list"), (dict, "a mapping"))
    return next((words for kind, words in names if isinstance(value, kind)), "a redacted value")
