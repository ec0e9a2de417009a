"""The fold along the graph: each process inherits an environment and reads its sources in order."""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase

from engine.model.facts import Absent, PartialMap
from engine.model.graph import SHELL_DEFAULTS
from engine.model.record import record, replace
from engine.precedence.launch import MOST_STEPS, Launch
from engine.precedence.orders import stretches
from engine.precedence.outcomes import Doubt, Leave, TooMuch, merge, merged
from engine.precedence.reading import Reading
from engine.precedence.shell.dialect import DIALECTS
from engine.precedence.shell.shell import Shell
from engine.precedence.state import Event, Place, State, Variable, join
from engine.precedence.values import Hole, as_fact, hole_in, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from engine.model.json_value import JsonObject
    from engine.precedence.interpreter import Interpreter
    from engine.precedence.world import World

_ALL_STEPS, _LEAST_STEPS = 60_000, 2_000
"""How many statements all processes may run, and each of them even after that."""


class Undecided(Exception):  # noqa: N818 - it says what is the matter
    """Which process this is cannot be told from the facts."""

    def __init__(self, hole: Absent) -> None:
        """Take the cause."""
        super().__init__(hole)
        self.hole = hole


@record
class Ended:
    """A process after its sources: its state, how it was launched, and what it did not read."""

    state: State
    launch: Launch
    interpreter: Interpreter
    skipped: tuple[JsonObject, ...]
    spec: JsonObject


