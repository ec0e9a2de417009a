"""Simple commands of fish: functions, builtins, programs."""

from __future__ import annotations

import posixpath

from engine.precedence.fish.blocks import Blocks
from engine.precedence.fish.lists import NotKnown
from engine.precedence.fish.names import BUILTINS, NO_SUCH, SHIPPED
from engine.precedence.fish.utilities import UTILITIES, run_utility
from engine.precedence.outcomes import merge
from engine.precedence.shell.tools import find_tool
from engine.precedence.values import Hole, Mixed, unknown_as, why_not
from engine.precedence.writers import changed_by

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

_EMPTY = 123
_QUIET_GLOBS = frozenset(("set", "count", "path"))
_LEAVING = {"break": "break", "continue": "continue"}


class Commands(Blocks):
    """Folds simple commands."""

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
                key = self.local_key(name, "local")
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

    def _run(  # noqa: C901 - one branch for each kind of name
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
            why = self.autoload(name, state)
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
            state.status = 0
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
        path = why_not(name) if isinstance(name, Mixed) else self.program_path(name, state)
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
        path = doubt if not name else self.program_path(name, state)
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
        changed = changed_by(name, arguments, state)
        self.change_files([path for path in changed if not _is_option(path)], state)
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
