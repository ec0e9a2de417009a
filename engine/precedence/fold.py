"""The fold along the graph: each process inherits an environment and reads its sources in order."""

from __future__ import annotations

import posixpath

from engine.model.facts import Absent, PartialMap
from engine.model.graph import SHELL_DEFAULTS
from engine.model.record import record
from engine.precedence.commands import on_path
from engine.precedence.expressions import evaluate_expression
from engine.precedence.instances import element_of, names_of, split_name
from engine.precedence.launch import MOST_STEPS, Launch, Undecided
from engine.precedence.orders import stretches
from engine.precedence.outcomes import Doubt, Leave, TooMuch, merge, merged
from engine.precedence.reading import Reading
from engine.precedence.shell.dialect import DIALECTS
from engine.precedence.shell.shell import Shell
from engine.precedence.starting import Starting
from engine.precedence.state import Place, State, join
from engine.precedence.values import Hole, as_fact, concat, hole_in, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from engine.model.json_value import Json, JsonObject
    from engine.precedence.interpreter import Interpreter
    from engine.precedence.state import Variable
    from engine.precedence.values import Text
    from engine.precedence.world import World

_ALL_STEPS, _LEAST_STEPS = 60_000, 2_000
"""How many statements all processes may run, and each of them even after that."""


@record
class Ended:
    """A process after its sources: its state, how it was launched, and what it did not read."""

    state: State
    launch: Launch
    interpreter: Interpreter
    skipped: tuple[JsonObject, ...]
    spec: JsonObject

    def searched(self, name: str) -> Text | None:
        """Give where a program is looked for: folders as in PATH; None where PATH is not set."""
        folders = (self.spec.get("finds") or {}).get(name)
        if folders is None:
            return self.state.variable("PATH").scalar()
        process = {"shell": self.launch.shell}
        found = (evaluate_expression(f, self.state, self.interpreter, process) for f in folders)
        parts: list[Text] = []
        for text in found:
            if text is not None and text != "":
                parts += [":", text] if parts else [text]
        return concat(parts)


