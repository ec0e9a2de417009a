"""Blocks of fish, each with a scope of its own, and pipelines."""

from __future__ import annotations

from engine.precedence.fish.lists import NotKnown, items_of
from engine.precedence.fish.unsure import Unsure
from engine.precedence.outcomes import ended_loop, merge, merged, printed
from engine.precedence.values import Hole, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State

_MOST_TURNS = 1_000
_TOO_MANY = 2


class Blocks(Unsure):
    """Folds blocks and pipelines."""

    case_clears_status = False

    def fold_block(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `begin ... end`."""
        return self.in_block(statement[2], state)

    def fold_if(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `if`; what a condition sets locally belongs to the block around it all."""
        outcomes = self._branch(statement[2], statement[3], state)
        self.is_broken = False
        return outcomes

    def _branch(self, branches: list[Any], otherwise: list[Any], state: State) -> Outcomes:
        if not branches:
            if otherwise:
                # It sees the status of the last condition.
                return self.in_block(otherwise, state)
            state.status = 0
            return {"next": state}
        (condition, body), *rest = branches
        outcomes = self.checking(condition, state)
        after = outcomes.pop("next", None)
        if after is None:
            return outcomes
        doubt = after.status
        if isinstance(doubt, Hole):
            after.doubt = doubt
            other = after.copy()
            after.status = 0
            merge(outcomes, self.in_block(body, after))
            merge(outcomes, self._branch(rest, otherwise, other))
        elif doubt == 0:
            merge(outcomes, self.in_block(body, after))
        else:
            merge(outcomes, self._branch(rest, otherwise, after))
        return outcomes

    def fold_while(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `while`; it leaves the status of the last turn."""
        _, line, condition, body, _ = statement
        left: Outcomes = {}
        last: int | Hole = 0
        for _ in range(_MOST_TURNS):
            outcomes = self.checking(condition, state)
            after = outcomes.pop("next", None)
            merge(left, outcomes)
            if after is None:
                return ended_loop(left)
            if isinstance(after.status, Hole):
                merge(left, self.smear(condition + body, after, after.status, line))
                return ended_loop(left)
            if after.status != 0:
                after.status = last
                self.is_broken = False
                merge(left, {"next": after})
                return ended_loop(left)
            following = self._turn(self.in_block(body, after), left)
            if following is None:
                return ended_loop(left)
            state, last = following, following.status
        doubt = self.hole("too_large", f"a loop of more than {_MOST_TURNS} turns")
        merge(left, self.smear(condition + body, state, doubt, line))
        return ended_loop(left)

    def fold_case(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `switch`; the status stays as it was if nothing matches."""
        _, line, word, clauses = statement
        with self.scope() as scope:
            items, doubt = self.expand(word, state, line)
            if doubt is not None:
                raise NotKnown(doubt)
            if len(items) > 1:
                # fish complains, and runs none of it.
                state.status = _TOO_MANY
                return {"next": state}
            text = items[0] if items else ""
            return self.leave(scope, self._clauses(text, clauses, state, line))

    def fold_for(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `for`; its variable is a local of the block around it."""
        _, line, name, words, body = statement
        self.globs_may_fail = True
        try:
            items, doubt = self.fields(words, state, line)
        finally:
            self.globs_may_fail = False
        if doubt is None and len(items) > _MOST_TURNS:
            doubt = self.hole("too_large", "a long loop")
        key = self.local_key(name, "local")
        before, why = items_of(name, self.find(name, state)[1])
        self.write(key, before, state, line, doubt=why, is_quiet=True)
        left: Outcomes = {}
        with self.scope() as scope:
            if doubt is not None:
                state.taint(key, doubt)
                return self.leave(scope, ended_loop(self.smear(body, state, doubt, line)))
            current: State | None = state
            for item in items:
                self.write(key, [item], current, line)  # type: ignore[arg-type]
                current = self._turn(self.run(body, current), left)  # type: ignore[arg-type]
                if current is None:
                    break
            if current is not None:
                merge(left, {"next": current})
            return self.leave(scope, ended_loop(left))

    def fold_bg(self, statement: list[Any], state: State) -> Outcomes:
        """Fold what runs in the background: programs do, functions and builtins may not."""
        status = state.status
        hole = self.hole("opaque", "it runs in the background")
        after = merged(self.smear([statement[2]], state, hole, statement[1]))
        after.status = status
        if after.output is not None:
            self.abort_doubt = self.abort_doubt or hole
        return {"next": after}

    def fold_pipe(self, statement: list[Any], state: State) -> Outcomes:
        """Fold a pipeline: all its builtins and functions run in this very shell."""
        _, line, members, *more = statement
        kinds = more[0] if more else ["1|"] * (len(members) - 1)
        given, output = state.input, state.output
        left: Outcomes = {}
        is_broken = False
        for number, member in enumerate(members):
            is_last = number == len(members) - 1
            state.output = output if is_last else ()
            outcomes = self.checking([member], state)
            is_broken = is_broken or self.is_broken
            after = outcomes.pop("next", None)
            merge(left, outcomes)
            if after is None:
                return self._restored(left, given, output, keep=is_last)
            state = after
            if not is_last:
                text = printed(state)
                if kinds[number] not in {"1|", "&|"}:
                    text = unknown_as(Hole("opaque", "what a command complains", self.place(line)))
                state.input = text
        self.is_broken = is_broken
        merge(left, {"next": state})
        return self._restored(left, given, output, keep=True)

    @staticmethod
    def _restored(outcomes: Outcomes, given: Any, output: Any, *, keep: bool) -> Outcomes:
        for after in outcomes.values():
            after.input = given
            if not keep:
                after.output = output
        return outcomes
