"""What settings of editors, images and pipelines do to variables, in one form for all of them.

Each reader turns its own notation (`${env:X}`, `$(X)`, `${X:-d}`) into these; nothing is evaluated
here. `engine.precedence.assignments` folds them where a process reads them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.gather.collector import Sourced
from engine.gather.declare import group, listing, number, open_list, text, text_or_secret
from engine.model.facts import Absent, Redacted
from engine.model.place import Provenance
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from engine.gather.redact import Redaction
    from engine.model.json_value import Json, JsonObject

How: TypeAlias = Literal["set", "default", "unset", "prepend", "append", "pass"]
Part: TypeAlias = "str | Reference | Absent"

HOWS: tuple[How, ...] = ("set", "default", "unset", "prepend", "append", "pass")
VALUE_LIMIT = 1 << 17
"""How long a value is at most: as long as Linux hands on to a program."""

VALUES_LIMIT = 4 << 20
"""How long all values of one environment are at most, and all that are told of one origin."""

TOLD_LIMIT = 20_000
"""How many assignments of one origin are told."""

_PART_SIZE = 100
_PARTS: list[Json] = ["/go/bin:", {"variable": "PATH", "of": "inherited"}]


_NAME = re.compile(r"[A-Za-z_][\w.%()-]*", re.ASCII)


@record
class Reference:
    """A variable within a value: of the process as it is then, or `of` another one.

    `inherited` are the variables that the process started with; other scopes are named by the
    source that reads the assignment. `otherwise` is what stands for a variable that is not set,
    nothing by default; with `then`, that stands for one that is set. With `empty_is_unset`, an
    empty variable counts as unset.
    """

    variable: str
    of: str = ""
    otherwise: tuple[Part, ...] = ()
    then: tuple[Part, ...] | None = None
    empty_is_unset: bool = False


@record
class Assignment:
    """One thing that a file does to one variable.

    `parts` are what the value is put together from; one that is a hole is not known. `pass` hands
    on a variable of the scope `of`; if it has none, ours is `unset`, or `keep`s what it is. One
    that `is_secret` is hidden as a whole, whatever its name and its value look like. `file` says
    where it stands, if not where those around it do.
    """

    name: str
    parts: tuple[Part, ...] = ()
    how: How = "set"
    line: int | None = None
    of: str = ""
    if_missing: Literal["unset", "keep"] = "keep"
    is_secret: bool = False
    file: str | None = None


def assignments(about: str) -> JsonObject:
    """Declare a list of assignments, in the order in which they count: a later one wins."""
    return listing(
        about,
        group(
            "One variable",
            name=text("The variable", "GOFLAGS"),
            how=text(
                "What becomes of it: it is `set`; only where it is not set (`default`); `unset`; "
                "put before (`prepend`) or behind (`append`) what it has; or taken from another "
                "process (`pass`)",
                among=HOWS,
            ),
            value=text_or_secret("The value, where it depends on nothing else", "-mod=mod"),
            parts=open_list(
                "What the value is put together from, where it depends on variables: texts, and "
                "references with `variable`, `of`, `else`, `then`, `empty_is_unset`",
                _PARTS,
            ),
            of=text("With `pass`: whose variable it is", "client"),
            if_missing=text(
                "With `pass`: what becomes of it where that is not set", among=("unset", "keep")
            ),
            file=text("The file that says so", "/home/dana/shop/Dockerfile", form="path"),
            line=number("Its line", 4),
        ),
    )


def told(
    given: Iterable[Assignment | Absent], redaction: Redaction, origin: str, file: str | None
) -> list[Json]:
    """Give assignments as facts, with secrets hidden and each with its place.

    A hole among them says that there may be others, which nobody knows. A secret of one variable
    is hidden in others as well, where it came to by a reference that was resolved.
    """
    rows = list(given)
    redaction = redaction.knowing(secrets_of(rows, redaction))
    return [one if isinstance(one, Absent) else _told(one, redaction, origin, file) for one in rows]


def secrets_of(given: Iterable[Assignment | Absent], redaction: Redaction) -> Iterator[str]:
    """Give the texts that are secrets because of the variable that is set to them."""
    for one in given:
        if isinstance(one, Absent):
            continue
        for part in one.parts:
            hidden = redaction.variable(one.name, part) if isinstance(part, str) else None
            if isinstance(hidden, Redacted) and not any(isinstance(a, str) for a in hidden.atoms):
                yield str(part)


def joined(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Give parts with neighbouring texts put together, and none that is empty beside others.

    Values that are put together from each other may double in length with each line: what comes to
    more than `VALUE_LIMIT` characters or so is a hole.
    """
    found: list[Part] = []
    size = 0
    for part in parts:
        size += _size((part,))
        if size > VALUE_LIMIT:
            return (Absent("too_large", "it is put together to more than can be told"),)
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found) or ("",)


