"""Builtins, and functions that come with fish, that change something."""

from __future__ import annotations

from engine.precedence.fish.asking import Asking
from engine.precedence.fish.lists import NotKnown, known, known_all
from engine.precedence.fish.names import BUILTINS
from engine.precedence.state import Function
from engine.precedence.values import (
    Hole,
    Mixed,
    concat,
    hole_in,
    is_empty,
    split_text,
    unknown_as,
    why_not,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from engine.precedence.state import State
    from engine.precedence.values import Text

    Status: TypeAlias = "int | Hole | None"


class Changing(Asking):
    """Runs what changes variables, functions, or the directory."""

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

    def run_back(self, _arguments: list[Text], state: State, line: int) -> Status:
        """Run `popd` and its kin: where they lead is not reckoned."""
        hole = self.hole("unsupported", "a directory that was left before")
        state.directory = unknown_as(hole)
        for name in ("PWD", "OLDPWD"):
            state.taint(name, hole)
        self.changed("PWD", "SET", state, line)
        return hole

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

    def run_argparse(self, _arguments: list[Text], state: State, _line: int) -> Status:
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
