"""Packs to a program: who extends whom, whose values count, which rules are changed or off."""

from __future__ import annotations

from engine.compile.bind import Binder, Paths
from engine.compile.program import EMPTY_PLAN, ROOT, Program, text_of
from engine.compile.schema import FactsSchema
from engine.errors import Complaint, LoadError, did_you_mean

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator, Mapping, Sequence

    from engine.compile.bind import Names
    from engine.compile.program import Node
    from engine.model.conditions import Condition
    from engine.model.json_value import Json, JsonObject
    from engine.model.rules import Override, Pack, Parameter, Rule, WaiverEntry

    Check = Callable[[Json, Json], str | None]


def compile_packs(  # noqa: PLR0913 - everything that a program is made of, by keyword
    packs: Sequence[Pack],
    *,
    facts_schema: JsonObject | None = None,
    params: Mapping[str, Json] | None = None,
    waivers: Sequence[WaiverEntry] = (),
    settings: JsonObject | None = None,
    check: Check | None = None,
) -> Program:
    """Give the program of some packs and of all that they extend.

    `params` are values from the command line, `check` says why a value does not conform to a
    schema. Raises LoadError with everything that is wrong.
    """
    compilation = Compilation(packs, facts_schema or {}, dict(params or {}), check)
    rules = [compilation.rule(pack, rule) for pack, rule in compilation.selected()]
    compiled = {rule["id"]: rule for rule in rules}
    bound = [compilation.waiver(entry, compiled) for entry in waivers]
    plan = compilation.plan()
    gather = compilation.gather()
    if compilation.complaints:
        raise LoadError(compilation.complaints)
    return Program(
        rules=sorted(rules, key=lambda rule: str(rule["id"])),
        paths=compilation.paths.entries,
        waivers=bound,
        disabled=sorted(compilation.disabled, key=lambda rule: str(rule["rule"])),
        settings=settings or {},
        plan_text=text_of(plan),
        gather=gather,
    )


def with_bases(packs: Sequence[Pack]) -> list[Pack]:
    """Give packs and all that they extend, each once, a base before whoever extends it."""
    found: dict[int, Pack] = {}

    def visit(pack: Pack) -> None:
        if id(pack) not in found:
            for base in pack.extends:
                visit(base)
            found[id(pack)] = pack

    for pack in packs:
        visit(pack)
    return list(found.values())


