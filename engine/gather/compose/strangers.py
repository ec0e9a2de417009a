"""What a service names and the project does not have, for which compose refuses the project.

Source: loader/validate.go of compose-go. Only services without profiles are asked: of others it
depends on the profiles whether anybody looks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.compose.tree import Leaf, Series, Table
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.compose.tree import Tree

_SLEEPS = Absent("not_collected", "it depends on a service that only runs with a profile")
_VOLUME = re.compile(r"([a-zA-Z0-9][a-zA-Z0-9_.-]+):.")
_SECTIONS = ("networks", "secrets", "configs")


def stranger(top: Table, service: Tree) -> str | Absent | None:
    """Give why compose refuses a service for what it names, or None."""
    if not isinstance(service, Table) or service.at("profiles") is not None:
        return None
    for section in _SECTIONS:
        known = {"default", *_names_at(top, section)}
        if any(name not in known for name in _named(service.at(section))):
            return f"it names something that `{section}` does not have"
    volumes = set(_names_at(top, "volumes"))
    if any(name not in volumes for name in _volumes(service.at("volumes"))):
        return "it names something that `volumes` does not have"
    return _dependencies(top, service)


def _dependencies(top: Table, service: Table) -> str | Absent | None:
    needed = service.at("depends_on")
    services = top.at("services")
    known = services.entries if isinstance(services, Table) else {}
    for name in _named(needed):
        other = known.get(name)
        how = needed.at(name) if isinstance(needed, Table) else None
        if isinstance(how, Table) and "required" in how.entries:
            continue
        if other is None:
            return "it depends on a service that is not there"
        if isinstance(other, Table) and other.at("profiles") is not None:
            return _SLEEPS
    return None


def _names_at(top: Table, section: str) -> tuple[str, ...]:
    found = top.at(section)
    return tuple(found.entries) if isinstance(found, Table) else ()


def _named(tree: Tree | None) -> Iterator[str]:
    """Give the names in a list or a mapping that depend on no variable."""
    if isinstance(tree, Table):
        yield from tree.entries
    for item in tree.items if isinstance(tree, Series) else ():
        source = item.at("source") if isinstance(item, Table) else item
        if isinstance(source, Leaf) and isinstance(source.value, str):
            yield source.value


def _volumes(tree: Tree | None) -> Iterator[str]:
    """Give the volumes that are named, in the short form, where that is certain."""
    for item in tree.items if isinstance(tree, Series) else ():
        if isinstance(item, Leaf) and isinstance(item.value, str):
            found = _VOLUME.match(item.value)
            if found is not None:
                yield found[1]
