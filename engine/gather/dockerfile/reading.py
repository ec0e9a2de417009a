"""A whole Dockerfile: its stages, how they are built on each other, and what is refused.

Source: `toDispatchState` in BuildKit's `frontend/dockerfile/dockerfile2llb/convert.go`. Stages are
looked up by name when they are built on, among those before; when files are taken from them, among
all. A number names a stage only behind `--from`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.dockerfile.evaluation import Evaluation, names_in
from engine.gather.dockerfile.expansion import expanded
from engine.gather.dockerfile.instructions import arguments, check, flags_of, stage_name
from engine.gather.dockerfile.lines import read as read_lines
from engine.gather.dockerfile.model import Argument, Base, Dockerfile, Stage
from engine.gather.dockerfile.mounts import sources_of
from engine.gather.dockerfile.names import check_platform, whole_name
from engine.gather.dockerfile.refusal import Beyond, Refused
from engine.gather.dockerfile.scope import CLIENT_ARGS, Scope, global_args
from engine.gather.dockerfile.spaces import in_unicode
from engine.gather.dockerfile.values import UNSET, Variable, hole_in, literal, unknown
from engine.gather.dockerfile.words import words_of
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.dockerfile.lines import Instruction, Lines

MOST_STAGES = 500
MOST_VARIABLES = 20_000
"""How many variables of all stages together are told."""

_OFFICIAL = re.compile(r"(?:\S+/)?docker/dockerfile(?:-upstream)?(?:[:@]\S*)?|dockerfile\.v0|gateway\.v0")
_SLASHES = re.compile(r"//[\t\n\f\r ]*syntax[\t\n\f\r ]*=[\t\n\f\r ]*\S", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)


def read(content: bytes) -> Dockerfile:
    """Give what a Dockerfile comes to; `Refused` or `Beyond` where that is nothing."""
    if _SLASHES.match(content[:200].decode("latin-1")):
        raise Beyond("other_syntax", "its first line names another builder's syntax", 1)
    lines = read_lines(content)
    syntax = lines.directives.get("syntax", "").split(" ")[0]
    if syntax and not _OFFICIAL.fullmatch(syntax):
        raise Beyond("other_syntax", "its directive `syntax` names a language of others")
    return _Reading(lines).read()


@record
class _Plan:
    """A stage before its instructions are followed."""

    number: int
    name: str
    line: int
    base: Base
    base_stage: int | None
    instructions: list[Instruction]
    sources: list[int]
    """The stages that it takes files from."""


class _Reading:
    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._global_args = global_args()
        self._args: list[Argument] = []
        self._plans: list[_Plan] = []
        self._demands: set[str] = set()
        self._variables = 0

    def read(self) -> Dockerfile:
        before, stages = self._parted()
        self._set_global_args(before)
        for head, *body in stages:
            self._plans.append(self._plan(head, body))
        latest = {plan.name: plan.number for plan in self._plans if plan.name}
        for plan in self._plans:
            for one in plan.instructions:
                plan.sources.extend(self._sources(one, latest))
        self._refuse_circles()
        found = self._evaluated(latest)
        return Dockerfile(self._lines.directives, self._lines.escape, tuple(self._args), found)

    def _parted(self) -> tuple[list[Instruction], list[list[Instruction]]]:
        """Part the instructions into those before the first FROM, and the stages."""
        before: list[Instruction] = []
        stages: list[list[Instruction]] = []
        for one in self._lines.instructions:
            check(one)
            if one.command == "from":
                stages.append([one])
            elif stages:
                stages[-1].append(one)
            elif one.command == "arg":
                before.append(one)
            else:
                raise Refused("only ARG may stand before the first FROM", one.line)
        if not stages:
            raise Refused("it has no stages")
        if len(stages) > MOST_STAGES:
            raise Beyond("too_large", f"it has more than {MOST_STAGES} stages")
        return before, stages

    def _set_global_args(self, before: list[Instruction]) -> None:
        for one in before:
            for word in words_of(one.rest, one.escape):
                name, sign, text = in_unicode(word).partition("=")
                value = self._expanded(text, one.line) if sign else None
                self._args.append(Argument(name, value.parts if value else None, one.line))
                if name in CLIENT_ARGS:
                    given = unknown("not_collected", "the client may hand on a value of its own")
                    value = Variable(given, value is not None or None)
                if value is not None:
                    args = value.args | {name}
                    self._global_args[name] = Variable(value.parts, value.is_set, one.line, args)
                elif name not in self._global_args:
                    self._global_args[name] = Variable((), False, one.line, frozenset((name,)))

    def _expanded(self, word: str, line: int) -> Variable:
        try:
            return expanded(
                word, self._lines.escape, lambda name: self._global_args.get(name, UNSET)
            )
        except Refused as refused:
            raise Refused(refused.reason, line) from None

    def _plan(self, head: Instruction, body: list[Instruction]) -> _Plan:
        number = len(self._plans)
        found = self._expanded(arguments(head)[0], head.line)
        try:
            if not found.parts:
                raise Refused("the base is empty")
            name = literal(found.parts)
            if name is None:
                self._demands |= set(names_in(arguments(head)[0], self._lines.escape))
            base, base_stage = self._base(name, found, head.line)
            if platform := flags_of(head).get("platform", [""])[0]:
                text = literal(self._expanded(platform, head.line).parts)
                if text is None:
                    self._demands |= set(names_in(platform, self._lines.escape))
                else:
                    check_platform(text)
        except Refused as refused:
            raise Refused(refused.reason, head.line) from None
        return _Plan(number, stage_name(head), head.line, base, base_stage, body, [])

    def _base(self, name: str | None, found: Variable, line: int) -> tuple[Base, int | None]:
        if name is None:
            hole = hole_in(found.parts) or Absent("not_collected", "it is not known")
            return Base("unknown", hole, hole, line, found.args), None
        for plan in reversed(self._plans):
            if plan.name and plan.name == name:
                return plan.base, plan.number
        if name == "scratch":
            return Base("scratch", name, name, line, found.args), None
        return Base("image", name, whole_name(name), line, found.args), None

    def _sources(self, one: Instruction, latest: dict[str, int]) -> list[int]:
        """Give the stages that an instruction takes files from."""
        found = []
        try:
            for name in self._source_names(one):
                if name.lower() in latest:
                    found.append(latest[name.lower()])
                elif name != "scratch":
                    if one.command == "copy" and _NUMBER.fullmatch(name):
                        if not 0 <= int(name) < len(self._plans):
                            raise Refused("`--from` names no stage")
                        found.append(int(name))
                    else:
                        whole_name(name)
        except Refused as refused:
            raise Refused(refused.reason, one.line) from None
        return found

    def _source_names(self, one: Instruction) -> list[str]:
        if one.command == "run":
            return sources_of(flags_of(one).get("mount", []))
        name = flags_of(one).get("from", [""])[0] if one.command == "copy" else ""
        if name and literal(expanded(name, self._lines.escape, lambda _: UNSET).parts) != name:
            raise Refused("`--from` takes no variables")
        return [name] if name else []

    def _refuse_circles(self) -> None:
        """Refuse stages that take files from each other in a circle."""
        done: set[int] = set()
        for first in self._plans:
            way: list[tuple[int, list[int]]] = []
            todo: int | None = first.number if first.number not in done else None
            while todo is not None or way:
                if todo is not None:
                    done.add(todo)
                    way.append((todo, list(self._plans[todo].sources)))
                number, left = way[-1]
                todo = None
                if not left:
                    way.pop()
                    continue
                following = left.pop()
                if any(following == each for each, _ in way):
                    raise Refused("stages take files from each other", self._plans[number].line)
                todo = following if following not in done else None

    def _evaluated(self, latest: dict[str, int]) -> tuple[Stage, ...]:
        found: list[Stage] = []
        states: list[Evaluation] = []
        for plan in self._plans:
            if plan.base_stage is None:
                scope = Scope(plan.base.kind, plan.line)
                state = Evaluation(plan.number, self._lines.escape, scope, self._global_args)
            else:
                state = states[plan.base_stage].child(plan.number)
            state.demands |= self._demands
            refused = self._follow(plan, state, found, latest)
            self._variables += len(state.scope.image) + len(state.scope.build)
            if self._variables > MOST_VARIABLES:
                raise Beyond("too_large", f"its stages set more than {MOST_VARIABLES} variables")
            states.append(state)
            found.append(_stage(plan, state, refused))
        return tuple(found)

    def _follow(
        self, plan: _Plan, state: Evaluation, found: list[Stage], latest: dict[str, int]
    ) -> Refused | None:
        """Follow a stage's instructions, those that its base left it first; give why it stops."""
        base = None if plan.base_stage is None else found[plan.base_stage]
        if base is not None and base.refused is not None:
            return base.refused
        try:
            body = [*self._triggers(plan), *plan.instructions]
            sources = {*plan.sources, *(s for one in body for s in self._sources(one, latest))}
            for source in sorted(sources):
                # Only what ONBUILD left can name the stage itself: its files so far.
                if source > plan.number:
                    raise Refused("it takes files from a stage that comes later", plan.line)
                if source < plan.number:
                    if (refused := found[source].refused) is not None:
                        return refused
                    state.demands |= found[source].demands
            for one in body:
                state.follow(one)
        except Refused as refused:
            return refused
        return None

    def _triggers(self, plan: _Plan) -> list[Instruction]:
        """Give what ONBUILD of the stage says that a stage is built on, read anew as BuildKit does."""
        if plan.base_stage is None:
            return []
        found: list[Instruction] = []
        for one in self._plans[plan.base_stage].instructions:
            if one.command != "onbuild":
                continue
            text = re.sub(r"^\s*ONBUILD\s*", "", one.text, flags=re.IGNORECASE)
            text += "".join(f"\n{each.content}{each.name}" for each in one.heredocs)
            try:
                lines = read_lines(text.encode("utf-8", "surrogateescape"))
                if len(lines.instructions) != 1:
                    raise Refused("ONBUILD holds more than one instruction")
                trigger = lines.instructions[0].at(one.line)
                check(trigger)
            except Refused as refused:
                raise Refused(refused.reason, one.line) from None
            found.append(trigger)
        return found


def _stage(plan: _Plan, state: Evaluation, refused: Refused | None) -> Stage:
    return Stage(
        plan.number,
        plan.name,
        plan.line,
        refused,
        plan.base,
        plan.base_stage,
        state.scope.image,
        state.scope.build,
        state.scope.more,
        tuple(state.args),
        state.user,
        state.workdir,
        state.shell,
        state.entrypoint,
        state.cmd,
        tuple(state.runs),
        tuple(state.copies),
        tuple(state.same_references),
        frozenset(state.demands),
    )
