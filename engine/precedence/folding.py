"""The part of folding that all shells share: places, sequences, what a subclass has to say.

A statement is folded into *outcomes*: for each way to go on (`next`, `return`, `exit`, ...) the
state in which it would. Where a guard is not known both branches are folded and joined, so that
what they agree on stays known and all else is a hole with the guard's cause.
"""

from __future__ import annotations

from engine.precedence.outcomes import Doubt, Leave, NoMatch, TooMuch, merge
from engine.precedence.state import Place
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from engine.precedence.launch import Launch
    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

    Script: TypeAlias = list[Any]
    Status: TypeAlias = "int | Hole"

ON = ("next", "line")
"""Ways to go on in a file: with the next statement, or with the next line."""

UNSURE = Hole("opaque", "an error may have ended the line")
MAX_DEPTH = 60
MAX_ENTERED = 5_000
"""How many files and functions are entered, one after the other."""


class Folding:
    """Folds scripts over a state; a subclass says what a command, a word and a test mean."""

    failure = 1
    """The status after an error in an expansion."""
    syntax = ""
    """The syntax that this shell reads its files in."""

    def __init__(self, launch: Launch) -> None:
        """Take the launch."""
        self.launch = launch
        self.world = launch.world
        self.file: str | None = None
        self.source: str | None = None
        self.line = 0
        self._fixed: Place | None = None
        self._steps = 0
        self._depth = 0
        self._most_steps = launch.most_steps
        self._entered = 0
        self._asked = 0
        self.may_leave: str | None = None
        """How the statement that is folded may leave, by an error that nobody can tell."""

    @property
    def steps(self) -> int:
        """How many statements were folded so far."""
        return self._steps

    def statement(self, statement: list[Any], state: State) -> Outcomes:
        """Fold a statement by its first word."""
        fold: Callable[[list[Any], State], Outcomes] = getattr(self, f"fold_{statement[0]}")
        return fold(statement, state)

    # What a subclass says.

    def command(self, statement: list[Any], state: State) -> Outcomes:
        """Fold a simple command."""
        raise NotImplementedError

    def declare(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `export`, `typeset` and their like."""
        raise NotImplementedError

    def condition(self, expression: list[Any], state: State) -> Status:
        """Give the status of `[[ ... ]]`."""
        raise NotImplementedError

    def arithmetic(self, text: str, state: State, line: int) -> Status:
        """Give the status of `(( ... ))`."""
        raise NotImplementedError

    def text(self, word: list[Any], state: State, line: int) -> Text:
        """Give a word as one text, without splitting."""
        raise NotImplementedError

    def fields(self, words: list[Any], state: State, line: int) -> tuple[list[Text], Hole | None]:
        """Give the words after expansion, and why their number is not known."""
        raise NotImplementedError

    def matches(self, text: Text, pattern: list[Any], state: State, line: int) -> bool | Hole:
        """Say whether a text matches a pattern word."""
        raise NotImplementedError

    def set_text(self, name: str, value: Text, state: State, line: int) -> None:
        """Set a variable the way a loop does."""
        raise NotImplementedError

    def last_of_pipe_is_here(self) -> bool:
        """Say whether the last command of a pipe runs in this very shell."""
        return False

    # Places.

    def place(self, line: int | None) -> Place:
        """Give a line of what is being folded."""
        if self._fixed is not None:
            return self._fixed
        system = self.launch.world.file_system if self.file else None
        return Place(self.file, line, self.source, self.launch.process, system)

    def at(self, file: str | None, fold: Callable[[], Outcomes]) -> Outcomes:
        """Fold what stands in another file, bounded in depth."""
        if self._depth >= MAX_DEPTH:
            raise TooMuch(f"{file or 'a function'} goes more than {MAX_DEPTH} levels deep")
        self._entered += 1
        if self._entered > MAX_ENTERED:
            raise TooMuch(f"more than {MAX_ENTERED} files and functions are run")
        before = self.file, self._fixed, self._asked
        self.file, self._fixed = file, None
        self._depth += 1
        try:
            return fold()
        finally:
            self.file, self._fixed, self._asked = before
            self._depth -= 1

    def as_if_at(self, line: int, fold: Callable[[], Outcomes]) -> Outcomes:
        """Fold what is no file's text, such as that of `eval`, as if it stood on a line."""
        if self._depth >= MAX_DEPTH:
            raise TooMuch(f"{self.place(line).text()} goes more than {MAX_DEPTH} levels deep")
        before = self._fixed
        self._fixed = self.place(line)
        self._depth += 1
        try:
            return fold()
        finally:
            self._fixed = before
            self._depth -= 1

    # Statements.

    def run(self, script: Script, state: State) -> Outcomes:
        """Fold statements one after the other."""
        left: Outcomes = {}
        for statement in script:
            outcomes = self.execute(statement, state)
            following = outcomes.pop("next", None)
            merge(left, outcomes)
            if following is None:
                return left
            state = following
        merge(left, {"next": state})
        return left

    def run_file(self, script: Script, state: State) -> Outcomes:
        """Fold a file's statements; an error that ends a line goes on behind it."""
        left: Outcomes = {}
        skipped = 0
        for statement in script:
            if statement[1] == skipped:
                continue
            outcomes = self.execute(statement, state)
            merge(left, {flow: after for flow, after in outcomes.items() if flow not in ON})
            following: Outcomes = {}
            for flow in ON:
                if flow in outcomes:
                    merge(following, {"on": outcomes[flow]})
            if not following:
                return left
            skipped = statement[1] if "next" not in outcomes else 0
            if "line" in outcomes and "next" in outcomes:
                # Whether the rest of the line runs is not known; no more is what follows it.
                following["on"].taint_everything(following["on"].doubt or UNSURE)
            state = following["on"]
        merge(left, {"next": state})
        return left

    def execute(self, statement: list[Any], state: State) -> Outcomes:
        """Fold one statement."""
        self._steps += 1
        if self._steps > self._most_steps:
            raise TooMuch(f"more than {self._most_steps} steps")
        self.line = statement[1]
        if self._fixed is None and self.file is not None:
            self.launch.visited.add((self.file, statement[1]))
        before, self.may_leave = self.may_leave, None
        try:
            outcomes = self.statement(statement, state)
            if self.may_leave is not None and "next" in outcomes:
                left = outcomes["next"].copy()
                outcomes["next"].doubt = left.doubt = UNSURE
                merge(outcomes, {self.may_leave: left})
            return outcomes  # noqa: TRY300 - what is merged may fail as the statement does
        except Leave as leave:
            state.status = self.failure
            return {leave.flow: state}
        except NoMatch:
            # Of a loop or an assignment; that of a simple command ends only the command.
            state.status = 1
            return {"stop": state}
        except Doubt as doubt:
            state.doubt = doubt.hole
            left = state.copy()
            state.taint_everything(doubt.hole)
            state.status = doubt.hole
            return {"next": state, doubt.flow: left}
        finally:
            self.may_leave = before

    def strict(self, outcomes: Outcomes) -> Outcomes:
        """Leave after a failure where `set -e` is on and nobody asks for the status."""
        state = outcomes.get("next")
        if state is None or self._asked or state.status == 0:
            return outcomes
        for option, flow in (("errexit", "exit"), ("errreturn", "return")):
            if state.options.get(option, False) is False:
                continue
            doubt = state.status if isinstance(state.status, Hole) else state.options[option]
            if isinstance(doubt, Hole):
                state.doubt = doubt
                merge(outcomes, {flow: state.copy()})
                return outcomes
            del outcomes["next"]
            merge(outcomes, {flow: state})
            return outcomes
        return outcomes

    def checking(self, script: Script, state: State) -> Outcomes:
        """Fold what somebody asks the status of."""
        self._asked += 1
        try:
            return self.run(script, state)
        finally:
            self._asked -= 1
