"""A whole Dockerfile: its stages, each followed on top of the one that it is built on.

Source: `resolveStages` and `dispatchStages` in BuildKit's `dockerfile2llb/convert.go`. BuildKit
follows only stages that the one to be built needs; we tell of each what it would be if it were
built, so what one stage is refused for counts for those that need it.
"""

from __future__ import annotations

import re

from engine.gather.dockerfile.checks import warnings_refuse
from engine.gather.dockerfile.evaluation import Evaluation
from engine.gather.dockerfile.instructions import check, flags_of
from engine.gather.dockerfile.lines import Instruction
from engine.gather.dockerfile.lines import read as read_lines
from engine.gather.dockerfile.model import Dockerfile, Stage
from engine.gather.dockerfile.plans import Plan, Plans
from engine.gather.dockerfile.refusal import Beyond, Refused, at_line
from engine.gather.dockerfile.scope import Scope

MOST_VARIABLES = 20_000
"""How many variables of all stages together are told."""
MOST_WORK = 1 << 22
"""How many characters of instructions are followed: ONBUILD is, in each stage built on another."""

_STEP = 100

_OFFICIAL = re.compile(r"(?:\S+/)?docker/dockerfile(?:-upstream)?(?:[:@]\S*)?")
_SLASHES = re.compile(r"//[\t\n\f\r ]*syntax[\t\n\f\r ]*=[\t\n\f\r ]*\S", re.IGNORECASE)


def read(content: bytes) -> Dockerfile:
    """Give what a Dockerfile comes to; `Refused` or `Beyond` where that is nothing."""
    if _SLASHES.match(content[:200].decode("latin-1").removeprefix("\xef\xbb\xbf")):
        raise Beyond("other_syntax", "its first line names another builder's syntax", 1)
    lines = read_lines(content)
    syntax = lines.directives.get("syntax", "").split(" ")[0]
    if syntax and not _OFFICIAL.fullmatch(syntax):
        raise Beyond("other_syntax", "its directive `syntax` names a language of others")
    strict = warnings_refuse(lines.directives.get("check", ""))
    plans = Plans(lines)
    stages = _Following(plans, lines.escape, syntax).stages()
    return Dockerfile(lines.directives, lines.escape, tuple(plans.args), stages, strict)


class _Following:
    def __init__(self, plans: Plans, escape: str, syntax: str) -> None:
        self._plans = plans
        self._escape = escape
        self._syntax = syntax
        self._states: list[Evaluation] = []
        self._refused: list[Refused | None] = []
        self._triggers: dict[int, tuple[Instruction, ...]] = {}
        self._variables = self._work = 0

    def stages(self) -> tuple[Stage, ...]:
        for plan in self._plans.plans:
            state = self._start(plan)
            self._states.append(state)
            self._refused.append(self._follow(plan, state))
            self._variables += len(state.scope.image) + len(state.scope.build)
            if self._variables > MOST_VARIABLES:
                raise Beyond("too_large", f"its stages set more than {MOST_VARIABLES} variables")
        return tuple(map(_stage, self._plans.plans, self._states, self._refused))

    def _start(self, plan: Plan) -> Evaluation:
        if plan.base_stage is not None:
            return self._states[plan.base_stage].child(plan.number)
        scope = Scope(plan.base.kind, plan.line)
        state = Evaluation(plan.number, self._escape, scope, self._plans.global_args)
        state.demands |= self._plans.demands
        return state

    def _follow(self, plan: Plan, state: Evaluation) -> Refused | None:
        """Follow a stage's instructions, and before them what its base left to it."""
        if plan.base_stage is not None and self._refused[plan.base_stage] is not None:
            return self._refused[plan.base_stage]
        try:
            triggers = self._left_by(plan.base_stage)
            own = {plan.number} if triggers else set()
            sources = {*self._plans.sources[plan.number], *self._plans.sources_of(triggers)} - own
            for source in sorted(sources):
                if source > plan.number:
                    raise Refused("it takes files from a stage that comes later", plan.line)  # noqa: TRY301 - it ends this stage
                if (refused := self._refused[source]) is not None:
                    return refused
                state.demands |= self._states[source].demands
            for one in (*triggers, *plan.instructions):
                self._work += len(one.text) + _STEP
                if self._work > MOST_WORK:
                    raise Beyond("too_large", "its stages repeat too much of each other")
                _check_labs(one, self._syntax)
                state.follow(one)
        except Refused as refused:
            return refused
        return None

    def _left_by(self, base_stage: int | None) -> tuple[Instruction, ...]:
        """Give what ONBUILD of a stage says, read anew as BuildKit does, from its plain text."""
        if base_stage is None:
            return ()
        if base_stage not in self._triggers:
            body = self._plans.plans[base_stage].instructions
            self._triggers[base_stage] = tuple(
                _trigger(one) for one in body if one.command == "onbuild"
            )
        return self._triggers[base_stage]


def _check_labs(one: Instruction, syntax: str) -> None:
    """Refuse what only the front ends named `labs` take."""
    if one.command == "run" and "device" in flags_of(one) and "labs" not in syntax:
        raise Refused("RUN takes `--device` only with a syntax of `labs`", one.line)


def _trigger(one: Instruction) -> Instruction:
    text = re.sub(r"^\s*ONBUILD\s*", "", one.text, flags=re.IGNORECASE)
    text += "".join(f"\n{each.content}{each.name}" for each in one.heredocs)
    with at_line(one.line):
        found = read_lines(text.encode("utf-8", "surrogateescape")).instructions
        if len(found) != 1:
            raise Refused("ONBUILD holds more than one instruction")
        check(found[0])
    return found[0].at(one.line)


def _stage(plan: Plan, state: Evaluation, refused: Refused | None) -> Stage:
    return Stage(
        number=plan.number,
        name=plan.name,
        line=plan.line,
        refused=refused,
        base=plan.base,
        base_stage=plan.base_stage,
        image=state.scope.image,
        build=state.scope.build,
        more=state.scope.more,
        settings=tuple(state.settings),
        user=state.user,
        workdir=state.workdir,
        shell=state.shell,
        entrypoint=state.entrypoint,
        cmd=state.cmd,
        runs=tuple(state.runs),
        copies=tuple(state.copies),
        same_references=tuple(state.same_references),
        demands=frozenset(state.demands),
    )
