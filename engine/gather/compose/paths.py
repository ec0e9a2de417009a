"""The long forms of a service's `build` and `env_file`, with absolute paths."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.compose.tree import Leaf, Series, Table

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.compose.tree import Tree

_REMOTE = ("https://", "http://", "git://", "ssh://", "github.com/", "git@")


def is_remote(path: str) -> bool:
    """Say whether a context or a file lies on another machine."""
    return path.startswith(_REMOTE) or "://" in path


def canonical(top: Table, directory: str) -> Table:
    """Give a file's top with its services in their long forms."""
    return with_services(top, lambda service: canonical_service(service, directory))


def rebased(top: Table, directory: str) -> Table:
    """Give a file's top whose env files are called as they are seen from another directory."""
    return with_services(top, lambda service: _rebased(service, directory))


def with_services(top: Table, change: Callable[[Table], Table]) -> Table:
    """Give a file's top with each of its services changed."""
    services = top.entries.get("services")
    if not isinstance(services, Table):
        return top
    made = {
        name: change(each) if isinstance(each, Table) else each
        for name, each in services.entries.items()
    }
    return with_entry(top, "services", Table(made, services.place, services.keys))


def with_entry(table: Table, key: str, value: Tree) -> Table:
    """Give a mapping with another value under a key."""
    return Table({**table.entries, key: value}, table.place, table.keys)


def canonical_service(service: Table, directory: str) -> Table:
    """Give one service in its long forms."""
    entries = dict(service.entries)
    build = entries.get("build")
    if isinstance(build, Leaf) and build.value is not None:
        build = Table({"context": build}, build.place, {"context": build.place})
    if isinstance(build, Table):
        entries["build"] = _build(build, directory)
    files = entries.get("env_file")
    if isinstance(files, Leaf) and files.value is not None:
        files = Series((files,), files.place)
    if isinstance(files, Series):
        made = tuple(_env_file(item, directory) for item in files.items)
        entries["env_file"] = Series(made, files.place)
    return Table(entries, service.place, service.keys)


def _build(build: Table, directory: str) -> Table:
    context = build.entries.get("context")
    if not isinstance(context, Leaf):
        return build
    return with_entry(build, "context", _absolute(context, directory))


def _env_file(item: Tree, directory: str) -> Tree:
    if isinstance(item, Leaf):
        return Table({"path": _absolute(item, directory)}, item.place, {"path": item.place})
    path = item.entries.get("path") if isinstance(item, Table) else None
    if isinstance(item, Table) and isinstance(path, Leaf):
        return with_entry(item, "path", _absolute(path, directory))
    return item


def _rebased(service: Table, directory: str) -> Table:
    files = service.entries.get("env_file")
    if not isinstance(files, Series):
        return service
    made = [_renamed(item, directory) for item in files.items]
    return with_entry(service, "env_file", Series(tuple(made), files.place))


def _renamed(item: Tree, directory: str) -> Tree:
    path = item.entries.get("path") if isinstance(item, Table) else None
    if not isinstance(item, Table) or not isinstance(path, Leaf):
        return item
    if not isinstance(path.value, str) or not path.spelled:
        return item
    called = os.path.relpath(path.value, directory)
    return with_entry(item, "path", Leaf(path.value, path.place, called))


def _absolute(leaf: Leaf, directory: str) -> Leaf:
    path = leaf.value
    if not isinstance(path, str) or not path or is_remote(path) or path.startswith("service:"):
        return leaf
    if os.path.isabs(path) or path == "~" or path.startswith("~/"):
        return leaf
    # What the file calls it is what compose compares entries by.
    return Leaf(os.path.normpath(os.path.join(directory, path)), leaf.place, path)
