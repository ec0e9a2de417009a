"""The one door to a machine: what a collector may ask, and what a missing answer looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from typing import Literal, TypeAlias

    FileKind: TypeAlias = Literal["file", "directory", "link", "fifo", "socket", "device", "other"]

FILE_LIMIT = 1 << 20
"""How many bytes of a file are read at most: no configuration file is that long."""


class HostError(Exception):
    """A question without an answer: a cause out of `CAUSES`, and what a person should know.

    `missing` means that the thing is certainly not there.
    """

    def __init__(self, cause: str, detail: str) -> None:
        """Take the cause and the detail."""
        super().__init__(cause, detail)
        self.cause = cause
        self.detail = detail

    def hole(self) -> Absent:
        """Give what stands in place of the value that was asked for."""
        return Absent(self.cause, self.detail)


@record
class User:
    """The account that gathers, as the passwd database has it."""

    name: str
    uid: int
    home: str
    shell: str


@record
class Account:
    """The account whose environment is asked for; what is not known of it is None."""

    name: str
    uid: int | None
    gid: int | None
    groups: frozenset[int]
    home: str | None
    shell: str | None


@record
class Status:
    """What kind of thing a path names, who may do what with it, and which thing it is."""

    kind: FileKind
    mode: int
    uid: int
    gid: int
    size: int
    identity: tuple[int, int]


@record
class Answer:
    """How a program ended and what it wrote."""

    code: int
    output: bytes
    errors: bytes


class Window(Protocol):
    """A file that is read in pieces."""

    def read_at(self, offset: int, count: int) -> bytes:
        """Give up to `count` bytes from an offset; fewer at the end of the file."""
        ...


class Host(Protocol):
    """The machine as collectors may see it; every method may raise `HostError`."""

    @property
    def is_live(self) -> bool:
        """Whether this is the machine that we run on, with its processes and programs."""
        ...

    @property
    def platform(self) -> str:
        """The platform in Go's words: `linux/amd64`; `linux` alone where no more is known."""
        ...

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment of the process that gathers."""
        ...

    @property
    def uid(self) -> int:
        """The number of the account that gathers."""
        ...

    def user(self) -> User:
        """Give the account that gathers, if the machine knows it."""
        ...

    def account(self, name: str | None) -> Account:
        """Give an account by name, or the one whose environment this host is asked for."""
        ...

    def user_name(self, uid: int) -> str | None:
        """Give the name of an account, or None if the machine knows none."""
        ...

    def status(self, path: str, *, follow: bool = True) -> Status:
        """Give the status of what a path names, or of the link itself."""
        ...

    def resolve(self, path: str) -> str:
        """Give the absolute path without links."""
        ...

    def link_target(self, path: str) -> str:
        """Give what a link says, which may be relative to its folder."""
        ...

    def names_in(self, path: str) -> tuple[str, ...]:
        """Give the names in a directory, in order."""
        ...

    def can_execute(self, path: str) -> bool:
        """Say whether this user may execute a file."""
        ...

    def access(self, path: str) -> tuple[bool, bool, bool]:
        """Say whether the account that gathers may read, write and execute a file."""
        ...

    def read(self, path: str, *, limit: int = FILE_LIMIT, within: str | None = None) -> bytes:
        """Give a regular file's content; `within` a tree, no link is followed on the way."""
        ...

    def window(self, path: str) -> AbstractContextManager[Window]:
        """Open a regular file to read it in pieces."""
        ...

    def scratch(self, files: Mapping[str, bytes]) -> AbstractContextManager[str]:
        """Make a private directory with these files in it, and remove it afterwards."""
        ...

    def run(
        self,
        argv: tuple[str, ...],
        *,
        environment: Mapping[str, str],
        directory: str,
        timeout: float,
        limit: int,
    ) -> Answer:
        """Run a program without input; one that is too slow or writes too much is killed."""
        ...

    def stop(self) -> None:
        """Kill the programs that still run, and run none any more."""
        ...
