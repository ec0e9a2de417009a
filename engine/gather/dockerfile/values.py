"""Values that may rest on a base image: texts, references to what it sets, and holes.

What can be told of `${X:-d}` where X is the base image's is a reference with alternatives; what
cannot is a hole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from engine.gather.assignments import Part, Reference
from engine.gather.dockerfile.refusal import Refused
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

Parts: TypeAlias = tuple[Part, ...]

INHERITED = "inherited"
LONGEST = 1 << 16
MOST_PARTS = 200
"""How many characters and parts of one value are followed: `ENV A=$A$A` doubles it each time."""

_TOO_LONG = Absent("too_large", f"the value has more than {LONGEST} characters or many parts")


@record
class Variable:
    """What a name stands for at some point of a Dockerfile.

    `is_set` is None where only the base image knows: for a name that no instruction sets, or that
    some builders set and others do not. `args` are the build arguments that the value rests on,
    `demands` the variables of the base image that decide whether the build stops here.
    """

    parts: Parts
    is_set: bool | None = True
    line: int | None = None
    args: frozenset[str] = frozenset()
    demands: frozenset[str] = frozenset()


UNSET = Variable((), is_set=False)


def inherited(name: str) -> Variable:
    """Give what a name stands for that only the base image may have set."""
    return Variable((Reference(name, of=INHERITED),), is_set=None)


def unknown(cause: str, detail: str) -> Parts:
    """Give a value of which nothing is known."""
    return (Absent(cause, detail),)


def joined(parts: Iterable[Part]) -> Parts:
    """Put parts together, so that no two texts are neighbours and none is empty."""
    made: list[Part] = []
    texts: list[str] = []
    length = weight = 0
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
            length += len(part)
        else:
            made += ["".join(texts), part] if any(texts) else [part]
            texts = []
            weight += _weight((part,))
        if length > LONGEST or weight > MOST_PARTS:
            return (_TOO_LONG,)
    if any(texts):
        made.append("".join(texts))
    return tuple(made)


def _weight(parts: Parts) -> int:
    """Give how many parts there are, with those within references."""
    found = 0
    for part in parts:
        found += 1
        if isinstance(part, Reference):
            found += _weight(part.otherwise) + _weight(part.then or ())
    return found


def literal(parts: Parts) -> str | None:
    """Give the text, if all of it is known."""
    if not parts:
        return ""
    return parts[0] if len(parts) == 1 and isinstance(parts[0], str) else None


def is_empty(parts: Parts) -> bool | None:
    """Say whether a value is empty, or None where the base image decides."""
    if not parts:
        return True
    return False if any(isinstance(part, str) for part in parts) else None


def hole_in(parts: Parts) -> Absent | None:
    """Give why a value is not known, None if it is: what a base image sets counts as unknown."""
    for part in parts:
        if isinstance(part, Absent):
            return part
        if isinstance(part, Reference):
            return Absent("not_collected", f"it depends on `{part.variable}` of the base image")
    return None


def is_missing(variable: Variable, *, empty_is_unset: bool) -> bool | None:
    """Say whether a variable counts as not set, or None where the base image decides."""
    if not variable.is_set:
        return None if variable.is_set is None else True
    return is_empty(variable.parts) if empty_is_unset else False


Operator: TypeAlias = Literal["-", "+", "?"]


def substituted(
    name: str, variable: Variable, operator: Operator, word: Parts, *, empty_is_unset: bool
) -> Parts:
    """Give what `${name-word}`, `${name+word}` and `${name?word}` come to, with `:` or without."""
    missing = is_missing(variable, empty_is_unset=empty_is_unset)
    if missing is None:
        return _undecided(variable, operator, word, empty_is_unset=empty_is_unset)
    if operator == "?" and missing:
        state = "empty" if variable.is_set else "unset"
        raise Refused(f"`{name}` is not allowed to be {state} here")
    if operator == "+":
        return () if missing else word
    return word if missing else variable.parts


def _undecided(
    variable: Variable, operator: Operator, word: Parts, *, empty_is_unset: bool
) -> Parts:
    """Give the same where the base image decides, as a reference with alternatives."""
    base = variable.parts[0] if len(variable.parts) == 1 else None
    if not isinstance(base, Reference) or base.otherwise or base.then is not None:
        hole = hole_in(variable.parts)
        return (hole or Absent("not_collected", "it depends on what the base image sets"),)
    # A variable that is ours and holds just the base's is set either way, perhaps to nothing.
    name = base.variable
    if _weight(word) >= MOST_PARTS:
        return (_TOO_LONG,)
    if operator == "+":
        return (Reference(name, INHERITED, then=word, empty_is_unset=empty_is_unset),)
    if operator == "?":
        word = unknown("not_collected", f"the build stops unless the base image sets `{name}`")
    return (Reference(name, INHERITED, otherwise=word, empty_is_unset=empty_is_unset),)
