"""Blocks of fish, each with a scope of its own, and pipelines."""

from __future__ import annotations

from engine.precedence.fish.unsure import Unsure
from engine.precedence.outcomes import ended_loop, merge, merged, printed
from engine.precedence.values import Hole, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State

_MOST_TURNS = 1_000


class Blocks(Unsure):
    """Folds blocks and pipelines."""

    def fold_block(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `begin ... end`."""
        return self.in_block(statement[2], state)

    def fold_scoped(self, statement: list[Any], state: State) -> Outcomes:
        """Fold the body of a branch or loop, which has a scope of its own."""
        return self.in_block(statement[2], state)

    def fold_if(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `if`; what a condition sets locally belongs to the block around it all."""
        _, line, branches, otherwise = statement
        scoped = [[condition, _scoped(line, body)] for condition, body in branches]
        outcomes = super().fold_if(["if", line, scoped, _scoped(line, otherwise or [])], state)
        self.is_broken = False
        return outcomes

    def fold_while(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `while`."""
        _, line, condition, body, until = statement
        scoped = ["while", line, condition, _scoped(line, body), until]
        outcomes = super().fold_while(scoped, state)
        self.is_broken = False
        return outcomes

    def fold_case(self, statement: list[Any], state: State) -> Outcomes:
        """Fold `switch`; the status stays as it was if nothing matches."""
        _, line, word, clauses = statement
        with self.scope() as scope:
            text = self.text(word, state, line)
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


def _scoped(line: int, body: list[Any]) -> list[Any]:
    return body if not body or body[0][0] == "scoped" else [["scoped", line, body]]