class Room:
    """How much is left for values that are put together from each other."""

    def __init__(self) -> None:
        """Begin with all of it."""
        self._left = VALUES_LIMIT

    def holds(self, parts: Iterable[Part]) -> bool:
        """Take what a value needs, and say whether there was as much."""
        self._left -= _size(parts)
        return self._left >= 0

    def kept(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Give a value, or a hole once there were too many."""
        return parts if self.holds(parts) else (Absent("too_large", "there is too much of it"),)


def _size(parts: Iterable[Part]) -> int:
    return sum(len(part) if isinstance(part, str) else _PART_SIZE for part in parts)


class Teller:
    """Tells assignments of one origin, but no more than fit into a document."""

    def __init__(self, redaction: Redaction, origin: str) -> None:
        """Take what hides secrets, and where the assignments come from."""
        self._redaction = redaction
        self._origin = origin
        self._left = TOLD_LIMIT
        self._again: dict[int, tuple[Collection[Assignment | Absent], list[Json]]] = {}
        self._room = Room()

    def told(self, given: Collection[Assignment | Absent], file: str | None) -> list[Json]:
        """Give assignments as facts, or a hole once there were too many.

        What many steps share is put into words once.
        """
        self._left -= len(given)
        values = (part for one in given if isinstance(one, Assignment) for part in one.parts)
        if self._left < 0 or not self._room.holds(values):
            return [
                Absent("too_large", f"there are more than {TOLD_LIMIT} assignments, or long ones")
            ]
        if id(given) not in self._again:
            self._again[id(given)] = given, told(given, self._redaction, self._origin, file)
        return self._again[id(given)][1]


def _told(one: Assignment, redaction: Redaction, origin: str, file: str | None) -> Sourced:
    file = one.file or file
    row: JsonObject = {"name": name_told(one.name, redaction), "how": one.how}
    if one.how == "pass":
        row |= {"of": one.of, "if_missing": one.if_missing}
    elif one.how != "unset":
        row |= _value(one, redaction)
    row |= {"file": file} if file is not None else {}
    row |= {"line": one.line} if one.line is not None else {}
    return Sourced(row, Provenance(None, origin, file, one.line))


def name_told(name: str, redaction: Redaction) -> str | Redacted:
    """Give a variable's name, hidden if it is none that programs use: it may be any line of a file.

    What looks like a file of variables may be a link to another one, with secrets in it.
    """
    return name if _NAME.fullmatch(name) else redaction.secret(name)


def _value(one: Assignment, redaction: Redaction) -> JsonObject:
    hole = next((part for part in one.parts if isinstance(part, Absent)), None)
    if hole is not None and len(one.parts) == 1:
        return {"value": hole}
    if all(isinstance(part, str) for part in one.parts):
        return {"value": _hidden(one, "".join(map(str, one.parts)), redaction)}
    names = ", ".join(f"`{name}`" for name in dict.fromkeys(_names(one.parts)))
    why = hole or Absent("not_collected", f"it depends on {names}")
    return {"value": why, "parts": _parts(one.parts, one, redaction)}


def _hidden(one: Assignment, value: str, redaction: Redaction) -> str | Redacted:
    return redaction.secret(value) if one.is_secret else redaction.variable(one.name, value)


def _names(parts: Iterable[Part]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, Reference):
            yield part.variable
            yield from _names(part.otherwise)
            yield from _names(part.then or ())


def _parts(parts: tuple[Part, ...], one: Assignment, redaction: Redaction) -> list[Json]:
    rows: list[Json] = []
    for part in parts:
        if isinstance(part, Absent):
            rows.append({"unknown": part.cause, "detail": part.detail})
        elif isinstance(part, Reference):
            rows.append(_reference(part, one, redaction))
        else:
            rows.append(_hidden(one, part, redaction))
    return rows


def _reference(part: Reference, one: Assignment, redaction: Redaction) -> JsonObject:
    row: JsonObject = {"variable": part.variable}
    row |= {"of": part.of} if part.of else {}
    row |= {"else": _parts(part.otherwise, one, redaction)} if part.otherwise else {}
    if part.then is not None:
        row["then"] = _parts(part.then, one, redaction)
    return row | ({"empty_is_unset": True} if part.empty_is_unset else {})
