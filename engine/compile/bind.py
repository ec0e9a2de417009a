"""Conditions to nodes: names become slots, parameters values, definitions what they stand for."""

from __future__ import annotations

from engine.compile.program import ROOT
from engine.compile.schema import VERSIONS, is_closed
from engine.errors import Complaint, did_you_mean
from engine.model import conditions as c

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from engine.compile.program import Node, PathEntry
    from engine.compile.schema import FactsSchema
    from engine.model.json_value import Json
    from engine.model.place import Place
    from engine.model.rules import Template

    Names = tuple["Name", ...]

DEEPEST = 100
"""How many conditions may stand inside each other, definitions unfolded."""

MOST_UNFOLDED = 1_000
"""How many definitions a rule may use, those that definitions use included."""

ORDER = {"less_than", "at_most", "more_than", "at_least", "version"}


class Name:
    """A name bound by `as`, with what is declared of the elements it stands for."""

    __slots__ = ("schema", "text")

    def __init__(self, text: str, schema: Json) -> None:
        """Take a name and a schema, or None where nothing is declared."""
        self.text = text
        self.schema = schema


class Paths:
    """The table of all paths of a program, each once."""

    def __init__(self) -> None:
        """Start empty."""
        self.entries: list[PathEntry] = []
        self._index: dict[tuple[Any, ...], int] = {}

    def index(
        self, slot: int, steps: tuple[str | int, ...], text: str, *, is_declared: bool
    ) -> int:
        """Give a path's index, adding it when it is new."""
        # The types keep the key "0" and the index 0 apart.
        key = (slot, steps, tuple(map(type, steps)), text, is_declared)
        if key not in self._index:
            self._index[key] = len(self.entries)
            self.entries.append([slot, list(steps), text, is_declared])
        return self._index[key]