class Fold:
    """Folds processes of a plan over one document; parents are folded once."""

    def __init__(
        self,
        plan: JsonObject,
        world: World,
        holds: Callable[..., Any],
        asks: Callable[[Ended, str, str], tuple[Text | None, Place | None]] | None = None,
    ) -> None:
        """Take the plan, the facts, and what decides the conditions of edges.

        `asks` asks a program in a process as it is so far what it makes of one of its settings.
        """
        self._asks = asks
        self._plan = plan
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

    def applies(self, name: str) -> bool | Absent:
        """Say whether there is such a process at all."""
        process, element = split_name(name)
        spec = self._plan["processes"].get(process) or {}
        return self._decide(spec.get("when"), State(), self._launch(spec, name, element), {})

    def names(self, process: str) -> tuple[list[str], Absent | None]:
        """Give the contexts of a process, and why there may be others."""
        return names_of(self._plan, process, self._world)

    def _launch(self, spec: JsonObject, name: str, element: str | None) -> Launch:
        each = element_of(spec, element, self._world)
        launch = Launch(
            self._world,
            process=name,
            shell=dict(SHELL_DEFAULTS),
            tools=tuple(self._plan.get("tools") or ()),
            each=each,
        )
        if spec.get("file_system") is not None:
            launch.world = self._world.of(launch.known(spec["file_system"]))
        launch.user = self._user(spec, launch)
        launch.visited = self.visited
        return launch

    def _fold(self, name: str) -> Ended:
        process, element = split_name(name)
        launch = self._launch(self._plan["processes"].get(process) or {}, name, element)
        if isinstance(launch.each, Absent):
            raise Undecided(launch.each)
        spec = self._specification(process, launch)
        launch.shell |= spec["shell"] or {}
        launch.most_steps = max(_LEAST_STEPS, min(MOST_STEPS, self._left))
        interpreter = _interpreter(launch)
        if self._asks is not None:
            asks = self._asks
            launch.asks = lambda program, setting, now: asks(
                Ended(now, launch, interpreter, (), spec), program, setting
            )
        starting = Starting(
            self._plan,
            self.process,
            lambda when, now: self._decide(when, now, launch, {}),
            launch,
        )
        state = starting.adopted(spec, starting.inherited(spec))
        state.directory = self._directory(spec, state, launch)
        reading = Reading(
            self._plan["sources"],
            interpreter,
            state.copy(),
            lambda when, now: self._decide(
                when, now, launch, reading.options | now.options, interpreter
            ),
            starting.elsewhere,
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

    def _specification(self, name: str, launch: Launch) -> JsonObject:
        """Give a process with what it takes from those that it is like."""
        chain: list[JsonObject] = []
        like: str | None = name
        while like is not None:
            if like == "$SHELL":
                like = _login_shell(chain[0], launch)
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

    def _user(self, spec: JsonObject, launch: Launch) -> JsonObject:
        written = spec.get("user")
        name = None if written is None else launch.known(written)
        if isinstance(name, Absent):
            return {}
        found = launch.world.fact("user") if name is None else _account(name, launch.world)
        if isinstance(found, dict):
            return found if name is None else found | {"name": name}
        return {} if name is None else {"name": name}

    @staticmethod
    def _directory(spec: JsonObject, state: State, launch: Launch) -> Any:
        home = state.variable("HOME").scalar()
        written = spec.get("directory")
        if isinstance(written, dict):
            written = launch.known(written)
            if isinstance(written, Absent):
                return unknown_as(Hole(written.cause, written.detail or "its directory"))
            if not written.startswith("/"):
                return unknown_as(Hole("unsupported", f"`{written}` is no whole path"))
        if isinstance(written, str) and written.startswith("/"):
            return written
        inherited_ = state.variable("PWD").scalar()
        return inherited_ or home or unknown_as(Hole("not_collected", "its directory is not known"))

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
            truth = reading.decide(edge.get("when"), state)
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

    def _decide(
        self,
        when: Any,
        state: State,
        launch: Launch,
        options: Mapping[str, Any],
        interpreter: Interpreter | None = None,
    ) -> bool | Absent:
        if when is None:
            return True
        process = {
            "shell": launch.shell,
            "option": {
                key: Absent(on.cause, on.detail) if isinstance(on, Hole) else on
                for key, on in options.items()
            },
        }
        facts = launch.world.root
        root = PartialMap(facts)
        root.more = getattr(facts, "more", None)
        root["process"] = process
        if launch.each is not None:
            root["each"] = launch.each
        truth: bool | Absent = self._holds(
            when,
            root,
            lambda name: _as_entry(state.variable(name)),
            lambda name: on_path(name, state, interpreter),
        )
        return truth


def _account(name: str, world: World) -> Json | Absent:
    """Give an account by its name or number, as images write it, perhaps with a group."""
    name = name.partition(":")[0]
    if not name.isdecimal():
        return world.fact("users", name)
    users = world.fact("users")
    known = users.values() if isinstance(users, dict) else ()
    found = (one for one in known if isinstance(one, dict) and one.get("uid") == int(name))
    return next(found, Absent("missing", f"no account with the number {name}"))


def _login_shell(spec: JsonObject, launch: Launch) -> str:
    """Give the name of the shell that a process of the user's shell is."""
    path = (spec.get("shell") or {}).get("path")
    shell = launch.user.get("shell") if path is None else launch.known(path)
    if not isinstance(shell, str) or not shell:
        hole = shell if isinstance(shell, Absent) else None
        raise Undecided(hole or Absent("not_collected", "the user's login shell is not known"))
    name = posixpath.basename(shell)
    return {"dash": "sh", "ksh93": "ksh", "rbash": "bash", "busybox": "ash"}.get(name, name)


def _interpreter(launch: Launch) -> Interpreter:
    name = launch.shell.get("name")
    if name == "fish":
        from engine.precedence.fish import Fish  # noqa: PLC0415

        return Fish(launch)
    return Shell(launch, name if name in DIALECTS else "sh")


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
