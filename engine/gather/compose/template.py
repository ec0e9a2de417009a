"""`$X`, `${X:-d}` and their like in a compose file, and where their variables come from.

A variable is that of the shell that runs compose, even an empty one; else what `.env` says
(cli/options.go and template/template.go of compose-go).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Reference
from engine.gather.compose.tree import Leaf, Refused, Series, Table, Template
from engine.gather.dotenv import Refused as Invalid
from engine.gather.dotenv._base import CLIENT
from engine.gather.dotenv._compose_template import substituted
from engine.gather.dotenv._values import Earlier, either, plain
from engine.gather.dotenv._values import _fits as fits
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.assignments import Part
    from engine.gather.compose.tree import Tree
    from engine.gather.dotenv._values import Parts
    from engine.model.place import Place

PROJECT_NAME = "COMPOSE_PROJECT_NAME"
_DEMAND = re.compile(r"\$\$|\$\{(?P<name>[_a-zA-Z][_a-zA-Z0-9]*)(?P<colon>:?)\?")
_MOST_PARTS = 300
_LONGEST = 1 << 20
_TOO_LARGE = Absent("too_large", "it is put together from more parts than are followed")


@record
class Demand:
    """A variable without which compose may refuse the project; an empty one may not do."""

    variable: str
    not_empty: bool
    place: Place


class Scope(Earlier):
    """What stands for variables that the shell does not have.

    What the `outer` scopes know comes first, in their order. `more` says that there may be others.
    """

    def __init__(self, *outer: Scope, more: Absent | None = None) -> None:
        """Start with nothing of its own."""
        super().__init__()
        self.outer = outer
        self.more = more
        self.demands: dict[str, Demand] = outer[-1].demands if outer else {}
        """The variables that files demand, each where it is first met; one list for all scopes."""

    def get(self, name: str) -> Parts | None:
        """Give what stands for a variable, or None where nothing does."""
        for scope in self.outer:
            found = scope.get(name)
            if found is not None:
                return found
        found = super().get(name)
        return (self.more,) if found is None and self.more is not None else found

    def value(self, name: str) -> Parts | None:
        """Give a variable of the shell with what else stands for it; None if only it can."""
        found = self.get(name)
        if found is None:
            return None
        return tuple(_named(part, self) for part in either(name, found))


def interpolate(text: str, scope: Scope) -> tuple[Part, ...]:
    """Give what a text is put together from; `Invalid` if compose does not take it."""
    parts = plain(substituted(text, scope))
    if not fits(parts, [_MOST_PARTS, _LONGEST]):
        return (_TOO_LARGE,)
    return tuple(_named(part, scope) for part in parts) if PROJECT_NAME in text else parts


def interpolated(table: Table, scope: Scope) -> Table:
    """Give a mapping with all texts in it replaced; keys stay as they are."""
    entries = {key: _interpolated(child, scope) for key, child in table.entries.items()}
    return Table(entries, table.place, table.keys)


def _interpolated(tree: Tree, scope: Scope) -> Tree:
    if isinstance(tree, Table):
        return interpolated(tree, scope)
    if isinstance(tree, Series):
        return Series(tuple(_interpolated(item, scope) for item in tree.items), tree.place)
    return interpolated_leaf(tree, scope)


def interpolated_leaf(tree: Leaf, scope: Scope) -> Leaf:
    """Give a scalar with its text replaced."""
    if not isinstance(tree.value, str) or "$" not in tree.value:
        return tree
    for found in _DEMAND.finditer(tree.value):
        name = found["name"]
        if name and name not in scope.demands and scope.get(name) is None:
            scope.demands[name] = Demand(name, bool(found["colon"]), tree.place)
    try:
        parts = interpolate(tree.value, scope)
    except Invalid as error:
        raise Refused(error.reason, tree.place) from None
    return leaf_of(parts, tree)


def leaf_of(parts: Parts, like: Leaf) -> Leaf:
    """Give parts as a scalar, at the place of another one."""
    if all(isinstance(part, str) for part in parts):
        return Leaf("".join(map(str, parts)), like.place)
    return Leaf(Template(parts), like.place)


def _named(part: Part, scope: Scope) -> Part:
    """Give a part in which an empty name of the project counts as none, as compose has it."""
    if not isinstance(part, Reference):
        return part
    otherwise = tuple(_named(each, scope) for each in part.otherwise)
    then = None if part.then is None else tuple(_named(each, scope) for each in part.then)
    name = scope.get(PROJECT_NAME)
    if part.variable == PROJECT_NAME and name is not None:
        if then is None:
            return either(PROJECT_NAME, name, name)[0]
        if part.empty_is_unset:
            return Reference(part.variable, CLIENT, then, then)
    return Reference(part.variable, part.of, otherwise, then, part.empty_is_unset)