class Fold:
    """Folds processes of a plan over one document; parents are folded once."""

    def __init__(
        self, plan: JsonObject, root: JsonObject, world: World, holds: Callable[..., Any]
    ) -> None:
        """Take the plan, the facts, and what decides the conditions of edges."""
        self._plan = plan
        self._root = root
        self._world = world
        self._holds = holds
        self._ended: dict[str, Ended] = {}
        self._left = _ALL_STEPS
        self.visited: set[tuple[str, int]] = set()

    def process(self, name: str) -> Ended:
        """Give a process after all that it reads."""
        if name not in self._ended:
            self._ended[name] = self._fold(name)
        return self._ended[name]

    def _fold(self, name: str) -> Ended:
        spec = self._specification(name)
        shell = dict(SHELL_DEFAULTS) | (spec["shell"] or {})
        launch = Launch(
            self._world,
            process=name,
            shell=shell,
            tools=tuple(self._plan.get("tools") or ()),
            user=self._user(spec),
        )
        launch.visited = self.visited
        launch.most_steps = max(_LEAST_STEPS, min(MOST_STEPS, self._left))
        interpreter = _interpreter(launch)
        state = self._inherited(spec, name)
        self._adopt(spec, state, name)
        state.directory = self._directory(spec, state)
        reading = Reading(
            self._plan["sources"],
            interpreter,
            shell,
            lambda when, now: self._decide(when, now, reading),
        )
        try:
            state = self._read_all(spec, name, state, reading)
            if spec.get("moment") == "prompt":
                state = _going_on(interpreter.at_prompt(state), name)
            interpreter.finish(state, (self._plan.get("tracks") or {}).get("commands") or ())
        except (TooMuch, RecursionError) as error:
            said = str(error) if isinstance(error, TooMuch) else "it nests too deep"
            state.taint_everything(Hole("too_large", f"gave up: {said}"))
        self._left -= interpreter.steps
        return Ended(state, launch, interpreter, tuple(reading.skipped), spec)

    # What kind of process it is.

    def _specification(self, name: str) -> JsonObject:
        """Give a process with what it takes from those that it is like."""
        chain: list[JsonObject] = []
        like: str | None = name
        while like is not None:
            if like == "$SHELL":
                like = self._login_shell(chain[0])
            spec = self._plan["processes"].get(like)
            if spec is None:
                raise Undecided(Absent("unsupported", f"`{like}` is no shell that is known"))
            chain.append(spec)
            like = spec.get("like")
        shell: JsonObject = {}
        for spec in reversed(chain if chain[0].get("like") == "$SHELL" else chain[:1]):
            shell |= spec.get("shell") or {}
        reads: list[JsonObject] = next(
            (s["reads"] for s in chain if s.get("reads") is not None), []
        )
        return chain[0] | {"shell": shell, "reads": reads}

    def _login_shell(self, spec: JsonObject) -> str:
        user = self._user(spec)
        shell = user.get("shell")
        if not isinstance(shell, str) or not shell:
            hole = shell if isinstance(shell, Absent) else None
            raise Undecided(hole or Absent("not_collected", "the user's login shell is not known"))
        name = posixpath.basename(shell)
        return {"dash": "sh", "ksh93": "ksh", "rbash": "bash", "busybox": "ash"}.get(name, name)

    def _user(self, spec: JsonObject) -> JsonObject:
        name = spec.get("user")
        found = self._world.fact("user") if name is None else self._world.fact("users", name)
        if isinstance(found, dict):
            return found if name is None else found | {"name": name}
        return {}

    def _directory(self, spec: JsonObject, state: State) -> Any:
        home = state.variable("HOME").scalar()
        written = spec.get("directory")
        if isinstance(written, str) and written.startswith("/"):
            return written
        inherited = state.variable("PWD").scalar()
        return inherited or home or unknown_as(Hole("not_collected", "its directory is not known"))

    # What it starts with.

    def _inherited(self, spec: JsonObject, name: str) -> State:
        state = State()
        inherits = spec.get("inherits")
        if not inherits or inherits.get("mode") == "nothing" or not inherits.get("from"):
            return state
        parent = self.process(inherits["from"]).state
        names = self._names(inherits.get("names") or [])
        keeps = _keeper(inherits.get("mode", "all"), names)
        if isinstance(names, Absent):
            hole = Hole(names.cause, names.detail or "which variables are kept is not known")
            state.hole = hole
            return state
        for key, variable in parent.variables.items():
            if variable.exported is False:
                continue
            if keeps(key):
                state.put(key, _passed_on(variable, name))
        if inherits.get("mode") != "only":
            state.hole, state.patterns = parent.hole, parent.patterns
        return state

    def _names(self, written: list[Any]) -> list[str] | Absent:
        names: list[str] = []
        for item in written:
            if not isinstance(item, dict):
                names.append(str(item))
                continue
            steps = item.get("fact") or []
            found = self._world.fact(*([steps] if isinstance(steps, str) else steps))
            if isinstance(found, Absent):
                return found
            names += [str(one) for one in found] if isinstance(found, list) else [str(found)]
        return names

    def _adopt(self, spec: JsonObject, state: State, name: str) -> None:
        """Take over the environment of another process, as an IDE does of a shell it starts."""
        adopts = spec.get("adopts")
        if not adopts:
            return
        try:
            adopted = self.process(adopts["from"]).state
        except Undecided as error:
            state.taint_everything(Hole(error.hole.cause, error.hole.detail))
            return
        names = self._names(adopts.get("names") or [])
        if isinstance(names, Absent):
            state.taint_everything(Hole(names.cause, names.detail))
            return
        keeps = _keeper(adopts.get("mode", "all"), names)
        for key, variable in adopted.variables.items():
            if variable.exported is not False and keeps(key):
                state.put(key, _passed_on(variable, name, "adopt"))
        state.hole = state.hole or adopted.hole

    # What it reads.

    def _read_all(self, spec: JsonObject, name: str, state: State, reading: Reading) -> State:
        pairs = [frozenset(t[:2]) for t in self._plan.get("unordered") or () if t[2] == name]
        for orders in stretches(spec["reads"], pairs):
            ends = [
                self._read_in_order(order, spec, state.copy() if orders[1:] else state, reading)
                for order in orders
            ]
            state, *others = ends
            for other in others:
                # What differs between two orders is ambiguous, unless it is not known for itself.
                sources = " and ".join(f"`{edge['source']}`" for edge in orders[0])
                detail = f"nobody has said which of {sources} comes first"
                hole = Hole("ambiguous", detail, Place(process=name))
                state.doubt = other.doubt = hole
                state = join(state, other)
        return state

    def _read_in_order(
        self, edges: list[JsonObject], spec: JsonObject, state: State, reading: Reading
    ) -> State:
        title = spec.get("title") or ""
        for edge in edges:
            truth = True if edge.get("when") is None else self._decide(edge["when"], state, reading)
            if truth is False:
                reading.skip(edge, state, "condition", edge.get("evidence") or "")
                continue
            if truth is True:
                state = _going_on(self._read(edge, state, reading), title)
                continue
            detail = truth.detail or "whether it is read is not known"
            place = Place(source=edge["source"], process=reading.process)
            state.doubt = Hole(truth.cause, detail, place)
            outcomes = self._read(edge, state.copy(), reading)
            merge(outcomes, {"next": state})
            state = _going_on(outcomes, title)
        return state

    @staticmethod
    def _read(edge: JsonObject, state: State, reading: Reading) -> dict[str, State]:
        try:
            return reading.read(edge, state)
        except Leave:
            return {"next": state}
        except Doubt as doubt:
            state.taint_everything(doubt.hole)
            return {"next": state}

    def _decide(self, when: Any, state: State, reading: Reading) -> bool | Absent:
        process = {
            "shell": reading.shell,
            "option": {
                key: Absent(on.cause, on.detail) if isinstance(on, Hole) else on
                for key, on in (reading.options | state.options).items()
            },
        }
        root = PartialMap(self._root)
        root.more = getattr(self._root, "more", None)
        root["process"] = process
        truth: bool | Absent = self._holds(when, root, lambda name: _as_entry(state.variable(name)))
        return truth


