"""Compiled programs kept between runs: by content, safe against damage, races and other users.

An entry is a line with a checksum and a line of JSON, in a folder that only its owner can enter. It
is data: reading it never executes anything. Whatever is odd about an entry makes it a miss, never
an error.
"""

from __future__ import annotations

import json
import os
import stat

from engine import __version__
from engine.compile.program import FORMAT
from engine.digests import blake2b
from engine.errors import LoadError
from engine.loading.files import list_pack_files, read_file, require_kept_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.model.json_value import Json

MAX_ENTRIES = 64
MAX_BYTES = 256 * 1024 * 1024

# Neither a link nor a pipe that took an entry's place may lead or keep us anywhere.
_CAREFUL = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Cache:
    """A folder of entries; `folder` is made when something is stored."""

    def __init__(self, folder: str) -> None:
        """Take the folder's path."""
        self._folder = folder

    def load(self, name: str) -> Json:
        """Give an entry's content, or None if there is none that can be trusted."""
        try:
            if not _is_private(os.lstat(self._folder), stat.S_ISDIR):
                return None
            descriptor = os.open(os.path.join(self._folder, name), os.O_RDONLY | _CAREFUL)
            with open(descriptor, "rb") as file:
                if not _is_private(os.fstat(descriptor), stat.S_ISREG):
                    return None
                checksum, _, payload = file.read(MAX_BYTES).partition(b"\n")
            if checksum.decode("ascii") != digest(payload):
                return None
            return json.loads(payload)
        except (OSError, ValueError, RecursionError):
            return None

    def store(self, name: str, content: Json) -> None:
        """Keep an entry, or do without where it cannot be written."""
        temporary = os.path.join(self._folder, f".{name}.{os.getpid()}")
        try:
            text = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
            payload = text.encode("utf-8", "surrogatepass")
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            if not _is_private(os.lstat(self._folder), stat.S_ISDIR):
                return
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CAREFUL
            with open(os.open(temporary, flags, 0o600), "wb") as file:
                file.write(digest(payload).encode("ascii") + b"\n" + payload)
            try:
                os.replace(temporary, os.path.join(self._folder, name))
            except OSError:
                os.unlink(temporary)
            self._prune()
        except (OSError, RecursionError):
            return

    def _prune(self) -> None:
        """Keep the youngest entries, and no temporary file of a run that was killed."""
        entries = sorted(os.scandir(self._folder), key=lambda entry: -entry.stat().st_mtime)
        for entry in entries[MAX_ENTRIES:]:
            os.unlink(entry.path)


def digest(*parts: bytes) -> str:
    """Give a checksum of some byte strings; where one ends counts."""
    state = blake2b(digest_size=20)
    for part in parts:
        state.update(len(part).to_bytes(8, "big"))
        state.update(part)
    return state.hexdigest()


def inputs_digest(
    folders: Sequence[str], files: Sequence[str], inside: str | None = None
) -> str | None:
    """Give a checksum of the content of packs' folders and of single files, or None if one is gone.

    What loading would refuse, since it leads out of its pack or of `inside`, is not read here
    either.
    """
    parts: list[bytes] = []
    try:
        for path in (*folders, *files):
            require_kept_inside(path, path, inside, None)
        for folder in folders:
            for path in list_pack_files(folder):
                parts += [os.fsencode(path), read_file(path, inside=folder)]
        for path in files:
            parts += [os.fsencode(path), read_file(path)]
    except (OSError, LoadError, ValueError):
        return None
    return digest(*parts)


def engine_stamp(package: str) -> bytes:
    """Identify the engine: its version, and the state of the source files that make programs.

    In a checkout the version stays while the code changes, and an old program would judge by old
    code.
    """
    stamps = [f"{__version__} {FORMAT}"]
    for name in ("compile", "loading", "model", "operators"):
        entries = sorted(os.scandir(os.path.join(package, name)), key=lambda entry: entry.name)
        for entry in entries:
            if entry.name.endswith(".py"):
                state = entry.stat()
                stamps.append(f"{name}/{entry.name} {state.st_size} {state.st_mtime_ns}")
    return "\n".join(stamps).encode()


def changed_since(paths: Sequence[str], moment: int) -> bool:
    """Say whether something was written after a moment (nanoseconds since 1970) or is gone.

    A file system's clock ticks slowly, so that what was written shortly before counts too.
    """
    tick = 20_000_000
    try:
        return any(os.stat(path).st_mtime_ns >= moment - tick for path in paths)
    except OSError:
        return True


def _is_private(state: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Say whether something is of a kind, ours, and closed to others' writing."""
    owner = getattr(os, "getuid", lambda: state.st_uid)()
    closed = not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return is_kind(state.st_mode) and state.st_uid == owner and closed