class Binder:
    """Binds the conditions of one rule; complaints are collected, not raised."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that a name can mean
        self,
        paths: Paths,
        schema: FactsSchema,
        param: Callable[[str], tuple[bool, Json]],
        definition: Callable[[str], tuple[c.Condition, Binder] | Complaint],
        known_params: Callable[[], list[str]],
        complaints: list[Complaint],
    ) -> None:
        """Take what names mean in the rule's pack."""
        self.paths = paths
        self.schema = schema
        self.param = param
        self.definition = definition
        self.known_params = known_params
        self.complaints = complaints
        self._using: tuple[tuple[str, c.Condition], ...] = ()
        self._unfolded: list[str] = []
        self._depth = 0

    def complain(self, what: str, place: Place, advice: str | None = None) -> None:
        """Note what is wrong and go on, so that one mistake does not hide the next."""
        complaint = Complaint(what, place, advice)
        if complaint not in self.complaints:
            self.complaints.append(complaint)

    def condition(self, condition: c.Condition, names: Names) -> Node:
        """Give a condition's node."""
        if self._depth == DEEPEST:
            what = f"the conditions are nested more than {DEEPEST} levels deep"
            self.complain(what, condition.place)
            return _nothing(condition)
        self._depth += 1
        node: Node = getattr(self, f"_{type(condition).__name__.lower()}")(condition, names)
        self._depth -= 1
        return node

    def operand(self, operand: c.Operand | c.Subject, names: Names) -> Node:
        """Give the node of an operand or subject."""
        match operand:
            case c.Literal(value=value):
                return ["value", value]
            case c.FactRef():
                return self.path(operand, names)
            case c.ParamRef(name=name, place=place):
                return ["value", self._value_of(name, place)]
            case c.TableRef():
                return self._table(operand, names)
            case c.Join(parts=parts):
                return ["join", [self.operand(part, names) for part in parts]]
            case c.ListOf(items=items):
                nodes = [self.operand(item, names) for item in items]
                if all(node[0] == "value" for node in nodes):
                    return ["value", [node[1] for node in nodes]]
                return ["list", nodes]
            case c.LengthOf(subject=subject):
                return ["length", self.operand(subject, names)]
            case _:
                return ["count"]

    def path(self, path: c.FactRef, names: Names) -> Node:
        """Give the node of a path; bound names come before facts."""
        first, *rest = path.steps
        slot = next((i for i, name in enumerate(names) if name.text == first), ROOT)
        if slot != ROOT and asks_for_key(path):
            return ["key", slot, path.text]
        # Of a fact that is declared nowhere, a document of others may say whatever it likes.
        undeclared = self.undeclared_step(path, names)
        is_declared = undeclared is None or undeclared[2]
        steps = path.steps if slot == ROOT else tuple(rest)
        return ["fact", self.paths.index(slot, steps, path.text, is_declared=is_declared)]

    def domain(self, domain: c.Domain, names: Names) -> tuple[Node, Json]:
        """Give a domain's node and the schema of its elements."""
        if isinstance(domain, c.ParamRef):
            what = "no list and no mapping"
            value = self._container(domain.name, (list, dict), what, domain.place)
            return ["value", value, domain.name], None
        return self.path(domain, names), self.schema.element(self.schema_of(domain, names))

    def bind(self, name: str, schema: Json, names: Names, place: Place) -> Names:
        """Add a name to those in scope."""
        if any(bound.text == name for bound in names):
            self.complain(f"the name `{name}` is bound already", place, "use another name")
        elif name in self.schema.top:
            advice = "use another name, since bound names hide facts"
            self.complain(f"the name `{name}` is that of a fact", place, advice)
        return (*names, Name(name, schema))

    def template(self, template: Template, names: Names) -> list[str | Node]:
        """Give a message's parts: texts and nodes."""
        return [
            part if isinstance(part, str) else self.operand(part, names) for part in template.parts
        ]

    def schema_of(self, path: c.FactRef, names: Names) -> Json:
        """Give what is declared of a path, or None."""
        first, *rest = path.steps
        bound = next((name for name in names if name.text == first), None)
        if bound is None:
            return self.schema.at(path.steps)
        return None if bound.schema is None else self.schema.at(rest, bound.schema)

    def undeclared_step(
        self, path: c.FactRef, names: Names
    ) -> tuple[str | int, list[str], bool] | None:
        """Give the first step that no schema declares, what there is, whether it is the very first.

        None if all are declared, or nothing is known about what there may be.
        """
        first, *rest = path.steps
        bound = next((name for name in names if name.text == first), None)
        schema: Json = {"properties": self.schema.top} if bound is None else bound.schema
        steps = path.steps if bound is None else tuple(rest)
        if asks_for_key(path):
            return None
        for number, step in enumerate(steps):
            schema = self.schema.resolved(schema)
            if not is_closed(schema):
                return None
            inner = self.schema.inside(schema, step)
            if inner is None:
                return step, sorted(schema.get("properties", {})), number == 0 and bound is None
            schema = inner
        return None

    # Conditions; each method is found by the name of its class.

    def _allof(self, condition: c.AllOf, names: Names) -> Node:
        return [
            "all",
            [self.condition(child, names) for child in condition.children],
            condition.place.line,
        ]

    def _anyof(self, condition: c.AnyOf, names: Names) -> Node:
        return [
            "any",
            [self.condition(child, names) for child in condition.children],
            condition.place.line,
        ]

    def _not(self, condition: c.Not, names: Names) -> Node:
        return ["not", self.condition(condition.child, names), condition.place.line]

    def _match(self, condition: c.Match, names: Names) -> Node:
        subject = self.operand(condition.subject, names)
        operand = self.operand(condition.operand, names)
        form = self.form(condition, names)
        return ["op", subject, condition.operator, operand, form, condition.place.line]

    def _quantified(self, condition: c.Quantified, names: Names) -> Node:
        domain, element = self.domain(condition.domain, names)
        inner = self.bind(condition.name, element, names, condition.place)
        where = self.condition(condition.where, inner) if condition.where is not None else None
        satisfies = self.condition(condition.satisfies, inner)
        return [condition.quantifier, domain, len(names), where, satisfies, condition.place.line]

    def _count(self, condition: c.Count, names: Names) -> Node:
        domain, element = self.domain(condition.domain, names)
        inner = self.bind(condition.name, element, names, condition.place)
        where = self.condition(condition.where, inner) if condition.where is not None else None
        # The matcher is about the number and sees only what is outside.
        matcher = self.condition(condition.matcher, names)
        return ["count", domain, len(names), where, matcher, condition.place.line]

    def _same(self, condition: c.Same, names: Names) -> Node:
        return ["same", [self.path(item, names) for item in condition.items], condition.place.line]

    def _sameof(self, condition: c.SameOf, names: Names) -> Node:
        domain, element = self.domain(condition.domain, names)
        inner = self.bind(condition.name, element, names, condition.place)
        where = self.condition(condition.where, inner) if condition.where is not None else None
        value = self.path(condition.value, inner)
        return ["same_of", domain, len(names), where, value, condition.place.line]

    def _use(self, condition: c.Use, names: Names) -> Node:
        found = self.definition(condition.name)
        if isinstance(found, Complaint):
            self.complain(found.what, condition.place, found.advice)
            return _nothing(condition)
        defined, binder = found
        using = (*self._using, (condition.name, defined))
        if any(defined is other for _, other in self._using):
            way = " -> ".join(name for name, _ in using)
            self.complain(f"the definition `{condition.name}` uses itself: {way}", condition.place)
            return _nothing(condition)
        self._unfolded.append(condition.name)
        if len(self._unfolded) > MOST_UNFOLDED:
            if len(self._unfolded) == MOST_UNFOLDED + 1:
                what = f"the rule uses more than {MOST_UNFOLDED} definitions when they are unfolded"
                self.complain(what, condition.place)
            return _nothing(condition)
        binder.go_on_from(self, using)
        return ["use", condition.name, binder.condition(defined, names), condition.place.line]

    def go_on_from(self, other: Binder, using: tuple[tuple[str, c.Condition], ...]) -> None:
        """Bind a definition inside of what another binder is about."""
        self._using, self._unfolded, self._depth = using, other._unfolded, other._depth

    # What sides are declared to be.

    def form(self, condition: c.Match, names: Names) -> str:
        """Give the declared form of both sides; `mixed` where two schemes of versions meet."""
        if condition.scheme not in {None, "declared"}:
            return str(condition.scheme)
        subject = self._form_of(condition.subject, names)
        operand = self._form_of(condition.operand, names)
        if condition.operator in ORDER and {subject, operand} & VERSIONS:
            sides = {subject, operand} - {None}
            return sides.pop() or "" if len(sides) == 1 else "mixed"
        return subject or operand or ""

    def _form_of(self, operand: c.Operand | c.Subject, names: Names) -> str | None:
        """Give a side's form; None for a literal, which takes that of the other side."""
        match operand:
            case c.FactRef():
                if asks_for_key(operand):
                    return ""
                return self.schema.form(self.schema_of(operand, names))
            case c.Join():
                return "path"
            case c.ListOf(items=items):
                return next((form for item in items if (form := self._form_of(item, names))), None)
            case c.LengthOf() | c.Counted():
                return ""
            case _:
                return None

    def _value_of(self, name: str, place: Place) -> Json:
        found, value = self.param(name)
        if not found:
            known = self.known_params()
            if name in known:
                advice = f"give it a default, or a value with `--param {name}=...`"
                self.complain(f"the parameter `{name}` has no value", place, advice)
            else:
                self.complain(f"unknown parameter `{name}`", place, did_you_mean(name, known))
        return value

    def _container(self, name: str, kinds: tuple[type, ...], what: str, place: Place) -> Json:
        """Give the value of a parameter that is one of some kinds of containers."""
        value = self._value_of(name, place)
        if isinstance(value, kinds):
            return value
        has_value, _ = self.param(name)
        if has_value:
            self.complain(f"the parameter `{name}` is {what}", place)
        return {}

    def _table(self, operand: c.TableRef, names: Names) -> Node:
        table = self._container(operand.name, (dict,), "no mapping to look up in", operand.place)
        return ["table", table, self.operand(operand.at, names), operand.name]


def _nothing(condition: c.Condition) -> Node:
    """Give what stands for a condition that was complained about."""
    return ["all", [], condition.place.line]


def asks_for_key(path: c.FactRef) -> bool:
    """Say whether a path is `name.$key`; in quotes, `$key` is a key like any other."""
    return path.text.endswith(".$key")
