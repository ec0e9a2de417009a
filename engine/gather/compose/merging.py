"""Two trees of compose to one, by the rules of its package `override` for the keys that we tell.

Mappings are merged key by key and lists joined; variables and arguments become lists `KEY=value`
in which the last one of a name counts; a command replaces the other. What we don't tell, the later
file replaces.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.compose.paths import with_entry, with_services
from engine.gather.compose.template import leaf_of
from engine.gather.compose.tree import Leaf, Refused, Series, Table, parts_of
from engine.gather.dotenv._values import plain

if TYPE_CHECKING:
    from engine.gather.compose.tree import Tree, Way

_KEY = 2
"""Where the key of a service stands in a way: `services`, its name, the key."""
_JOINED = frozenset(("environment", "env_file"))
_REPLACED = frozenset(("command", "entrypoint"))
_TOLD = frozenset(
    ("environment", "env_file", "command", "entrypoint", "build", "profiles", "image", "user",
     "working_dir", "extends")
)  # fmt: skip


def merged(base: Table, over: Table) -> Table:
    """Give the top of two files as one."""
    return _tables(base, over, ())


def extended(base: Table, over: Table) -> Table:
    """Give a service that extends another one."""
    return unique_service(_tables(base, over, ("services", "x")))


def merged_service(base: Tree, over: Tree, name: str) -> Tree:
    """Give a service that two files define."""
    return _merge(base, over, ("services", name))


def without(table: Table, ways: frozenset[Way], way: Way = ()) -> Table:
    """Give a mapping without what a later file takes away; elements of lists stay."""
    if not ways:
        return table
    kept = {
        key: without(child, ways, (*way, key)) if isinstance(child, Table) else child
        for key, child in table.entries.items()
        if (*way, key) not in ways
    }
    return Table(kept, table.place, table.keys)


def unique(top: Table) -> Table:
    """Give a file's top with the variables, files and profiles of services each standing once."""
    return with_services(top, unique_service)


def unique_service(service: Table) -> Table:
    """Give a service whose lists hold each key once: where it first stood, as it was last."""
    made = dict(service.entries)
    for key in ("environment", "env_file", "profiles"):
        found = made.get(key)
        if isinstance(found, Series):
            made[key] = _once(found, key)
    build = made.get("build")
    if isinstance(build, Table) and isinstance(args := build.entries.get("args"), Series):
        made["build"] = with_entry(build, "args", _once(args, "args"))
    return Table(made, service.place, service.keys)


def _once(series: Series, key: str) -> Series:
    seen: dict[str, int] = {}
    items: list[Tree] = []
    for item in series.items:
        name = _index(item, key)
        if name is not None and name in seen:
            items[seen[name]] = item
            continue
        if name is not None:
            seen[name] = len(items)
        items.append(item)
    return Series(tuple(items), series.place)


def _index(item: Tree, key: str) -> str | None:
    """Give what an element is compared by, or None where that depends on variables."""
    if key == "env_file" and isinstance(item, Table):
        path = item.entries.get("path")
        if path is None:
            raise Refused("an env file has no path", item.place)
        item = path
    if not isinstance(item, Leaf):
        raise Refused(f"`{key}` holds what is no text", item.place)
    is_called = key == "env_file" and isinstance(item.value, str) and item.spelled
    parts = (item.spelled,) if is_called else parts_of(item)
    first = parts[0] if parts else ""
    if not isinstance(first, str):
        return None
    if key == "env_file":
        return first if len(parts) < 2 else None  # noqa: PLR2004 - one text alone
    name, equals, _ = first.partition("=")
    return name if equals or len(parts) < 2 else None  # noqa: PLR2004 - one text alone


def _merge(base: Tree, over: Tree, way: Way) -> Tree:
    if way[0] != "services":
        return _section(base, over, way)
    if way[2:] == ("build", "args"):
        return _series(base, over, "args")
    key = way[_KEY] if len(way) == _KEY + 1 else ""
    if key in _JOINED:
        return _series(base, over, key)
    if key in _REPLACED or (key and key not in _TOLD):
        return over
    if key == "build":
        return _tables(_build(base), _build(over), way)
    return _by_kind(base, over, way)


def _section(base: Tree, over: Tree, way: Way) -> Tree:
    """Give networks, volumes and their like, of which only the names matter here."""
    if len(way) == 1 and isinstance(base, Table) and isinstance(over, Table):
        return Table(base.entries | over.entries, base.place, over.keys | base.keys)
    return over


def _by_kind(base: Tree, over: Tree, way: Way) -> Tree:
    if isinstance(over, Leaf) and over.value is None:
        return base
    if isinstance(base, Table):
        if not isinstance(over, Table):
            raise Refused("a mapping is overridden by something else", over.place)
        return _tables(base, over, way)
    if isinstance(base, Series):
        if not isinstance(over, Series):
            raise Refused("a list is overridden by something else", over.place)
        return Series(base.items + over.items, over.place)
    return over


def _tables(base: Table, over: Table, way: Way) -> Table:
    entries, keys = dict(base.entries), over.keys | base.keys
    for key, value in over.entries.items():
        if key in entries:
            keys[key] = base.keys.get(key, base.place)
            value = _merge(entries[key], value, (*way, key))  # noqa: PLW2901
        entries[key] = value
    return Table(entries, base.place, keys)


def _build(tree: Tree) -> Table:
    if isinstance(tree, Table):
        return tree
    if isinstance(tree, Leaf):
        entries = {} if tree.value is None else {"context": tree}
        return Table(dict(entries), tree.place, {"context": tree.place})
    raise Refused("`build` is a list", tree.place)


def _series(base: Tree, over: Tree, key: str) -> Series:
    return Series((*as_series(base, key), *as_series(over, key)), over.place)


def as_series(tree: Tree, key: str) -> tuple[Tree, ...]:
    """Give a mapping as texts `KEY=value`, in which null is the key alone; a list as it is."""
    if isinstance(tree, Series):
        return tree.items
    if isinstance(tree, Leaf):
        is_text = tree.value is not None and key == "env_file"
        return (tree,) if is_text else ()
    items: list[Tree] = []
    for name, value in tree.entries.items():
        if not isinstance(value, Leaf):
            raise Refused(f"a value of `{key}` is no text", value.place)
        place = tree.keys.get(name, value.place)
        if value.value is None:
            items.append(Leaf(name, place))
        else:
            items.append(leaf_of(plain((f"{name}=", *parts_of(value))), Leaf("", place)))
    return tuple(items)
