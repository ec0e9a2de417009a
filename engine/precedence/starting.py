"""What a process starts with: what it inherits, what it adopts, what others have."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.precedence.inheriting import (
    holes_of,
    inherited,
    keeper,
    known_or_named,
    names_in,
    one_of,
    passed_on,
)
from engine.precedence.instances import SEPARATOR, split_name
from engine.precedence.launch import Undecided
from engine.precedence.state import Place, State, Variable
from engine.precedence.values import Hole, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from engine.model.json_value import JsonObject
    from engine.precedence.fold import Ended
    from engine.precedence.launch import Launch


class Starting:
    """Works out what one process starts with, from processes that were folded before it."""

    def __init__(
        self,
        plan: JsonObject,
        process: Callable[[str], Ended],
        decide: Callable[[Any, State], bool | Absent],
        launch: Launch,
    ) -> None:
        """Take the plan, what folds another process, what judges conditions, and the process."""
        self._processes = plan["processes"]
        self._process = process
        self._decide = decide
        self._launch = launch
        self._name = launch.process

    def inherited(self, spec: JsonObject) -> State:
        """Give what it inherits; where several ways are left, what they agree on."""
        ways = spec.get("inherits") or ()
        candidates, why, _ = self._that_may_apply(ways, State())
        if not candidates:
            state = State()
            if ways:
                hole = Hole("missing", "none of the ways in which it is started applies")
                state.taint_everything(hole)
            return state
        states = [self._by_way(way) for way in candidates]
        if why is None or not states[1:]:
            return states[0][1]
        return one_of(states, why, self._name)

    def adopted(self, spec: JsonObject, state: State) -> State:
        """Give a state with what it takes over of another process, as an IDE does of a shell."""
        ways, why, is_one = self._that_may_apply(spec.get("adopts") or (), state)
        if not ways:
            return state
        adopted = [self._taking_over(way, state.copy()) for way in ways]
        if why is None:
            return adopted[0][1]
        if not is_one:
            adopted.append((f"{spec.get('title') or self._name} without it", state))
        return one_of(adopted, why, self._name)

    def elsewhere(self, process: str, variable: str) -> Variable:
        """Give a variable as another process has it."""
        try:
            return self._process(self._related(process)).state.variable(variable)
        except Undecided as error:
            hole = Hole(error.hole.cause, error.hole.detail, Place(process=process))
            return Variable(unknown_as(hole), None, None, is_set=None)

    def _that_may_apply(
        self, ways: Iterable[JsonObject], state: State
    ) -> tuple[list[JsonObject], Absent | None, bool]:
        """Give the first way whose condition holds, and those before it of which nobody knows.

        And why they are several, and whether one of them is certain to apply.
        """
        found: list[JsonObject] = []
        why: Absent | None = None
        for way in ways:
            truth = self._decide(way.get("when"), state)
            if truth is False:
                continue
            found.append(way)
            if truth is True:
                return found, why, True
            why = why or truth
        return found, why, False

    def _by_way(self, way: JsonObject) -> tuple[str, State]:
        if way.get("mode") == "nothing" or not way.get("from"):
            return "an empty environment", State()
        origin = self._processes[way["from"]]
        title = origin.get("title") or way["from"]
        try:
            parent = self._process(self._related(way["from"], way.get("of")))
        except Undecided as error:
            if not origin.get("for_each"):
                raise
            # What is set on top of an image that nobody knows is known all the same.
            state = State()
            place = Place(process=self._name)
            state.taint_everything(Hole(error.hole.cause, error.hole.detail, place))
            return title, state
        return title, inherited(parent.state, way, self._name, self._launch.machine)

    def _related(self, process: str, of: Any = None) -> str:
        """Give the name of another process: of several, the one of an id, or of our own element."""
        if not (self._processes.get(process) or {}).get("for_each"):
            return process
        element = split_name(self._name)[1] if of is None else self._launch.known(of)
        if isinstance(element, Absent):
            raise Undecided(element)
        return f"{process}{SEPARATOR}{element}"

    def _taking_over(self, way: JsonObject, state: State) -> tuple[str, State]:
        title = self._processes[way["from"]].get("title") or way["from"]
        try:
            other = self._process(self._related(way["from"])).state
        except Undecided as error:
            state.taint_everything(Hole(error.hole.cause, error.hole.detail))
            return title, state
        names = names_in(way.get("names") or [], self._launch.machine)
        if isinstance(names, Absent):
            state.taint_everything(Hole(names.cause, names.detail))
            return title, state
        keeps = keeper(way.get("mode", "all"), names)
        theirs = known_or_named(other, way, names)
        for key in filter(keeps, dict.fromkeys((*state.variables, *theirs))):
            variable = other.variable(key)
            # What it has not stays as it was; of what it may have, nobody knows.
            if variable.exported is not False or variable.is_set is None:
                state.put(key, passed_on(variable, self._name, "adopt"))
        hole, patterns = holes_of(other, way, names)
        state.hole = state.hole or hole
        state.patterns = (*patterns, *state.patterns)
        return title, state
