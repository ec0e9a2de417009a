"""What the options of `docker run` and `docker exec` do to variables, in the order that counts.

Source: `cli/command/container/{run,exec,opts}.go` of docker/cli and `daemon` of moby; and asking
docker 20.10 and 28.2. Files come before `-e` wherever they stand, and between the two a `docker
run` puts the proxies of the client's config.json, unless `-e` names them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Reference
from engine.gather.docker_run.options import text_of, unknown_in
from engine.model.facts import Absent
from engine.model.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from engine.gather.assignments import Part
    from engine.gather.docker_run.options import Parsed, Word

CLIENT = "client"
"""The scope of variables of the process that runs the command."""

_OF_DAEMON = frozenset(("PATH", "HOSTNAME"))
_OF_CONTAINER = Absent("ambiguous", "docker decides by whether the container has such a variable")
_OF_PODMAN = Absent("not_collected", "what podman takes from its settings and host was not read")
_PODMAN_CHANGES = frozenset(("env-merge", "unsetenv", "unsetenv-all", "env-host", "secret"))


@record
class Client:
    """What is known of the variables of the process that runs the command.

    `given` are set for it alone, as in `A=1 docker run -e A`. With a `hole`, no others are known.
    The others are those of the `scope`.
    """

    given: Mapping[str, Word | Absent] = MappingProxyType({})
    hole: Absent | None = None
    scope: str = CLIENT

    def handed_on(self, name: str) -> tuple[Part, ...] | None:
        """Give the value of a variable, or None where it is the client's own."""
        if name in self.given:
            value = self.given[name]
            return (value,) if isinstance(value, Absent) else value
        return (self.hole,) if self.hole is not None else None


NO_CLIENT = Client()


@record
class EnvFile:
    """A file that `--env-file` names, and what it sets; without a path, nobody knows which."""

    path: str | None
    entries: tuple[Assignment | Absent, ...]


@record
class Environment:
    """Two layers: what files say, file by file; and over them what `-e` says."""

    files: tuple[EnvFile, ...]
    options: tuple[Assignment | Absent, ...]


def environment(
    given: Parsed,
    read: Callable[[str], EnvFile],
    *,
    tool: str = "docker",
    verb: str = "run",
    client: Client = NO_CLIENT,
) -> Environment:
    """Give both layers of a command line; `read` gives what a file says, by its path."""
    if tool == "podman":
        return _of_podman(given, client)
    files = tuple(
        _file(each.value, read, client) for each in given.options if each.name == "env-file"
    )
    maker = _Maker(files, given, client, is_exec=verb == "exec")
    for option in given.options:
        if option.name == "env":
            maker.take(option.value)
    if given.hole is None:
        return Environment(files, maker.made())
    return Environment((*files, EnvFile(None, (given.hole,))), (*maker.made(), given.hole))


def _file(word: Word, read: Callable[[str], EnvFile], client: Client) -> EnvFile:
    path = text_of(word)
    if path is None:
        return EnvFile(None, (unknown_in(word),))
    found = read(path)
    return EnvFile(found.path, tuple(_in_file(each, client) for each in found.entries))


def _in_file(one: Assignment | Absent, client: Client) -> Assignment | Absent:
    if isinstance(one, Absent) or one.how != "pass":
        return one
    value = client.handed_on(one.name)
    if value is not None:
        return Assignment(one.name, value, line=one.line)
    return replace(one, of=client.scope)


class _Maker:
    def __init__(
        self,
        files: tuple[EnvFile, ...],
        given: Parsed,
        client: Client,
        *,
        is_exec: bool,
    ) -> None:
        self._client = client
        self._is_exec = is_exec
        self._own = _OF_DAEMON | {"TERM"} if given.is_on("tty") else _OF_DAEMON
        self._in_files: dict[str, tuple[Part, ...]] = {}
        self._file_hole = given.hole
        self._found: dict[str, Assignment] = {}
        self._holes: list[Absent] = []
        for entry in (entry for file in files for entry in file.entries):
            if isinstance(entry, Absent):
                self._file_hole = self._file_hole or entry
            elif entry.how == "set":
                self._in_files[entry.name] = entry.parts

    def take(self, word: Word) -> None:
        head = word[0] if word and isinstance(word[0], str) else ""
        name, equals, value = head.partition("=")
        if not equals and len(word) > 1:
            self._holes.append(unknown_in(word))
        elif equals:
            parts = (value, *word[1:]) if value else word[1:]
            self._put(Assignment(name, parts))
        else:
            self._put(self._handed_on(name))

    def made(self) -> tuple[Assignment | Absent, ...]:
        return (*self._found.values(), *self._holes)

    def _put(self, one: Assignment) -> None:
        # docker keeps one value a name; what comes last stands last.
        self._found.pop(one.name, None)
        self._found[one.name] = one

    def _handed_on(self, name: str) -> Assignment:
        """Give `-e NAME`: the client's variable, or none; then what a file said may come back."""
        value = self._client.handed_on(name)
        if value is not None:
            return Assignment(name, value)
        before = self._before(name)
        if before is None:
            return Assignment(name, how="pass", of=self._client.scope, if_missing="unset")
        return Assignment(name, (Reference(name, self._client.scope, before),))

    def _before(self, name: str) -> tuple[Part, ...] | None:
        """Give what the daemon keeps where the client has no such variable, or None for nothing.

        It takes away only what the image (for `exec`: the container) or itself has set; so `-e A`
        brings back the `A` of a file, which the image's is replaced by.
        """
        if self._is_exec:
            earlier = name in self._in_files or name in self._found or self._file_hole
            return (_OF_CONTAINER,) if earlier else None
        if name in self._own:
            return None
        if self._file_hole is not None:
            return (self._file_hole,)
        return self._in_files.get(name)


def _of_podman(given: Parsed, client: Client) -> Environment:
    """Give what `-e` says; podman's files and settings are a layer that is not known."""
    found: list[Assignment | Absent] = []
    for option in given.options:
        if option.name == "env":
            found.append(_podman_variable(option.value, client))
        elif option.name in _PODMAN_CHANGES:
            found.append(Absent("unsupported", f"what `--{option.name}` changes is not followed"))
    found += [given.hole] if given.hole else []
    return Environment((EnvFile(None, (_OF_PODMAN,)),), tuple(found))


def _podman_variable(word: Word, client: Client) -> Assignment | Absent:
    head = word[0] if word and isinstance(word[0], str) else ""
    name, equals, value = head.partition("=")
    if equals:
        return Assignment(name.lstrip(" \t"), (value, *word[1:]) if value else word[1:])
    if len(word) > 1 or name.endswith("*"):
        return unknown_in(word) if len(word) > 1 else Absent("opaque", "`*` stands for any number")
    known = client.handed_on(name)
    if known is not None:
        return Assignment(name, known)
    return Assignment(name, how="pass", of=client.scope, if_missing="keep")
