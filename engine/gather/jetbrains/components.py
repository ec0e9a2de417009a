"""The components of a settings file, and the lists of variables in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment
from engine.gather.jetbrains import macros as macro
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.jetbrains.macros import Macros
    from engine.gather.jetbrains.xml_tree import Element


def component(root: Element, name: str) -> Element | Absent | None:
    """Give a component of a file, None if there is none; one that stands twice is not known."""
    found = [each for each in root.named("component") if each.attributes.get("name") == name]
    if len(found) > 1:
        lines = f"lines {found[0].line} and {found[1].line}"
        return Absent("ambiguous", f"the component {name} stands twice, at {lines}")
    return found[0] if found else None


def option_value(element: Element, name: str) -> str | None:
    """Give the value of an `<option>`, None if there is none."""
    option = element.option(name)
    return None if option is None else option.attributes.get("value")


def is_true(text: str) -> bool:
    """Say whether a text is `true` to Java's Boolean.parseBoolean."""
    return text.lower() == "true"


def listed(element: Element, name: str) -> tuple[tuple[str, int], ...]:
    """Give the values of an option that holds a list, each with its line."""
    option = element.option(name)
    inner = option.first("list") if option is not None else None
    values = inner.named("option") if inner is not None else ()
    return tuple((each.attributes.get("value", ""), each.line) for each in values)


def variables(
    element: Element | None, macros: Macros, *, entry: str, key: str, kind: str = ""
) -> list[Assignment]:
    """Give the variables that an element holds, as `<env name= value=>` or under other names.

    One without a name or a value is passed over, as EnvironmentVariablesComponent does.
    """
    found: list[Assignment] = []
    for each in element.named(entry) if element is not None else ():
        name, value = each.attributes.get(key), each.attributes.get("value")
        if name is not None and value is not None:
            parts = macro.value(value, macros, name, kind)
            found.append(Assignment(name, parts, line=each.line))
    return found
