"""A file that `envFile` or `go.testEnvFile` names, as VS Code's Go extension reads it.

Source: `extension/src/utils/envUtils.ts` of golang/vscode-go, and asking it. A `$NAME` and a
comment behind a value mean nothing there; of quotes one is stripped at each end, whichever it is;
a line that is no assignment is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from engine.gather.assignments import Assignment, Part, Reference
from engine.gather.dotenv._base import Dialect
from engine.gather.dotenv._values import Earlier, if_empty, plain
from engine.model.facts import Absent
from engine.model.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

Parts: TypeAlias = "tuple[Part, ...]"

WINDOW = "window"
"""The scope of variables that the file does not set: the extension's own environment."""

# What JavaScript takes for blank, and for the end of a line.
_BLANK = r"[\t\v\f \xa0\u1680\u2000-\u200a\u202f\u205f\u3000\ufeff\n\r\u2028\u2029]"
_REST = r"[^\n\r\u2028\u2029]*"
_LINE = re.compile(
    rf"{_BLANK}*(?:export{_BLANK}+)?([A-Za-z0-9_.-]+){_BLANK}*={_BLANK}*({_REST})?{_BLANK}*\Z"
)
_QUOTE = re.compile(r"\A['\"]|['\"]\Z")
_OPENING = re.compile(r"\$\{([A-Za-z][A-Za-z0-9_]*)?")
_WORD = re.compile("[A-Za-z0-9_]")
# JavaScript finds these on every object, so none of them is missing from the file's variables.
_INBORN = frozenset(
    ("constructor", "hasOwnProperty", "isPrototypeOf", "propertyIsEnumerable", "toLocaleString",
     "toString", "valueOf")
)  # fmt: skip
_FUNCTION = Absent("opaque", "its value is a function of JavaScript")


def read_vscode_go(content: bytes) -> list[Assignment | Absent]:
    """Give what a file sets, in order; what it names and does not set is the `window`'s."""
    text = content.decode("utf-8", "replace").removeprefix("\ufeff")
    earlier = Earlier()
    found: list[Assignment | Absent] = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.match(line)
        if match is None or match[1] == "__proto__":
            continue
        value = earlier.put(match[1], _substituted(_unquoted(match[2] or ""), earlier))
        found.append(Assignment(match[1], value, line=number))
    return found


VSCODE_GO = Dialect("vscode_go", "VS Code's Go extension", read_vscode_go)


def _unquoted(value: str) -> str:
    if value.startswith('"') and value.endswith('"'):
        value = value.replace("\\n", "\n")
    return _QUOTE.sub("", value)


def _substituted(value: str, earlier: Earlier) -> Parts:
    parts: list[Part] = []
    end = 0
    for start, stop, name in _variables(value):
        if value[start - 1 : start] == "\\":
            continue
        if name is None:
            # One that cannot be read leaves all of them as they are.
            return _unescaped((value,))
        parts += [value[end:start], *_looked_up(name, earlier)]
        end = stop
    return _unescaped((*parts, value[end:]))


def _variables(value: str) -> Iterator[tuple[int, int, str | None]]:
    r"""Give where each `${...}` begins and ends, and its name; None where that is none.

    The extension finds them by `\${([a-zA-Z]\w*)?([^}\w].*)?}`, where a dot stops at the end of
    the line. This finds the same without going back.
    """
    at = closing = 0
    until = -1
    while opening := _OPENING.search(value, at):
        end = opening.end()
        following = value[end : end + 1]
        at = opening.start() + 1
        if following == "}":
            yield opening.start(), end + 1, opening[1]
            at = end + 1
        elif following and not _WORD.match(following):
            if end + 1 > until:
                until = value.find("\n", end + 1)
                until = len(value) if until < 0 else until
                closing = value.rfind("}", end + 1, until)
            if closing > end:
                yield opening.start(), closing + 1, None
                at = closing + 1


def _unescaped(parts: Parts) -> Parts:
    """Take the backslash from before each dollar, in what was put in as well."""
    return tuple(map(_unescaped_part, plain(parts)))


def _unescaped_part(part: Part) -> Part:
    if isinstance(part, str):
        return part.replace("\\$", "$")
    if isinstance(part, Absent):
        return part
    then = part.then if part.then is None else _unescaped(part.then)
    return replace(part, otherwise=_unescaped(part.otherwise), then=then)


def _looked_up(name: str, earlier: Earlier) -> Parts:
    """Give a variable of the file or, if that is empty, of the window."""
    elsewhere: Parts = (Reference(name, WINDOW),)
    found = earlier.get(name)
    if found is None:
        return (_FUNCTION,) if name in _INBORN else elsewhere
    return if_empty(found, elsewhere, found)
