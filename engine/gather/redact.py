"""Secrets leave the machine only as salted fingerprints: they can be compared, never read."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import stat
from typing import TYPE_CHECKING

from engine.errors import Complaint, UsageError
from engine.gather.secret_shapes import secret_spans
from engine.model.facts import Redacted
from engine.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

SALT_BYTES = 32
_LEAST_SALT = 16
_LEAST_SECRET = 4


class Shown(Redacted):
    """A secret that somebody asked to see: the one kind that remembers what it is."""

    __slots__ = ("plain",)

    def __init__(self, atoms: tuple[str | tuple[str, str], ...], plain: str) -> None:
        """Take what would be shown instead, and the text itself."""
        super().__init__(atoms)
        self.plain = plain


class Redaction:
    """What hides secrets, with one salt."""

    def __init__(self, salt: bytes, *, shows: bool = False) -> None:
        """Take the salt; documents made with the same one can be compared.

        One that `shows` finds all secrets, and then has them written as they are.
        """
        self._salt = salt
        self._known: tuple[str, ...] = ()
        self.shows = shows
        self._salt_name = hashlib.sha256(b"precedent salt\0" + salt).hexdigest()[:12]

    def __repr__(self) -> str:
        """Show nothing of the salt."""
        return f"<redaction with salt {self._salt_name}>"

    def secret(self, value: str) -> Redacted:
        """Give a value that is a secret as a whole."""
        return self._hidden((self._fingerprint(value),), value)

    def text(self, value: str) -> str | Redacted:
        """Give a text with the secrets that can be seen in it hidden."""
        return self._without(value, secret_spans(value))

    def variable(self, name: str, value: str) -> str | Redacted:
        """Give a variable's value: hidden as a whole if its name says that it is a secret."""
        return self._without(value, secret_spans(value, name))

    def knowing(self, secrets: Iterable[str]) -> Redaction:
        """Give one that hides these texts as well, wherever they stand; very short ones it can't.

        What a variable with a secret's name is set to may go on into others.
        """
        more = Redaction(self._salt, shows=self.shows)
        longest_first = sorted({*self._known, *secrets}, key=lambda text: (-len(text), text))
        more._known = tuple(text for text in longest_first if len(text) >= _LEAST_SECRET)
        return more

    def words(self, value: str) -> str:
        """Give a text for people in which every secret is `<redacted>`."""
        hidden = self.text(value)
        if isinstance(hidden, str):
            return hidden
        return "".join(atom if isinstance(atom, str) else "<redacted>" for atom in hidden.atoms)

    def _without(self, value: str, spans: list[tuple[int, int]]) -> str | Redacted:
        atoms: list[str | tuple[str, str]] = []
        end = 0
        for start, stop in self._with_known(value, spans):
            atoms += [value[end:start]] if start > end else []
            atoms.append(self._fingerprint(value[start:stop]))
            end = stop
        if not atoms:
            return value
        return self._hidden((*atoms, value[end:]) if end < len(value) else tuple(atoms), value)

    def _with_known(self, value: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Give spans with those of known secrets; what touches one another is one span."""
        found = list(spans)
        for secret in self._known:
            start = value.find(secret)
            while start >= 0:
                stop = start + len(secret)
                touched = [each for each in found if each[0] < stop and start < each[1]]
                found = [each for each in found if each not in touched]
                found.append(
                    (
                        min(start, *(each[0] for each in touched), start),
                        max(stop, *(each[1] for each in touched), stop),
                    )
                )
                start = value.find(secret, stop)
        return sorted(found)

    def _hidden(self, atoms: tuple[str | tuple[str, str], ...], value: str) -> Redacted:
        return Shown(atoms, value) if self.shows else Redacted(atoms)

    def _fingerprint(self, value: str) -> tuple[str, str]:
        digest = hmac.new(self._salt, value.encode("utf-8", "surrogateescape"), hashlib.sha256)
        return self._salt_name, digest.hexdigest()


def installation_salt(state: str) -> bytes:
    """Give the salt in a state directory (`~/.local/state/precedent`), made when first needed."""
    path = os.path.join(state, "salt")
    if not os.path.lexists(path):
        os.makedirs(state, mode=0o700, exist_ok=True)
        _create_private(path, secrets.token_bytes(SALT_BYTES))
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        raise UsageError(Complaint("the salt is no regular file", Place(path), "remove it"))
    mode = stat.S_IMODE(found.st_mode)
    if mode & 0o077:
        what = f"the salt can be read by others (mode {mode:04o})"
        raise UsageError(Complaint(what, Place(path), f"remove it, or run `chmod 600 {path}`"))
    return salt_from(path)


def salt_from(path: str) -> bytes:
    """Give the salt in a file that a fleet shares."""
    try:
        with open(path, "rb") as file:
            salt = file.read(4096)
    except OSError as error:
        raise UsageError(
            Complaint(f"cannot read the salt: {(error.strerror or '').lower()}", Place(path))
        ) from error
    if len(salt) < _LEAST_SALT:
        what = f"a salt has at least {_LEAST_SALT} bytes, this one {len(salt)}"
        raise UsageError(
            Complaint(what, Place(path), f"`head -c {SALT_BYTES} /dev/urandom` makes one")
        )
    return salt


def _create_private(path: str, content: bytes) -> None:
    """Create a file that only its owner reads; two who try at once find the same one, whole."""
    draft = f"{path}.{os.getpid()}.{secrets.token_hex(4)}"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(content)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        os.unlink(draft)
