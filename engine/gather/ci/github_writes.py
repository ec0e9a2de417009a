"""What a script appends to `$GITHUB_ENV` and `$GITHUB_PATH`, as far as it says so plainly.

The files are read as FileCommandManager in actions/runner does it. Only scripts without branches
are understood, and only lines such as `echo "GOFLAGS=-mod=mod" >> "$GITHUB_ENV"` in them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, joined
from engine.model.facts import Absent
from engine.model.record import record, replace

if TYPE_CHECKING:
    from engine.gather.assignments import Part


@record
class Writes:
    """What a step does to the variables of later steps, and to their PATH, in order."""

    variables: tuple[Assignment | Absent, ...] = ()
    path: tuple[Assignment | Absent, ...] = ()

    def then(self, other: Writes) -> Writes:
        """Give what both do, one after the other."""
        return Writes(self.variables + other.variables, self.path + other.path)


NOTHING = Writes()
_MAY_BE_LEFT_OUT = Absent("opaque", "an earlier step sets it, which may be left out or fail")
MENTIONS = re.compile(r"GITHUB_(?:ENV|PATH)|github\.(?:env|path)|set-env|add-path", re.IGNORECASE)

_WRITE = re.compile(
    r"""\s*echo\s+(?P<text>"[^"`\\]*"|'[^']*'|[^\s"'`\\;&|<>()*?\[\]{}~\#!]+
        (?:\$\{\{[^'"}]*\}\}[^\s"'`\\;&|<>()*?\[\]{}~\#!]*)*)
        \s*>>\s*(?P<quote>"?)(?:\$(?P<file>GITHUB_(?:ENV|PATH))
        |\$\{(?P<braced>GITHUB_(?:ENV|PATH))\}|\$\{\{\s*github\.(?P<given>env|path)\s*\}\})
        (?P=quote)\s*""",
    re.VERBOSE,
)
# Whatever may let a line be passed over, or be no line of its own.
_BRANCHES = re.compile(
    r"""\b(?:if|then|elif|else|for|while|until|case|select|function|exit|return|trap|eval|exec
        |alias|break|continue|set\s+[^-+]|unset\s+-f)\b | <<(?!<) | \\$ | ^\s*(?:\.|source)\s
        | (?:[{(&|])\s*(?:\#.*)?$ | ^\s*[})] | \w+\s*\(\s*\) | echo\s*\(""",
    re.VERBOSE | re.MULTILINE,
)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PIECE = re.compile(r"\$\{\{[^}]*\}\}|\$[A-Za-z_]\w*|\$\{[A-Za-z_]\w*\}")
_PLAINLY = Absent("opaque", "a script writes to GITHUB_ENV or GITHUB_PATH, and not plainly")
_WHEN_IT_RUNS = Absent("opaque", "an earlier step puts it together when it runs")
BLOCKED = "NODE_OPTIONS"


def writes_of(script: str, line: int | None, *, is_posix: bool) -> Writes:
    """Give what a script of a step writes, which begins at a line where that is known."""
    if not MENTIONS.search(script):
        return NOTHING
    lines = script.split("\n")
    found = [_WRITE.fullmatch(text) for text in lines]
    others = "\n".join(text for text, write in zip(lines, found, strict=True) if write is None)
    if not is_posix or _BRANCHES.search(others) or MENTIONS.search(others) or _is_torn(lines):
        return Writes((_PLAINLY,), (_PLAINLY,))
    variables: list[Assignment | Absent] = []
    path: list[Assignment] = []
    for at, write in enumerate(found):
        if write is None:
            continue
        where = None if line is None else line + at
        target = (write["file"] or write["braced"] or write["given"]).upper()
        if target.endswith("PATH"):
            path.append(Assignment("PATH", _parts(write["text"]), "prepend", where))
        else:
            variables.append(_variable(write["text"], where))
    if any(isinstance(each, Absent) for each in variables):
        return Writes((_PLAINLY,), tuple(path))  # it may be the beginning of several lines
    return Writes(
        tuple(each for each in variables if not _is_blocked(each)),
        tuple(each for each in path if each.parts != ("",)),
    )


def unsure(writes: Writes) -> Writes:
    """Give the same where nobody knows whether it happens."""
    return Writes(_each_unsure(writes.variables), _each_unsure(writes.path))


def _each_unsure(given: tuple[Assignment | Absent, ...]) -> tuple[Assignment | Absent, ...]:
    return tuple(
        each if isinstance(each, Absent) else replace(each, parts=(_MAY_BE_LEFT_OUT,))
        for each in given
    )


def _is_torn(lines: list[str]) -> bool:
    """Say whether a quote may go on behind its line."""
    return any(text.count("'") % 2 or text.count('"') % 2 for text in lines)


def _is_blocked(each: Assignment | Absent) -> bool:
    return isinstance(each, Assignment) and each.name.upper() == BLOCKED


def _variable(text: str, line: int | None) -> Assignment | Absent:
    is_quoted = text[0] in "'\""
    name, equals, value = (text[1:-1] if is_quoted else text).partition("=")
    if not equals or not _NAME.fullmatch(name):
        return _PLAINLY
    quote = text[0] if is_quoted else ""
    return Assignment(name, _parts(f"{quote}{value}{quote}"), line=line)


def _parts(text: str) -> tuple[Part, ...]:
    """Give what a word of a script is put together from: its variables are not known here."""
    inner = text[1:-1] if text[:1] in ("'", '"') else text
    if text[:1] == "'" and "${{" not in inner:
        return (inner,)
    parts: list[Part] = []
    end = 0
    if "$" in _PIECE.sub("", inner):
        return (_WHEN_IT_RUNS,)
    for found in _PIECE.finditer(inner):
        parts += [inner[end : found.start()], _WHEN_IT_RUNS]
        end = found.end()
    return joined([*parts, inner[end:]])
