"""Scopes of fish: locals of blocks and functions, globals, universals.

All of them stand in the state under keys of their own, so that branches copy and join them like
everything else: `NAME` is the global one, `NAME@U` the universal, `NAME@7` that of scope 7.
"""

from __future__ import annotations

from contextlib import contextmanager

from engine.precedence.fish.lists import is_path, items_of, shown, value_of
from engine.precedence.interpreter import Interpreter
from engine.precedence.state import Event, Variable
from engine.precedence.values import Hole, split_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from engine.precedence.fish.lists import Items
    from engine.precedence.launch import Launch
    from engine.precedence.outcomes import Outcomes
    from engine.precedence.state import State
    from engine.precedence.values import Text

UNIVERSAL = "@U"
_ABSENT = Variable(None, False, None, False)


class Scope:
    """A block or a function that runs; a function hides the locals of its caller."""

    def __init__(self, kind: str, number: int) -> None:
        """Take its kind (`block`, `function`, `open` for one that hides nothing)."""
        self.kind = kind
        self.suffix = f"@{number}"
        self.names: set[str] = set()


class Scopes(Interpreter):
    """Finds, sets and erases variables."""

    def __init__(self, launch: Launch) -> None:
        """Take the launch."""
        super().__init__(launch)
        self._scopes: list[Scope] = []
        self._count = 0

    @contextmanager
    def scope(self, kind: str = "block") -> Iterator[Scope]:
        """Open a scope; `leave` its variables in each state that comes out of it."""
        self._count += 1
        scope = Scope(kind, self._count)
        self._scopes.append(scope)
        try:
            yield scope
        finally:
            self._scopes.pop()

    @staticmethod
    def leave(scope: Scope, outcomes: Outcomes) -> Outcomes:
        """Forget the variables of a scope."""
        for state in outcomes.values():
            for name in scope.names:
                state.variables.pop(name + scope.suffix, None)
        return outcomes

    def in_block(self, script: list[Any], state: State) -> Outcomes:
        """Fold a script in a scope of its own."""
        with self.scope() as scope:
            return self.leave(scope, self.run(script, state))

    def at(self, file: str | None, fold: Callable[[], Outcomes]) -> Outcomes:
        """Fold what stands in another file, in a scope of its own."""
        with self.scope() as scope:
            return self.leave(scope, super().at(file, fold))

    def taint_variables(self, hole: Hole, state: State) -> None:
        """Let every variable be unknown, though no function is."""
        for name in list(state.variables):
            state.taint(name, hole)
        state.hole = hole

    # Finding.

    def _local_scopes(self) -> Iterator[Scope]:
        for scope in reversed(self._scopes):
            yield scope
            if scope.kind == "function":
                return

    def find(self, name: str, state: State, scope: str | None = None) -> tuple[str, Variable]:
        """Give the key and the variable that a name means, in a scope or in all of them."""
        if scope in {None, "local", "function"}:
            for one in self._local_scopes():
                key = name + one.suffix
                found = state.variables.get(key)
                if found is not None and found.is_set is not False:
                    return key, found
            if scope is not None:
                return "", _ABSENT
        if scope in {None, "global"}:
            found = state.variable(name)
            if found.is_set is not False or scope is not None:
                return name, found
        universal = state.variable(name + UNIVERSAL)
        if universal.is_set is not False or scope is not None:
            return name + UNIVERSAL, universal
        return name, state.variable(name)

    def items(self, name: str, state: State) -> Items:
        """Give the elements of the variable that a name means."""
        special = self.special(name, state)
        if special is not None:
            return special
        _, variable = self.find(name, state)
        items, doubt = items_of(name, variable)
        if variable.is_set is None and doubt is None:
            doubt = Hole("opaque", f"`{name}` may be set or not", self.place(self.line))
        return items, doubt

    def special(self, name: str, state: State) -> Items | None:
        """Give a variable that the shell makes up, or None if it is an ordinary one."""
        raise NotImplementedError

    # Setting.

    def key_for(self, name: str, state: State, scope: str | None) -> str:
        """Give the key that a `set` in a scope means."""
        if scope == "universal":
            return name + UNIVERSAL
        if scope == "global":
            return name
        if scope is None:
            key, found = self.find(name, state)
            if found.is_set is not False:
                return key
        return self.local_key(name, scope)

    def taint_behind(self, key: str, name: str, state: State, hole: Hole) -> None:
        """Let what a local would hide be unknown, since the local may not be there at all."""
        keys = [name + one.suffix for one in self._local_scopes()]
        keys = [*keys[keys.index(key) + 1 :], name, name + UNIVERSAL] if key in keys else [name]
        for other in keys:
            found = state.variables.get(other) if "@" in other else state.variable(other)
            if found is None or found.is_set is False:
                continue
            state.taint(other, hole)
            if found.is_set:
                return
        if self.local_key(name, None) == name:
            state.taint(name, hole)

    def local_key(self, name: str, scope: str | None) -> str:
        """Give the key in the block at hand, or in the function around it."""
        scopes = list(self._local_scopes())
        is_in_function = bool(scopes) and scopes[-1].kind == "function"
        if scope is None and not is_in_function:
            return name
        if not scopes:
            return name
        if scope == "local":
            owner = next((one for one in scopes if one.kind != "open"), scopes[-1])
        else:
            owner = scopes[-1]
        owner.names.add(name)
        return name + owner.suffix

    def write(  # noqa: PLR0913 - what a variable has
        self,
        key: str,
        items: list[Text],
        state: State,
        line: int,
        *,
        doubt: Hole | None = None,
        exported: bool | None = None,
        path: bool | None = None,
        op: str = "",
        is_quiet: bool = False,
    ) -> None:
        """Set the variable of a key, and run what waits for that."""
        name = key.partition("@")[0]
        old = state.variable(key)
        kinds = old.kinds
        if path is not None:
            kinds = (kinds - {"path", "unpath"}) | {"path" if path else "unpath"}
        if is_path(name, kinds):
            items = [part for item in items for part in split_text(item, ":")]
        value = value_of(name, kinds, items, doubt)
        fresh = Variable(value, old.exported if exported is None else exported, None, True, kinds)
        text = shown(name, fresh)
        kind = op or _op(items_of(name, old)[0], items_of(name, fresh)[0])
        event = Event(kind, text, self.place(line), old.history)
        if old.is_set is False and exported is None:
            fresh = Variable(value, False, event, True, kinds)
        else:
            fresh = Variable(value, fresh.exported, event, True, kinds)
        state.put(key, fresh)
        if not is_quiet:
            self.changed(name, "SET", state, line)

    def erase(self, key: str, state: State, line: int) -> None:
        """Remove the variable of a key."""
        name = key.partition("@")[0]
        old = state.variable(key)
        if "@" in key:
            state.variables.pop(key, None)
            if state.variable(key).is_set is not False:
                state.put(key, _ABSENT)
        else:
            event = Event("unset", None, self.place(line), old.history)
            state.put(key, Variable(None, False, event, False))
        self.changed(name, "ERASE", state, line)

    def changed(self, name: str, what: str, state: State, line: int) -> None:
        """Run what waits for a variable to change."""
        raise NotImplementedError

    def spoil(self, name: str, hole: Hole, state: State) -> None:
        """Let the variable that a name means be unknown in every scope where it may be meant."""
        for scope in self._local_scopes():
            if state.variables.get(name + scope.suffix) is not None:
                state.taint(name + scope.suffix, hole)
        state.taint(name, hole)
        if name + UNIVERSAL in state.variables:
            state.taint(name + UNIVERSAL, hole)

    def set_text(self, name: str, value: Text, state: State, line: int) -> None:
        """Set the variable of a `for` loop: a local of the block around it."""
        key = self.local_key(name, "local")
        self.write(key, [value], state, line)


def _op(before: list[Text], after: list[Text]) -> str:
    """Say whether a new value only adds to the old one."""
    if not before or len(before) >= len(after):
        return "set"
    if after[-len(before) :] == before:
        return "prepend"
    return "append" if after[: len(before)] == before else "set"
