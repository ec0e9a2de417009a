"""A rule's conditions as a tree of plain values, each with the place where it was written.

Matchers are spelled out while loading: `x: {a: 1, not: {b: 2}}` is an `AllOf` of a `Match` and a
`Not`.
"""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal as OneOf
    from typing import TypeAlias

    from engine.model.json_value import Json
    from engine.model.place import Place

    Quantifier: TypeAlias = OneOf["every", "some", "none"]
    Operand: TypeAlias = "Literal | FactRef | ParamRef | TableRef | Join | ListOf"
    Subject: TypeAlias = "FactRef | LengthOf | Counted"
    Domain: TypeAlias = "FactRef | ParamRef"
    Condition: TypeAlias = "AllOf | AnyOf | Not | Match | Quantified | Count | Same | SameOf | Use"


# Operands


@record
class Literal:
    """A value that stands for itself."""

    value: Json
    place: Place


@record
class FactRef:
    """A path into the facts or into a bound name: `tool.path[0]["odd key"]`.

    `steps` are the segments, text for mapping keys and integers for list indexes; the first is
    always text.
    """

    text: str
    steps: tuple[str | int, ...]
    place: Place


@record
class ParamRef:
    """A parameter of the pack: `{param: name}`."""

    name: str
    place: Place


@record
class TableRef:
    """An entry of a parameter that is a mapping: `{param: table, at: {fact: ...}}`."""

    name: str
    at: Operand
    place: Place


@record
class Join:
    """A file path put together: `{join: [{fact: go.env.GOROOT}, bin]}`."""

    parts: tuple[Operand, ...]
    place: Place


@record
class ListOf:
    """A list in which at least one item is a reference."""

    items: tuple[Operand, ...]
    place: Place


# Subjects that are no fact themselves


@record
class LengthOf:
    """How many elements or characters a subject has: `length: {...}`."""

    subject: Subject
    place: Place


@record
class Counted:
    """The number that the `count` around it found; only in `Count.matcher`."""

    place: Place


# Conditions


@record
class AllOf:
    """Every child holds; never empty."""

    children: tuple[Condition, ...]
    place: Place


@record
class AnyOf:
    """Some child holds; never empty."""

    children: tuple[Condition, ...]
    place: Place


@record
class Not:
    """The child does not hold."""

    child: Condition
    place: Place


@record
class Match:
    """An operator holds between a subject and an operand.

    `scheme` is set inside `version: {...}` only: a scheme's name, or `declared` where none was
    written.
    """

    subject: Subject
    operator: str
    operand: Operand
    place: Place
    scheme: str | None = None


@record
class Quantified:
    """`every`, `some` or `none` of a domain's elements satisfy a condition."""

    quantifier: Quantifier
    domain: Domain
    name: str
    where: Condition | None
    satisfies: Condition
    place: Place


@record
class Count:
    """The number of elements (that satisfy `where`) matches; its subject is `Counted`."""

    domain: Domain
    name: str
    where: Condition | None
    matcher: Condition
    place: Place


@record
class Same:
    """All of these facts have one value: `same: [a.b, c.d]`."""

    items: tuple[FactRef, ...]
    place: Place


@record
class SameOf:
    """All elements of a domain have one value: `same: {of:, as:, where:, value:}`."""

    domain: Domain
    name: str
    where: Condition | None
    value: FactRef
    place: Place


@record
class Use:
    """A condition that a pack defines under a name: `use: managed-go`."""

    name: str
    place: Place
