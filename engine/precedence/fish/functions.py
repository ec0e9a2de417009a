"""Functions of fish: their arguments and scopes, and the events that call them."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.model.record import replace
from engine.precedence.fish.function_options import read_function_options
from engine.precedence.fish.lists import items_of, shown
from engine.precedence.fish.paths import USER_PATHS, Paths
from engine.precedence.fish.touched import Walk
from engine.precedence.outcomes import merge, merged, returned
from engine.precedence.shell.tools import run_tool
from engine.precedence.state import Function, Tool, Variable
from engine.precedence.values import Hole, Mixed, naming, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from engine.precedence.launch import Launch
    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

_AT_PROMPT = ("fish_greeting", "fish_prompt", "fish_right_prompt", "fish_mode_prompt")


class Functions(Paths):
    """Defines, finds and calls functions."""

    def __init__(self, launch: Launch) -> None:
        """Take the launch."""
        super().__init__(launch)
        self._handling: set[str] = set()

    def fold_func(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `function name ... end`."""
        _, line, name, body, *more = statement
        words, doubt = self.fields(more[0] if more else [], state, line)
        options = read_function_options(words if doubt is None else [])
        captured = tuple(
            ("captured", key, tuple(items_of(key, self.find(key, state)[1])[0]))
            for what, key in options
            if what == "inherit-variable"
        )
        function = Function(body, self.place(line), {}, (*options, *captured))
        self.define(name, function, state)
        for what, key in options:
            if what in {"on-event", "on-variable"}:
                state.hooks = (*state.hooks, (what, key, name))
        if any(what in {"on-signal", "on-process-exit", "on-job-exit"} for what, _ in options):
            hole = self.hole("opaque", f"`{name}` may run at any time")
            for key in Walk(state.functions).script(body).names:
                self.spoil(key, hole, state)
        state.status = 0
        return {"next": state}

    @staticmethod
    def define(name: str, function: Function | Tool, state: State) -> None:
        """Let a name mean a function, whatever it meant before."""
        state.functions[name] = function
        state.aliases.pop(name, None)
        state.hooks = tuple(h for h in state.hooks if not isinstance(h, tuple) or h[2] != name)

    def forget(self, name: str, state: State) -> None:
        """Let a name mean no function, and never load one of that name again."""
        state.functions.pop(name, None)
        state.aliases.pop(name, None)
        state.hooks = tuple(h for h in state.hooks if not isinstance(h, tuple) or h[2] != name)
        state.options[f"erased:{name}"] = True

    # Calls.

    def call_function(
        self, name: str, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> Outcomes:
        """Run a function."""
        function = state.functions[name]
        if isinstance(function, Tool):
            run_tool(function, state, self)
            if state.output is not None:
                state.output = (*state.output, unknown_as(function.hole))
            return {"next": state}
        if isinstance(function, Hole):
            self.opaque(function, None, state)
            return {"next": state}
        return self.run_function(function, doubt or tuple(arguments), state, line)

    def run_function(
        self, function: Function, arguments: tuple[Text, ...] | Hole, state: State, line: int
    ) -> Outcomes:
        """Run a function's body in a scope of its own."""
        before = state.arguments
        kinds = {what for what, *_ in function.options}
        inherited = {} if "no-scope-shadowing" in kinds else self._exported_locals(state)
        with self.scope("open" if "no-scope-shadowing" in kinds else "function") as scope:
            state.arguments = arguments
            for key, variable in inherited.items():
                scope.names.add(key)
                state.put(key + scope.suffix, variable)
            self._name_arguments(function, arguments, state, line)
            file = function.place.file if function.place is not None else None
            outcomes = self.at(file, lambda: self.run(function.script, state))
            outcomes = self.leave(scope, returned(outcomes))
        for after in outcomes.values():
            after.arguments = before
        return outcomes

    def _exported_locals(self, state: State) -> dict[str, Variable]:
        """Give the locals that a function gets copies of: those that are exported."""
        found: dict[str, Variable] = {}
        for scope in self._local_scopes():
            for name in scope.names:
                variable = state.variables.get(name + scope.suffix)
                if variable is not None and variable.exported is not False:
                    found.setdefault(name, variable)
        return found

    def _name_arguments(
        self, function: Function, arguments: tuple[Text, ...] | Hole, state: State, line: int
    ) -> None:
        key = self.key_for("argv", state, "local")
        doubt = arguments if isinstance(arguments, Hole) else None
        items = [] if isinstance(arguments, Hole) else list(arguments)
        self.write(key, items, state, line, doubt=doubt)
        number = 0
        for option in function.options:
            if option[0] == "captured":
                key = self.key_for(option[1], state, "local")
                self.write(key, list(option[2]), state, line)
            if option[0] != "argument-names":
                continue
            key = self.key_for(option[1], state, "local")
            if isinstance(arguments, Hole):
                self.write(key, [], state, line, doubt=arguments)
            else:
                self.write(key, list(arguments[number : number + 1]), state, line)
            number += 1

    # Functions in files of their own.

    def autoload(self, name: str, state: State) -> Hole | None:
        """Read the file that defines a function, if there is one; give why that is not known."""
        if name in state.functions or "/" in name or state.options.get(f"erased:{name}"):
            return None
        if state.options.get(f"autoloaded:{name}"):
            return None
        state.options[f"autoloaded:{name}"] = True
        for folder in self._function_folders(state):
            if isinstance(folder, Hole):
                return folder
            path = f"{folder.rstrip('/')}/{name}.fish"
            entry = self.look(path, state)
            if isinstance(entry, Hole):
                return entry
            if entry.get("kind") != "file":
                continue
            script = self.world.script(path, self.syntax)
            if isinstance(script, Absent):
                return self.hole(script.cause, naming(path, script.detail))
            self._load(path, script, state)
            return None
        return None

    def _load(self, path: str, script: list[Any], state: State) -> None:
        state.loaded = (*state.loaded, (path, self.place(self.line)))
        line, status = self.line, state.status
        with self.scope() as scope:
            after = merged(self.leave(scope, self.at(path, lambda: self.run(script, state))))
        self.adopt(state, after)
        self.line, state.status = line, status

    def _function_folders(self, state: State) -> list[str | Hole]:
        _, variable = self.find("fish_function_path", state)
        items, _ = items_of("fish_function_path", variable)
        if variable.is_set is False or not items:
            return self._usual_folders(state)
        folders: list[str | Hole] = []
        for item in items:
            if isinstance(item, str):
                folders.append(item)
            else:
                # fish puts its own folders there, and nobody takes them away.
                folders += self._usual_folders(state)
        return folders

    def _usual_folders(self, state: State) -> list[str | Hole]:
        config = self.config if self.config is not None else self.config_folder(state)
        first: list[str | Hole]
        if isinstance(config, Mixed):
            first = [self.hole("opaque", "where functions are loaded from is not known")]
        else:
            first = [f"{config}/fish/functions"]
        return [*first, "/etc/fish/functions", "/usr/share/fish/vendor_functions.d"]

    # Events.

    def changed(self, name: str, what: str, state: State, line: int) -> None:
        """Run what waits for a variable to change."""
        if name == USER_PATHS:
            self.reconstruct_path(state, line)
        for hook in state.hooks:
            if not isinstance(hook, tuple) or hook[:2] != ("on-variable", name):
                continue
            if hook[2] in self._handling:
                continue
            self._handling.add(hook[2])
            try:
                self._handle(hook[2], ["VARIABLE", what, name], state, line)
            finally:
                self._handling.discard(hook[2])

    def emit(self, event: str, arguments: list[Text], state: State, line: int) -> None:
        """Run what waits for an event."""
        for hook in state.hooks:
            if isinstance(hook, Tool) and event == "fish_prompt":
                run_tool(hook, state, self)
            elif isinstance(hook, tuple) and hook[:2] == ("on-event", event):
                self._handle(hook[2], arguments, state, line)

    def _handle(self, name: str, arguments: list[Text], state: State, line: int) -> None:
        function = state.functions.get(name)
        if function is None:
            return
        status, fixed, line_before = state.status, self._fixed, self.line
        self._fixed = None
        try:
            after = merged(self.call_function(name, arguments, None, state, line))
        finally:
            self._fixed, self.line = fixed, line_before
        self.adopt(state, after)
        state.status = status

    def at_prompt(self, state: State) -> Outcomes:
        """Fold what fish runs before it shows its prompt."""
        self.line = 0
        output, state.output = state.output, ()
        self.emit("fish_prompt", [], state, 0)
        outcomes: Outcomes = {"next": state}
        for name in _AT_PROMPT:
            after = outcomes.pop("next", None)
            if after is None:
                break
            self.autoload(name, after)
            if name in after.functions:
                merge(outcomes, self.call_function(name, [], None, after, 0))
            else:
                outcomes["next"] = after
        for after in outcomes.values():
            after.output = output
        return outcomes

    def finish(self, state: State, commands: Iterable[str] = ()) -> None:
        """Leave what others see: universals that nothing hides, lists as texts, all functions."""
        # Asking what a name would run loads nothing yet.
        loaded = state.loaded
        for name in commands:
            why = self.autoload(name, state)
            if why is not None:
                state.functions.setdefault(name, why)
        state.loaded = loaded
        for key in [key for key in state.variables if "@" in key]:
            variable = state.variables.pop(key)
            name, _, suffix = key.partition("@")
            mine = state.variable(name)
            # fish hands on an exported one even from behind a global that is not.
            is_bared = variable.exported and variable.is_set and mine.exported is False
            if suffix == "U" and (mine.is_set is False or is_bared):
                state.put(name, variable)
        for name, variable in list(state.variables.items()):
            if isinstance(variable.value, tuple):
                state.put(name, replace(variable, value=shown(name, variable)))
