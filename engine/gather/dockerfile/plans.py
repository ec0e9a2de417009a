"""The stages of a Dockerfile before any is followed: what each is built on, and takes files from.

Source: `toDispatchState` in BuildKit's `dockerfile2llb/convert.go`. What a stage is built on is
looked up among the names before it; what it takes files from, among all. A number names a stage
only behind `--from`.
"""

from __future__ import annotations

import graphlib
import re
from typing import TYPE_CHECKING

from engine.gather.dockerfile.evaluation import names_in
from engine.gather.dockerfile.expansion import expanded
from engine.gather.dockerfile.instructions import arguments, check, flags_of, stage_name
from engine.gather.dockerfile.model import Base, Setting
from engine.gather.dockerfile.mounts import sources_of
from engine.gather.dockerfile.names import check_platform, whole_name
from engine.gather.dockerfile.refusal import Beyond, Refused, at_line
from engine.gather.dockerfile.scope import CLIENT_ARGS, global_args
from engine.gather.dockerfile.spaces import in_unicode
from engine.gather.dockerfile.values import UNSET, Variable, hole_in, literal, unknown
from engine.gather.dockerfile.words import words_of
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.dockerfile.lines import Instruction, Lines

MOST_STAGES = 500
_NUMBER = re.compile(r"[-+]?[0-9]{1,18}", re.ASCII)


@record
class Plan:
    """A stage before its instructions are followed."""

    number: int
    name: str
    line: int
    base: Base
    base_stage: int | None
    instructions: tuple[Instruction, ...]


class Plans:
    """The stages of a file in order, and what the whole file says before the first.

    `demands` are what decides whether anything can be built, out of what the file does not know.
    """

    def __init__(self, lines: Lines) -> None:
        """Take a file's instructions; `Refused` where BuildKit refuses all of it."""
        self._escape = lines.escape
        self.global_args = global_args()
        self.args: list[Setting] = []
        self.demands: set[str] = set()
        self.plans: list[Plan] = []
        before, stages = _parted(lines)
        for one in before:
            self._set_global_args(one)
        for head, *body in stages:
            with at_line(head.line):
                self.plans.append(self._plan(head, tuple(body)))
        self._latest = {plan.name: plan.number for plan in self.plans if plan.name}
        self.sources = {plan.number: self.sources_of(plan.instructions) for plan in self.plans}
        self._refuse_circles()

    def _set_global_args(self, one: Instruction) -> None:
        for word in words_of(one.rest, one.escape):
            name, sign, text = in_unicode(word).partition("=")
            with at_line(one.line):
                value = self._expanded(text) if sign else None
            self.args.append(Setting("arg", name, value.parts if value else None, one.line))
            if name in CLIENT_ARGS:
                given = unknown("not_collected", "the client may hand on a value of its own")
                value = Variable(given, value is not None or None)
            if value is not None:
                args = value.args | {name}
                self.global_args[name] = Variable(value.parts, value.is_set, one.line, args)
            elif name not in self.global_args:
                self.global_args[name] = Variable((), False, one.line, frozenset((name,)))

    def _expanded(self, word: str) -> Variable:
        return expanded(word, self._escape, lambda name: self.global_args.get(name, UNSET))

    def _plan(self, head: Instruction, body: tuple[Instruction, ...]) -> Plan:
        word = arguments(head)[0]
        found = self._expanded(word)
        if not found.parts:
            raise Refused("the base is empty")
        name = literal(found.parts)
        if name is None:
            self.demands |= set(names_in(word, self._escape))
        base, base_stage = self._base(name, found, head.line)
        if platform := flags_of(head).get("platform", [""])[0]:
            text = literal(self._expanded(platform).parts)
            if text is None:
                self.demands |= set(names_in(platform, self._escape))
            else:
                check_platform(text)
        return Plan(len(self.plans), stage_name(head), head.line, base, base_stage, body)

    def _base(self, name: str | None, found: Variable, line: int) -> tuple[Base, int | None]:
        if name is None:
            hole = hole_in(found.parts) or Absent("not_collected", "it is not known")
            return Base("unknown", hole, hole, line, found.args), None
        for plan in reversed(self.plans):
            if plan.name == name:
                return plan.base, plan.number
        if name == "scratch":
            return Base("scratch", name, name, line, found.args), None
        return Base("image", name, whole_name(name), line, found.args), None

    def sources_of(self, instructions: tuple[Instruction, ...]) -> list[int]:
        """Give the stages that instructions take files from; what is no stage must be an image."""
        found = []
        for one in instructions:
            with at_line(one.line):
                for name in self._source_names(one):
                    found += self._source(one, name)
        return found

    def _source(self, one: Instruction, name: str) -> list[int]:
        if name.lower() in self._latest:
            return [self._latest[name.lower()]]
        if one.command == "copy" and _NUMBER.fullmatch(name):
            if not 0 <= int(name) < len(self.plans):
                raise Refused("`--from` names no stage")
            return [int(name)]
        if name != "scratch":
            whole_name(name)
        return []

    def _source_names(self, one: Instruction) -> list[str]:
        if one.command == "run":
            return sources_of(flags_of(one).get("mount", []))
        name = flags_of(one).get("from", [""])[0] if one.command == "copy" else ""
        if name and literal(expanded(name, self._escape, lambda _: UNSET).parts) != name:
            raise Refused("`--from` takes no variables")
        return [name] if name else []

    def _refuse_circles(self) -> None:
        try:
            graphlib.TopologicalSorter(self.sources).prepare()
        except graphlib.CycleError as error:
            line = self.plans[error.args[1][0]].line
            raise Refused("stages take files from each other in a circle", line) from None


def _parted(lines: Lines) -> tuple[list[Instruction], list[list[Instruction]]]:
    """Part the instructions into those before the first FROM, and the stages."""
    before: list[Instruction] = []
    stages: list[list[Instruction]] = []
    for one in lines.instructions:
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
