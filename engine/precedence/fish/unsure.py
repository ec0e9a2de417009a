"""What becomes of a state where code is not run, or may not be."""

from __future__ import annotations

from engine.precedence.fish.builtins import Builtins
from engine.precedence.fish.touched import Walk
from engine.precedence.outcomes import merge
from engine.precedence.values import Hole, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State


class Unsure(Builtins):
    """Lets be unknown what code may touch."""

    @staticmethod
    def opaque(hole: Hole, names: list[str] | None, state: State) -> None:
        """Let what code that is not run may touch be unknown, and what it prints."""
        Builtins.opaque(hole, names, state)
        if state.output is not None:
            state.output = (*state.output, unknown_as(hole))

    def unsure(self, script: list[Any], hole: Hole, state: State, line: int) -> Outcomes:
        """Let what a script may touch be unknown; whether it runs so is not known."""
        output = state.output
        outcomes = self.smear(script, state, hole, line)
        for after in outcomes.values():
            if output is not None:
                after.output = (*output, unknown_as(hole))
        return outcomes

    def smear(  # noqa: C901 - all that may be touched
        self,
        script: list[Any],
        state: State,
        doubt: Hole,
        line: int,
        names: tuple[str, ...] = (),
    ) -> Outcomes:
        """Let everything that a script may touch be unknown."""
        hole = Hole(doubt.cause, doubt.detail, doubt.place or self.place(line), doubt.is_some)
        if doubt in self.tools_of:
            hole = doubt
        state.doubt = hole
        touch = Walk(state.functions, self.visit_all).script(script)
        for name in (*names, *touch.names):
            self.spoil(name, hole, state)
            if name == "argv":
                state.arguments = hole
            if name == "PWD":
                state.directory = unknown_as(hole)
        if touch.variables:
            self.taint_variables(hole, state)
        if touch.everything:
            state.taint_everything(hole)
        for name in touch.functions:
            state.functions[name] = hole
            state.aliases.pop(name, None)
        if touch.loads:
            state.loaded_hole = hole
        waiting = {h[2] for h in state.hooks if isinstance(h, tuple) and h[1] in touch.names}
        for name in waiting:
            function = state.functions.get(name)
            for key in Walk(state.functions).script(getattr(function, "script", [])).names:
                self.spoil(key, hole, state)
        if touch.names & {"fish_user_paths"}:
            self.spoil("PATH", hole, state)
        state.status = hole
        if state.output is not None:
            state.output = (*state.output, unknown_as(hole))
        outcomes: Outcomes = {flow: state.copy() for flow in touch.flows}
        merge(outcomes, {"next": state})
        return outcomes