def _interpreter(launch: Launch) -> Interpreter:
    name = launch.shell.get("name")
    if name == "fish":
        from engine.precedence.fish import Fish  # noqa: PLC0415

        return Fish(launch)
    return Shell(launch, name if name in DIALECTS else "sh")


def _keeper(mode: str, names: list[str] | Absent) -> Callable[[str], bool]:
    patterns = names if isinstance(names, list) else []

    def named(key: str) -> bool:
        return any(fnmatchcase(key, pattern) for pattern in patterns)

    if mode == "only":
        return named
    if mode == "except":
        return lambda key: not named(key)
    return lambda _: True


def _passed_on(variable: Variable, process: str, op: str = "inherit") -> Variable:
    """Give a variable as a child process gets it."""
    value = variable.scalar()
    event = Event(op, value, Place(None, None, None, process), variable.history)
    if value is None:
        return Variable(None, False, event, is_set=False)
    return replace(
        variable, value=value, history=event, kinds=frozenset(), exported=variable.exported
    )


def _going_on(outcomes: dict[str, State], title: str) -> State:
    """Give the state of a process that lives on; one that ends or runs another has no values.

    A context says what holds when it is reached, so a branch in which the shell exits does not
    count beside one in which it goes on.
    """
    following: dict[str, State] = {}
    for flow, state in outcomes.items():
        if flow != "exit":
            merge(following, {"on": state})
    if following:
        return following["on"]
    state = merged(outcomes)
    hole = Hole("opaque", f"the start-up of {title or 'the shell'} ends in `exit`")
    state.taint_everything(hole)
    return state


def _as_entry(variable: Variable) -> JsonObject:
    """Give a variable as conditions of edges see it."""
    value = variable.scalar()
    if variable.is_set is False or value is None:
        return {"state": "unset"}
    shown = as_fact(value)
    if variable.is_set is None:
        # Whether it is set decides what asks for it as little as its value does.
        hole = hole_in(value)
        return {"state": Absent("opaque", "") if hole is None else hole.absent(), "value": shown}
    return {"state": "set", "value": shown}
