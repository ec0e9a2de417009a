"""How folding goes on: for each way (`next`, `return`, `exit`, ...) the state in which it would."""

from __future__ import annotations

from engine.precedence.state import join
from engine.precedence.values import concat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from engine.precedence.state import State
    from engine.precedence.values import Hole, Text

    Outcomes: TypeAlias = dict[str, State]

LOOP_FLOWS = ("break", "continue")


class TooMuch(Exception):  # noqa: N818 - it says what happened
    """A source needs more work than folding allows."""


class NoMatch(Exception):  # noqa: N818 - it says what happened
    """A pattern that matches no file, which zsh takes for an error."""


class Doubt(Exception):  # noqa: N818 - it says what is the matter
    """Something that a shell may take for an error: it goes on, or leaves by this flow."""

    def __init__(self, hole: Hole, flow: str = "stop") -> None:
        """Take why nobody knows, and how the shell leaves if it is an error."""
        super().__init__(hole, flow)
        self.hole = hole
        self.flow = flow


class Leave(Exception):  # noqa: N818 - it says what happens
    """An expansion that ends more than its own command: the flow says how much."""

    def __init__(self, flow: str) -> None:
        """Take the flow: `next` for this command only, `stop` for the file, `exit` for all."""
        super().__init__(flow)
        self.flow = flow


def merge(outcomes: Outcomes, others: Outcomes) -> None:
    """Add outcomes to others: two that go on in the same way are joined."""
    for flow, state in others.items():
        outcomes[flow] = join(outcomes[flow], state) if flow in outcomes else state


def merged(outcomes: Outcomes) -> State:
    """Give the one state after all outcomes, however each goes on."""
    first, *others = outcomes.values()
    for other in others:
        first = join(first, other)
    return first


def returned(outcomes: Outcomes) -> Outcomes:
    """Let `return` go on behind the call."""
    state = outcomes.pop("return", None)
    if state is not None:
        merge(outcomes, {"next": state})
    return outcomes


def ended_loop(outcomes: Outcomes) -> Outcomes:
    """Let `break` go on behind the loop, and `break 2` behind the one around it."""
    for flow in LOOP_FLOWS:
        state = outcomes.pop(flow, None)
        if state is not None:
            merge(outcomes, {"next": state})
    for flow in [flow for flow in outcomes if flow.partition(":")[0] in LOOP_FLOWS]:
        name, _, levels = flow.partition(":")
        state = outcomes.pop(flow)
        merge(outcomes, {name if levels == "2" else f"{name}:{int(levels) - 1}": state})
    return outcomes


def printed(state: State) -> Text:
    """Give what a command wrote to its standard output."""
    return concat(state.output or ())
