"""The files of a project to one tree: includes, extensions and overrides, in compose's own order.

Source: loader/loader.go and include.go of compose-go. Each file's texts are replaced before
anything else happens to it; what it includes is merged below it, what later files say over it.
Paths are made absolute as soon as they are met.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.compose.extending import Extending
from engine.gather.compose.merging import merged, merged_service, unique, without
from engine.gather.compose.paths import canonical, is_remote, rebased, with_entry, with_services
from engine.gather.compose.template import Scope, interpolated, leaf_of
from engine.gather.compose.tree import Leaf, Refused, Series, Table, Unknown, text_of
from engine.gather.dotenv import Refused as Invalid
from engine.gather.dotenv.compose import read_compose
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Place
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.compose.files import Files
    from engine.gather.compose.tree import Tree, Way

_REMOTE = Absent("unsupported", "it lies on another machine")
_STRANGE_TOP = Absent(
    "ambiguous", "only compose v1, or a version to come, takes a key that stands at the top"
)
_IMPORTED = ("services", "volumes", "networks", "secrets", "configs", "models")
_TOPS = frozenset((*_IMPORTED, "version", "name", "include"))


@record
class Around:
    """Where files are loaded: the directory of their paths, their variables, and who asked.

    `by` says how compose came to them, and `including` which files include them.
    """

    directory: str
    scope: Scope
    by: str
    including: tuple[str, ...] = ()

    def path(self, path: str) -> str:
        """Give the absolute path of one that is written in a file."""
        return os.path.normpath(os.path.join(self.directory, path))


class Loader:
    """Loads the files of one project."""

    def __init__(self, files: Files) -> None:
        """Take what reads files."""
        self._files = files

    def project(self, paths: tuple[str, ...], around: Around) -> Table:
        """Give files merged in order."""
        top = Table({}, Place(around.directory), {})
        for path in paths:
            top = self._file(path, top, around)
        return with_services(top, lambda service: _resolved(service, around.scope))

    def _file(self, path: str, top: Table, around: Around) -> Table:
        document = self._files.document(path, around.by)
        if document is None:
            return top
        root = _checked(interpolated(document.root, around.scope))
        root = self._with_included(root, document.resets, path, around)
        extending = Extending(self._files, path, around.directory, around.scope)
        root = extending.top(root, document.resets)
        over = merged(without(top, document.resets), root)
        return unique(canonical(unique(over), around.directory))

    def _with_included(
        self, root: Table, resets: frozenset[Way], path: str, around: Around
    ) -> Table:
        included = root.at("include")
        rest = {key: value for key, value in root.entries.items() if key != "include"}
        root = Table(rest, root.place, root.keys)
        if included is None:
            return root
        if not isinstance(included, Series):
            raise Refused("`include` is no list", included.place)
        for item in included.items:
            project = self._included(item, path, around)
            for section in _IMPORTED:
                found = project.at(section)
                if isinstance(found, Table):
                    root = _imported(root, section, found, resets)
        return root

    def _included(self, item: Tree, path: str, around: Around) -> Table:
        item = Table({"path": item}, item.place, {}) if isinstance(item, Leaf) else item
        if not isinstance(item, Table):
            raise Refused("an include is a list", item.place)
        written = _texts(item, "path")
        if any(is_remote(each) or each.startswith("oci:") for each in written):
            raise Unknown(_REMOTE, item.place)
        if not written:
            raise Refused("an include names no file", item.place)
        paths = tuple(around.path(each) for each in written)
        if paths[0] in (*around.including, path):
            raise Refused("files include each other in a circle", item.place)
        given = _texts(item, "project_directory")
        folder = around.path(given[0]) if given else os.path.dirname(paths[0])
        scope = Scope(around.scope)
        for each in self._env_files(item, folder, around):
            self._read_env(each, scope)
        inner = Around(folder, scope, "include", (*around.including, path))
        return rebased(self.project(paths, inner), around.directory)

    def _env_files(self, item: Table, folder: str, around: Around) -> list[str]:
        given = _texts(item, "env_file")
        if not given:
            path = os.path.join(folder, ".env")
            return [path] if self._files.kind(path) not in {None, "directory"} else []
        return [around.path(each) for each in given if each != os.devnull]

    def _read_env(self, path: str, scope: Scope) -> None:
        try:
            for one in read_compose(self._files.content(path), scope):
                scope.more = one if isinstance(one, Absent) else scope.more
        except Invalid as error:
            raise Refused(error.reason, Place(path, error.line)) from None
        except HostError as error:
            if error.cause == "missing":
                raise Refused("an env file is not there", Place(path)) from None
            scope.more = error.hole()


def _imported(root: Table, section: str, found: Table, resets: frozenset[Way]) -> Table:
    ours = root.at(section)
    known = ours if isinstance(ours, Table) else Table({}, root.place, {})
    entries = dict(known.entries)
    for name, value in found.entries.items():
        if name not in entries:
            entries[name] = value
        elif section == "services":
            kept = without(value, resets, (section, name)) if isinstance(value, Table) else value
            entries[name] = merged_service(kept, entries[name], name)
    return with_entry(root, section, Table(entries, known.place, found.keys | known.keys))


def _checked(root: Table) -> Table:
    for key in root.entries:
        if key not in _TOPS and not key.startswith("x-"):
            raise Unknown(_STRANGE_TOP, root.line_of(key))
    version = root.entries.get("version")
    if version is not None and (not isinstance(version, Leaf) or _is_no_text(version)):
        raise Refused("`version` is no text", version.place)
    services = root.entries.get("services")
    if services is None:
        return root
    if not isinstance(services, Table):
        raise Refused("`services` is no mapping", services.place)
    for name, service in services.entries.items():
        is_null = isinstance(service, Leaf) and service.value is None
        if not isinstance(service, Table) and not is_null:
            raise Refused("a service is no mapping", services.line_of(name))
    return root


def _is_no_text(leaf: Leaf) -> bool:
    return leaf.value is None or isinstance(leaf.value, (bool, int, float))


def _texts(table: Table, key: str) -> list[str]:
    tree = table.at(key)
    items = tree.items if isinstance(tree, Series) else () if tree is None else (tree,)
    found: list[str] = []
    for item in items:
        text = text_of(item, f"`{key}`")
        if isinstance(text, Absent):
            raise Unknown(text, table.place)
        found += [text] if text is not None else []
    return found


def _resolved(service: Table, scope: Scope) -> Table:
    """Give a service in whose list of variables a name alone has the value of its own `.env`."""
    variables = service.entries.get("environment")
    if not isinstance(variables, Series):
        return service
    items: list[Tree] = []
    for item in variables.items:
        name = item.value if isinstance(item, Leaf) else None
        value = scope.value(name) if isinstance(name, str) and "=" not in name else None
        if value is not None and isinstance(item, Leaf):
            items.append(leaf_of((f"{name}=", *value), item))
        else:
            items.append(item)
    return with_entry(service, "environment", Series(tuple(items), variables.place))
