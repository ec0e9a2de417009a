"""Functions: how they are defined and called, by name and by hooks before a prompt is shown."""

from __future__ import annotations

from engine.model.record import replace
from engine.precedence.outcomes import Doubt, merge, returned
from engine.precedence.shell.built_in import BuiltIn
from engine.precedence.shell.tools import run_tool
from engine.precedence.state import Function, Tool
from engine.precedence.values import Hole, Mixed, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text


class Hooks(BuiltIn):
    """Calls functions."""

    def run_function(
        self, function: Any, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        """Fold a call of a function, or of one of a tool."""
        arguments, doubt = self.fields(words, state, line)
        if isinstance(function, Function):
            return self.call(function, doubt or (*first, *arguments), state)
        if isinstance(function, Tool):
            run_tool(function, state, self)
            return {"next": state}
        self.opaque(Hole(function.cause, function.detail, self.place(line)), None, state)
        return {"next": state}

    def call(
        self, function: Function, arguments: tuple[Text, ...] | Hole, state: State
    ) -> Outcomes:
        """Fold a function's body; options that it made local end with it."""
        before = dict(state.options) if self.dialect.name == "zsh" else None
        outcomes = super().call(function, arguments, state)
        for after in outcomes.values() if before is not None else ():
            if after.options.get("localoptions") is True:
                after.options = dict(before or {})
        return outcomes

    def fold_func(self, statement: list[Any], state: State) -> Outcomes:
        """Define a function, unless an alias of its name makes something else of the line."""
        name, place = statement[2], self.place(statement[1])
        alias = state.aliases.get(name)
        if alias is None or not self.expands_aliases(state):
            return super().fold_func(statement, state)
        where = None if isinstance(alias, Hole) else alias[1]
        if where is not None and (where.file, where.line) == (place.file, place.line):
            return super().fold_func(statement, state)
        raise Doubt(Hole("opaque", f"`{name}` is an alias where a function is defined", place))

    def finish(self, state: State, _commands: Iterable[str] = ()) -> None:
        """Leave variables as children find them: arrays are none of theirs."""
        for name, variable in list(state.variables.items()):
            value = variable.value
            if value is None or isinstance(value, (str, Mixed)) or variable.exported is False:
                continue
            if self.dialect.name in {"bash", "zsh"}:
                state.put(name, replace(variable, exported=False))
            else:
                state.taint(name, Hole("unsupported", "an array that is exported"))

    def add_hook(self, arguments: list[Text], state: State) -> None:
        """Fold `add-zsh-hook`."""
        state.status = 0
        words = [a for a in arguments if isinstance(a, str) and not a.startswith("-")]
        if len(words) < 2:  # noqa: PLR2004
            return
        if {"-d", "-D"} & {a for a in arguments if isinstance(a, str)}:
            state.hooks = tuple(hook for hook in state.hooks if hook != words[1])
        elif words[0] == "precmd":
            state.hooks = (*state.hooks, words[1])
        elif words[0] == "chpwd":
            self.append_list("chpwd_functions", (words[1],), state, self.line)

    def at_prompt(self, state: State) -> Outcomes:
        """Fold what the shell runs before it shows its prompt."""
        outcomes: Outcomes = {"next": state}
        for hook in dict.fromkeys(self._hooks(state)):
            after = outcomes.pop("next", None)
            if after is None:
                break
            merge(outcomes, self._run_hook(hook, after))
        return outcomes

    def _hooks(self, state: State) -> list[Any]:
        hooks: list[Any] = []
        if self.dialect.name == "bash":
            variable = state.variable("PROMPT_COMMAND")
            value = variable.value
            texts = value if isinstance(value, tuple) else (variable.scalar(),)
            hooks += [("eval", text) for text in texts if text]
        if self.dialect.name == "zsh":
            hooks += ["precmd"] if "precmd" in state.functions else []
            listed = state.variable("precmd_functions").value
            hooks += list(listed) if isinstance(listed, tuple) else []
            if isinstance(listed, Mixed):
                hooks.append(("eval", listed))
        return [*hooks, *state.hooks]

    def _run_hook(self, hook: Any, state: State) -> Outcomes:
        if isinstance(hook, Tool):
            run_tool(hook, state, self)
            return {"next": state}
        if isinstance(hook, tuple):
            return returned(self.evaluate(hook[1], state, 0))
        if isinstance(hook, Mixed) or hook not in state.functions:
            if isinstance(hook, Mixed):
                self.opaque(why_not(hook), None, state)
            return {"next": state}
        return self.run_function(state.functions[hook], [], [], state, 0)
