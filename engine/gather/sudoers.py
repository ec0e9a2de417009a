"""What sudoers says about the environment: which variables stay, and what PATH becomes."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.collector import Sourced
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.host import Host
    from engine.model.json_value import JsonObject

SUDOERS = "/etc/sudoers"
_DEPTH = 20

# What sudo has built in (`sudo -V` as root prints it), before sudoers changes it.
_BUILT_IN: dict[str, tuple[str, ...]] = {
    "env_keep": (
        "COLORS", "DISPLAY", "DPKG_COLORS", "HOSTNAME", "KRB5CCNAME", "LS_COLORS", "PATH", "PS1",
        "PS2", "XAUTHORITY", "XAUTHORIZATION", "XDG_CURRENT_DESKTOP",
    ),
    "env_check": ("COLORTERM", "LANG", "LANGUAGE", "LC_*", "LINGUAS", "TERM", "TZ"),
    "env_delete": (
        "*=()*", "BASHOPTS", "BASH_ENV", "CDPATH", "ENV", "FPATH", "GLOBIGNORE", "HOSTALIASES",
        "IFS", "JAVA_TOOL_OPTIONS", "LD_*", "LOCALDOMAIN", "NLSPATH", "NULLCMD", "PATH_LOCALE",
        "PERL5DB", "PERL5LIB", "PERL5OPT", "PERLIO_DEBUG", "PERLLIB", "PS4", "PYTHONHOME",
        "PYTHONINSPECT", "PYTHONPATH", "PYTHONUSERBASE", "READNULLCMD", "RES_OPTIONS", "RUBYLIB",
        "RUBYOPT", "SHELLOPTS", "TERMCAP", "TERMINFO", "TERMINFO_DIRS", "TERMPATH", "TMPPREFIX",
        "ZDOTDIR", "_RLD*",
    ),
}  # fmt: skip
_FLAGS = {"env_reset": True, "setenv": False, "set_home": False, "always_set_home": False}
_KEYS = (*_BUILT_IN, *_FLAGS, "secure_path")

_INCLUDE = re.compile(r"[@#](include|includedir)\s+(.+?)\s*\Z")
_DEFAULTS = re.compile(r"Defaults([@:!>]\s*\S.*?)?\s+(?=\S)")
_SETTING = re.compile(r"\s*(!*)\s*(\w+)\s*(?:([+-]?=)\s*)?")
_VALUE = re.compile(r'"((?:\\.|[^"\\])*)"|((?:\\.|[^,\\"])*)')
_USERS = re.compile(r":\s*([\w.-]+(?:\s*,\s*[\w.-]+)*)\Z")


def sudo_settings(host: Host, user: str | None) -> JsonObject:
    """Give what the `Defaults` of sudoers come to for a user; may raise `HostError`.

    What depends on a host, a command or a group is not known.
    """
    settings = _Settings(user)
    for path, number, line in _lines(host, SUDOERS, 0):
        settings.take(path, number, line)
    return settings.values


class _Settings:
    def __init__(self, user: str | None) -> None:
        self._user = user
        built_in = Provenance(origin="built into sudo")
        self.values: JsonObject = {
            key: Sourced(list(names), built_in) for key, names in _BUILT_IN.items()
        }
        self.values |= {key: Sourced(flag, built_in) for key, flag in _FLAGS.items()}

    def take(self, path: str, number: int, line: str) -> None:
        """Take a line into account."""
        start = _DEFAULTS.match(line)
        if start is None:
            return
        scope = _USERS.match(start[1]) if start[1] else None
        names = re.split(r"\s*,\s*", scope[1]) if scope else []
        # A name in capitals is an alias.
        is_open = start[1] is not None and (
            scope is None or self._user is None or any(name.isupper() for name in names)
        )
        if scope is not None and not is_open and self._user not in names:
            return
        place = Provenance(None, "sudoers", path, number)
        for negated, key, operator, value in _settings(line[start.end() :]):
            if key == "exempt_group":
                self._set("secure_path", place, None)
            elif key in _KEYS:
                self._set(key, place, None if is_open else (negated, operator, value))

    def _set(self, key: str, place: Provenance, how: tuple[bool, str, str] | None) -> None:
        if how is None:
            why = f"{place}: it holds for some users, hosts or commands only"
            self.values[key] = Absent("opaque", why)
            return
        negated, operator, value = how
        if key in _FLAGS:
            self.values[key] = Sourced(not negated, place)
        elif key == "secure_path":
            self.values.pop(key, None)
            if not negated:
                self.values[key] = Sourced(value.split(":"), place)
        else:
            self._set_list(key, place, negated, operator, value.split())

    def _set_list(
        self, key: str, place: Provenance, negated: bool, operator: str, names: list[str]
    ) -> None:
        old = self.values[key]
        kept: list[str] = [] if operator == "=" or negated else list(getattr(old, "value", ()))
        if operator in {"+=", "-="} and isinstance(old, Absent):
            return
        if operator == "-=":
            kept = [name for name in kept if name not in names]
        elif not negated:
            kept = sorted({*kept, *names})
        self.values[key] = Sourced(kept, place)


def _settings(text: str) -> Iterator[tuple[bool, str, str, str]]:
    """Give the settings in the list of a `Defaults` line: negated, name, operator, value."""
    position = 0
    while found := _SETTING.match(text, position):
        position, value = found.end(), ""
        if found[3] and (given := _VALUE.match(text, position)):
            position = given.end()
            raw = given[1] if given[1] is not None else given[2].strip()
            value = re.sub(r"\\(.)", r"\1", raw)
        yield len(found[1]) % 2 == 1, found[2], found[3] or "", value
        comma = text.find(",", position)
        if comma < 0:
            return
        position = comma + 1


def _lines(host: Host, path: str, depth: int) -> Iterator[tuple[str, int, str]]:
    """Give the lines of a file and of those that it includes, continued ones made one."""
    if depth > _DEPTH:
        raise HostError("unsupported", f"{path}: files include each other without end")
    begun, first = "", 0
    text = host.read(path).decode("utf-8", "surrogateescape")
    for number, raw in enumerate(text.split("\n"), start=1):
        first = first if begun else number
        if raw.endswith("\\"):
            begun += raw[:-1]
            continue
        line, begun = (begun + raw).strip(), ""
        if included := _INCLUDE.match(line):
            for file in _included(host, path, included[1], included[2]):
                yield from _lines(host, file, depth + 1)
        else:
            yield path, first, _without_comment(line)


def _included(host: Host, path: str, how: str, what: str) -> list[str]:
    named = re.sub(r"\\(.)", r"\1", what.strip('"'))
    if "%h" in named:
        raise HostError("opaque", f"{path} includes a file named after the host")
    target = os.path.join(os.path.dirname(path), named)
    if how == "include":
        return [target]
    try:
        names = host.names_in(target)
    except HostError as error:
        if error.cause == "missing":
            return []
        raise
    # sudo passes over what packagers and editors leave behind.
    files = [os.path.join(target, name) for name in names if "." not in name and name[-1] != "~"]
    return [file for file in files if host.status(file).kind == "file"]


def _without_comment(line: str) -> str:
    inside = False
    for position, character in enumerate(line):
        if character == '"':
            inside = not inside
        elif character == "#" and not inside and line[position - 1 : position] != "\\":
            return line[:position].rstrip()
    return line
