"""The packs whose commands the user lets run, by the digest of their files.

The list is a file of the user's own. One that others could have written, or may change, counts for
nothing: whoever can add to it decides what runs.
"""

from __future__ import annotations

import json
import os
import secrets
import stat
from typing import TYPE_CHECKING

from engine.errors import Complaint, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LIMIT = 1 << 20
_CAREFUL = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class Trust:
    """The list in a state folder (`~/.local/state/precedent/trusted`)."""

    def __init__(self, folder: str) -> None:
        """Take the folder, which is made when something is stored."""
        self._folder = folder
        self.path = os.path.join(folder, "trusted")

    def entries(self) -> dict[str, str]:
        """Give the digest of each trusted pack by its folder; nothing of a list that is odd."""
        try:
            if not _is_private(os.lstat(self._folder), stat.S_ISDIR):
                return {}
            descriptor = os.open(self.path, os.O_RDONLY | _CAREFUL)
            with open(descriptor, "rb") as file:
                if not _is_private(os.fstat(descriptor), stat.S_ISREG):
                    return {}
                content = json.loads(file.read(_LIMIT))
        except (OSError, ValueError, RecursionError):
            return {}
        is_ours = isinstance(content, dict) and all(
            isinstance(digest, str) for digest in content.values()
        )
        return content if is_ours else {}

    def add(self, folder: str, digest: str) -> None:
        """Trust the pack in a folder as it is now."""
        self._store(self.entries() | {folder: digest})

    def revoke(self, folder: str) -> bool:
        """Forget the pack in a folder, and say whether it was there."""
        entries = self.entries()
        if entries.pop(folder, None) is None:
            return False
        self._store(entries)
        return True

    def _store(self, entries: Mapping[str, str]) -> None:
        draft = f"{self.path}.{os.getpid()}.{secrets.token_hex(4)}"
        text = json.dumps(dict(sorted(entries.items())), indent=2) + "\n"
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            if not _is_private(os.lstat(self._folder), stat.S_ISDIR):
                what = f"`{self._folder}` belongs to somebody else, or others may write to it"
                raise OutputError(Complaint(what, advice="run `chmod go-w` on it if it is yours"))
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _CAREFUL
            with open(os.open(draft, flags, 0o600), "w", encoding="utf-8") as file:
                file.write(text)
            try:
                os.replace(draft, self.path)
            except OSError:
                os.unlink(draft)
                raise
        except OSError as error:
            reason = (error.strerror or "").lower()
            raise OutputError(Complaint(f"cannot write `{self.path}`: {reason}")) from error


def _is_private(state: os.stat_result, is_kind: Callable[[int], bool]) -> bool:
    """Say whether something is of a kind, ours, and closed to others' writing."""
    closed = not state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return is_kind(state.st_mode) and state.st_uid == os.getuid() and closed
