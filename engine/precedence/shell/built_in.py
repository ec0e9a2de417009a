"""The builtins that a command line names; those that declare are elsewhere."""

from __future__ import annotations

from functools import partial

from engine.precedence.shell.names import (
    DECLARES,
    HARMLESS_FUNCTIONS,
    LEAVES,
    MAY_PRINT,
    PRECOMMANDS,
    PRINTS,
    QUESTIONS,
    QUIET,
    SET_THEIR_ARGUMENTS,
)
from engine.precedence.shell.naming import Naming
from engine.precedence.shell.utilities import run_utility
from engine.precedence.state import Tool
from engine.precedence.touched import touched
from engine.precedence.values import Hole, Mixed, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text


class BuiltIn(Naming):
    """Folds builtins."""

    def built_in(  # noqa: C901 - one branch for each kind of builtin
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        """Fold a builtin by its name."""
        if name == "eval":
            return self.evaluate_words(words, state, line)
        if name in {".", "source"}:
            outcomes = self.source_words(words, state, line)
            if outcomes is not None:
                return outcomes
        if name in PRECOMMANDS:
            return self._precommand(name, first, words, state, line)
        rest, doubt = self.fields(words, state, line)
        arguments = [*first, *rest]
        if name in {".", "source"}:
            if doubt is not None:
                hole = doubt.here(self.place(line), "which file is sourced")
                self.opaque(hole, None, state)
                return {"next": state}
            return self.source_file(arguments, state, line)
        if name in {"test", "["}:
            if name == "[":
                arguments = arguments[:-1]
            state.status = self.test_command(arguments, doubt, state, line)
            return {"next": state}
        if state.output is not None and name in MAY_PRINT and not _is_quiet(name, arguments):
            hole = Hole("unsupported", f"what `{name}` prints", self.place(line))
            state.output = (*state.output, unknown_as(hole))
        if name == "emulate" or name in LEAVES:
            flow = self._emulate if name == "emulate" else partial(self._leave, name)
            return flow(arguments, state, line)
        if name in QUESTIONS or name == "hash":
            self.ask(name, arguments, state, line)
            return {"next": state}
        if name in PRINTS:
            return self._print(name, arguments, doubt, state, line)
        self._plain_built_in(name, arguments, doubt, state, line)
        return {"next": state}

    def run_named(
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        """Fold a command by its name, whatever that means."""
        raise NotImplementedError

    def outside(
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        """Fold a program outside of the shell."""
        raise NotImplementedError

    def _precommand(  # noqa: C901 - one branch for each word before a command
        self, name: str, first: list[Text], words: list[Any], state: State, line: int
    ) -> Outcomes:
        before = state.options.get("noglob", False)
        state.options["noglob"] = before or name == "noglob"
        rest, doubt = self.fields(words[:1], state, line)
        state.options["noglob"] = before
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
                self.ask("command", others, state, line)
                return {"next": state}
            if name != "time" and given[0] not in {"-p", "--"}:
                self.opaque(
                    Hole("unsupported", f"`{name} {given[0]}`", self.place(line)), None, state
                )
                return {"next": state}
            return self._precommand(name, [], words[1:], state, line)
        inner = given[0]
        if name in {"noglob", "nocorrect", "time", "-"}:
            before = state.options.get("noglob", False)
            state.options["noglob"] = before or name == "noglob"
            outcomes = self.run_named(inner, given[1:], words[1:], state, line)
            for after in outcomes.values():
                after.options["noglob"] = before
            return outcomes
        if name == "command" and self.dialect.name == "zsh":
            return self.outside(inner, given[1:], words[1:], state, line)
        if inner in DECLARES:
            given_words = [*as_words(given[1:]), *words[1:]]
            return self.declare(["decl", line, inner, given_words], state)
        if self.is_built_in(inner):
            return self.built_in(inner, given[1:], words[1:], state, line)
        return self.outside(inner, given[1:], words[1:], state, line)

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
                self._walk(name, arguments, state, line)
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
                self._other(name, arguments, state, line)

    def _walk(self, name: str, arguments: list[Text], state: State, line: int) -> None:
        """Fold `cd` and its kin; where `popd` leads is not reckoned."""
        plain = [a for a in arguments if not (isinstance(a, str) and a[:1] in {"-", "+"})]
        if name == "popd" or (name == "pushd" and not plain):
            hole = Hole("unsupported", f"`{name}`", self.place(line))
            state.directory = unknown_as(hole)
            for variable in ("PWD", "OLDPWD"):
                state.taint(variable, hole)
            state.status = hole
        else:
            self.change_directory(arguments, state, line)
        if self.dialect.name == "zsh" and "-q" not in arguments:
            self._notify(state, line)

    def _notify(self, state: State, line: int) -> None:
        """Let what zsh runs in a new directory touch what it may."""
        status, hole = state.status, Hole("opaque", "`chpwd` runs", self.place(line))
        listed = state.variable("chpwd_functions").value
        for name in ("chpwd", *(listed if isinstance(listed, tuple) else ())):
            function = state.functions.get(name) if isinstance(name, str) else hole
            if function is not None:
                touch = touched(getattr(function, "script", None) or [], state.functions)
                is_open = touch.everything or not hasattr(function, "script")
                self.opaque(hole, None if is_open else sorted(touch.names), state)
                state.status = status

    def _emulate(  # noqa: C901 - alone, for a function, for a text
        self, arguments: list[Text], state: State, line: int
    ) -> Outcomes:
        """Fold zsh's `emulate sh`, or `emulate sh -c code`; alone it prints what is emulated."""
        if not arguments:
            if state.output is not None:
                name = "sh" if state.options.get("ksharrays") is True else "zsh"
                state.output = (*state.output, f"{name}\n")
            state.status = 0
            return {"next": state}
        words = [a for a in arguments if a not in {"-L", "-R", "-LR"}]
        state.status = 0
        if any(isinstance(a, str) and a.startswith("-") and "L" in a for a in arguments):
            state.options["localoptions"] = True
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

    def _other(self, name: str, arguments: list[Text], state: State, line: int) -> None:
        """Fold a builtin that at most sets variables which it is given by name."""
        state.status = 0
        hole = Hole("opaque", f"`{name}` decides", self.place(line))
        if name in SET_THEIR_ARGUMENTS:
            named = [a.partition("=")[2] or a for a in arguments if isinstance(a, str)]
            options = {a for a in named if a.startswith("-")}
            sets = name != "zstyle" or options & {"-s", "-a", "-b"}
            for target in named or ["MAPFILE"]:
                if sets and target.replace("_", "a").isalnum() and not target.isdigit():
                    state.taint(target, hole)
            if name != "zstyle" or options:
                state.status = hole
        elif name not in QUIET:
            state.status = hole

    def _autoload(self, arguments: list[Text], state: State, line: int) -> None:
        state.status = 0
        hole = Hole("opaque", "a function that is loaded when it is called", self.place(line))
        for argument in arguments:
            if isinstance(argument, str) and argument[:1] not in {"-", "+"}:
                name = argument.rpartition("/")[2]
                if name not in HARMLESS_FUNCTIONS and name != "add-zsh-hook":
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
            elif number.isdigit() and int(number) > 1:
                name = f"{name}:{int(number)}"
        if name.startswith(("break", "continue")):
            state.status = 0
        return {name: state}

    def _print(
        self, name: str, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> Outcomes:
        if name == "printf" and arguments[:1] == ["-v"] and len(arguments) > 2:  # noqa: PLR2004
            target = arguments[1]
            answer = run_utility(self, "printf", arguments[2:], state, line)
            plain = isinstance(target, str) and "[" not in target
            if plain and answer is not None and doubt is None:
                self.assign(str(target), answer[0], state, line)
                state.status = answer[1]
            else:
                self.opaque(Hole("opaque", "`printf -v`", self.place(line)), None, state)
            return {"next": state}
        if name == "print":
            options = [a for a in arguments if isinstance(a, str) and a.startswith("-")]
            if any("v" in option for option in options):
                self.opaque(Hole("unsupported", "`print -v`", self.place(line)), None, state)
                return {"next": state}
            if options[:1] in (["-l"], ["-rl"]) and len(arguments) > 2:  # noqa: PLR2004
                doubt = doubt or Hole("unsupported", "`print -l`", self.place(line))
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


def as_words(texts: list[Text]) -> list[Any]:
    """Give texts that are expanded already as words that stand for them."""
    return [[["value", text]] for text in texts]


def _is_quiet(name: str, arguments: list[Text]) -> bool:
    """Say whether a builtin that may print is called in a way that prints nothing."""
    if name in {"cd", "pushd", "popd"}:
        return "-" not in arguments and name == "cd"
    if name in {"set", "setopt", "unsetopt", "trap", "alias"}:
        return bool(arguments) and not (
            name == "alias" and any("=" not in a for a in arguments if isinstance(a, str))
        )
    return name == "shopt" and any(a in {"-s", "-u", "-q"} for a in arguments)


def _shown(text: Text) -> str:
    return text if isinstance(text, str) else "a program"
