"""This machine, asked carefully: only regular files are opened, and everything has a bound."""

from __future__ import annotations

import contextlib
import errno
import os
import pwd
import selectors
import signal
import stat
import subprocess
import tempfile
import time
from functools import cached_property
from typing import TYPE_CHECKING

from engine.gather.host import FILE_LIMIT, Answer, HostError, Status, User

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import IO

    from engine.gather.host import FileKind

NAMES_LIMIT = 10_000

_ARCHITECTURES = {
    "x86_64": "amd64",
    "aarch64": "arm64",
    "i686": "386",
    "i386": "386",
    "armv7l": "arm",
    "armv6l": "arm",
}
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
# Without O_NONBLOCK, opening a FIFO that took a file's place would wait for a writer for ever.
_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class Machine:
    """The machine that this process runs on."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Take the environment that programs and lookups shall see."""
        self.environment = dict(environment)

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

    def user_name(self, uid: int) -> str | None:
        """Give the name of an account."""
        try:
            return pwd.getpwuid(uid).pw_name
        except KeyError:
            return None

    def status(self, path: str, *, follow: bool = True) -> Status:
        """Give the status of what a path names."""
        with _failures(path):
            return _status(os.stat(path, follow_symlinks=follow))

    def resolve(self, path: str) -> str:
        """Give the absolute path without links."""
        with _failures(path):
            return os.path.realpath(path, strict=True)

    def link_target(self, path: str) -> str:
        """Give what a link says."""
        with _failures(path):
            return os.readlink(path)

    def names_in(self, path: str) -> tuple[str, ...]:
        """Give the names in a directory."""
        with _failures(path), os.scandir(path) as found:
            names = [entry.name for entry, _ in zip(found, range(NAMES_LIMIT + 1), strict=False)]
        if len(names) > NAMES_LIMIT:
            raise HostError("too_large", f"{path} holds more than {NAMES_LIMIT} names")
        return tuple(sorted(names))

    def can_execute(self, path: str) -> bool:
        """Say whether this user may execute a file."""
        with _failures(path):
            return os.access(path, os.X_OK)

    def read(self, path: str, *, limit: int = FILE_LIMIT, within: str | None = None) -> bytes:
        """Give the content of a regular file."""
        with _failures(path), _opened(path, within) as descriptor:
            # A file in /proc says that its size is 0, so the bound is kept while reading.
            content = bytearray()
            while piece := os.read(descriptor, limit + 1 - len(content)):
                content += piece
        if len(content) > limit:
            raise HostError("too_large", f"{path} is longer than {limit} bytes")
        return bytes(content)

    @contextlib.contextmanager
    def window(self, path: str) -> Iterator[_FileWindow]:
        """Open a regular file to read it in pieces."""
        with contextlib.ExitStack() as stack:
            with _failures(path):
                descriptor = stack.enter_context(_opened(path, None))
            yield _FileWindow(descriptor)

    @contextlib.contextmanager
    def scratch(self, content: Mapping[str, bytes]) -> Iterator[str]:
        """Make a private directory with these files in it."""
        with tempfile.TemporaryDirectory(prefix="precedent-") as directory:
            for name, data in content.items():
                with open(os.path.join(directory, name), "xb") as file:
                    file.write(data)
            yield directory

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
        with _failures(argv[0]):
            program = subprocess.Popen(  # noqa: S603 - the caller decides what may run
                argv,
                env=dict(environment),
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        with program:
            try:
                output, errors = _both_streams(program, argv[0], time.monotonic() + timeout, limit)
            finally:
                # What it started may outlive it and keep the pipes open.
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(program.pid, signal.SIGKILL)
        return Answer(program.returncode, output, errors)


class _FileWindow:
    """An open regular file."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def read_at(self, offset: int, count: int) -> bytes:
        """Give up to `count` bytes from an offset."""
        try:
            return os.pread(self._descriptor, count, offset)
        except (OverflowError, OSError):
            # An offset out of a damaged header may be beyond what the system can count.
            return b""


@contextlib.contextmanager
def _failures(path: str) -> Iterator[None]:
    """Turn what the system says into a `HostError`."""
    try:
        yield
    except OSError as error:
        cause = _CAUSES.get(error.errno or 0, "unsupported")
        raise HostError(cause, f"{path}: {os.strerror(error.errno or 0).lower()}") from error
    except ValueError as error:  # a NUL in a path that came from a file
        raise HostError("missing", f"{path!r} cannot be a path") from error


@contextlib.contextmanager
def _opened(path: str, within: str | None) -> Iterator[int]:
    if within is None:
        _require(path, "file", os.stat(path))  # before opening: a device may act when it is opened
        descriptor = os.open(path, _OPEN)
    else:
        descriptor = _open_within(path, within)
    try:
        _require(path, "file", os.fstat(descriptor))
        yield descriptor
    finally:
        os.close(descriptor)


def _open_within(path: str, tree: str) -> int:
    """Open a file below a tree, going down name by name, so that no link can lead out of it."""
    parts = os.path.relpath(path, tree).split(os.sep)
    if os.pardir in parts:
        raise HostError("not_collected", f"{path} lies outside {tree}")
    folder = os.open(tree, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for part in parts[:-1]:
            _require(path, "directory", os.stat(part, dir_fd=folder, follow_symlinks=False))
            inner = os.open(
                part, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW, dir_fd=folder
            )
            os.close(folder)
            folder = inner
        _require(path, "file", os.stat(parts[-1], dir_fd=folder, follow_symlinks=False))
        return os.open(parts[-1], _OPEN | os.O_NOFOLLOW, dir_fd=folder)
    finally:
        os.close(folder)


def _require(path: str, wanted: FileKind, found: os.stat_result) -> None:
    kind = _kind(found.st_mode)
    if kind == "link":
        raise HostError("not_collected", f"the way to {path} is a link, which is not followed here")
    if kind != wanted and wanted == "directory":
        raise HostError("missing", f"{path}: a part of the way is no directory")
    if kind != wanted:
        raise HostError("unsupported", f"{path} is a {kind}, not a file")


def _status(found: os.stat_result) -> Status:
    return Status(
        kind=_kind(found.st_mode),
        mode=stat.S_IMODE(found.st_mode),
        uid=found.st_uid,
        gid=found.st_gid,
        size=found.st_size,
        identity=(found.st_dev, found.st_ino),
    )


def _kind(mode: int) -> FileKind:
    return next((kind for bits, kind in _KINDS if stat.S_IFMT(mode) == bits), "other")


def _both_streams(
    program: subprocess.Popen[bytes], name: str, end: float, limit: int
) -> tuple[bytes, bytes]:
    streams = [stream for stream in (program.stdout, program.stderr) if stream is not None]
    gathered: dict[IO[bytes], bytearray] = {stream: bytearray() for stream in streams}
    with selectors.DefaultSelector() as selector:
        for stream in gathered:
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map():
            left = end - time.monotonic()
            if left <= 0:
                raise HostError("timeout", f"{name} did not end in time")
            ready = selector.select(min(left, 0.05))
            if not ready and program.poll() is not None:
                break  # something that it left behind holds the pipes open
            for key, _ in ready:
                stream = next(stream for stream in gathered if stream is key.fileobj)
                piece = os.read(stream.fileno(), 65536)
                if not piece:
                    selector.unregister(stream)
                gathered[stream] += piece
                if len(gathered[stream]) > limit:
                    raise HostError("too_large", f"{name} wrote more than {limit} bytes")
        try:
            program.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise HostError("timeout", f"{name} did not end in time") from None
    output, errors = (bytes(gathered[stream]) for stream in streams)
    return output, errors
