"""The way to a file in another tree: name by name, so that no link leads out of it."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.gather.opening import LINKS, OPEN, WALK, failures, names_at, require
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROGRAMS = ("/usr/bin", "/bin")
_OF_THE_KERNEL = ("/proc", "/sys", "/dev")
_SYSTEM = ("/usr", "/bin", "/sbin", "/var", "/run")
_HERE_AFTER_ALL = ("/usr/local",)


@record
class Found:
    """What a path leads to: the open folder, the name in it, and the path without links."""

    folder: int
    name: str
    path: str
    status: os.stat_result


class Ground:
    """A folder that takes the place of `/`."""

    def __init__(self, root: str) -> None:
        """Open the folder."""
        with failures(root):
            self._root = os.open(root, WALK)
        self.holds_programs = True
        self.holds_programs = any(self._holds_something(folder) for folder in _PROGRAMS)

    def __del__(self) -> None:
        """Close the folder."""
        if hasattr(self, "_root"):
            os.close(self._root)

    def top(self) -> os.stat_result:
        """Give the status of the folder itself."""
        return os.fstat(self._root)

    def names_in(self, path: str) -> tuple[str, ...]:
        """Give the names in a folder, if it is known to hold no others."""
        with self.found(path) as found, failures(path):
            if self._is_unknown(found.path):
                raise _elsewhere(path)
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW
            folder = os.open(found.name, flags, dir_fd=found.folder)
            try:
                return names_at(folder, path)
            finally:
                os.close(folder)

    @contextlib.contextmanager
    def opened(self, path: str, within: str | None) -> Iterator[int]:
        """Open a regular file; `within` a folder, no link is followed on the way."""
        follow = within is None
        if within is not None and os.path.relpath(path, within).split("/")[0] == "..":
            raise HostError("not_collected", f"{path} lies outside {within}")
        with self.found(path, follow=follow, plain_below=within) as found:
            with failures(path):
                # Before opening: a device may act when it is opened.
                require(path, "file", found.status)
                descriptor = os.open(found.name, OPEN | os.O_NOFOLLOW, dir_fd=found.folder)
            try:
                require(path, "file", os.fstat(descriptor))
                yield descriptor
            finally:
                os.close(descriptor)

    @contextlib.contextmanager
    def found(
        self, path: str, *, follow: bool = True, plain_below: str | None = None
    ) -> Iterator[Found]:
        """Go to a path name by name, as the system would if the folder were `/`."""
        with contextlib.closing(_Way(self._root)) as way:
            with failures(path):
                name, status = self._walk(way, path, follow=follow, plain_below=plain_below)
            yield Found(way.folder, name or ".", way.path(name), status)

    def _walk(
        self, way: _Way, path: str, *, follow: bool, plain_below: str | None
    ) -> tuple[str | None, os.stat_result]:
        """Go on until a folder is entered, or give the name in the last folder."""
        todo, links = _names(path), 0
        while todo:
            name = todo.pop()
            if name == "..":
                way.leave()
                continue
            here = way.path(name)
            status = self._stat(name, way.folder, "/".join((here, *reversed(todo))))
            if stat.S_ISLNK(status.st_mode) and (todo or follow):
                if plain_below is not None and _is_below(here, plain_below):
                    require(path, "directory", status)
                links += 1
                if links > LINKS:
                    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
                target = os.readlink(name, dir_fd=way.folder)
                todo += _names(target)
                if os.path.isabs(target):
                    way.restart()
                continue
            if not todo and not stat.S_ISDIR(status.st_mode):
                return name, status
            require(path, "directory", status)
            way.enter(name)
        return None, os.fstat(way.folder)

    def _stat(self, name: str, folder: int, path: str) -> os.stat_result:
        try:
            return os.stat(name, dir_fd=folder, follow_symlinks=False)
        except FileNotFoundError:
            if self._is_unknown(path):
                raise _elsewhere(path) from None
            raise

    def _is_unknown(self, path: str) -> bool:
        """Say whether what is not in the tree may be on the machine all the same."""
        if any(_is_below(path, folder) for folder in _OF_THE_KERNEL):
            return True
        if self.holds_programs or any(_is_below(path, folder) for folder in _HERE_AFTER_ALL):
            return False
        return path.startswith("/lib") or any(_is_below(path, folder) for folder in _SYSTEM)

    def _holds_something(self, folder: str) -> bool:
        try:
            return bool(self.names_in(folder))
        except HostError:
            return False


class _Way:
    """The folders that were entered, all of them open."""

    def __init__(self, root: int) -> None:
        self._root = root
        self._steps: list[tuple[str, int]] = []

    @property
    def folder(self) -> int:
        return self._steps[-1][1] if self._steps else self._root

    def path(self, name: str | None) -> str:
        names = [step for step, _ in self._steps] + ([name] if name is not None else [])
        return "/" + "/".join(names)

    def enter(self, name: str) -> None:
        self._steps.append((name, os.open(name, WALK | os.O_NOFOLLOW, dir_fd=self.folder)))

    def leave(self) -> None:
        if self._steps:
            os.close(self._steps.pop()[1])

    def restart(self) -> None:
        while self._steps:
            self.leave()

    close = restart


def _elsewhere(path: str) -> HostError:
    return HostError("not_collected", f"{path} is not part of the tree that was read")


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder + "/")


def _names(path: str) -> list[str]:
    return [name for name in path.split("/") if name not in {"", "."}][::-1]
