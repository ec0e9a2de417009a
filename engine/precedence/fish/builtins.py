"""The builtins of fish, and the functions that come with it, that start-up files use."""

from __future__ import annotations

from engine.precedence.fish.lists import NotKnown, items_of, known, known_all, lines_of, sure
from engine.precedence.fish.printing import echo, printf
from engine.precedence.fish.sourcing import Sourcing
from engine.precedence.fish.strings import run_string
from engine.precedence.fish.testing import Questions, run_test
from engine.precedence.state import Function, State, Tool
from engine.precedence.values import Hole, Mixed, concat, hole_in, is_empty, unknown_as, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeAlias

    from engine.precedence.values import Text

    Status: TypeAlias = "int | Hole | None"

BUILTINS = frozenset(
    """
    ! . : [ _ and argparse begin bg bind block break breakpoint builtin case cd command commandline
    complete contains continue count disown echo else emit end eval exec exit false fg for function
    functions history if jobs math not or path printf pwd random read realpath return set set_color
    source status string switch test time true type ulimit wait while abbr
    """.split()  # noqa: SIM905 - a list of sixty names
)
NO_SUCH = 127


class Builtins(Sourcing):
    """Runs builtins that do not change the flow."""

    def say(self, text: Text, state: State) -> None:
        """Print, if anybody listens."""
        if state.output is not None:
            state.output = (*state.output, text)

    def say_lines(self, lines: list[Text], state: State) -> None:
        """Print lines."""
        for line in lines:
            self.say(concat((line, "\n")), state)

    def say_unknown(self, state: State, what: str) -> None:
        """Print what is not known."""
        self.say(unknown_as(self.hole("opaque", what)), state)

    def simple(
        self, name: str, arguments: list[Text], doubt: Hole | None, state: State, line: int
    ) -> Status | bool:
        """Run a builtin and give its status (None leaves it alone), or False if it is none."""
        if name == "set":
            return self.run_set(arguments, doubt, state, line)
        if name == "fish_add_path":
            return self.add_path(arguments, doubt, state, line)
        if doubt is not None and name in {"test", "[", "contains", "count", "string", "read"}:
            return self._in_doubt(name, arguments, doubt, state, line)
        run: Callable[[list[Text], State, int], Status] | None = getattr(
            self, f"run_{_METHODS.get(name, '')}", None
        )
        if run is None:
            return False
        if doubt is not None and name not in {"echo", "printf", "emit", "abbr"}:
            raise NotKnown(doubt)
        if doubt is not None and name in {"echo", "printf"}:
            self.say(unknown_as(doubt), state)
            return 0
        return run(arguments, state, line)

    def _in_doubt(
        self, name: str, arguments: list[Text], doubt: Hole, state: State, line: int
    ) -> Status:
        """Answer although the number of the arguments is not known."""
        if name == "contains":
            words = [w for w in arguments if isinstance(w, str)]
            if words and words[0] == "--":
                words = words[1:]
            if arguments and isinstance(arguments[0], str) and words[0] in words[1:]:
                return 0
        if name == "string" and arguments[:1] == ["match"] and "-v" in arguments[:3]:
            return self._filter_unsurely(arguments, doubt, state)
        raise NotKnown(doubt)

    def _filter_unsurely(self, arguments: list[Text], doubt: Hole, state: State) -> Status:
        """Run `string match -v` on elements of which one is a hole."""
        known_ones = [a for a in arguments if isinstance(a, str)]
        lines, _ = run_string(list(known_ones), None)
        kept = iter([*lines, None])
        following = next(kept)
        for argument in arguments[3 if "--" not in arguments[:4] else 4 :]:
            if isinstance(argument, Mixed):
                self.say(concat((argument, "\n")), state)
            elif argument == following:
                self.say(concat((argument, "\n")), state)
                following = next(kept)
        return doubt

    # Printing.

    def run_echo(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `echo`."""
        self.say(echo(arguments), state)
        return 0

    def run_printf(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `printf`."""
        self.say(printf(arguments), state)
        return 0

    def run_string(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `string`; a regular expression with named groups sets variables."""
        for word in arguments:
            if isinstance(word, str) and "(?<" in word:
                name = word.partition("(?<")[2].partition(">")[0]
                hole = self.hole("unsupported", "a regular expression that sets variables")
                if name.isidentifier():
                    self.spoil(name, hole, state)
        given, state.input = state.input, "" if state.input is not None else None
        lines, status = run_string(arguments, given)
        self.say_lines(lines, state)
        return status

    def run_pwd(self, _arguments: list[Text], state: State, _line: int) -> Status:
        """Run `pwd`."""
        self.say(concat((state.directory, "\n")), state)
        return 0

    def run_psub(self, _arguments: list[Text], state: State, _line: int) -> Status:
        """Run `psub`."""
        self.say(concat((self.make_file(state), "\n")), state)
        return 0

    def run_realpath(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `realpath`, without any links."""
        words = known_all(arguments)
        if len(words) != 2 or words[0] not in {"-s", "--no-symlinks"}:  # noqa: PLR2004
            raise NotKnown(self.hole("unsupported", "`realpath`, which follows links"))
        where = self.absolute(words[1], state)
        if isinstance(where, Hole):
            raise NotKnown(where)
        self.say(where + "\n", state)
        return 0

    # Asking.

    def run_test(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `test`."""
        questions = Questions(
            lambda operator, path: self.test_file(operator, path, state), self._is_terminal
        )
        return run_test(arguments, questions)

    def run_bracket(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `[`."""
        return self.run_test(arguments[:-1], state, line) if arguments[-1:] == ["]"] else 1

    def _is_terminal(self, _descriptor: Text) -> bool | Hole:
        if self.launch.shell.get("via") == "prompt":
            return True
        return self.hole("opaque", "whether it has a terminal is not known")

    def run_contains(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `contains`."""
        index = False
        rest = list(arguments)
        while rest and isinstance(rest[0], str) and rest[0].startswith("-") and rest[0] != "-":
            word = rest.pop(0)
            if word == "--":
                break
            index = index or word in {"-i", "--index"}
        if not rest:
            return 1
        wanted, *items = rest
        for number, item in enumerate(items, 1):
            if item == wanted and isinstance(wanted, str):
                if index:
                    self.say(f"{number}\n", state)
                return 0
            if isinstance(item, Mixed) and index:
                raise NotKnown(why_not(item))
        unsure = [item for item in (wanted, *items) if isinstance(item, Mixed)]
        return why_not(unsure[0]) if unsure and items else 1

    def run_count(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `count`."""
        number = len(arguments)
        if state.input is not None:
            lines = sure(lines_of(state.input))
            number += len(lines)
            state.input = ""
        self.say(f"{number}\n", state)
        return int(number == 0)

    def run_status(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `status`."""
        words = known_all(arguments)
        if not words:
            self.say_unknown(state, "the status of the shell")
            return 0
        what = words[0].lstrip("-")
        if what in {"is-interactive", "i"}:
            return int(not self.launch.mode("interactive"))
        if what in {"is-login", "l"}:
            return int(not self.launch.mode("login"))
        if what in {"filename", "current-filename", "f"} and self._fixed is None and self.file:
            self.say(f"{self.file}\n", state)
            return 0
        if what == "dirname" and self._fixed is None and self.file:
            self.say(f"{self.file.rpartition('/')[0] or '/'}\n", state)
            return 0
        if what == "basename" and self._fixed is None and self.file:
            self.say(f"{self.file.rpartition('/')[2]}\n", state)
            return 0
        raise NotKnown(self.hole("unsupported", f"`status {words[0]}`"))

    def run_type(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `type`: whether a name is a function, a builtin or a file."""
        return self._ask(arguments, state, line, {"function", "builtin", "file"})

    def run_command(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `command -q` and its like: whether a name is a file."""
        status = self._ask(arguments, state, line, {"file"})
        return NO_SUCH if status == 1 else status

    def run_builtin(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `builtin -q`."""
        return self._ask(arguments, state, line, {"builtin"})

    def _ask(self, arguments: list[Text], state: State, line: int, kinds: set[str]) -> Status:
        letters = ""
        names: list[str] = []
        for word in known_all(arguments):
            if word.startswith("--"):
                letters += {"query": "q", "quiet": "q", "path": "p", "force-path": "P"}.get(
                    word[2:], "v"
                )
            elif word.startswith("-"):
                letters += word[1:]
            else:
                names.append(word)
        if set(letters) & set("pPf"):
            kinds = kinds - {"builtin"}
        status: Status = 1
        for name in names:
            found = self._meaning(name, kinds, state, line)
            if isinstance(found, Hole):
                status = found if status != 0 else status
            elif found is not None:
                status = 0
            if "q" not in letters:
                if isinstance(found, Hole) or found == "" or "function" in kinds:
                    self.say_unknown(state, f"what `{name}` is")
                elif found is not None:
                    self.say(f"{found}\n", state)
        return status

    def _meaning(self, name: str, kinds: set[str], state: State, line: int) -> str | Hole | None:
        """Give the file that a name runs, `` if it is none, None if there is nothing."""
        if "function" in kinds:
            why = self.autoload(name, state, line)
            found = state.functions.get(name)
            if isinstance(found, (Function, Tool)):
                return ""
            doubt = found if isinstance(found, Hole) else why or state.names_hole
            if doubt is not None and "builtin" in kinds and name in BUILTINS:
                return ""
            if isinstance(doubt, Hole):
                path = self.command_path(name, state)
                return path if isinstance(path, str) and "file" in kinds else doubt
        if "builtin" in kinds and name in BUILTINS | SHIPPED:
            return ""
        return self.command_path(name, state) if "file" in kinds else None

    def run_functions(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `functions`."""
        words = known_all(arguments)
        options = [word for word in words if word.startswith("-")]
        names = [word for word in words if not word.startswith("-")]
        if {"-e", "--erase"} & set(options):
            for name in names:
                self.forget(name, state)
            return 0
        if {"-c", "--copy"} & set(options) and len(names) == 2:  # noqa: PLR2004
            self.autoload(names[0], state, line)
            found = state.functions.get(names[0])
            if found is not None:
                state.functions[names[1]] = found
                return 0
            return 1
        if {"-q", "--query"} & set(options) or not options:
            if "-q" not in options and "--query" not in options:
                self.say_unknown(state, "the code of functions")
            missing: Status = 0
            for name in names:
                answer = self._meaning(name, {"function"}, state, line)
                if isinstance(answer, Hole):
                    return answer
                missing = 1 if answer is None and name not in SHIPPED else missing
            return missing
        raise NotKnown(self.hole("unsupported", f"`functions {options[0]}`"))

    # Changing.

    def run_export(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `export`, a function that comes with fish."""
        status: Status = 0
        for argument in arguments:
            name, value = _assignment(argument)
            if value is None:
                items, doubt = self.items(name, state)
                status = self.run_set(["-gx", name, *items], doubt, state, line)
                continue
            items = [value]
            if name in {"PATH", "CDPATH", "MANPATH"}:
                items = self._with_colons(name, value, state)
            status = self.run_set(["-gx", name, *items], None, state, line)
            status = 0 if status is None else status
        return status

    def _with_colons(self, name: str, value: Text, state: State) -> list[Text]:
        items, _ = self.items(name, state)
        if isinstance(value, str) and f"${name}" not in value and not items:
            return list(value.split(":"))
        from engine.precedence.values import split_text  # noqa: PLC0415

        return split_text(value, ":")

    def run_setenv(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `setenv`, a function that comes with fish."""
        if not arguments or len(arguments) > 2:  # noqa: PLR2004 - name and value
            return 1
        name = known(arguments[0])
        value = arguments[1] if len(arguments) > 1 else ""
        items = self._with_colons(name, value, state) if name.endswith("PATH") else [value]
        self.run_set(["-gx", name, *items], None, state, line)
        return 0

    def run_alias(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `alias`: a function that runs the text with its own arguments."""
        words = [w for w in arguments if w not in {"-s", "--save"}]
        if not words:
            self.say_unknown(state, "a list of aliases")
            return 0
        if len(words) == 1:
            name, value = _assignment(words[0])
            body: Text = "" if value is None else value
        else:
            name, body = known(words[0]), words[1]
        empty = is_empty(body)
        if not name or empty is True:
            return 1
        place = self.place(line)
        script = [["cmd", line, [], [["eval"], [["q", body]], [["var", "argv"]]], []]]
        if isinstance(body, Mixed):
            hole = hole_in(body) or why_not(body)
            state.functions[name] = hole
        else:
            prefix = ""
            if body.split()[0] == name:
                prefix = "builtin " if name in BUILTINS else "command "
            script[0][3][1] = [["q", prefix + body]]  # type: ignore[index]
            self.define(name, Function(script, place, {}), state)
        state.aliases[name] = (body, place)
        return 0

    def run_read(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `read`."""
        words = known_all(arguments)
        flags, names = _read_options(words)
        scope = next((s for f, s in _SCOPES.items() if f in flags), None)
        exported = True if flags & {"-x", "--export"} else None
        text = state.input
        plain = not flags - {"-l", "-g", "-U", "-x", "--local", "--global", "--export", "-r"}
        value: list[Text] | None = None
        status: Status = 0
        doubt: Hole | None = None
        if text is None:
            doubt = self.hole("opaque", "it is read from the terminal")
            status = doubt
        elif isinstance(text, Mixed) or not plain or len(names) != 1:
            doubt = hole_in(text) or self.hole("unsupported", "`read` with these options")
            status = doubt
        elif text == "":
            value, status = [""], 1
        else:
            first, _, rest = text.partition("\n")
            state.input = rest
            value = [first]
        for name in names:
            key = self.key_for(name, state, scope)
            self.write(key, value or [], state, line, doubt=doubt, exported=exported)
        return status

    def run_cd(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `cd`."""
        words = [word for word in arguments if word != "--"]
        target = words[0] if words else self.text(["~"], state, line)
        where = self.absolute(target, state)
        kind = (
            where
            if isinstance(where, Hole) or target == "-"
            else self.test_file("-d", where, state)
        )
        if kind is False:
            return 1
        if target == "-" or isinstance(kind, Hole) or isinstance(where, Hole):
            hole = kind if isinstance(kind, Hole) else self.hole("opaque", "`cd -`")
            state.directory = unknown_as(hole)
            return hole
        state.directory = where
        self.changed("PWD", "SET", state, line)
        return 0

    def run_emit(self, arguments: list[Text], state: State, line: int) -> Status:
        """Run `emit`."""
        if arguments:
            self.emit(known(arguments[0]), arguments[1:], state, line)
        return 0

    def run_nothing(self, _arguments: list[Text], _state: State, _line: int) -> Status:
        """Run what changes nothing that we tell of."""
        return 0

    def run_false(self, _arguments: list[Text], _state: State, _line: int) -> Status:
        """Run `false`."""
        return 1

    def run_argparse(self, _arguments: list[Text], state: State, line: int) -> Status:
        """Run `argparse`, which sets `argv` and variables of its own."""
        hole = self.hole("unsupported", "`argparse`")
        state.arguments = hole
        state.taint_matching("_flag_*", hole)
        return hole

    def run_unsure(self, _arguments: list[Text], state: State, _line: int) -> Status:
        """Run what prints what we do not know."""
        hole = self.hole("opaque", "what a command prints")
        self.say(unknown_as(hole), state)
        return hole


_SCOPES = {
    "-l": "local", "--local": "local", "-g": "global", "--global": "global", "-U": "universal",
    "--universal": "universal", "-f": "function", "--function": "function",
}  # fmt: skip
_READ_VALUES = frozenset(
    ("-d", "-n", "-p", "-P", "-R", "-c", "--delimiter", "--prompt", "--command")
)


def _read_options(words: list[str]) -> tuple[set[str], list[str]]:
    flags: set[str] = set()
    names: list[str] = []
    at = 0
    while at < len(words):
        word = words[at]
        at += 1
        if word.startswith("--") or (word.startswith("-") and len(word) == 2):  # noqa: PLR2004
            flags.add(word)
            at += word in _READ_VALUES
        elif word.startswith("-"):
            flags |= {f"-{letter}" for letter in word[1:]}
        else:
            names.append(word)
    return flags, names


def _assignment(argument: Text) -> tuple[str, Text | None]:
    if isinstance(argument, str):
        name, equals, value = argument.partition("=")
        return name, value if equals else None
    first = argument.atoms[0]
    if not isinstance(first, str) or "=" not in first:
        raise NotKnown(why_not(argument))
    name, _, rest = first.partition("=")
    return name, concat((rest, Mixed(argument.atoms[1:])))


_METHODS = {
    "echo": "echo", "printf": "printf", "string": "string", "pwd": "pwd", "psub": "psub",
    "realpath": "realpath", "test": "test", "[": "bracket", "contains": "contains",
    "count": "count", "status": "status", "type": "type", "functions": "functions",
    "export": "export", "setenv": "setenv", "alias": "alias", "read": "read", "cd": "cd",
    "emit": "emit", "true": "nothing", ":": "nothing", "false": "false", "argparse": "argparse",
    "bind": "nothing", "complete": "nothing", "abbr": "nothing", "block": "nothing",
    "commandline": "unsure", "history": "unsure", "ulimit": "unsure", "wait": "nothing",
    "jobs": "unsure", "disown": "nothing", "set_color": "unsure", "math": "unsure",
    "random": "unsure", "path": "unsure", "_": "unsure", "umask": "unsure", "pushd": "cd",
    "fish_vi_key_bindings": "nothing", "fish_default_key_bindings": "nothing",
    "fish_hybrid_key_bindings": "nothing", "bg": "nothing", "fg": "nothing", "time": "nothing",
}  # fmt: skip
SHIPPED = frozenset(("export", "setenv", "alias", "fish_add_path", "psub", "cd", "umask", "pushd"))
"""Functions that come with fish."""
__all__ = ["BUILTINS", "SHIPPED", "Builtins", "items_of"]
