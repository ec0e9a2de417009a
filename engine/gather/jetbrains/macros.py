"""`$NAME$` in values: paths that the program puts in when it reads a file, and variables.

Paths are put in as intellij-community does it: ExpandMacroToPathMap (one or two slashes behind a
macro become one). RunConfigurationPathMacroFilter, since 2022 at the latest, says that an `<env>`
has no such macros if the variable's own name is an entry in its value.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Reference
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.assignments import Part

INLINING = frozenset(("Application", "JUnit", "TestNG"))
"""Kinds of run configurations that put in a variable where its own name stands in its value.

These hand their variables to `EnvironmentUtil.inlineParentOccurrences` (JavaParameters.setupEnvs,
ProgramParametersConfigurator). Each kind has to call that itself, and whether GoLand's do is not
public; their predecessors in go-lang-idea-plugin did not (GoExecutor.createCommandLine).
"""

_UNSET = Absent("ambiguous", "versions differ where the program has no such variable")
_MACRO = re.compile(r"\$([A-Za-z_]\w*)\$")
_OVERLAPPING = re.compile(r"(?=\$[A-Za-z_]\w*\$)")
_SLASHES = re.compile("/{0,2}")
_FILE = "file://"


@record
class Macros:
    """What the macros of paths stand for; `defined` are names that the user has given a path."""

    project: str | Absent
    home: str | Absent
    defined: frozenset[str] = frozenset()

    def of(self, name: str) -> str | Absent | None:
        """Give the path behind a macro, why it is not known, or None if it is none of ours."""
        if name == "PROJECT_DIR":
            return self.project
        if name == "USER_HOME":
            return self.home
        if name in self.defined:
            return Absent("opaque", f"`${name}$` is a path variable of the user's")
        return None


def path(text: str, macros: Macros, *, base: str | Absent | None = None) -> str | Absent:
    """Give a path, or the path of a `file://` address, with its macros put in.

    A relative one is not known unless there is a folder from which it leads.
    """
    if "://" in text and not text.startswith(_FILE):
        return Absent("unsupported", "it is no path of this machine")
    parts = _put_in(text.removeprefix(_FILE), macros)
    hole = next((part for part in parts if isinstance(part, Absent)), None)
    found = "".join(part for part in parts if isinstance(part, str))
    if hole is not None or os.path.isabs(found):
        return hole or found
    if isinstance(base, str):
        return os.path.join(base, found)
    return base or Absent("opaque", "it is relative, or no path of this machine")


def value(text: str, macros: Macros, name: str, kind: str = "") -> tuple[Part, ...]:
    """Give what the value of a variable is put together from, in a run configuration of a kind."""
    own = f"${name}$"
    if own not in text.split(":"):
        return _put_in(text, macros)
    if _is_ambiguous(text) or any(match[0] != own for match in _MACRO.finditer(text)):
        return (Absent("ambiguous", "versions of the program put in other macros, or do not"),)
    if kind not in INLINING:
        return _put_in(text, macros)
    parts: list[Part] = []
    for number, piece in enumerate(text.split(own)):
        parts += [Reference(name, of="ide", otherwise=(_UNSET,))] if number else []
        parts += [piece] if piece else []
    return tuple(parts)


def _put_in(text: str, macros: Macros) -> tuple[str | Absent, ...]:
    if _is_ambiguous(text):
        return (Absent("ambiguous", "two macros in it share a `$`"),)
    parts: list[str | Absent] = []
    end = 0
    for match in _MACRO.finditer(text):
        parts += [text[end : match.start()]]
        end = match.end()
        found = macros.of(match[1])
        if found is None:
            why = f"not every kind of program puts something in for `{match[0]}`"
            found = Absent("opaque", why)
        elif isinstance(found, str):
            slashes = _SLASHES.match(text, end)
            end = slashes.end() if slashes else end
            found = found + "/" if end > match.end() and not found.endswith("/") else found
        parts.append(found)
    return _joined([*parts, text[end:]])


def _joined(parts: list[str | Absent]) -> tuple[str | Absent, ...]:
    """Put texts together that stand side by side."""
    joined: list[str | Absent] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        else:
            joined.append(part)
    return tuple(part for part in joined if part != "") or ("",)


def _is_ambiguous(text: str) -> bool:
    """Say whether macros overlap, as in `$A$B$`: what is put in first decides what is left."""
    return len(_OVERLAPPING.findall(text)) != len(_MACRO.findall(text))
