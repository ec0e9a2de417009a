"""The whole of folding that shells share; a subclass says what commands and words mean."""

from __future__ import annotations

from engine.precedence.folding import MAX_DEPTH
from engine.precedence.looping import Looping
from engine.precedence.outcomes import Doubt, Leave, merge, merged, printed, returned
from engine.precedence.state import Function
from engine.precedence.values import Hole, concat, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, TypeAlias

    from engine.precedence.launch import Launch
    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

    Script: TypeAlias = list[Any]
    Status: TypeAlias = "int | Hole"


MAX_CALLS = 4
"""How often a function may be at work in itself."""


class Interpreter(Looping):
    """Folds scripts over a state."""

    def __init__(self, launch: Launch) -> None:
        """Take the launch."""
        super().__init__(launch)
        self._active: list[Script] = []
        self.output_doubt: Hole | None = None
        """Why the command that is about to run may fail for where it writes."""

    def fold_cmd(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `cmd`."""
        return self.strict(self.command(statement, state))

    def fold_decl(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `decl`."""
        return self.strict(self.declare(statement, state))

    def fold_block(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `block`."""
        return self.run(statement[2], state)

    def fold_redir(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `redir`."""
        _, line, inner, inputs = statement
        before = state.input
        state.input = self.open_files(inner, inputs, state, line)
        return self.redirected(inputs, before, state, lambda: self.execute(inner, state))

    def open_files(
        self, statement: list[Any], inputs: list[Any], state: State, line: int
    ) -> Text | None:
        """Give what a statement reads, once all that it reads and writes has been opened."""
        try:
            return self.read_inputs(inputs, state, line)
        except Leave:
            if not self.redirection_ends_more(statement):
                raise
            hole = Hole("unsupported", "a redirection that fails", self.place(line))
            raise Doubt(hole) from None

    def redirection_ends_more(self, statement: list[Any]) -> bool:
        """Say whether a redirection that fails may do more than to skip its statement."""
        raise NotImplementedError

    def redirected(
        self, inputs: list[Any], before: Text | None, state: State, fold: Callable[[], Outcomes]
    ) -> Outcomes:
        """Fold what reads or writes elsewhere: what it prints is not seen here then."""
        printed_before = state.output
        is_away = printed_before is not None and any(kind == ">" for kind, _ in inputs)
        doubt, self.output_doubt = self.output_doubt, None
        outcomes = fold()
        reads = any(kind.startswith("<") for kind, _ in inputs)
        for after in outcomes.values():
            if reads:
                after.input = before
            after.status = doubt or after.status
            if is_away:
                after.output = printed_before
        return outcomes

    def read_inputs(self, inputs: list[Any], state: State, line: int) -> Text | None:
        """Give what a command reads from its standard input."""
        given = state.input
        for kind, word in inputs:
            if kind in {"<<<", "<<"}:
                text = self.text(word, state, line)
                given = text if kind == "<<" else concat((text, "\n"))
            elif kind == "<":
                given = self.open_input(self.text(word, state, line), state, line)
            else:
                doubt = self.open_output(self.text(word, state, line), state)
                self.output_doubt = self.output_doubt or doubt
        return given

    def open_output(self, path: Text, state: State) -> Hole | None:
        """Note that a file is written, and give why that may fail; where it must, raise `Leave`."""
        raise NotImplementedError

    def change_files(self, paths: list[Text], state: State) -> None:
        """Note that a command makes, changes or removes these."""
        raise NotImplementedError

    def open_input(self, path: Text, state: State, line: int) -> Text:
        """Give a file's content as input; the facts do not hold it."""
        raise NotImplementedError

    def fold_sub(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `sub`."""
        return self.strict({"next": self.aside(statement[2], state)})

    def aside(self, script: Script, state: State) -> State:
        """Fold what changes nothing here but the status and what it prints."""
        inner = state.copy()
        ended = merged(self.run(script, inner))
        state.status, state.output = ended.status, ended.output
        state.changed_files = ended.changed_files
        self.shared(ended, state)
        return state

    def shared(self, ended: State, state: State) -> None:
        """Take over what a subshell that is no process of its own leaves behind."""

    def fold_bg(self, _statement: list[Any], state: State) -> Outcomes:
        """Fold `bg`."""
        state.status = 0
        return {"next": state}

    def fold_pipe(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `pipe`."""
        *before, last = statement[2]
        outer_input, outer_output = state.input, state.output
        statuses: list[Status] = []
        for part in before:
            inner = state.copy()
            inner.output = ()
            ended = merged(self.checking([part], inner))
            state.input, state.changed_files = printed(ended), ended.changed_files
            statuses.append(ended.status)
        if state.options.get("lastpipe", False) is not False:
            # Where there is no job control the last command runs here.
            ended = merged(self.checking([last], state.copy()))
            state.changed_files = ended.changed_files
            return self.smear([last], state, Hole("unsupported", "`lastpipe`"), statement[1])
        if self.last_of_pipe_is_here():
            outcomes = self.execute(last, state)
        else:
            inner = state.copy()
            ended = merged(self.checking([last], inner))
            state.status, state.output = ended.status, ended.output
            state.changed_files = ended.changed_files
            self._fails_with(statuses, state)
            outcomes = self.strict({"next": state})
        for after in outcomes.values():
            if self.last_of_pipe_is_here():
                self._fails_with(statuses, after)
            after.input = outer_input
            if outer_output is None:
                after.output = None
        return outcomes

    @staticmethod
    def _fails_with(statuses: list[Status], state: State) -> None:
        """Let `pipefail` give the status of the last command that failed, if it is on."""
        on = state.options.get("pipefail", False)
        if on is False:
            return
        for status in reversed(statuses):
            if state.status != 0:
                return
            state.status = status

    def fold_func(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `func`."""
        _, line, name, body, *options = statement
        state.functions[name] = Function(
            body, self.place(line), dict(state.aliases), tuple(options)
        )
        state.status = 0
        return {"next": state}

    def fold_anon(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `anon`."""
        _, line, body, words = statement
        arguments, doubt = self.fields(words, state, line)
        function = Function(body, self.place(line), dict(state.aliases))
        return self.call(function, doubt or tuple(arguments), state)

    def call(
        self, function: Function, arguments: tuple[Text, ...] | Hole, state: State
    ) -> Outcomes:
        """Fold a function's body with arguments of its own.

        A function that calls itself again and again, because its guards are not known, is not
        followed further: what it may touch is unknown then.
        """
        active = sum(one is function.script for one in self._active)
        if active >= MAX_CALLS or len(self._active) >= MAX_DEPTH - 10:
            name = function.place.text() if function.place is not None else "a function"
            hole = Hole("opaque", f"{name} calls itself", function.place)
            return self.smear(function.script, state, hole, self.line)
        before = state.arguments
        state.arguments = arguments
        state.frames.append({})
        file = function.place.file if function.place is not None else None
        self._active.append(function.script)
        try:
            outcomes = self.at(file, lambda: self.run(function.script, state))
        finally:
            self._active.pop()
        for after in outcomes.values():
            after.arguments = before
            for name, variable in after.frames.pop().items():
                if variable is None:
                    after.variables.pop(name, None)
                else:
                    after.variables[name] = variable
        return returned(outcomes)

    def fold_test(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `test`."""
        state.status = self.condition(statement[2], state)
        return self.strict({"next": state})

    def fold_arith(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `arith`."""
        state.status = self.arithmetic(statement[2], state, statement[1])
        return self.strict({"next": state})

    def fold_opaque(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `opaque`."""
        _, line, detail, names = statement
        self.opaque(Hole("opaque", detail, self.place(line)), names, state)
        if detail == "always":
            # `{ .. } always { .. }` of zsh may leave by what its first part does.
            return {"next": state, "return": state.copy()}
        return {"next": state}

    @staticmethod
    def opaque(hole: Hole, names: list[str] | None, state: State) -> None:
        """Let what code that is not run may touch be unknown: these names, or anything."""
        state.status = hole
        if state.output is not None:
            state.output = (*state.output, unknown_as(hole))
        if names is None:
            state.taint_everything(hole)
            return
        for name in names:
            state.taint(name, hole)

    def fold_broken(self, _statement: list[Any], state: State) -> Outcomes:
        """Fold `broken`."""
        state.status = 2
        return {"stop": state}

    # Moments and names, which not every interpreter has.

    def ended_file(self, outcomes: Outcomes) -> Outcomes:
        """Let what leaves a file go on behind it."""
        outcomes = returned(outcomes)
        stopped = outcomes.pop("stop", None)
        if stopped is not None:
            merge(outcomes, {"next": stopped})
        return outcomes

    def at_prompt(self, state: State) -> Outcomes:
        """Fold what runs before the prompt is shown."""
        return {"next": state}

    def command_path(self, name: str, _state: State) -> Text | None:
        """Give the file that a command name runs, None if there is none."""
        return unknown_as(Hole("unsupported", f"where `{name}` is found"))

    def finish(self, state: State, _commands: Iterable[str] = ()) -> None:
        """Leave variables and names as children and people find them."""

    def expands_aliases(self, _state: State) -> bool:
        """Say whether aliases are in force."""
        return False
