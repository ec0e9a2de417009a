"""The mounts of RUN, as far as BuildKit refuses them.

Source: `commands_runmount.go` and `commands_rundevice.go` in `frontend/dockerfile/instructions`.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from engine.gather.dockerfile.refusal import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_TYPES = frozenset(("bind", "cache", "tmpfs", "secret", "ssh"))
_OWNED = frozenset(("cache", "secret", "ssh"))
_SHARING = frozenset(("shared", "private", "locked"))
_SWITCHES = frozenset(("readonly", "ro", "readwrite", "rw"))
_TARGETS = frozenset(("target", "dst", "destination"))
_SOURCES = frozenset(("source", "src"))
_TRUTH = re.compile(r"1|0|t|f|T|F|true|TRUE|True|false|FALSE|False")
_SIZE = re.compile(r"\+?(?:[0-9]+\.?[0-9]*|\.[0-9]+) ?(?:b|[kmgtp](?:i?b)?)?", re.IGNORECASE)


def check_mounts(
    mounts: Iterable[str],
    expand: Callable[[str], str | None] | None,
    workdir: str | None = None,
) -> None:
    """Raise `Refused` for a mount that BuildKit refuses.

    `expand` puts variables into a value, and gives None where one is not known. Without it only
    what counts before that is checked. A relative target is below `workdir`, if that is known.
    """
    for mount in mounts:
        if expand is None:
            _check_early(mount)
        else:
            _Mount(expand, workdir).read(mount)


def sources_of(mounts: Iterable[str]) -> list[str]:
    """Give the stages and images that mounts are made from."""
    found = []
    for mount in mounts:
        last = ""
        for field in fields_of(mount):
            key, _, value = field.partition("=")
            last = value if key.lower() == "from" else last
        found += [last] if last else []
    return found


def fields_of(text: str) -> list[str]:
    """Split a line of comma-separated values."""
    if not text:
        raise Refused("a mount is empty")
    fields: list[str] = []
    at = 0
    while True:
        if text[at : at + 1] != '"':
            end = text.find(",", at)
            field = text[at:] if end < 0 else text[at:end]
            if '"' in field:
                raise Refused("a quote stands within a field of a mount")
            fields.append(field)
        else:
            quoted = re.compile(r'"((?:[^"]|"")*)"(?=,|\Z)').match(text, at)
            if quoted is None:
                raise Refused("a quote of a mount is not closed")
            fields.append(quoted[1].replace('""', '"'))
            end = quoted.end() if quoted.end() < len(text) else -1
        if end < 0:
            return fields
        at = end + 1


def check_devices(devices: Iterable[str]) -> None:
    """Raise `Refused` for a device that BuildKit refuses."""
    for device in devices:
        name = ""
        for field in fields_of(device):
            key, sign, value = field.partition("=")
            key = key.lower()
            if not sign and key == "required":
                continue
            if key == "required":
                if not _TRUTH.fullmatch(value):
                    raise Refused("`required` of a device is either true or false")
            elif sign and key == "name" and not name:
                name = value
            elif not name and not (sign and key == "name"):
                name = field
            else:
                raise Refused("a device has more than one name")


def _check_early(mount: str) -> None:
    for field in fields_of(mount):
        key, sign, value = field.partition("=")
        if sign and key.lower() == "from" and 0 <= value.find("$") != len(value) - 1:
            raise Refused("`from` of a mount takes no variables")


class _Mount:
    def __init__(self, expand: Callable[[str], str | None], workdir: str | None) -> None:
        self._expand = expand
        self._workdir = workdir
        self._kind: str | None = "bind"
        self._given: dict[str, str | None] = {}

    def read(self, mount: str) -> None:
        for field in fields_of(mount):
            key, sign, value = field.partition("=")
            self._take(key.lower(), self._expand(value) if sign else None, has_value=bool(sign))
        if self._kind is not None:
            self._check_whole(self._kind)

    def _take(self, key: str, value: str | None, *, has_value: bool) -> None:
        if key == "required" and self._kind not in {"secret", "ssh", None}:
            raise Refused("`required` does not fit this type of mount")
        if not has_value:
            if key not in _SWITCHES and key != "required":
                raise Refused("a field of a mount has no value")
            return
        name = "target" if key in _TARGETS else "source" if key in _SOURCES else key
        if value is None and name != "type" and name in _CHECKED:
            self._given[name] = None
            return
        if name == "type":
            if value is not None and value.lower() not in _TYPES:
                raise Refused("the type of a mount is unknown")
            self._kind = None if value is None else value.lower()
        elif name not in _CHECKED:
            raise Refused(f"`{key}` is no field of a mount")
        elif name == "size" and self._kind not in {"tmpfs", None}:
            raise Refused("`size` does not fit this type of mount")
        elif not _CHECKED[name](value or ""):
            raise Refused(f"`{key}` of a mount has a value that the builder does not take")
        else:
            self._given[name] = value

    def _check_whole(self, kind: str) -> None:
        given = self._given
        if kind not in _OWNED and given.keys() & {"mode", "uid", "gid"}:
            raise Refused("an owner or a mode does not fit this type of mount")
        target = given.get("target", "")
        if kind not in {"secret", "ssh"} and target is not None:
            if not target.startswith("/") and self._workdir is not None:
                target = posixpath.join("/", self._workdir, target)
            if target and posixpath.normpath(target) in {"/", "//"}:
                raise Refused("a mount cannot be put over the root")
        if kind == "secret":
            if given.get("from", "") != "" or given.get("sharing", "") != "":
                raise Refused("a secret's mount has neither `from` nor `sharing`")
            named = [given.get(name, "") != "" for name in ("source", "target", "id")]
            if not any(named) or (named[0] and named[2]):
                raise Refused("a secret's mount needs a source, an id or a target")
        elif given.get("sharing", "") != "" and kind != "cache":
            raise Refused("`sharing` does not fit this type of mount")


def _number(base: int) -> Callable[[str], bool]:
    digits = re.compile(f"[0-{base - 1}]{{1,40}}")
    return lambda text: bool(digits.fullmatch(text)) and int(text, base) < 1 << 32


def _anything(_text: str) -> bool:
    return True


def _truth(text: str) -> bool:
    return bool(_TRUTH.fullmatch(text))


_CHECKED: dict[str, Callable[[str], bool]] = {
    "from": _anything,
    "source": _anything,
    "target": _anything,
    "id": _anything,
    "env": _anything,
    **dict.fromkeys((*_SWITCHES, "required"), _truth),
    "size": lambda text: bool(_SIZE.fullmatch(text)),
    "sharing": lambda text: text.lower() in _SHARING,
    "mode": _number(8),
    "uid": _number(10),
    "gid": _number(10),
}
