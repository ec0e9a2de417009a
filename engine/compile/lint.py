"""What can be said of packs without facts: unknown names, types that never fit, dead branches."""

from __future__ import annotations

import os

from engine.compile.bind import ORDER, Binder, asks_for_key
from engine.compile.packs import Compilation
from engine.compile.schema import VERSIONS, types_of
from engine.errors import Complaint, did_you_mean
from engine.model import conditions as c
from engine.operators import OPERATORS
from engine.operators.equality import same_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from engine.compile.bind import Names
    from engine.compile.program import Node
    from engine.compile.schema import FactsSchema
    from engine.model.json_value import Json, JsonObject
    from engine.model.place import Place
    from engine.model.rules import Pack, Rule

_MOST_SHOWN = 12
_PATH_AS_TEXT = {"starts_with": "inside", "ends_with": "glob", "contains": "inside"}


def lint(
    packs: Sequence[Pack], facts_schema: JsonObject, graph: Sequence[Pack] = ()
) -> list[Complaint]:
    """Give everything that is questionable in packs that load, but not in what they extend.

    `graph` are the packs whose precedence graph they add to. Raises LoadError if they cannot be
    compiled at all.
    """
    linting = Linting((*graph, *packs), facts_schema)
    for pack, rule in linting.selected():
        linting.rule(pack, rule)
    linting.plan()
    linting.gather()
    for pack in linting.packs:
        linting.unused(pack)
    asked = {path for pack in packs for path in pack.files}
    return [
        found
        for found in linting.complaints
        if found.place is None or os.path.abspath(found.place.file) in asked
    ]


class Linting(Compilation):
    """A compilation that also looks at what it compiles."""

    def __init__(self, packs: Sequence[Pack], facts_schema: JsonObject) -> None:
        """Take the packs; values from a command line are none of a pack's business."""
        self._used: set[str] = set()
        super().__init__(packs, facts_schema, {}, None)

    def rule(self, pack: Pack, rule: Rule) -> JsonObject:
        """Compile a rule and look at its examples."""
        if not rule.examples:
            advice = "give it one that passes and one that fails"
            self._complain(f"the rule `{rule.id}` has no examples", rule.place, advice)
        return super().rule(pack, rule)

    def gather(self) -> list[JsonObject]:
        """Look at what packs gather, and whether their schemas know it."""
        from engine.compile.gathering import undeclared  # noqa: PLC0415 - few packs gather

        self.complaints += undeclared(self.packs, self.schema)
        return super().gather()

    def binder(self, pack: Pack, rule: str | None, schema: FactsSchema | None = None) -> Binder:
        """Give a binder that looks at what it binds."""
        plain = super().binder(pack, rule, schema)
        return LintingBinder(plain, self._used)

    def unused(self, pack: Pack) -> None:
        """Complain about parameters and definitions that nothing refers to."""
        for parameter in pack.params:
            if f"param {parameter.name}" not in self._used:
                self._complain(
                    f"nothing uses the parameter `{parameter.name}`", parameter.place, "remove it"
                )
        for name, condition in pack.define:
            if f"use {name}" not in self._used:
                self._complain(
                    f"nothing uses the definition `{name}`", condition.place, "remove it"
                )


