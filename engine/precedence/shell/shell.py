"""A POSIX-like shell: how it finds what a command's name means, and runs it."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.precedence.outcomes import merge, returned
from engine.precedence.shell.declaring import Declaring
from engine.precedence.shell.dialect import DIALECTS
from engine.precedence.shell.tools import run_tool
from engine.precedence.shell.utilities import STANDARD, WRITES, run_utility
from engine.precedence.state import Function, Tool, Variable
from engine.precedence.values import Hole, Mixed, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.launch import Launch
    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

SPECIAL = frozenset(
    [
        ".",
        ":",
        "break",
        "continue",
        "eval",
        "exec",
        "exit",
        "export",
        "readonly",
        "return",
        "set",
        "shift",
        "times",
        "trap",
        "unset",
    ]
)
_NOTHING = frozenset(
    [
        "bind",
        "bindkey",
        "zle",
        "zstyle",
        "compdef",
        "compctl",
        "complete",
        "compgen",
        "compopt",
        "zmodload",
        "umask",
        "ulimit",
        "limit",
        "unlimit",
        "history",
        "fc",
        "jobs",
        "fg",
        "bg",
        "kill",
        "wait",
        "disown",
        "times",
        "ttyctl",
        "suspend",
        "caller",
        "enable",
        "disable",
        "logout",
        "zparseopts",
        "zregexparse",
        "sched",
        "log",
        "watch",
        "stty",
        "clear",
        "dirs",
        "help",
        "zcompile",
        "zformat",
        "zstat",
        "noglob",
        "autoload",
        "unfunction",
        "functions",
        "hash",
        "rehash",
        "unhash",
        "getopts",
    ]
)
_HARMLESS = frozenset(
    [
        "compinit",
        "bashcompinit",
        "promptinit",
        "colors",
        "vcs_info",
        "prompt",
        "zmv",
        "zrecompile",
        "is-at-least",
        "url-quote-magic",
        "bracketed-paste-magic",
        "select-word-style",
        "edit-command-line",
        "up-line-or-beginning-search",
        "down-line-or-beginning-search",
        "run-help",
    ]
)
_PRECOMMANDS = frozenset(("command", "builtin", "nocorrect", "noglob", "-", "time"))
_QUESTIONS = frozenset(("type", "which", "whence", "where"))
_HOOKS = frozenset(("precmd", "preexec", "chpwd", "periodic", "zshaddhistory", "zshexit"))


class Shell(Declaring):
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

    # Simple commands.

    def command(self, statement: list[Any], state: State) -> Outcomes:
        """Fold a simple command."""
        _, line, assigns, words, inputs = statement
        if words:
            expanded = self._unaliased(words, state, line)
            if isinstance(expanded, dict):
                return expanded
            words = expanded
        if not words:
            state.status = 0
            for assign in assigns:
                self.put_assign(assign, state, line)
            return {"next": state}
        before = state.input
        if inputs:
            state.input = self.read_inputs(inputs, state, line)
        outcomes = self._with_words(assigns, words, state, line)
        if inputs:
            for after in outcomes.values():
                after.input = before
        return outcomes

    def _with_words(
        self, assigns: list[Any], words: list[Any], state: State, line: int
    ) -> Outcomes:
        fields, doubt = self.fields(words[:1], state, line)
        if doubt is not None or (fields and isinstance(fields[0], Mixed)):
            hole = doubt or why_not(fields[0])  # type: ignore[arg-type]
            detail = f"which command runs is not known: {hole.detail}"
            self.opaque(Hole(hole.cause, detail, self.place(line)), None, state)
            return {"next": state}
        if not fields:
            if len(words) > 1:
                return self._with_words(assigns, words[1:], state, line)
            for assign in assigns:
                self.put_assign(assign, state, line)
            return {"next": state}
        name, *first = fields
        return self._prefixed(str(name), first, assigns, words[1:], state, line)

    def _prefixed(  # noqa: PLR0913, PLR0917 - the parts of a command
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
            return self._run_named(name, first, words, state, line)
        is_function = name in state.functions and (
            name not in SPECIAL or self.dialect.functions_see_special
        )
        stays = (
            self.dialect.prefix_stays_function
            if is_function
            else name in SPECIAL and self.dialect.prefix_stays_special
        )
        saved: dict[str, Variable | None] = {}
        for assign in assigns:
            target = self.tied(assign[0], state) or assign[0]
            saved.setdefault(target, state.variables.get(target))
            self.put_assign(assign, state, line)
            if not stays:
                self.export(assign[0], state, line)
        outcomes = self._run_named(name, first, words, state, line)
        if not stays:
            for after in outcomes.values():
                for target, variable in saved.items():
                    if variable is None:
                        after.variables.pop(target, None)
                    else:
                        after.variables[target] = variable
        return outcomes

    def _run_named(
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        if name in SPECIAL - _DECLARES and not self.dialect.functions_see_special:
            return self._built_in(name, first, words, state, line)
        function = state.functions.get(name)
        if function is not None:
            return self._run_function(function, first, words, state, line)
        if name in _DECLARES:
            return self.declare(["decl", line, name, words], state)
        if name in _BUILT_IN or name in SPECIAL:
            return self._built_in(name, first, words, state, line)
        return self._outside(name, first, words, state, line)

    def _run_function(
        self, function: Any, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        arguments, doubt = self.fields(words, state, line)
        if isinstance(function, Function):
            return self.call(function, doubt or (*first, *arguments), state)
        if isinstance(function, Tool):
            run_tool(function, state)
            return {"next": state}
        self.opaque(Hole(function.cause, function.detail, self.place(line)), None, state)
        return {"next": state}

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

    def _outside(
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        """Fold a program outside of the shell: it changes nothing here."""
        rest, doubt = self.fields(words, state, line)
        arguments = [*first, *rest]
        if name == "add-zsh-hook" and self.dialect.name == "zsh":
            self._add_hook(arguments, state)
            return {"next": state}
        if name in _HARMLESS and self.dialect.name in {"zsh", "bash"}:
            state.status = 0
            return {"next": state}
        if state.names_hole is not None and "/" not in name and name not in STANDARD:
            hole = Hole("opaque", f"`{name}` may be a function", self.place(line))
            self.opaque(hole, None, state)
            return {"next": state}
        if name.rpartition("/")[2] in WRITES:
            self.change_files(
                [a for a in arguments if a[:1] != "-"] if doubt is None else [], state
            )  # type: ignore[index]
        answer = run_utility(self, name, arguments, state, line) if doubt is None else None
        if answer is None:
            hole = Hole("opaque", f"`{name}` was not run", self.place(line))
            answer = unknown_as(hole), hole
        output, state.status = answer
        if state.output is not None:
            state.output = (*state.output, output)
        return {"next": state}

    @staticmethod
    def _add_hook(arguments: list[Text], state: State) -> None:
        state.status = 0
        words = [a for a in arguments if isinstance(a, str) and not a.startswith("-")]
        if len(words) > 1 and words[0] == "precmd":
            state.hooks = (*state.hooks, words[1])

    # Builtins.

    def _built_in(
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        if name == "eval":
            return self.evaluate_words(words, state, line)
        if name in {".", "source"}:
            outcomes = self.source_words(words, state, line)
            if outcomes is not None:
                return outcomes
        if name in _PRECOMMANDS:
            return self._precommand(name, first, words, state, line)
        rest, doubt = self.fields(words, state, line)
        arguments = [*first, *rest]
        if name in {".", "source"}:
            if doubt is not None:
                hole = Hole(doubt.cause, f"a file is sourced: {doubt.detail}", self.place(line))
                self.opaque(hole, None, state)
                return {"next": state}
            return self.source_file(arguments, state, line)
        if name in {"test", "["}:
            if name == "[":
                arguments = arguments[:-1]
            state.status = self.test_command(arguments, doubt, state, line)
            return {"next": state}
        if name == "emulate":
            return self._emulate(arguments, state, line)
        if name in {"return", "exit", "break", "continue", "exec"}:
            return self._leave(name, arguments, state, line)
        if name in _QUESTIONS or name == "hash":
            self._ask(name, arguments, state, line)
            return {"next": state}
        if name in {"echo", "printf", "print", "pwd", "true", "false", ":"}:
            return self._print(name, arguments, doubt, state, line)
        self._plain_built_in(name, arguments, doubt, state, line)
        return {"next": state}

    def _plain_built_in(  # noqa: C901, PLR0912 - one line for each builtin
        self, name: str, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> None:
        match name:
            case "unset":
                self.unset_names(arguments, state, line)
            case "alias":
                self.define_aliases(arguments, state, line)
            case "unalias":
                self.remove_aliases(arguments, state)
            case "set":
                self.set_options(arguments, doubt, state)
            case "shopt":
                self.shopt(arguments, state, line)
            case "setopt" | "unsetopt":
                self.set_zsh_options(arguments, state, on=name == "setopt")
            case "read":
                self.read_line(arguments, state, line)
            case "cd" | "chdir" | "pushd" | "popd":
                if name == "popd":
                    state.directory = unknown_as(Hole("unsupported", "`popd`", self.place(line)))
                else:
                    self.change_directory(arguments, state, line)
            case "shift":
                self._shift(arguments, state)
            case "trap":
                self._trap(arguments, state, line)
            case "let":
                for argument in arguments:
                    number = (
                        self.number(argument, state, line)
                        if isinstance(argument, str)
                        else why_not(argument)
                    )
                    state.status = number if isinstance(number, Hole) else int(number == 0)
            case "mapfile" | "readarray" | "vared" | "getopts":
                hole = Hole("opaque", f"`{name}` sets it", self.place(line))
                for argument in arguments or ["MAPFILE"]:
                    if isinstance(argument, str) and not argument.startswith("-"):
                        state.taint(argument, hole)
                state.status = hole
            case "unfunction":
                for argument in arguments:
                    state.functions.pop(str(argument), None)
            case "disable":
                for argument in arguments:
                    state.aliases.pop(str(argument), None)
                    state.functions.pop(str(argument), None)
            case "autoload":
                self._autoload(arguments, state, line)
            case _:
                state.status = 0

    def _emulate(self, arguments: list[Text], state: State, line: int) -> Outcomes:
        """Fold zsh's `emulate sh`, or `emulate sh -c code`."""
        words = [a for a in arguments if a not in {"-L", "-R", "-LR"}]
        state.status = 0
        before = dict(state.options)
        if words and words[0] in {"sh", "ksh", "bash", "csh"}:
            changed = {"shwordsplit": True, "nomatch": False, "ksharrays": True}
            state.options |= {} if words[0] == "csh" else changed
        elif words:
            for name in ("shwordsplit", "nomatch", "ksharrays"):
                state.options.pop(name, None)
        if len(words) < 3 or words[1] != "-c":  # noqa: PLR2004
            return {"next": state}
        outcomes = self.evaluate(words[2], state, line)
        for after in outcomes.values():
            for name in ("shwordsplit", "nomatch", "ksharrays"):
                after.options.pop(name, None)
                if name in before:
                    after.options[name] = before[name]
        return outcomes

    def _autoload(self, arguments: list[Text], state: State, line: int) -> None:
        state.status = 0
        hole = Hole("opaque", "a function that is loaded when it is called", self.place(line))
        for argument in arguments:
            if isinstance(argument, str) and argument[:1] not in {"-", "+"}:
                name = argument.rpartition("/")[2]
                if name not in _HARMLESS and name != "add-zsh-hook":
                    state.functions.setdefault(name, hole)

    @staticmethod
    def _shift(arguments: list[Text], state: State) -> None:
        count = arguments[0] if arguments else "1"
        if isinstance(state.arguments, Hole) or not isinstance(count, str) or not count.isdigit():
            state.arguments = Hole("opaque", "`shift`")
            return
        if int(count) > len(state.arguments):
            state.status = 1
            return
        state.arguments = state.arguments[int(count) :]
        state.status = 0

    def _trap(self, arguments: list[Text], state: State, line: int) -> None:
        """Note traps that run code between commands; `EXIT` runs only at the end."""
        state.status = 0
        signals = {str(a).upper().removeprefix("SIG") for a in arguments[1:]}
        if not signals & {"DEBUG", "ERR", "RETURN", "ZERR"} or arguments[0] in {"-", ""}:
            return
        from engine.precedence.touched import touched  # noqa: PLC0415

        code = arguments[0]
        script = self.world.snippet(code, self.syntax) if isinstance(code, str) else None
        hole = Hole("opaque", "a trap may set it", self.place(line))
        if not isinstance(script, list):
            state.taint_everything(hole)
            return
        touch = touched(script, state.functions)
        for name in touch.names:
            state.taint(name, hole)
        state.hooks = (*state.hooks, Tool(tuple(sorted(touch.names)), hole))
        if touch.everything:
            state.taint_everything(hole)

    def _leave(self, name: str, arguments: list[Text], state: State, line: int) -> Outcomes:
        if name == "exec":
            words = [a for a in arguments if a not in {"-a", "-l", "-c"}]
            if not words:
                state.status = 0
                return {"next": state}
            hole = Hole(
                "opaque",
                f"`exec` starts another program here: {_shown(words[0])}",
                self.place(line),
            )
            self.opaque(hole, None, state)
            return {"exec": state}
        if arguments:
            number = arguments[0]
            if isinstance(number, Mixed):
                state.status = why_not(number)
            elif name in {"return", "exit"}:
                state.status = int(number) & 255 if number.lstrip("-").isdigit() else 2
        return {name: state}

    def _print(
        self, name: str, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> Outcomes:
        if name == "printf" and arguments[:1] == ["-v"] and len(arguments) > 2:  # noqa: PLR2004
            target = arguments[1]
            answer = run_utility(self, "printf", arguments[2:], state, line)
            if isinstance(target, str) and answer is not None and doubt is None:
                self.assign(target, answer[0], state, line)
                state.status = answer[1]
            else:
                self.opaque(Hole("opaque", "`printf -v`", self.place(line)), None, state)
            return {"next": state}
        if name == "print":
            while (
                arguments
                and isinstance(arguments[0], str)
                and arguments[0] in {"-r", "-r --", "--", "-", "-rl", "-l"}
            ):
                arguments = arguments[1:]
            plain = all(
                isinstance(a, str) and "\\" not in a and not a.startswith("-") for a in arguments
            )
            name = "echo"
            if not plain:
                doubt = doubt or Hole("unsupported", "`print`", self.place(line))
        answer = run_utility(self, name, arguments, state, line) if doubt is None else None
        if answer is None:
            hole = doubt or Hole("opaque", f"`{name}` prints it", self.place(line))
            answer = unknown_as(hole), 0
        output, state.status = answer
        if state.output is not None:
            state.output = (*state.output, output)
        return {"next": state}

    # What a name means.

    def _precommand(
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        rest, doubt = self.fields(words[:1], state, line)
        given = [*first, *rest]
        if not given:
            state.status = 0
            return {"next": state}
        if doubt is not None or isinstance(given[0], Mixed):
            self.opaque(
                Hole("opaque", f"`{name}` runs what is not known", self.place(line)), None, state
            )
            return {"next": state}
        if given[0].startswith("-"):
            if name == "command" and set(given[0][1:]) & {"v", "V"}:
                others, _ = self.fields(words[1:], state, line)
                self._ask("command", others, state, line)
                return {"next": state}
            if name != "time" and given[0] not in {"-p", "--"}:
                self.opaque(
                    Hole("unsupported", f"`{name} {given[0]}`", self.place(line)), None, state
                )
                return {"next": state}
            return self._precommand(name, [], words[1:], state, line)
        inner = given[0]
        if name in {"noglob", "nocorrect", "time", "-"}:
            return self._run_named(inner, given[1:], words[1:], state, line)
        if inner in _DECLARES:
            return self.declare(["decl", line, inner, words[1:]], state)
        if inner in _BUILT_IN or inner in SPECIAL:
            return self._built_in(inner, given[1:], words[1:], state, line)
        return self._outside(inner, given[1:], words[1:], state, line)

    def _ask(self, name: str, arguments: list[Text], state: State, line: int) -> None:
        """Fold `command -v`, `type`, `which`: whether names mean anything, and what is printed."""
        options = [a for a in arguments if isinstance(a, str) and a.startswith("-")]
        names = [a for a in arguments if not (isinstance(a, str) and a.startswith("-"))]
        if name == "hash" and (options or not names):
            state.status = 0
            return
        if not names:
            state.status = 0
            return
        status: int | Hole = 0
        printed: list[Text] = []
        for asked in names:
            answer = self._meaning(asked, options, state)
            if isinstance(answer, Hole):
                hole = Hole(answer.cause, answer.detail, self.place(line))
                status = hole if status != 1 else status
                printed.append(unknown_as(hole))
            elif answer is None:
                status = 1
            else:
                printed.append(answer)
        state.status = status
        if state.output is not None:
            if (
                name == "command"
                or (name == "which" and self.dialect.name != "zsh")
                or options == ["-p"]
            ):
                for text in printed:
                    state.output = (*state.output, text, "\n")
            else:
                state.output = (
                    *state.output,
                    unknown_as(Hole("unsupported", f"what `{name}` prints", self.place(line))),
                )

    def _meaning(self, name: Text, options: list[str], state: State) -> Text | Hole | None:
        """Give what a name runs: a path or the name itself, None if nothing, or why unknown."""
        if isinstance(name, Mixed):
            return why_not(name)
        only_files = any(set(option[1:]) & {"p", "P"} for option in options)
        if not only_files:
            for table in (state.aliases, state.functions):
                found = table.get(name)
                if isinstance(found, Hole):
                    return found
                if found is not None:
                    return (
                        name
                        if table is state.functions
                        else unknown_as(
                            Hole("unsupported", "how an alias is printed", is_some=True)
                        )
                    )
            if name in _BUILT_IN or name in SPECIAL or name in _DECLARES or name in _WORDS:
                return name
        path = self.command_path(name, state)
        if path is None:
            return state.names_hole
        return why_not(path) if isinstance(path, Mixed) else path

    # Moments after start-up.

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
            run_tool(hook, state)
            return {"next": state}
        if isinstance(hook, tuple):
            return returned(self.evaluate(hook[1], state, 0))
        if isinstance(hook, Mixed) or hook not in state.functions:
            if isinstance(hook, Mixed):
                self.opaque(why_not(hook), None, state)
            return {"next": state}
        return self._run_function(state.functions[hook], [], [], state, 0)


_DECLARES = frozenset(("export", "readonly", "typeset", "declare", "local", "integer", "float"))
_WORDS = frozenset(
    [
        "if",
        "then",
        "else",
        "elif",
        "fi",
        "for",
        "while",
        "until",
        "do",
        "done",
        "case",
        "esac",
        "{",
        "}",
        "!",
        "[[",
        "]]",
        "function",
        "in",
    ]
)
_BUILT_IN = (
    _NOTHING
    | _PRECOMMANDS
    | _QUESTIONS
    | SPECIAL
    | frozenset(
        [
            "source",
            "test",
            "[",
            "echo",
            "printf",
            "print",
            "pwd",
            "true",
            "false",
            "cd",
            "chdir",
            "pushd",
            "popd",
            "alias",
            "unalias",
            "read",
            "shopt",
            "setopt",
            "unsetopt",
            "emulate",
            "let",
            "mapfile",
            "readarray",
            "vared",
            "shift",
            "trap",
            "return",
            "exit",
            "break",
            "continue",
            "exec",
        ]
    )
)


def _shown(text: Text) -> str:
    return text if isinstance(text, str) else "a program"
