"""This machine, asked carefully: only regular files are opened, and everything has a bound."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import tempfile
from functools import cached_property
from typing import TYPE_CHECKING

from engine.gather.host import FILE_LIMIT, Account, HostError, Status, User
from engine.gather.opening import (
    OPEN,
    FileWindow,
    content,
    failures,
    names_at,
    open_within,
    require,
    status_of,
)
from engine.gather.programs import Programs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.gather.host import Answer

_ARCHITECTURES = {
    "x86_64": "amd64",
    "aarch64": "arm64",
    "i686": "386",
    "i386": "386",
    "armv7l": "arm",
    "armv6l": "arm",
}


class Machine:
    """The machine that this process runs on."""

    is_live = True

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Take the environment that programs and lookups shall see."""
        self.environment = dict(environment)
        self._programs = Programs()
        self._scratches: set[str] = set()

    @cached_property
    def platform(self) -> str:
        """The platform in Go's words."""
        system = os.uname()
        return f"{system.sysname.lower()}/{_ARCHITECTURES.get(system.machine, system.machine)}"

    @property
    def uid(self) -> int:
        """The number of the account that gathers."""
        return os.getuid()

    def user(self) -> User:
        """Give the account that gathers."""
        try:
            entry = pwd.getpwuid(self.uid)
        except KeyError:
            raise HostError("missing", f"uid {self.uid} has no passwd entry") from None
        return User(entry.pw_name, entry.pw_uid, entry.pw_dir, entry.pw_shell)

    def account(self, name: str | None) -> Account:
        """Give an account out of the machine's databases, all its groups included."""
        try:
            entry = pwd.getpwuid(self.uid) if name is None else pwd.getpwnam(name)
        except (KeyError, ValueError):
            who = f"uid {self.uid} has no passwd entry" if name is None else f"no user `{name}`"
            raise HostError("missing", who) from None
        is_this = entry.pw_uid == self.uid
        groups = os.getgroups() if is_this else os.getgrouplist(entry.pw_name, entry.pw_gid)
        return Account(
            entry.pw_name,
            entry.pw_uid,
            entry.pw_gid,
            frozenset(groups),
            entry.pw_dir,
            entry.pw_shell,
        )

    def user_name(self, uid: int) -> str | None:
        """Give the name of an account."""
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return None

    def status(self, path: str, *, follow: bool = True) -> Status:
        """Give the status of what a path names."""
        with failures(path):
            return status_of(os.stat(path, follow_symlinks=follow))

    def resolve(self, path: str) -> str:
        """Give the absolute path without links."""
        with failures(path):
            return os.path.realpath(path, strict=True)

    def link_target(self, path: str) -> str:
        """Give what a link says."""
        with failures(path):
            return os.readlink(path)

    def names_in(self, path: str) -> tuple[str, ...]:
        """Give the names in a directory."""
        with failures(path):
            return names_at(path, path)

    def can_execute(self, path: str) -> bool:
        """Say whether this user may execute a file."""
        with failures(path):
            return os.access(path, os.X_OK)

    def access(self, path: str) -> tuple[bool, bool, bool]:
        """Say whether this user may read, write and execute a file."""
        with failures(path):
            return os.access(path, os.R_OK), os.access(path, os.W_OK), os.access(path, os.X_OK)

    def read(self, path: str, *, limit: int = FILE_LIMIT, within: str | None = None) -> bytes:
        """Give the content of a regular file."""
        with failures(path), _opened(path, within) as descriptor:
            return content(descriptor, path, limit)

    @contextlib.contextmanager
    def window(self, path: str) -> Iterator[FileWindow]:
        """Open a regular file to read it in pieces."""
        with contextlib.ExitStack() as stack:
            with failures(path):
                descriptor = stack.enter_context(_opened(path, None))
            yield FileWindow(descriptor)

    @contextlib.contextmanager
    def scratch(self, files: Mapping[str, bytes]) -> Iterator[str]:
        """Make a private directory with these files in it."""
        self._programs.refuse_if_stopped()
        directory = tempfile.mkdtemp(prefix="precedent-")
        self._scratches.add(directory)
        try:
            self._programs.refuse_if_stopped()
            for name, data in files.items():
                with open(os.path.join(directory, name), "xb") as file:
                    file.write(data)
            yield directory
        finally:
            shutil.rmtree(directory, ignore_errors=True)
            self._scratches.discard(directory)

    def run(
        self,
        argv: tuple[str, ...],
        *,
        environment: Mapping[str, str],
        directory: str,
        timeout: float,
        limit: int,
    ) -> Answer:
        """Run a program without input to its end."""
        return self._programs.run(
            argv, environment=environment, directory=directory, timeout=timeout, limit=limit
        )

    def stop(self) -> None:
        """Kill the programs that still run, run none any more, and leave nothing behind."""
        self._programs.stop()
        for directory in tuple(self._scratches):
            shutil.rmtree(directory, ignore_errors=True)


@contextlib.contextmanager
def _opened(path: str, within: str | None) -> Iterator[int]:
    if within is None:
        require(path, "file", os.stat(path))  # before opening: a device may act when it is opened
        descriptor = os.open(path, OPEN)
    else:
        descriptor = open_within(path, within)
    try:
        require(path, "file", os.fstat(descriptor))
        yield descriptor
    finally:
        os.close(descriptor)
