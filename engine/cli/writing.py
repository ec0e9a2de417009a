"""Files out: each whole or not at all, and never anywhere but where it was said."""

from __future__ import annotations

import os
import stat

from engine.errors import Complaint, OutputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

# What these name is a stream that somebody opened already: there is nothing to put in its place.
_STREAMS = ("/dev/", "/proc/")


def require_writable(path: str) -> None:
    """Refuse early what cannot be written in the end, before anything is asked or judged."""
    try:
        kind = _kind(path)
        if kind is not None and stat.S_ISDIR(kind):
            _refuse(path, "is a directory")
        if kind is None and os.path.islink(path):
            advice = "remove it, or write to where it should lead"
            _refuse(path, "it is a link that leads nowhere", advice)
        folder = os.path.dirname(os.path.realpath(path))
        if kind is None and not os.path.isdir(folder):
            _refuse(path, "no such file or directory")
        if kind is not None and not os.access(path, os.W_OK):
            _refuse(path, "permission denied")
    except (OSError, ValueError) as error:
        _refuse(path, _reason(error))


def write_file(path: str, text: str) -> None:
    """Write a file whole or not at all; a new one is for its owner alone."""
    require_writable(path)
    content = text.encode("utf-8", "backslashreplace")
    try:
        kind = _kind(path)
        if (kind is None or stat.S_ISREG(kind)) and not path.startswith(_STREAMS):
            # A link stays, and the file that it leads to is replaced.
            _replace(os.path.realpath(path), content, 0o600 if kind is None else kind & 0o777)
        else:
            with open(path, "wb") as file:
                file.write(content)
    except (OSError, ValueError) as error:
        _refuse(path, _reason(error))


def _kind(path: str) -> int | None:
    """Give the mode of what a path leads to, or None if nothing is there."""
    try:
        return os.stat(path).st_mode
    except FileNotFoundError:
        return None


def _replace(path: str, content: bytes, mode: int) -> None:
    # A name of its own: that of the file may be as long as names can be.
    draft = os.path.join(os.path.dirname(path), f".precedent-{os.urandom(8).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    try:
        with open(os.open(draft, flags, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fchmod(file.fileno(), mode)
            os.fsync(file.fileno())
        os.replace(draft, path)
    except BaseException:  # an interrupt as well leaves nothing behind
        if os.path.lexists(draft):
            os.unlink(draft)
        raise


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or "the path is not one").lower()


def _refuse(path: str, reason: str, advice: str | None = None) -> NoReturn:
    raise OutputError(Complaint(f"cannot write `{path}`: {reason}", advice=advice)) from None
