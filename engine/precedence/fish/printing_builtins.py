"""Builtins that print."""

from __future__ import annotations

from engine.precedence.fish.lists import NotKnown, known_all
from engine.precedence.fish.printing import echo, printf
from engine.precedence.fish.sourcing import Sourcing
from engine.precedence.fish.strings import run_string
from engine.precedence.values import Hole, concat, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

    from engine.precedence.state import State
    from engine.precedence.values import Text

    Status: TypeAlias = "int | Hole | None"


class Printing(Sourcing):
    """Runs builtins that print."""

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

    # Printing.

    def run_echo(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `echo`."""
        self.say(echo(arguments), state)
        return 0

    def run_printf(self, arguments: list[Text], state: State, _line: int) -> Status:
        """Run `printf`."""
        self.say(printf(arguments), state)
        return 0

    def run_string(self, arguments: list[Text], state: State, _line: int) -> Status:
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