class Compilation:
    """What is known while packs become a program."""

    def __init__(
        self,
        packs: Sequence[Pack],
        facts_schema: JsonObject,
        params: dict[str, Json],
        check: Check | None,
    ) -> None:
        """Take packs and what the command line adds to them."""
        self.packs = with_bases(packs)
        self.paths = Paths()
        self.complaints: list[Complaint] = []
        self.schema = FactsSchema(facts_schema, self._declared(facts_schema))
        self.disabled: list[JsonObject] = []
        self._scopes: dict[str, tuple[Pack, Names]] = {}
        self._params = params
        self._check = check
        self._visible = {id(pack): with_bases([pack])[::-1] for pack in self.packs}
        self._overrides = self._collect_overrides()
        self._check_params()

    def _declared(self, facts_schema: JsonObject) -> list[JsonObject]:
        """Give what packs declare about facts of their own.

        A fact has one declaration: with two, a rule would be judged otherwise beside another pack.
        """
        known: dict[str, tuple[str, Json]] = {
            name: ("the engine", schema)
            for name, schema in facts_schema.get("properties", {}).items()
        }
        for pack in self.packs:
            for name, schema in (pack.facts or {}).items():
                if name == "process":
                    what = (
                        "the fact `process` would hide the process that conditions of the graph see"
                    )
                    self._complain(what, pack.place, "choose a name of your own")
                owner, first = known.setdefault(name, (f"the pack `{pack.name}`", schema))
                if first != schema:
                    what = f"the fact `{name}` is declared by {owner} already, in another way"
                    self._complain(what, pack.place, "choose a name of your own")
        declared = [pack.facts for pack in self.packs if pack.facts]
        return [*declared, _gathered_alone(self.packs, known)]

    def selected(self) -> Iterator[tuple[Pack, Rule]]:
        """Give every rule that is not switched off, with its pack."""
        for pack in self.packs:
            for rule in pack.rules:
                off = self._last(rule.id, "disabled")
                if off is not None and off[1].disabled:
                    self._note_disabled(rule, *off)
                else:
                    yield pack, rule

    def plan(self) -> JsonObject:
        """Give the plan of the packs' precedence graph."""
        if all(pack.graph is None for pack in self.packs):
            return EMPTY_PLAN
        from engine.compile.graph import compile_graph  # noqa: PLC0415 - imports networkx

        return compile_graph(self)

    def gather(self) -> list[JsonObject]:
        """Give what packs read without code."""
        if not any(pack.gather for pack in self.packs):
            return []
        from engine.compile.gathering import compile_gathering  # noqa: PLC0415 - few packs gather

        return compile_gathering(self.packs, self.schema, self.complaints)

    def rule(self, pack: Pack, rule: Rule) -> JsonObject:
        """Give a rule's compiled form."""
        binder = self.binder(pack, rule.id)
        names: Names = ()
        each = []
        for level in rule.for_each:
            domain, element = binder.domain(level.domain, names)
            each.append([domain, level.name])
            names = binder.bind(level.name, element, names, level.place)
        self._scopes[rule.id] = pack, names
        severity = self._last(rule.id, "severity")

        def node(condition: Condition | None, scope: Names) -> Node | None:
            return None if condition is None else binder.condition(condition, scope)

        return {
            "id": rule.id,
            "title": rule.title,
            "severity": severity[1].severity if severity else rule.severity,
            "pack": pack.name,
            "place": [rule.place.file, rule.place.line, rule.place.column],
            "about": rule.about,
            "references": list(rule.references),
            "tags": list(rule.tags),
            "subjects": list(rule.subjects),
            "when": node(rule.when, ()),
            "each": each,
            "where": node(rule.where, names),
            "unless": node(rule.unless, names),
            "require": node(rule.require, names),
            "message": binder.template(rule.message, names),
            "remedy": binder.template(rule.remedy, names) if rule.remedy else None,
        }

    def waiver(self, entry: WaiverEntry, rules: Mapping[str, JsonObject]) -> JsonObject:
        """Give a waiver's compiled form; its condition sees the names that its rule binds."""
        rule = rules.get(entry.rule)
        if rule is None and entry.rule not in {off["rule"] for off in self.disabled}:
            self._complain(
                f"unknown rule `{entry.rule}`", entry.place, did_you_mean(entry.rule, rules)
            )
        where = None
        if entry.where is not None and rule is not None:
            pack, names = self._scopes[entry.rule]
            where = self.binder(pack, entry.rule).condition(entry.where, names)
            self._refuse_strange_names(where, names, entry)
        return {
            "rule": entry.rule,
            "where": where,
            "value": entry.value,
            "owner": entry.owner,
            "because": entry.because,
            "expires": entry.expires,
            "place": [entry.place.file, entry.place.line, entry.place.column],
        }

    def _refuse_strange_names(self, node: Node, names: Names, entry: WaiverEntry) -> None:
        """Refuse a name that is nobody's: such a waiver would never waive, and never say so."""
        known = [name.text for name in names]
        for slot, steps, text, _ in (self.paths.entries[index] for index in _paths_in(node)):
            if names and slot == ROOT and steps[0] not in self.schema.top:
                what = (
                    f"`{text}` begins with no name that the rule binds, and with no declared fact"
                )
                advice = did_you_mean(str(steps[0]), known) or f"it binds {', '.join(known)}"
                self._complain(what, entry.place, advice)

    def binder(self, pack: Pack, rule: str | None, schema: FactsSchema | None = None) -> Binder:
        """Give what binds conditions as a pack reads them; overrides count for one rule only.

        `schema` says what there is, if that is more than the facts.
        """

        def definition(name: str) -> tuple[Condition, Binder] | Complaint:
            homes = [home for home in self._visible[id(pack)] if name in dict(home.define)]
            if not homes:
                known = [key for home in self._visible[id(pack)] for key, _ in home.define]
                return Complaint(f"unknown definition `{name}`", None, did_you_mean(name, known))
            if len(homes) > 1 and homes[0] is not pack:
                places = " and ".join(home.name for home in homes)
                return Complaint(f"the definition `{name}` is in the packs {places}")
            return dict(homes[0].define)[name], self.binder(homes[0], rule, schema)

        return Binder(
            paths=self.paths,
            schema=schema or self.schema,
            param=lambda name: self.param(pack, rule, name),
            definition=definition,
            known_params=lambda: [p.name for home in self._visible[id(pack)] for p in home.params],
            complaints=self.complaints,
        )

    def param(self, pack: Pack, rule: str | None, name: str) -> tuple[bool, Json]:
        """Give whether a parameter has a value for a rule of a pack, and the value.

        The declared default, then the default of a pack that extends the declaring one, then an
        override of the rule, then the command line; the last of them counts whole.
        """
        declaring = self._declaring(pack, name)
        if declaring is None:
            return False, None
        if name in self._params:
            return True, self._params[name]
        for _, override in reversed(self._overrides.get(rule or "", [])):
            if override.params is not None and name in override.params:
                return True, override.params[name]
        home, _ = declaring
        for other in reversed(self.packs):
            is_kin = self._extends(other, pack) or self._extends(pack, other)
            if is_kin and self._extends(other, home):
                for parameter in other.params:
                    if parameter.name == name and parameter.has_default:
                        return True, parameter.default
        return False, None

    def _declaring(self, pack: Pack, name: str) -> tuple[Pack, Parameter] | None:
        """Give the innermost pack that declares a parameter, whose schema checks every value."""
        found = None
        for home in self._visible[id(pack)]:
            for parameter in home.params:
                if parameter.name == name and (found is None or self._extends(found[0], home)):
                    found = home, parameter
        return found

    def _extends(self, pack: Pack, base: Pack) -> bool:
        """Say whether a pack is another one or extends it."""
        return any(base is other for other in self._visible[id(pack)])

    def _collect_overrides(self) -> dict[str, list[tuple[Pack, Override]]]:
        """Give each rule's overrides, the outermost last."""
        found: dict[str, list[tuple[Pack, Override]]] = {}
        for pack in self.packs:
            homes = {rule.id: home for home in self._visible[id(pack)] for rule in home.rules}
            for override in pack.overrides:
                home = homes.get(override.rule)
                if home is None:
                    advice = did_you_mean(override.rule, homes)
                    self._complain(f"unknown rule `{override.rule}`", override.place, advice)
                    continue
                found.setdefault(override.rule, []).append((pack, override))
                for name, value in (override.params or {}).items():
                    self._check_value(home, name, value, override.place)
        return found

    def _check_params(self) -> None:
        for pack in self.packs:
            for parameter in pack.params:
                if parameter.has_default:
                    self._check_value(pack, parameter.name, parameter.default, parameter.place)
        known = {parameter.name for pack in self.packs for parameter in pack.params}
        for name, value in self._params.items():
            if name not in known:
                self._complain(f"unknown parameter `{name}`", None, did_you_mean(name, known))
            for pack in self.packs:
                if any(parameter.name == name for parameter in pack.params):
                    self._check_value(pack, name, value, None)

    def _check_value(self, pack: Pack, name: str, value: Json, place: Json) -> None:
        declaring = self._declaring(pack, name)
        if declaring is None:
            known = [p.name for home in self._visible[id(pack)] for p in home.params]
            self._complain(f"unknown parameter `{name}`", place, did_you_mean(name, known))
            return
        schema = declaring[1].schema
        if schema is True or self._check is None:
            return
        why = self._check(value, schema)
        if why is not None:
            self._complain(f"the value of the parameter `{name}` does not conform: {why}", place)

    def _last(self, rule: str, field: str) -> tuple[Pack, Override] | None:
        """Give the outermost override that says something about a field."""
        found = self._overrides.get(rule, [])
        return next((item for item in reversed(found) if getattr(item[1], field) is not None), None)

    def _note_disabled(self, rule: Rule, pack: Pack, override: Override) -> None:
        self.disabled.append({"rule": rule.id, "pack": pack.name, "because": override.because})

    def _complain(self, what: str, place: Json, advice: str | None = None) -> None:
        complaint = Complaint(what, place, advice)
        if complaint not in self.complaints:
            self.complaints.append(complaint)


def _gathered_alone(packs: Sequence[Pack], declared: Container[str]) -> JsonObject:
    """Give a schema of the facts that packs gather below names that nobody declares."""
    found: JsonObject = {}
    for pack in packs:
        for entry in pack.gather:
            *way, last = entry.fact
            if way and way[0] not in declared:
                properties = found
                for step in way:
                    inner = properties.setdefault(step, {"type": "object"})
                    properties = inner.setdefault("properties", {})
                properties.setdefault(last, {})
    return found


def _paths_in(node: Json) -> Iterator[int]:
    """Give the index of every path that a condition names."""
    if isinstance(node, list) and node and node[0] != "value":
        if node[0] == "fact":
            yield node[1]
        for part in node:
            yield from _paths_in(part)
