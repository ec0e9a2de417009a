"""The interpreter of fish."""

from __future__ import annotations

from engine.precedence.fish.commands import Commands
from engine.precedence.fish.globs import Aborted, NoMatch
from engine.precedence.fish.lists import NotKnown
from engine.precedence.state import Event, Variable
from engine.precedence.values import Hole, concat, text_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

_NO_MATCH = 124


class Fish(Commands):
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

    def execute(self, statement: list[Any], state: State) -> Outcomes:
        """Fold one statement; what ends only a command does so with a status of its own."""
        if self.config is None:
            self.config = self.config_folder(state)
        try:
            if self.file is not None and self.file.endswith("/fish_variables"):
                self.visit_all(statement)
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

    def declare(self, statement: list[Any], state: State) -> Outcomes:
        """Set what a file of settings sets, before fish looks at its environment.

        Scripts of fish hold no such statement.
        """
        _, line, _, arguments = statement
        place = self.place(line)
        for argument in arguments:
            name, _, word, _ = argument
            text = _plain(word)
            if text is None:
                hole = Hole("unsupported", "it is put together of other variables", place)
                state.taint(name, hole)
                continue
            event = Event("set", text, place, state.variable(name).history)
            state.put(name, Variable(text, True, event))
        state.status = 0
        return {"next": state}


def _plain(word: list[Any]) -> Text | None:
    """Give a word's text if nothing in it is expanded."""
    parts = [part for part in word if isinstance(part, list) and part[0] == "q"]
    if len(parts) < len(word):
        return None
    return concat(text_of(part[1]) for part in parts)
