"""Secrets leave the machine only as salted fingerprints: they can be compared, never read."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import secrets
import stat

from engine.errors import Complaint, UsageError
from engine.gather.go.variables import VARIABLES, is_unknown_to_go
from engine.model.facts import Redacted
from engine.model.place import Place

SALT_BYTES = 32
_LEAST_SALT = 16

# Words that say `secret` wherever they stand in a name, and words that do so at the end of a part
# of one, before a digit perhaps: `GOACMETOKEN`, `accessToken`, `DB_PASSWORD_2`, `DBPASS`.
_ANYWHERE = (
    "TOKEN|SECRET|PASSWORD|PASSWD|PASS_WORD|PASSPHRASE|CREDENTIAL|(?:API|ACCESS|PRIVATE)[_-]?KEY"
)
_AT_AN_END = "PASS|PWD|KEY|AUTH|CREDS?|SIG|SIGNATURE|(?<![A-Z])PAT"
_SECRET_NAME = re.compile(rf"{_ANYWHERE}|COOKIE|NETRC|(?:{_AT_AN_END})S?\d*(?:_|$)", re.IGNORECASE)
_ASSIGNED = rf"(?:(?:{_ANYWHERE})[\w.-]{{0,40}}|(?:{_AT_AN_END})S?\d{{0,4}})="

_SECRET_OPTION = re.compile(rf"--?[\w-]{{0,80}}?(?:{_ANYWHERE})[\w-]{{0,80}}\Z", re.IGNORECASE)

# Each alternative captures what is to be hidden. The whole userinfo is, because `https://TOKEN@host`
# is as common as `https://user:password@host`; only the user of `ssh://git@host` says nothing. The
# bounds keep the search linear.
_SECRETS_IN_TEXT = re.compile(
    rf"""
      (?:ssh|git\+ssh)://[^/?\#\s,|:@]*@    # no secret: passed over
    | [a-z0-9]://([^/?\#\s,|]+)@            # userinfo
    # A password with `/` or `,` in it; digits alone are a port, unless what follows is a host.
    | [a-z0-9]://([^/\s@,|:]*:(?!\d+(?:[/,|?\#]|$))(?:(?!://)[^@\s])*)@
    | [a-z0-9]://([^/\s@,|:]*:\d+[/?\#](?:(?!://)[^@\s])*)@(?!v(?:\d+(?:\.\d|$)|/)|latest\b)
    # The same without a scheme, as in HTTPS_PROXY=user:password@proxy:3128, or with half of one.
    | (?:^|(?<=[\s,|="'/\\]))
      ([^\s/\\@,|=:"']{{0,256}}:(?!\d+(?:[,|]|$))[^\s/@]{{1,256}})@(?=[\w.\[])
    # A part of a query, an assignment in quotes, one with its value in quotes, or without any.
    | [?&][\w.-]{{0,40}}?{_ASSIGNED}([^\s"'&]+)
    | "[\w./-]{{0,200}}?{_ASSIGNED}([^"]+)
    | '[\w./-]{{0,200}}?{_ASSIGNED}([^']+)
    | {_ASSIGNED}(?:"([^"]+)|'([^']+)|(\S+?)(?=["']?(?:\s|$)))
    # An option of a command, a header.
    | (?:^|(?<=[\s"']))--?[\w-]{{0,40}}(?:{_ANYWHERE})[\w-]{{0,40}}[ \t]{{1,9}}(\S+)
    | Authorization[ \t]{{0,9}}:[ \t]{{0,9}}([^\r\n]+)
    """,
    re.IGNORECASE | re.VERBOSE,
)

# What a command is given may be a secret; `netrc`, `off` and `git /folder` are known.
_ARGUMENTS = re.compile(
    r"\s*(?:(?:netrc|off|git\s+/[^\s;]*)\s*(?:;\s*|\Z))*[^\s;=]*[\s;]*(\S.*)?", re.DOTALL
)
_COMMANDS = frozenset(("GOAUTH", "GOCACHEPROG"))

_HAS_ADDRESSES = re.compile(r"GOPROXY\Z|(?!no_)\w+_proxy\Z", re.IGNORECASE)
_BEFORE_HOST = re.compile(r"[\s\"']*(?:(?:https?|socks\w{0,3}|file):[/\\]*|[/\\]+)?", re.IGNORECASE)
_QUERY = re.compile(r"[?#]")
# A comma before anything else may belong to a password.
_BETWEEN_ADDRESSES = re.compile(r"[,|](?=\s*(?:https?://|file://|(?:direct|off)\s*(?:[,|]|$)))")


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

    def words(self, value: str) -> str:
        """Give a text for people in which every secret is `<redacted>`."""
        hidden = self.text(value)
        if isinstance(hidden, str):
            return hidden
        return "".join(atom if isinstance(atom, str) else "<redacted>" for atom in hidden.atoms)

    def _without(self, value: str, spans: list[tuple[int, int]]) -> str | Redacted:
        atoms: list[str | tuple[str, str]] = []
        end = 0
        for start, stop in spans:
            atoms += [value[end:start]] if start > end else []
            atoms.append(self._fingerprint(value[start:stop]))
            end = stop
        if not atoms:
            return value
        return self._hidden((*atoms, value[end:]) if end < len(value) else tuple(atoms), value)

    def _hidden(self, atoms: tuple[str | tuple[str, str], ...], value: str) -> Redacted:
        return Shown(atoms, value) if self.shows else Redacted(atoms)

    def _fingerprint(self, value: str) -> tuple[str, str]:
        digest = hmac.new(self._salt, value.encode("utf-8", "surrogateescape"), hashlib.sha256)
        return self._salt_name, digest.hexdigest()


def secret_spans(value: str, name: str = "") -> list[tuple[int, int]]:
    """Give where the secrets begin and end in a text, which may be the value of a variable."""
    if value and (is_secret_name(name) or is_unknown_to_go(name)):
        return [(0, len(value))]
    found = [
        match.span(match.lastindex)
        for match in _SECRETS_IN_TEXT.finditer(value)
        if match.lastindex is not None
    ]
    if name in _COMMANDS and (command := _ARGUMENTS.match(value)) and command[1]:
        found.append(command.span(1))
    if _HAS_ADDRESSES.match(name):
        found += _beside_hosts(value)
    return _united(found)


def _beside_hosts(value: str) -> list[tuple[int, int]]:
    """Give where userinfo and queries stand in addresses, well written or not."""
    spans, start = [], 0
    for end in (*(match.start() for match in _BETWEEN_ADDRESSES.finditer(value)), len(value)):
        opening = _BEFORE_HOST.match(value, start, end)
        host = opening.end() if opening else start
        # With both `?` and `@`, either may belong to a secret: then both sides are hidden.
        query = _QUERY.search(value, host, end)
        spans += [(host, value.rfind("@", host, end)), (query.end() if query else end, end)]
        start = end + 1
    return [(start, stop) for start, stop in spans if start < stop]


def _united(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Give spans in order, those that meet made one."""
    united: list[tuple[int, int]] = []
    for start, stop in sorted(spans):
        if united and start <= united[-1][1]:
            united[-1] = (united[-1][0], max(stop, united[-1][1]))
        else:
            united.append((start, stop))
    return united


def is_secret_name(name: str) -> bool:
    """Say whether a variable's name says that its value is a secret."""
    # `GOAUTH` names commands, `PWD` the current directory.
    is_known = name in VARIABLES or name in {"PWD", "OLDPWD"}
    return not is_known and _SECRET_NAME.search(name) is not None


def is_secret_option(word: str) -> bool:
    """Say whether a word of a command announces that the next one is a secret: `--api-key`."""
    return _SECRET_OPTION.match(word) is not None


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
