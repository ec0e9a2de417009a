"""How files are opened: only regular ones, without waiting, and never further than a bound."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from typing import TYPE_CHECKING

from engine.gather.host import HostError, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.host import FileKind

NAMES_LIMIT = 10_000
LINKS = 40
"""How many links the system follows on the way to a file, and so do we."""

# Without O_NONBLOCK, opening a FIFO that took a file's place would wait for a writer for ever.
OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
# A folder that may be searched and not listed can be walked through, where the system knows how.
WALK = getattr(os, "O_PATH", os.O_RDONLY) | os.O_DIRECTORY | os.O_CLOEXEC

_CAUSES = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "permission",
    errno.EPERM: "permission",
}
_KINDS: tuple[tuple[int, FileKind], ...] = (
    (stat.S_IFREG, "file"),
    (stat.S_IFDIR, "directory"),
    (stat.S_IFLNK, "link"),
    (stat.S_IFIFO, "fifo"),
    (stat.S_IFSOCK, "socket"),
    (stat.S_IFBLK, "device"),
    (stat.S_IFCHR, "device"),
)


class FileWindow:
    """An open regular file."""

    def __init__(self, descriptor: int) -> None:
        """Take the descriptor, which stays its owner's."""
        self._descriptor = descriptor

    def read_at(self, offset: int, count: int) -> bytes:
        """Give up to `count` bytes from an offset."""
        try:
            return os.pread(self._descriptor, count, offset)
        except (OverflowError, OSError):
            # An offset out of a damaged header may be beyond what the system can count.
            return b""


@contextlib.contextmanager
def failures(path: str) -> Iterator[None]:
    """Turn what the system says into a `HostError`."""
    try:
        yield
    except OSError as error:
        cause = _CAUSES.get(error.errno or 0, "unsupported")
        raise HostError(cause, f"{path}: {os.strerror(error.errno or 0).lower()}") from error
    except ValueError as error:  # a NUL in a path that came from a file
        raise HostError("missing", f"{path!r} cannot be a path") from error


def content(descriptor: int, path: str, limit: int) -> bytes:
    """Give all that an open file holds, or refuse."""
    # A file in /proc says that its size is 0, so the bound is kept while reading.
    read = bytearray()
    while piece := os.read(descriptor, limit + 1 - len(read)):
        read += piece
    if len(read) > limit:
        raise HostError("too_large", f"{path} is longer than {limit} bytes")
    return bytes(read)


def names_at(place: str | int, path: str) -> tuple[str, ...]:
    """Give the names in a folder, which `place` names or has open."""
    with os.scandir(place) as found:
        names = [entry.name for entry, _ in zip(found, range(NAMES_LIMIT + 1), strict=False)]
    if len(names) > NAMES_LIMIT:
        raise HostError("too_large", f"{path} holds more than {NAMES_LIMIT} names")
    return tuple(sorted(names))


def open_within(path: str, tree: str) -> int:
    """Open a file below a tree, going down name by name, so that no link can lead out of it."""
    parts = os.path.relpath(path, tree).split(os.sep)
    if os.pardir in parts:
        raise HostError("not_collected", f"{path} lies outside {tree}")
    folder = os.open(tree, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            require(path, "directory", os.stat(part, dir_fd=folder, follow_symlinks=False))
            inner = os.open(
                part, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW, dir_fd=folder
            )
            os.close(folder)
            folder = inner
        require(path, "file", os.stat(parts[-1], dir_fd=folder, follow_symlinks=False))
        return os.open(parts[-1], OPEN | os.O_NOFOLLOW, dir_fd=folder)
    finally:
        os.close(folder)


def require(path: str, wanted: FileKind, found: os.stat_result) -> None:
    """Refuse what is not of a kind."""
    kind = kind_of(found.st_mode)
    if kind == wanted:
        return
    if kind == "link":
        raise HostError("not_collected", f"the way to {path} is a link, which is not followed here")
    if wanted == "directory":
        raise HostError("missing", f"{path}: a part of the way is no directory")
    raise HostError("unsupported", f"{path} is a {kind}, not a file")


def status_of(found: os.stat_result) -> Status:
    """Give what the system says of a file in our words."""
    return Status(
        kind=kind_of(found.st_mode),
        mode=stat.S_IMODE(found.st_mode),
        uid=found.st_uid,
        gid=found.st_gid,
        size=found.st_size,
        identity=(found.st_dev, found.st_ino),
    )


def kind_of(mode: int) -> FileKind:
    """Give the kind of file that a mode tells."""
    return next((kind for bits, kind in _KINDS if stat.S_IFMT(mode) == bits), "other")
