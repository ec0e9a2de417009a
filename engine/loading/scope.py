"""What a condition may use where it stands: operators, and the names bound around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

from engine.loading.complaints import refuse
from engine.loading.nodes import shown
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.loading.nodes import Node
    from engine.model.conditions import Quantifier
    from engine.model.json_value import Json


class Side(Protocol):
    """What one side of an operator takes."""

    @property
    def types(self) -> tuple[str, ...]: ...  # noqa: D102 - a protocol's member


class Word(Protocol):
    """An operator, as far as loading needs one."""

    @property
    def summary(self) -> str: ...  # noqa: D102 - a protocol's member

    @property
    def expected(self) -> Side: ...  # noqa: D102

    def holds(self, actual: Json, expected: Json) -> object: ...  # noqa: D102

    def refuses(self, expected: Json, form: str = ...) -> str | None: ...  # noqa: D102


FORMS = ("all", "any", "not", "same", "use")
QUANTIFIERS: tuple[Quantifier, ...] = ("every", "some", "none")
RESERVED = frozenset((*FORMS, *QUANTIFIERS, "count", "as", "where", "satisfies"))

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@record
class Scope:
    """The operators by name, and the names that `as` bound on the way here."""

    operators: Mapping[str, Word]
    bound: frozenset[str] = frozenset()

    def binding(self, node: Node) -> tuple[str, Scope]:
        """Give the name written after `as` and the scope in which it is bound too."""
        name = node.value
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            refuse(
                f"`as` expects a name, got {shown(name)}",
                node.place,
                "a name is letters, digits, `_` and `-`, and starts with a letter",
            )
        if name in RESERVED:
            refuse(f"`{name}` is a word of the language", node.place, "choose another name")
        if name in self.bound:
            refuse(f"the name `{name}` is already bound here", node.place, "choose another name")
        return name, Scope(self.operators, self.bound | {name})
