"""Branches: `and`, `or`, `if`, `case`, where a guard may not be known."""

from __future__ import annotations

from engine.precedence.folding import Folding
from engine.precedence.outcomes import merge
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

    Script: TypeAlias = list[Any]
    Status: TypeAlias = "int | Hole"


class Branching(Folding):
    """Folds statements that choose."""

    case_clears_status = True
    """Whether a `case` of which nothing runs succeeds; in fish it leaves the status alone."""

    def fold_and(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `and`."""
        _, _, left, right = statement
        outcomes = self.checking([left], state)
        return self._then(outcomes, lambda after: self.execute(right, after), wanted=True)

    def fold_or(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `or`."""
        _, _, left, right = statement
        outcomes = self.checking([left], state)
        return self._then(outcomes, lambda after: self.execute(right, after), wanted=False)

    def _then(
        self, outcomes: Outcomes, fold: Callable[[State], Outcomes], *, wanted: bool
    ) -> Outcomes:
        """Go on if the status is (or may be) the wanted one."""
        state = outcomes.pop("next", None)
        if state is None:
            return outcomes
        if not isinstance(state.status, Hole):
            goes_on = (state.status == 0) is wanted
            merge(outcomes, fold(state) if goes_on else {"next": state})
            return outcomes
        state.doubt = state.status
        other = state.copy()
        other.status = 0 if wanted else state.status
        merge(outcomes, fold(other))
        if not wanted:
            state.status = 0
        merge(outcomes, {"next": state})
        return outcomes

    def fold_not(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `not`."""
        outcomes = self.checking([statement[2]], state)
        after = outcomes.get("next")
        if after is not None and not isinstance(after.status, Hole):
            after.status = int(after.status == 0)
        return outcomes

    def fold_if(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `if`."""
        _, _, branches, otherwise = statement
        if not branches:
            return self.run(otherwise or [], state)
        (condition, body), *rest = branches
        outcomes = self.checking(condition, state)
        after = outcomes.pop("next", None)
        if after is None:
            return outcomes
        following = ["if", statement[1], rest, otherwise]
        doubt = after.status
        if not isinstance(doubt, Hole):
            if doubt == 0:
                merge(outcomes, self.run(body, after))
            else:
                after.status = 0
                merge(outcomes, self.fold_if(following, after))
            return outcomes
        after.doubt = doubt
        other = after.copy()
        after.status = other.status = 0
        merge(outcomes, self.run(body, after))
        merge(outcomes, self.fold_if(following, other))
        return outcomes

    def fold_case(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `case`."""
        _, line, word, clauses = statement
        text = self.text(word, state, line)
        return self._clauses(text, clauses, state, line)

    def _clauses(self, text: Text, clauses: list[Any], state: State, line: int) -> Outcomes:
        for number, (patterns, body, ending) in enumerate(clauses):
            found = self._any_matches(text, patterns, state, line)
            if found is False:
                continue
            rest = clauses[number + 1 :]
            if isinstance(found, Hole):
                state.doubt = found
                outcomes = self._clauses(text, rest, state.copy(), line)
                merge(outcomes, self._clause(text, body, ending, rest, state, line))
                return outcomes
            return self._clause(text, body, ending, rest, state, line)
        if self.case_clears_status:
            state.status = 0
        return {"next": state}

    def _clause(  # noqa: PLR0913, PLR0917 - the parts of a clause
        self, text: Text, body: Script, ending: str, rest: list[Any], state: State, line: int
    ) -> Outcomes:
        if not body and self.case_clears_status:
            state.status = 0
        outcomes = self.run(body, state)
        after = outcomes.get("next")
        if ending == ";;" or not rest or after is None:
            return outcomes
        del outcomes["next"]
        if ending == ";&":
            _, next_body, next_ending = rest[0]
            merge(outcomes, self._clause(text, next_body, next_ending, rest[1:], after, line))
        else:
            merge(outcomes, self._clauses(text, rest, after, line))
        return outcomes

    def _any_matches(self, text: Text, patterns: list[Any], state: State, line: int) -> bool | Hole:
        doubt: Hole | None = None
        for pattern in patterns:
            found = self.matches(text, pattern, state, line)
            if found is True:
                return True
            if isinstance(found, Hole):
                doubt = doubt or found
        return doubt or False
