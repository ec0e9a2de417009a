"""A facts document as rules see it: values, holes with their causes, redacted atoms, provenance."""

from __future__ import annotations

from engine.model.place import Provenance
from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.model.json_value import Json, JsonObject


KINDS = ("workstation", "repository", "container", "ci")
"""What a facts document can speak of."""


class Absent:
    """A value that is not there, and why.

    `certain` tells a value known not to exist (its parent was gathered whole and lacks it) from a
    hole: something that was asked for and not learnt. `children` are holes that were declared
    further below.
    """

    __slots__ = ("cause", "certain", "children", "detail")

    def __init__(self, cause: str, detail: str = "", *, certain: bool = False) -> None:
        """Take a cause out of `CAUSES` and what a person should know."""
        self.cause = cause
        self.detail = detail
        self.certain = certain
        self.children: dict[str, Absent] = {}

    def without_children(self) -> Absent:
        """Give the hole as it is for everything below it that was not declared apart."""
        if not self.children:
            return self
        return Absent(self.cause, self.detail, certain=self.certain)


class Redacted:
    """A secret, or a text with secrets in it, that can be compared and never printed.

    `atoms` are literal texts and, for each secret, a pair of salt name and salted fingerprint.
    """

    __slots__ = ("atoms",)

    def __init__(self, atoms: tuple[str | tuple[str, str], ...]) -> None:
        """Take the atoms in order."""
        self.atoms = atoms

    def __repr__(self) -> str:
        """Show nothing of it."""
        return "<redacted>"


def type_in_words(value: Json) -> str:
    """Name a value's type the way messages do, without showing the value."""
    return _WORDS.get(type(value), "something else")


class PartialMap(dict):  # type: ignore[type-arg]
    """A mapping with a hole somewhere in it; `more` is set if there may be further keys."""

    __slots__ = ("more",)

    def __init__(self, content: Mapping[str, Json]) -> None:
        """Copy a mapping that has, for now, no hole for further keys."""
        super().__init__(content)
        self.more: Absent | None = None


class PartialList(list):  # type: ignore[type-arg]
    """A list with a hole somewhere in it; `more` is set if there may be further elements.

    The children of `more` are holes that were declared further on than the list reaches.
    """

    __slots__ = ("more",)

    def __init__(self, content: list[Json]) -> None:
        """Copy a list that has, for now, no hole for further elements."""
        super().__init__(content)
        self.more: Absent | None = None


_WORDS = {
    str: "a text",
    int: "a number",
    float: "a number",
    bool: "a truth value",
    type(None): "null",
    list: "a list",
    PartialList: "a list",
    dict: "a mapping",
    PartialMap: "a mapping",
    Redacted: "a secret",
}


@record
class Facts:
    """A facts document, checked and ready for rules.

    `root` is plain JSON in which holes are `Absent`, secrets are `Redacted`, and every container on
    the way to a hole is a `PartialMap` or `PartialList`. The root may always have further keys: a
    top-level fact that is not there is unknown.
    """

    root: JsonObject
    provenance: Mapping[str, JsonObject]
    kind: str | None = None
    name: str = "facts"

    def provenance_of(self, pointer: str) -> Provenance | None:
        """Give the provenance recorded for a JSON pointer or its nearest ancestor."""
        while self.provenance:
            found = self.provenance.get(pointer)
            if found is not None:
                return Provenance(
                    collector=found.get("collector"),
                    origin=found.get("from"),
                    file=found.get("file"),
                    line=found.get("line"),
                    column=found.get("column"),
                    file_system=found.get("file_system"),
                )
            if not pointer:
                break
            pointer = pointer.rpartition("/")[0]
        return None
