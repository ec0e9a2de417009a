"""What settings of editors, images and pipelines do to variables, in one form for all of them.

Each reader turns its own notation (`${env:X}`, `$(X)`, `${X:-d}`) into these; nothing is evaluated
here. `engine.precedence.assignments` folds them where a process reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.gather.collector import Sourced
from engine.gather.declare import group, listing, number, open_list, text, text_or_secret
from engine.model.facts import Absent, Redacted
from engine.model.place import Provenance
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.gather.redact import Redaction
    from engine.model.json_value import Json, JsonObject

How: TypeAlias = Literal["set", "default", "unset", "prepend", "append", "pass"]
Part: TypeAlias = "str | Reference | Absent"

HOWS: tuple[How, ...] = ("set", "default", "unset", "prepend", "append", "pass")
_PARTS: list[Json] = ["/go/bin:", {"variable": "PATH", "of": "inherited"}]


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
    on a variable of the scope `of`; if it has none, ours is `unset`, or `keep`s what it is.
    """

    name: str
    parts: tuple[Part, ...] = ()
    how: How = "set"
    line: int | None = None
    of: str = ""
    if_missing: Literal["unset", "keep"] = "keep"


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


def _told(one: Assignment, redaction: Redaction, origin: str, file: str | None) -> Sourced:
    row: JsonObject = {"name": one.name, "how": one.how}
    if one.how == "pass":
        row |= {"of": one.of, "if_missing": one.if_missing}
    elif one.how != "unset":
        row |= _value(one, redaction)
    row |= {"file": file} if file is not None else {}
    row |= {"line": one.line} if one.line is not None else {}
    return Sourced(row, Provenance(None, origin, file, one.line))


def _value(one: Assignment, redaction: Redaction) -> JsonObject:
    hole = next((part for part in one.parts if isinstance(part, Absent)), None)
    if hole is not None and len(one.parts) == 1:
        return {"value": hole}
    if all(isinstance(part, str) for part in one.parts):
        return {"value": redaction.variable(one.name, "".join(map(str, one.parts)))}
    names = ", ".join(f"`{name}`" for name in dict.fromkeys(_names(one.parts)))
    why = hole or Absent("not_collected", f"it depends on {names}")
    return {"value": why, "parts": _parts(one.parts, one.name, redaction)}


def _names(parts: Iterable[Part]) -> Iterable[str]:
    for part in parts:
        if isinstance(part, Reference):
            yield part.variable
            yield from _names(part.otherwise)
            yield from _names(part.then or ())


def _parts(parts: tuple[Part, ...], name: str, redaction: Redaction) -> list[Json]:
    rows: list[Json] = []
    for part in parts:
        if isinstance(part, Absent):
            rows.append({"unknown": part.cause, "detail": part.detail})
        elif isinstance(part, Reference):
            rows.append(_reference(part, name, redaction))
        else:
            rows.append(redaction.variable(name, part))
    return rows


def _reference(part: Reference, name: str, redaction: Redaction) -> JsonObject:
    row: JsonObject = {"variable": part.variable}
    row |= {"of": part.of} if part.of else {}
    row |= {"else": _parts(part.otherwise, name, redaction)} if part.otherwise else {}
    if part.then is not None:
        row["then"] = _parts(part.then, name, redaction)
    return row | ({"empty_is_unset": True} if part.empty_is_unset else {})
