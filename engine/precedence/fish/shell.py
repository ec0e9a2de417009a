"""The interpreter of fish."""

from __future__ import annotations

import posixpath

from engine.precedence.fish.builtins import BUILTINS, NO_SUCH, SHIPPED, Builtins
from engine.precedence.fish.globs import NoMatch
from engine.precedence.fish.lists import NotKnown
from engine.precedence.fish.touched import Walk
from engine.precedence.fish.utilities import UTILITIES, WRITES, run_utility
from engine.precedence.fish.words import Aborted
from engine.precedence.outcomes import Leave, ended_loop, merge, merged, printed
from engine.precedence.shell.tools import find_tool
from engine.precedence.values import Hole, Mixed, concat, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

_NO_MATCH, _EMPTY = 124, 123
_MOST_TURNS = 1_000
_QUIET_GLOBS = frozenset(("set", "count", "path"))
_LEAVING = {"break": "break", "continue": "continue"}


class Fish(Builtins):
    """Folds fish scripts."""

    syntax = "fish"

    def expands_aliases(self, _state: State) -> bool:
        """Say whether a typed name may be an alias: in fish those are functions."""
        return True

    def runs(self, path: str, state: State) -> bool | Hole:
        """Say whether a path is a program."""
        return self._runs(path, state)

    def last_of_pipe_is_here(self) -> bool:
        """Say whether the last command of a pipe runs in this very shell."""
        return True

    @staticmethod
    def opaque(hole: Hole, names: list[str] | None, state: State) -> None:
        """Let what code that is not run may touch be unknown, and what it prints."""
        Builtins.opaque(hole, names, state)
        if state.output is not None:
            state.output = (*state.output, unknown_as(hole))

    def execute(self, statement: list[Any], state: State) -> Outcomes:
        """Fold one statement; what ends only a command does so with a status of its own."""
        if self.config is None:
            self.config = self.config_folder(state)
        try:
            if self.file is not None and self.file.endswith("/fish_variables"):
                return self._universal(statement, state)
            return super().execute(statement, state)
        except NotKnown as error:
            return self.unsure([statement], error.hole, state, statement[1])

    def statement(self, statement: list[Any], state: State) -> Outcomes:
        """Fold a statement by its first word."""
        try:
            return super().statement(statement, state)
        except NoMatch:
            state.status = _NO_MATCH
        except Aborted as error:
            state.status = error.status
            self.is_broken = True
            return {error.flow: state}
        self.is_broken = True
        return {"next": state}

    def unsure(self, script: list[Any], hole: Hole, state: State, line: int) -> Outcomes:
        """Let what a script may touch be unknown; whether it runs so is not known."""
        output = state.output
        outcomes = self.smear(script, state, hole, line)
        for after in outcomes.values():
            if output is not None:
                after.output = (*output, unknown_as(hole))
        return outcomes

    # Simple commands.

    def command(self, statement: list[Any], state: State) -> Outcomes:
        """Fold a simple command with the variables that are set for it."""
        _, line, assigns, words, inputs = statement
        self.line = line
        self.is_broken = False
        if not assigns:
            return self._redirected(words, inputs, state, line)
        with self.scope() as scope:
            for name, _, value, _ in assigns:
                items, doubt = self.expand(value, state, line)
                key = self._local_key(name, state, "local")
                self.write(key, items, state, line, doubt=doubt, exported=True)
            return self.leave(scope, self._redirected(words, inputs, state, line))

    def _redirected(self, words: list[Any], inputs: list[Any], state: State, line: int) -> Outcomes:
        if not inputs:
            return self._named(words, state, line)
        return self.with_inputs(inputs, state, line, lambda: self._named(words, state, line))

    def with_inputs(self, inputs: list[Any], state: State, line: int, fold: Any) -> Outcomes:
        """Fold with redirections of standard input and output."""
        given, output = state.input, state.output
        state.input = self.read_inputs([i for i in inputs if i[0] == "<"], state, line)
        targets = [word for kind, word in inputs if kind == ">"]
        for word in targets:
            if word[:1] != ["&"]:
                self.change_files([self.text(word, state, line)], state)
        if targets:
            state.output = None
        outcomes: Outcomes = fold()
        for after in outcomes.values():
            after.input = given
            if targets:
                after.output = output
        return outcomes

    def fold_redir(self, statement: list[Any], state: State) -> Outcomes:
        """Fold a block with redirections."""
        _, line, inner, inputs = statement
        return self.with_inputs(inputs, state, line, lambda: self.execute(inner, state))

    def _named(self, words: list[Any], state: State, line: int) -> Outcomes:
        """Expand a command, and run it once more without it if it may be aborted."""
        self.abort_doubt = None
        spare = state.copy() if _substitutes(words) else None
        names, why = self.expand(words[0], state, line)
        if not names:
            state.status = _EMPTY
            return {"next": state} if why is None else self.unsure([], why, state, line)
        self.globs_may_fail = names[0] in _QUIET_GLOBS
        try:
            more, doubt = self.fields(words[1:], state, line)
        finally:
            self.globs_may_fail = False
        arguments = [*names[1:], *more]
        self.is_broken = False
        abort, self.abort_doubt = self.abort_doubt, None
        outcomes = self._run(names[0], arguments, why or doubt, state, line)
        if abort is not None and spare is not None:
            spare.status = NO_SUCH
            after = outcomes.get("next")
            (after or spare).doubt = abort
            spare.doubt = abort
            merge(outcomes, {"next": spare})
        return outcomes

    def _run(
        self, name: Text, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> Outcomes:
        if isinstance(name, Mixed):
            hole = why_not(name)
            if any(isinstance(atom, str) and "/" in atom for atom in name.atoms):
                return self._outside("", arguments, state, hole)
            self.opaque(Hole(hole.cause, hole.detail, self.place(line)), None, state)
            return {"next": state}
        if name == "command":
            return self._command(arguments, doubt, state, line)
        if name == "builtin":
            if arguments and isinstance(arguments[0], str) and not arguments[0].startswith("-"):
                return self._builtin(arguments[0], arguments[1:], doubt, state, line)
            state.status = self.run_builtin(arguments, state, line) or 0
            return {"next": state}
        if name == "exec":
            return self._exec(arguments, state)
        if name not in BUILTINS or name in state.functions:
            why = self.autoload(name, state, line)
            if name in state.functions:
                outcomes = self.call_function(name, arguments, doubt, state, line)
                self.is_broken = False
                return outcomes
            if name in SHIPPED or name in UTILITIES:
                why = None
            elif why is None and name not in BUILTINS and "/" not in name:
                why = state.names_hole
            if why is not None:
                self.opaque(why, None, state)
                return {"next": state}
        return self._builtin(name, arguments, doubt, state, line)

    def _builtin(
        self, name: str, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> Outcomes:
        if name in {".", "source"}:
            return (
                self.run_source(arguments, state, line)
                if doubt is None
                else self._any(doubt, state)
            )
        if name == "eval":
            outcomes = self.evaluate_arguments(arguments, doubt, state, line)
            self.is_broken = False
            return outcomes
        if name in {"return", "exit"}:
            self._leave_with(arguments, doubt, state)
            return {"return" if name == "return" else "stop": state}
        if name in _LEAVING:
            return {name: state}
        try:
            status = self.simple(name, arguments, doubt, state, line)
        except NotKnown as error:
            where = error.hole.place or self.place(line)
            hole = Hole(error.hole.cause, error.hole.detail, where, error.hole.is_some)
            if error.hole in self.tools_of:
                hole = error.hole
            words = [
                [["q", word]] if isinstance(word, str) else [["var", "?"]] for word in arguments
            ]
            return self.unsure([["cmd", line, [], [[name], *words], []]], hole, state, line)
        if status is False:
            return self._outside(name, arguments, state, None)
        if status is not None:
            state.status = status
        return {"next": state}

    def _any(self, doubt: Hole, state: State) -> Outcomes:
        self.opaque(doubt, None, state)
        return {"next": state}

    @staticmethod
    def _leave_with(arguments: list[Text], doubt: Hole | None, state: State) -> None:
        if doubt is not None:
            state.status = doubt
        elif arguments:
            word = arguments[0]
            if isinstance(word, Mixed):
                state.status = why_not(word)
            else:
                state.status = int(word) % 256 if word.lstrip("-").isdigit() else 2

    def _command(
        self, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> Outcomes:
        if not arguments:
            state.status = 0
            return {"next": state}
        name, *rest = arguments
        if isinstance(name, Mixed):
            return self._outside("", rest, state, why_not(name))
        if not name.startswith("-"):
            return self._outside(name, rest, state, doubt)
        if doubt is not None:
            state.status = doubt
            self.say(unknown_as(doubt), state)
            return {"next": state}
        status = self.run_command(arguments, state, line)
        state.status = 0 if status is None else status
        return {"next": state}

    def _exec(self, arguments: list[Text], state: State) -> Outcomes:
        """Run `exec`: another program takes over, if it is there."""
        if not arguments:
            state.status = 0
            return {"next": state}
        name = arguments[0]
        path = why_not(name) if isinstance(name, Mixed) else self.command_path(name, state)
        if path is None:
            state.status = NO_SUCH
            return {"next": state}
        shown = name if isinstance(name, str) else "a program"
        if isinstance(path, Hole):
            hole = self.hole(path.cause, f"`exec {shown}` may start another program here")
            state.taint_everything(hole)
            state.status = hole
            return {"next": state}
        state.taint_everything(self.hole("opaque", f"`exec` starts `{shown}` here"))
        return {"exit": state}

    def _outside(
        self, name: str, arguments: list[Text], state: State, doubt: Hole | None
    ) -> Outcomes:
        """Run a program; it changes nothing here but files."""
        path = doubt if not name else self.command_path(name, state)
        if path is None:
            state.status = NO_SUCH
            self.is_broken = True
            return {"next": state}
        if _is_utility(name) and (not isinstance(path, Hole) or self._is_usual(state)):
            try:
                answer = run_utility(self, name, arguments, state) if doubt is None else None
            except NotKnown as error:
                hole = self.hole(error.hole.cause, error.hole.detail)
                answer = unknown_as(hole), hole
            if answer is not None:
                self.say(answer[0], state)
                state.status = answer[1]
                return {"next": state}
        if isinstance(path, Hole) and not self._is_usual_name(name, state):
            self.abort_doubt = self.hole(path.cause, f"whether `{name}` is there: {path.detail}")
        if name in WRITES:
            self.change_files([a for a in arguments if not _is_option(a)], state)
        hole = self.hole("opaque", f"the output of `{name or 'a program'}`")
        words = [name, *(word for word in arguments if isinstance(word, str))]
        tool = find_tool(self.launch.tools, words, state)
        if tool is not None:
            self.tools_of[hole] = tool
        self.say(unknown_as(hole), state)
        if state.input is not None:
            state.input = ""
        state.status = self.hole("opaque", f"the exit status of `{name or 'a program'}`")
        return {"next": state}

    def _is_usual(self, state: State) -> bool:
        items, _ = self.items("PATH", state)
        return "/usr/bin" in items or "/bin" in items

    def _is_usual_name(self, name: str, state: State) -> bool:
        return _is_utility(name) and self._is_usual(state)

    def _universal(self, statement: list[Any], state: State) -> Outcomes:
        """Take a universal variable from the file that holds them.

        It is read as `set -q NAME; or set -g NAME ...`, which is what it comes to for a child of
        a shell that changes nothing. Here it stays universal, and PATH follows by itself.
        """
        if statement[0] == "or":
            words = [["-U"] if word in (["-g"], ["-gx"]) else word for word in statement[3][3]]
            if ["-gx"] in statement[3][3]:
                words.insert(1, ["-x"])
            return self._named(words, state, statement[1])
        if statement[0] == "opaque":
            return self.fold_opaque(statement, state)
        return {"next": state}

    # Blocks.

    def fold_block(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `begin ... end`."""
        return self.in_block(statement[2], state)

    def fold_scoped(self, statement: list[Any], state: State) -> Outcomes:
        """Fold the body of a branch or loop, which has a scope of its own."""
        return self.in_block(statement[2], state)

    def fold_if(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `if`; what a condition sets locally belongs to the block around it all."""
        _, line, branches, otherwise = statement
        scoped = [[condition, _scoped(line, body)] for condition, body in branches]
        outcomes = super().fold_if(["if", line, scoped, _scoped(line, otherwise or [])], state)
        self.is_broken = False
        return outcomes

    def fold_while(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `while`."""
        _, line, condition, body, until = statement
        scoped = ["while", line, condition, _scoped(line, body), until]
        outcomes = super().fold_while(scoped, state)
        self.is_broken = False
        return outcomes

    def fold_case(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `switch`; the status stays as it was if nothing matches."""
        _, line, word, clauses = statement
        with self.scope() as scope:
            text = self.text(word, state, line)
            return self.leave(scope, self._clauses(text, clauses, state, line))

    def fold_for(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `for`; its variable is a local of the block around it."""
        _, line, name, words, body = statement
        self.globs_may_fail = True
        try:
            items, doubt = self.fields(words, state, line)
        finally:
            self.globs_may_fail = False
        if doubt is None and len(items) > _MOST_TURNS:
            doubt = self.hole("too_large", "a long loop")
        key = self._local_key(name, state, "local")
        left: Outcomes = {}
        with self.scope() as scope:
            if doubt is not None:
                state.taint(key, doubt)
                return self.leave(scope, ended_loop(self.smear(body, state, doubt, line)))
            current: State | None = state
            for item in items:
                self.write(key, [item], current, line)  # type: ignore[arg-type]
                current = self._turn(self.run(body, current), left)  # type: ignore[arg-type]
                if current is None:
                    break
            if current is not None:
                merge(left, {"next": current})
            return self.leave(scope, ended_loop(left))

    def fold_bg(self, statement: list[Any], state: State) -> Outcomes:
        """Fold what runs in the background: programs do, functions and builtins may not."""
        status = state.status
        hole = self.hole("opaque", "it runs in the background")
        after = merged(self.smear([statement[2]], state, hole, statement[1]))
        after.status = status
        if after.output is not None:
            self.abort_doubt = self.abort_doubt or hole
        return {"next": after}

    def fold_pipe(self, statement: list[Any], state: State) -> Outcomes:
        """Fold a pipeline: all its builtins and functions run in this very shell."""
        _, line, members, *more = statement
        kinds = more[0] if more else ["1|"] * (len(members) - 1)
        given, output = state.input, state.output
        left: Outcomes = {}
        is_broken = False
        for number, member in enumerate(members):
            is_last = number == len(members) - 1
            state.output = output if is_last else ()
            outcomes = self.checking([member], state)
            is_broken = is_broken or self.is_broken
            after = outcomes.pop("next", None)
            merge(left, outcomes)
            if after is None:
                return self._restored(left, given, output, keep=is_last)
            state = after
            if not is_last:
                text = printed(state)
                if kinds[number] not in {"1|", "&|"}:
                    text = unknown_as(Hole("opaque", "what a command complains", self.place(line)))
                state.input = text
        self.is_broken = is_broken
        merge(left, {"next": state})
        return self._restored(left, given, output, keep=True)

    @staticmethod
    def _restored(outcomes: Outcomes, given: Any, output: Any, *, keep: bool) -> Outcomes:
        for after in outcomes.values():
            after.input = given
            if not keep:
                after.output = output
        return outcomes

    # What is not folded.

    def smear(
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


def _scoped(line: int, body: list[Any]) -> list[Any]:
    return body if not body or body[0][0] == "scoped" else [["scoped", line, body]]


def _substitutes(words: list[Any]) -> bool:
    """Say whether a command substitution stands somewhere in words."""
    pending = [part for word in words for part in word]
    while pending:
        part = pending.pop()
        if isinstance(part, list):
            if part[:1] == ["cmd"]:
                return True
            pending += part
        elif isinstance(part, dict):
            pending += part.values()
    return False


def _is_utility(name: str) -> bool:
    folder, base = posixpath.split(name)
    return base in UTILITIES and folder in {"", "/bin", "/usr/bin"}


def _is_option(argument: Text) -> bool:
    return isinstance(argument, str) and argument.startswith("-")


__all__ = ["Fish", "Leave", "concat"]
