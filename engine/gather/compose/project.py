"""The compose project of a directory: its files, its `.env`, its name and its services.

Found as `docker compose` finds it without options (cli/options.go of compose-go).
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.compose.files import Files, default_files
from engine.gather.compose.loading import Around, Loader
from engine.gather.compose.services import service_of
from engine.gather.compose.template import PROJECT_NAME, Scope, interpolated_leaf
from engine.gather.compose.tree import Leaf, Refused, Table, Unknown, parts_of
from engine.gather.dotenv import Refused as Invalid
from engine.gather.dotenv.compose import read_compose
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Place
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.gather.assignments import Assignment
    from engine.gather.compose.services import Service
    from engine.gather.dotenv._values import Parts

_SERVICE_NAME = re.compile(r"[a-zA-Z0-9._-]+")
_DEPENDS = Absent("not_collected", "it depends on variables of whoever runs compose")


@record
class EnvironmentFile:
    """A `.env` of the project, and what it sets."""

    path: str
    assignments: tuple[Assignment | Absent, ...]


@record
class Project:
    """What `docker compose` makes of a directory; without files, `state` is `missing`.

    It is `refused` for a `reason` that compose has, `unknown` for one of ours (`hole`).
    """

    state: str
    directory: str
    scope: Scope
    files: Files
    name: str | Absent | None = None
    environment: tuple[EnvironmentFile, ...] = ()
    services: tuple[Service, ...] = ()
    reason: str | None = None
    hole: Absent | None = None


class Finding:
    """Finds the project of a directory, for a client with these variables."""

    def __init__(self, files: Files, directory: str, top: str, client: Mapping[str, str]) -> None:
        """Take what reads files, the directory, how far up to look, and the client's variables."""
        self._files = files
        self._directory = directory
        self._top = top
        self._client = client
        self._scope = Scope()
        self._folder = directory
        self._environment: list[EnvironmentFile] = []
        self._name: str | Absent | None = None

    def project(self) -> Project:
        """Give the project, whatever came of it."""
        try:
            services = self._services()
        except Refused as error:
            self._blame(error.place, "refused", error.reason)
            return self._made("refused", reason=error.reason)
        except Unknown as error:
            self._blame(error.place, "unknown", error.hole.detail)
            return self._made("unknown", hole=error.hole)
        if services is None:
            return self._made("missing")
        return self._made("present", services)

    def _made(
        self,
        state: str,
        services: tuple[Service, ...] = (),
        reason: str | None = None,
        hole: Absent | None = None,
    ) -> Project:
        environment = tuple(self._environment)
        return Project(
            state, self._folder, self._scope, self._files, self._name, environment, services,
            reason, hole,
        )  # fmt: skip

    def _blame(self, place: Place | None, state: str, reason: str) -> None:
        if place is not None and place.file in self._files.states:
            self._files.blame(place.file, state, reason, place.line)

    def _services(self) -> tuple[Service, ...] | None:
        given = self._client.get("COMPOSE_ENV_FILES", "")
        chosen = [self._from_here(path) for path in given.split(",")] if given else None
        # Later scopes look into earlier ones: what the shell's directory says comes first.
        base = Scope()
        base.put("PWD", (self._directory,))
        self._scope = self._with_env(base, self._directory, chosen)
        paths, by = self._paths()
        if not paths:
            return None
        self._folder = os.path.dirname(paths[0])
        if chosen is None and self._folder != self._directory:
            self._scope = self._with_env(self._scope, self._folder, None)
        self._name = self._named(paths)
        fixed = Scope()
        fixed.put(PROJECT_NAME, (self._name,) if self._name else ())
        self._scope = Scope(fixed, self._scope)
        around = Around(self._folder, self._scope, by)
        top = Loader(self._files).project(paths, around)
        if not top.entries:
            raise Refused("the files are empty", Place(paths[0]))
        return self._each(top)

    def _each(self, top: Table) -> tuple[Service, ...]:
        services = top.at("services")
        if not isinstance(services, Table):
            return ()
        for name in services.entries:
            if not _SERVICE_NAME.fullmatch(name):
                raise Refused("a service has a name that none may have", services.line_of(name))
        return tuple(
            service_of(name, top, tree, services.line_of(name), self._scope)
            for name, tree in services.entries.items()
        )

    def _with_env(self, outer: Scope, folder: str, chosen: list[str] | None) -> Scope:
        scope = Scope(outer)
        if chosen is None:
            if self._client.get("COMPOSE_DISABLE_ENV_FILE", "0") not in {"0", "f", "F", "false"}:
                return scope
            path = os.path.join(folder, ".env")
            try:
                chosen = [] if self._files.kind(path) in {None, "directory"} else [path]
            except Unknown as error:
                scope.more = error.hole
                self._environment.append(EnvironmentFile(path, (error.hole,)))
                return scope
        for path in chosen:
            found = self._read_env(path, scope)
            self._environment.append(EnvironmentFile(path, tuple(found)))
            scope.more = next((one for one in found if isinstance(one, Absent)), scope.more)
        return scope

    def _read_env(self, path: str, scope: Scope) -> list[Assignment | Absent]:
        try:
            return read_compose(self._files.content(path), scope)
        except Invalid as error:
            raise Refused(f"the `.env` file: {error.reason}", Place(path, error.line)) from None
        except HostError as error:
            if error.cause == "missing":
                raise Refused("the `.env` file that is named is not there", Place(path)) from None
            return [error.hole()]

    def _paths(self) -> tuple[tuple[str, ...], str]:
        given = self._setting("COMPOSE_FILE")
        if given is None:
            return default_files(self._files, self._directory, self._top), "default"
        separator = self._setting("COMPOSE_PATH_SEPARATOR") or ":"
        paths = tuple(self._from_here(path) for path in given.split(separator))
        for path in paths:
            if self._files.kind(path) != "file":
                raise Refused("COMPOSE_FILE names a file that is not there", Place(path))
        return paths, "COMPOSE_FILE"

    def _from_here(self, path: str) -> str:
        return os.path.normpath(os.path.join(self._directory, path))

    def _setting(self, name: str) -> str | None:
        """Give a variable that steers compose: the client's, or what `.env` says."""
        if name in self._client:
            return self._client[name]
        says = self._scope.get(name)
        return None if says is None else _literal(says)

    def profiles(self) -> tuple[str, ...]:
        """Give the profiles that COMPOSE_PROFILES switches on."""
        try:
            given = self._setting("COMPOSE_PROFILES") or ""
        except Unknown:
            return ()
        return tuple(name.strip() for name in given.split(","))

    def _named(self, paths: tuple[str, ...]) -> str | Absent | None:
        given = self._client.get(PROJECT_NAME) or ""
        says = self._scope.get(PROJECT_NAME)
        try:
            given = given or (_literal(says) if says else "")
        except Unknown as error:
            return error.hole
        if given:
            return given
        name: str = os.path.basename(self._folder)
        for path in paths:
            document = self._files.document(path, "default")
            leaf = document.root.at("name") if document is not None else None
            if leaf is not None:
                if not isinstance(leaf, Leaf):
                    raise Refused("the project's name is no text", leaf.place)
                try:
                    name = _literal(parts_of(interpolated_leaf(leaf, self._scope))) or name
                except Unknown as error:
                    return error.hole
        return re.sub(r"[^a-z0-9_-]", "", name.lower()).lstrip("_-")


def _literal(parts: Parts) -> str:
    if all(isinstance(part, str) for part in parts):
        return "".join(map(str, parts))
    raise Unknown(next((part for part in parts if isinstance(part, Absent)), _DEPENDS))
