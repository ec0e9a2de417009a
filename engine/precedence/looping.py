"""Loops: turn by turn while that can be known, else everything that they touch is unknown."""

from __future__ import annotations

from engine.precedence.branching import Branching
from engine.precedence.outcomes import ended_loop, merge
from engine.precedence.touched import touched
from engine.precedence.values import Hole, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State

    Script: TypeAlias = list[Any]
    Status: TypeAlias = "int | Hole"

MAX_TURNS = 1_000


class Looping(Branching):
    """Folds statements that repeat."""

    def fold_for(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `for`."""
        _, line, name, words, body = statement
        if words is None:
            if isinstance(state.arguments, Hole):
                return self.smear(body, state, state.arguments, line, (name,))
            items, doubt = list(state.arguments), None
        else:
            items, doubt = self.fields(words, state, line)
        if doubt is not None:
            return self.smear(body, state, doubt, line, (name,))
        if len(items) > MAX_TURNS:
            return self.smear(body, state, Hole("too_large", "a long loop"), line, (name,))
        if not items or not body:
            state.status = 0
        left: Outcomes = {}
        for item in items:
            self.set_text(name, item, state, line)
            following = self._turn(self.run(body, state), left)
            if following is None:
                return ended_loop(left)
            state = following
        merge(left, {"next": state})
        return ended_loop(left)

    def fold_while(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `while`."""
        _, line, condition, body, until = statement
        left: Outcomes = {}
        for _ in range(MAX_TURNS):
            outcomes = self.checking(condition, state)
            after = outcomes.pop("next", None)
            merge(left, outcomes)
            if after is None:
                return ended_loop(left)
            if isinstance(after.status, Hole):
                merge(left, self.smear(condition + body, after, after.status, line))
                return ended_loop(left)
            if (after.status == 0) is bool(until):
                after.status = 0
                merge(left, {"next": after})
                return ended_loop(left)
            following = self._turn(self.run(body, after), left)
            if following is None:
                return ended_loop(left)
            state = following
        doubt = Hole("too_large", f"a loop of more than {MAX_TURNS} turns", self.place(line))
        merge(left, self.smear(condition + body, state, doubt, line))
        return ended_loop(left)

    @staticmethod
    def _turn(outcomes: Outcomes, left: Outcomes) -> State | None:
        """Give the state in which the next turn begins; note what leaves the loop."""
        following: Outcomes = {}
        for flow, state in outcomes.items():
            merge(
                following if flow in {"next", "continue"} else left,
                {"on" if flow in {"next", "continue"} else flow: state},
            )
        return following.get("on")

    def smear(
        self, script: Script, state: State, doubt: Hole, line: int, names: tuple[str, ...] = ()
    ) -> Outcomes:
        """Let everything that a script may touch be unknown: nobody knows how often it runs."""
        hole = Hole(doubt.cause, doubt.detail, doubt.place or self.place(line))
        state.doubt = hole
        touch = touched(script, state.functions, self.visit_all)
        for name in (*names, *touch.names):
            state.taint(name, hole)
        if touch.everything:
            state.taint_everything(hole)
        for name in touch.functions:
            state.functions[name] = hole
        for name in touch.aliases:
            state.aliases[name] = hole
        if touch.loads:
            state.loaded_hole = hole
        state.status = hole
        if state.output is not None:
            state.output = (*state.output, unknown_as(hole))
        leaves = {"nounset": "stop", "errexit": "exit", "errreturn": "return"}
        flows = {leaves[name] for name in leaves if state.options.get(name, False) is not False}
        outcomes: Outcomes = {flow: state.copy() for flow in touch.flows | flows}
        merge(outcomes, {"next": state})
        return outcomes

    def visit_all(self, statement: list[Any]) -> None:
        """Note that a statement may run, though it was not folded."""
        if self._fixed is None and self.file is not None:
            self.launch.visited.add((self.file, statement[1]))
