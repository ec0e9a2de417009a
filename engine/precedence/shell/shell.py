"""A POSIX-like shell: how it finds what a command's name means, and runs it."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.precedence.outcomes import Doubt, NoMatch
from engine.precedence.shell.built_in import as_words
from engine.precedence.shell.dialect import DIALECTS
from engine.precedence.shell.hooks import Hooks
from engine.precedence.shell.names import (
    COLOURS,
    DECLARES,
    HARMLESS_FUNCTIONS,
    READERS,
    SPECIAL,
    STANDARD_PROGRAMS,
)
from engine.precedence.shell.tools import literal_words
from engine.precedence.shell.utilities import run_utility
from engine.precedence.values import Hole, Mixed, unknown_as, why_not
from engine.precedence.writers import changed_by

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.launch import Launch
    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State, Variable
    from engine.precedence.values import Text


class Shell(Hooks):
    """Folds scripts as bash, dash, ash, zsh, ksh or mksh runs them."""

    BUILT_IN_UTILITIES = frozenset(("echo", "printf", "pwd", "true", "false", ":", "print"))

    def __init__(self, launch: Launch, name: str) -> None:
        """Take the launch and the shell's name."""
        super().__init__(launch, DIALECTS[name])

    def last_of_pipe_is_here(self) -> bool:
        """Say whether the last command of a pipe runs in this very shell."""
        return self.dialect.last_of_pipe

    def user_text(self, key: str) -> Text:
        """Give what the process's own user is: `uid`, `name`."""
        found = self.launch.user.get(key)
        if found is None or isinstance(found, Absent):
            return unknown_as(Hole("not_collected", f"the user's {key} is not known"))
        return str(found)

    def fold_bg(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `bg`; assignments alone are no command there in zsh."""
        inner = statement[2]
        if self.dialect.name == "zsh" and inner[0] == "cmd" and inner[2] and not inner[3]:
            return self.fold_broken(["broken", statement[1], "`&` behind an assignment"], state)
        return super().fold_bg(statement, state)

    # Simple commands.

    def command(self, statement: list[Any], state: State) -> Outcomes:
        """Fold a simple command."""
        _, line, assigns, words, inputs = statement
        if words:
            expanded = self._unaliased(words, state, line)
            if isinstance(expanded, dict):
                return expanded
            words = expanded
        if not words and not inputs:
            return self._assignments(assigns, state, line)
        before = state.input
        if inputs:
            named = ["cmd", line, assigns, words, inputs]
            state.input = self.open_files(named, inputs, state, line)
        if not words:
            return self.redirected(
                inputs, before, state, lambda: self._assignments(assigns, state, line)
            )
        try:
            return self.redirected(
                inputs, before, state, lambda: self._with_words(assigns, words, state, line)
            )
        except NoMatch:
            state.status = 1
            state.input = before
            # A program's words are expanded in a process of its own.
            name = (literal_words(words[:1]) or [""])[0]
            here = name in state.functions or self.is_built_in(name) or name in SPECIAL | DECLARES
            return {"stop" if here else "next": state}

    def redirection_ends_more(self, statement: list[Any]) -> bool:
        """Say whether a redirection that fails ends a file, or leaves a status of its own."""
        if self.dialect.name == "ash":
            return True
        is_declared = statement[0] == "decl"
        if statement[0] != "cmd":
            return is_declared and self.dialect.name not in {"bash", "zsh"}
        assigns, words = statement[2:4]
        name = (literal_words(words[:1]) or [""])[0]
        return bool(assigns) or (
            (not name or name in SPECIAL) and self.dialect.name not in {"bash", "zsh"}
        )

    def _assignments(
        self, assigns: list[Any], state: State, line: int, before: int | Hole | None = None
    ) -> Outcomes:
        """Fold assignments without a command: the last substitution's status is theirs."""
        self.substituted = before
        for assign in assigns:
            self.put_assign(assign, state, line)
        state.status = 0 if self.substituted is None else self.substituted
        return {"next": state}

    def _with_words(
        self, assigns: list[Any], words: list[Any], state: State, line: int
    ) -> Outcomes:
        self.substituted = None
        fields, doubt = self.fields(words[:1], state, line)
        if doubt is not None or (fields and isinstance(fields[0], Mixed)):
            hole = doubt or why_not(fields[0])
            self.opaque(hole.here(self.place(line), "which command runs"), None, state)
            return {"next": state}
        if not fields:
            if len(words) > 1:
                return self._with_words(assigns, words[1:], state, line)
            return self._assignments(assigns, state, line, before=self.substituted)
        name, *first = fields
        return self._prefixed(str(name), first, assigns, words[1:], state, line)

    def _prefixed(  # noqa: C901, PLR0912, PLR0913, PLR0917 - the parts of a command
        self,
        name: str,
        first: list[Text],
        assigns: list[Any],
        words: list[Any],
        state: State,
        line: int,
    ) -> Outcomes:
        """Set the variables before a command, and put them back where they do not stay."""
        if not assigns:
            return self.run_named(name, first, words, state, line)
        is_function = name in state.functions and (
            name not in SPECIAL or self.dialect.functions_see_special
        )
        stays = (
            self.dialect.prefix_stays_function
            if is_function
            else name in SPECIAL and self.dialect.prefix_stays_special
        )
        saved: dict[str, Variable | None] = {}
        if self.dialect.name not in {"ksh", "zsh"} and name not in {"eval", ".", "source"}:
            # The words are expanded before the assignments are carried out.
            rest, doubt = self.fields(words, state, line)
            words = words if doubt is not None else as_words(rest)
        for assign in assigns:
            target = self.tied(assign[0], state) or assign[0]
            saved.setdefault(target, state.variables.get(target))
            self.put_assign(assign, state, line)
            if not stays:
                self.export(assign[0], state, line)
        given = {target: state.variables.get(target) for target in saved}
        outcomes = self.run_named(name, first, words, state, line)
        if not stays and (is_function or name == "eval") and self.dialect.name == "bash":
            self._keep_exported(given, saved, outcomes)
        if state.options.get("posixbuiltins") is True and name in SPECIAL:
            for after in outcomes.values():
                for target in saved:
                    after.taint(target, Hole("unsupported", "`posixbuiltins`", self.place(line)))
        elif not stays:
            for after in outcomes.values():
                for target, variable in saved.items():
                    if variable is None:
                        after.variables.pop(target, None)
                    else:
                        after.variables[target] = variable
        return outcomes

    def _keep_exported(self, given: Any, saved: dict[str, Any], outcomes: Outcomes) -> None:
        """Leave open what is left of a variable that a function was given and has changed."""
        hole = Hole("unsupported", "a function changes what it was given", self.place(self.line))
        for after in outcomes.values():
            for target, variable in given.items():
                if after.variables.get(target) is not variable:
                    after.taint(target, hole)
                    saved[target] = after.variables[target]

    def run_named(
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        """Fold a command by its name, whatever that means."""
        if name in SPECIAL - DECLARES and not self.dialect.functions_see_special:
            return self.built_in(name, first, words, state, line)
        function = state.functions.get(name)
        if function is not None:
            self.zeros.append(name)
            try:
                return self.run_function(function, first, words, state, line)
            finally:
                self.zeros.pop()
        if name in DECLARES:
            return self.declare(["decl", line, name, [*as_words(first), *words]], state)
        if self.is_built_in(name):
            return self.built_in(name, first, words, state, line)
        return self.outside(name, first, words, state, line)

    # Aliases.

    def _unaliased(self, words: list[Any], state: State, line: int) -> list[Any] | Outcomes:
        """Replace a command's first word if it is an alias that is in force here."""
        seen: set[str] = set()
        while words and len(words[0]) == 1 and isinstance(words[0][0], str):
            name = words[0][0]
            alias = state.aliases.get(name)
            if alias is None or name in seen or not self.expands_aliases(state):
                return words
            if isinstance(alias, Hole):
                self.opaque(Hole(alias.cause, alias.detail, self.place(line)), None, state)
                return {"next": state}
            value, place = alias
            here = self.place(line)
            if place is not None and place.file == here.file and place.line == here.line:
                return words
            seen.add(name)
            replaced = self._alias_words(value, words[1:], state, line)
            if isinstance(replaced, dict):
                return replaced
            words = replaced
        return words

    def _alias_words(
        self, value: Text, rest: list[Any], state: State, line: int
    ) -> list[Any] | Outcomes:
        if isinstance(value, str) and value[-1:] in {" ", "\t"} and rest:
            following = rest[0][0] if len(rest[0]) == 1 and isinstance(rest[0][0], str) else None
            if following in state.aliases:
                raise Doubt(Hole("unsupported", "an alias after an alias", self.place(line)))
        script = self.world.snippet(value, self.syntax) if isinstance(value, str) else None
        if isinstance(script, list) and len(script) == 1:
            statement = script[0]
            if statement[0] == "cmd" and not statement[2] and not statement[4]:
                return [*statement[3], *rest]
            if statement[0] == "cmd" and statement[3]:
                return self.command(
                    ["cmd", line, statement[2], [*statement[3], *rest], statement[4]], state
                )
            if statement[0] == "decl":
                return self.declare(["decl", line, statement[2], [*statement[3], *rest]], state)
        hole = Hole("opaque", "an alias is run", self.place(line))
        if isinstance(script, Absent):
            hole = Hole(script.cause, script.detail, self.place(line))
        self.opaque(hole, None, state)
        return {"next": state}

    def expands_aliases(self, state: State) -> bool:
        """Say whether aliases are in force."""
        on = state.options.get("expand_aliases")
        if on is not None:
            return on is True
        return self.dialect.aliases_in_batch or self.launch.mode("interactive")

    # Commands that are no functions.

    def outside(
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        """Fold a program outside of the shell: it changes nothing here."""
        rest, doubt = self.fields(words, state, line)
        arguments = [*first, *rest]
        if name == "add-zsh-hook" and self.dialect.name == "zsh":
            self.add_hook(arguments, state)
            return {"next": state}
        if name in HARMLESS_FUNCTIONS and self.dialect.name in {"zsh", "bash"}:
            state.status = 0
            hole = Hole("opaque", f"`{name}` decides", self.place(line))
            if name == "is-at-least":
                state.status = hole
            for variable in COLOURS if name == "colors" else ():
                state.taint(variable, hole)
            if name in {"prompt", "promptinit", "compinit"} and self._has_own_functions(state):
                detail = f"`{name}` may read files of the user's own"
                state.loaded_hole = state.loaded_hole or Hole("opaque", detail, self.place(line))
            return {"next": state}
        if state.names_hole is not None and "/" not in name and name not in STANDARD_PROGRAMS:
            hole = Hole("opaque", f"`{name}` may be a function", self.place(line))
            self.opaque(hole, None, state)
            return {"next": state}
        if doubt is None:
            self.change_files(changed_by(name, arguments, state), state)
        answer = run_utility(self, name, arguments, state, line) if doubt is None else None
        if answer is None:
            answer = self._not_run(name, state, line)
        output, state.status = answer
        if state.output is not None:
            state.output = (*state.output, output)
        return {"next": state}

    @staticmethod
    def _has_own_functions(state: State) -> bool:
        """Say whether a start-up file changed where zsh looks for functions."""
        event = state.variable("FPATH").history
        while event is not None:
            if event.place is not None and event.place.file is not None:
                return True
            event = event.previous
        return False

    def _not_run(self, name: str, state: State, line: int) -> tuple[Text, int | Hole]:
        """Give what a program prints and its status: nothing is known, unless there is none."""
        handlers = {"command_not_found_handle", "command_not_found_handler"}
        if not handlers & state.functions.keys() and self.command_path(name, state) is None:
            return "", 127
        if name.rpartition("/")[2] in READERS:
            state.input = None
        hole = Hole("opaque", f"`{name}` was not run", self.place(line))
        return unknown_as(hole), hole