class LintingBinder(Binder):
    """A binder that complains about what can never be meant."""

    def __init__(self, plain: Binder, used: set[str]) -> None:
        """Take over what names mean from another binder; note what is used."""
        super().__init__(
            plain.paths,
            plain.schema,
            plain.param,
            plain.definition,
            plain.known_params,
            plain.complaints,
        )
        self._used = used

    def path(self, path: c.FactRef, names: Names) -> Node:
        """Bind a path and complain if no fact has such a name."""
        unknown = self.undeclared_step(path, names)
        if unknown is not None:
            step, known, is_first = unknown
            inside = "" if is_first else f": there is no {_step(step)} in it"
            advice = did_you_mean(str(step), known) or _some(known)
            self.complain(f"unknown fact `{path.text}`{inside}", path.place, advice)
        return super().path(path, names)

    def _value_of(self, name: str, place: Place) -> Json:
        self._used.add(f"param {name}")
        return super()._value_of(name, place)

    def _use(self, condition: c.Use, names: Names) -> Node:
        self._used.add(f"use {condition.name}")
        return super()._use(condition, names)

    def _allof(self, condition: c.AllOf, names: Names) -> Node:
        self._complain_of_contradiction(condition)
        return super()._allof(condition, names)

    def _anyof(self, condition: c.AnyOf, names: Names) -> Node:
        seen: list[str] = []
        for child in condition.children:
            text = _without_places(child)
            if text in seen:
                self.complain("this branch stands here twice", child.place, "remove one of them")
            seen.append(text)
        return super()._anyof(condition, names)

    def _match(self, condition: c.Match, names: Names) -> Node:
        if isinstance(condition.subject, c.FactRef) and not asks_for_key(condition.subject):
            schema = self.schema_of(condition.subject, names)
            if isinstance(schema, dict):
                self._look_at(condition, condition.subject, schema)
        if isinstance(condition.operand, c.Literal):
            # Without a form the loader refused what no form would take.
            form = self.form(condition, names)
            reason = OPERATORS[condition.operator].refuses(condition.operand.value, form)
            numbers = isinstance(condition.operand.value, (int, float))
            if reason is not None and not numbers:
                self.complain(reason, condition.operand.place)
        return super()._match(condition, names)

    def _look_at(self, condition: c.Match, subject: c.FactRef, schema: JsonObject) -> None:
        """Compare an operator and its literal with what is declared of the subject."""
        name, place = condition.operator, condition.place
        types = types_of(schema)
        takes = OPERATORS[name].actual.types
        if types and takes and not any(_fits(kind, takes) for kind in types):
            wanted = OPERATORS[name].actual.words
            self.complain(
                f"`{name}` takes {wanted}, but `{subject.text}` is {_words(types)}", place
            )
            return
        form = self.schema.form(schema)
        if form == "path" and name in _PATH_AS_TEXT:
            what = f"`{name}` compares `{subject.text}` as text, but it is a path"
            self.complain(what, place, f"use `{_PATH_AS_TEXT[name]}`, which knows where names end")
        if name in ORDER and "string" in types and not {"number", "integer"} & set(types):
            self._look_at_order(condition, subject, form)
        if name in {"equals", "in"} and isinstance(condition.operand, c.Literal):
            values = condition.operand.value if name == "in" else [condition.operand.value]
            self._look_at_values(
                subject, schema, types, values if isinstance(values, list) else [], place
            )

    def _look_at_order(self, condition: c.Match, subject: c.FactRef, form: str) -> None:
        """Complain about an order among texts that no scheme of versions gives."""
        name, operand = condition.operator, condition.operand
        if isinstance(operand, c.Literal) and isinstance(operand.value, (int, float)):
            what = f"`{subject.text}` is a text and {_shown(operand.value)} a number"
            what = f"{what}, so `{name}` is always unknown"
            self.complain(what, operand.place, "write a version in quotes, as in `'1.20'`")
        elif form not in VERSIONS and condition.scheme in {None, "declared"}:
            what = f"`{subject.text}` is a text without a scheme of versions"
            what = f"{what}, so `{name}` is always unknown"
            self.complain(
                what, condition.place, f"write `version: {{{name}: ..., scheme: semver}}`"
            )

    def _look_at_values(
        self,
        subject: c.FactRef,
        schema: JsonObject,
        types: list[str],
        values: list[Json],
        place: Place,
    ) -> None:
        possible = schema.get("enum")
        for value in values:
            shown = _shown(value)
            if types and not any(_is_of(value, kind) for kind in types):
                self.complain(
                    f"`{subject.text}` is {_words(types)} and never equals {shown}", place
                )
            elif isinstance(possible, list) and value not in possible:
                advice = (
                    did_you_mean(value, [v for v in possible if isinstance(v, str)])
                    if isinstance(value, str)
                    else None
                )
                self.complain(
                    f"`{subject.text}` is never {shown}",
                    place,
                    advice or _some([str(v) for v in possible]),
                )

    def _complain_of_contradiction(self, condition: c.AllOf) -> None:
        """Find two demands on one fact that no value can meet."""
        demanded: dict[str, Json] = {}
        for child in condition.children:
            if (
                isinstance(child, c.Match)
                and child.operator == "equals"
                and isinstance(child.operand, c.Literal)
            ):
                subject = _without_places(child.subject)
                first = demanded.setdefault(subject, child.operand.value)
                if same_value(first, child.operand.value) is not True:
                    values = f"{_shown(first)} and {_shown(child.operand.value)}"
                    self.complain(
                        f"no value equals both {values}, so this never holds", child.place
                    )


def _fits(kind: str, takes: Iterable[str]) -> bool:
    return kind in takes or (kind == "integer" and "number" in takes)


def _is_of(value: Json, kind: str) -> bool:
    kinds = {"string": str, "boolean": bool, "array": list, "object": dict, "null": type(None)}
    if kind in {"number", "integer"}:
        return isinstance(value, (int, float)) and not isinstance(value, bool)
    return isinstance(value, kinds.get(kind, object))


def _words(types: list[str]) -> str:
    names = {
        "string": "a text",
        "boolean": "true or false",
        "array": "a list",
        "object": "a mapping",
        "number": "a number",
        "integer": "a number",
        "null": "null",
    }
    return " or ".join(dict.fromkeys(names.get(kind, kind) for kind in types))


def _shown(value: Json) -> str:
    import json  # noqa: PLC0415 - only a complaint needs it

    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _step(step: str | int) -> str:
    return f"element {step}" if isinstance(step, int) else f"`{step}`"


def _some(known: list[str]) -> str | None:
    if not known:
        return None
    shown = ", ".join(f"`{name}`" for name in known[:_MOST_SHOWN])
    more = " ..." if len(known) > _MOST_SHOWN else ""
    return f"there {'are' if len(known) > 1 else 'is'} {shown}{more}"


def _without_places(value: object) -> str:
    """Give a condition as text in which places do not count, so that equal ones are equal."""
    fields = getattr(type(value), "__match_args__", None)
    if fields is None:
        if isinstance(value, tuple):
            return "(" + ",".join(_without_places(item) for item in value) + ")"
        return f"{type(value).__name__}:{value!r}"
    parts: Iterator[str] = (
        _without_places(getattr(value, field)) for field in fields if field not in {"place", "text"}
    )
    return f"{type(value).__name__}({','.join(parts)})"
