"""`extends`: a service on top of another one, of the same file or another.

Source: loader/extends.go of compose-go.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.compose.merging import extended, unique, without
from engine.gather.compose.paths import canonical, canonical_service, is_remote, rebased, with_entry
from engine.gather.compose.template import interpolated
from engine.gather.compose.tree import Leaf, Refused, Table, Unknown, text_of
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.compose.files import Files
    from engine.gather.compose.template import Scope
    from engine.gather.compose.tree import Tree, Way
    from engine.model.place import Place

    Met = tuple[tuple[str, str], ...]

_REMOTE = Absent("unsupported", "what it extends lies on another machine")
_TOO_LONG = Absent("too_large", "services extend each other in a chain that is too long")
_LONGEST = 50


@record
class _Origin:
    """The services of one file, what it takes away, and the directory of its paths."""

    services: dict[str, Tree]
    resets: frozenset[Way]
    directory: str


class Extending:
    """Follows `extends` from one file through others."""

    def __init__(self, files: Files, path: str, directory: str, scope: Scope) -> None:
        """Take what reads files, the file and where its paths begin, and its variables."""
        self._files = files
        self._path = path
        self._directory = directory
        self._scope = scope
        self._others: dict[str, _Origin] = {}

    def top(self, root: Table, resets: frozenset[Way]) -> Table:
        """Give the file's top with all services extended."""
        services = root.entries.get("services")
        if not isinstance(services, Table):
            return root
        origin = _Origin(dict(services.entries), resets, self._directory)
        made = {name: self._service(name, origin, ()) for name in services.entries}
        return with_entry(root, "services", Table(made, services.place, services.keys))

    def _service(self, name: str, origin: _Origin, met: Met) -> Tree:
        service = origin.services[name]
        if not isinstance(service, Table) or "extends" not in service.entries:
            return service
        target, file = _target(service.entries["extends"])
        where, base_origin = self._path, origin
        if file is not None:
            where = file
            base_origin = self._other(file, origin.directory, service.place)
        if target not in base_origin.services:
            raise Refused("it extends a service that is not there", service.line_of("extends"))
        # compose-go tells services apart by the file that `extends` names, or else the first file.
        if (where, name) in met:
            raise Refused("services extend each other in a circle", service.line_of("extends"))
        if len(met) > _LONGEST:
            raise Unknown(_TOO_LONG, service.place)
        base = self._service(target, base_origin, (*met, (where, name)))
        if not isinstance(base, Table):
            return service
        base = without(base, origin.resets, ("services", name))
        made = extended(canonical_service(base, base_origin.directory), service)
        rest = {key: value for key, value in made.entries.items() if key != "extends"}
        origin.services[name] = Table(rest, service.place, made.keys)
        return origin.services[name]

    def _other(self, file: str, directory: str, place: Place) -> _Origin:
        if is_remote(file):
            raise Unknown(_REMOTE, place)
        path = os.path.normpath(os.path.join(directory, file))
        if path not in self._others:
            self._others[path] = self._read(path, place)
        return self._others[path]

    def _read(self, path: str, place: Place) -> _Origin:
        if self._files.kind(path) is None:
            raise Refused("it extends a service of a file that is not there", place)
        document = self._files.document(path, "extends")
        if document is None:
            raise Refused("it extends a service of an empty file", place)
        folder = os.path.dirname(path)
        root = unique(interpolated(document.root, self._scope))
        services = rebased(unique(canonical(root, folder)), self._directory).at("services")
        if not isinstance(services, Table):
            raise Refused("it extends a service of a file without services", place)
        return _Origin(dict(services.entries), document.resets, folder)


def _target(extends: Tree) -> tuple[str, str | None]:
    """Give the service that is extended, and its file if that is another one."""
    if isinstance(extends, Leaf):
        name, file = text_of(extends, "`extends`"), None
    elif isinstance(extends, Table):
        name = text_of(extends.at("service"), "the service that is extended")
        file = text_of(extends.at("file"), "the file that is extended")
    else:
        raise Refused("`extends` is a list", extends.place)
    for text in (name, file):
        if isinstance(text, Absent):
            raise Unknown(text, extends.place)
    if not isinstance(name, str):
        raise Refused("`extends` names no service", extends.place)
    return name, file if isinstance(file, str) else None
