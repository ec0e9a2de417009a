"""What settings do to variables: assignments as collectors tell them, folded into a state.

Their form is declared in `engine.gather.assignments`.
"""

from __future__ import annotations

from engine.model.facts import Absent, Redacted
from engine.precedence.state import Event, Place, State, Variable
from engine.precedence.values import (
    Hole,
    Mixed,
    concat,
    is_empty,
    text_of,
    unknown_as,
    why_not,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from engine.precedence.values import Text

    Scope = Callable[[str, str], Variable]
    """Gives a variable of a scope; what no scope knows is a variable that is not known."""

_DEEPEST = 20
_ODD = ("*[!A-Za-z0-9_]*", "[0-9]*")
"""The names that are hidden: what a file has for one may be anything."""
_NESTED = Hole("too_large", f"references within references, more than {_DEEPEST}")


class Assignments:
    """Folds a list of assignments, in the order in which they count.

    An element may be a layer: a mapping with such a list under `assignments`.
    """

    def __init__(
        self, source: str, process: str, scope: Scope, at_most: tuple[str, ...] = ()
    ) -> None:
        """Take who reads them, and what gives the variables of other processes.

        `at_most` are the names that they can speak of, where that is known.
        """
        self._at_most = at_most
        self._taken: dict[str, None] = {}
        """Where variables of others were set that a value takes over."""
        self._source = source
        self._process = process
        self._scope = scope

    def fold(self, found: Any, state: State) -> None:
        """Let all of them change a state."""
        if not isinstance(found, list):
            hole = found if isinstance(found, Absent) else Absent("wrong_type", "it is no list")
            if not hole.certain:
                detail = hole.detail or "which variables it sets is not known"
                self._taint(Hole(hole.cause, detail, self._place({})), state)
            return
        for row in found:
            if isinstance(row, dict) and "assignments" in row:
                self.fold(row["assignments"], state)
                continue
            name = row.get("name") if isinstance(row, dict) else None
            if isinstance(name, Redacted):
                why = Hole("redacted", "a name that is no usual one is hidden", self._place(row))
                for pattern in _ODD:
                    state.taint_matching(pattern, why)
                continue
            if not isinstance(name, str):
                self._taint(
                    Hole("wrong_type", "an assignment without a name", self._place({})), state
                )
                continue
            self._fold_one(name, row, state)
        more = getattr(found, "more", None)
        if more is not None:
            detail = more.detail or "there may be others"
            self._taint(Hole(more.cause, detail, self._place({})), state)

    def _taint(self, hole: Hole, state: State) -> None:
        """Let all be unknown that an unknown assignment may change."""
        if not self._at_most:
            state.taint_everything(hole)
        for pattern in self._at_most:
            state.taint_matching(pattern, hole)

    def _place(self, row: Any) -> Place:
        file, line = row.get("file"), row.get("line")
        return Place(
            file if isinstance(file, str) else None,
            line if isinstance(line, int) else None,
            self._source,
            self._process,
        )

    def _fold_one(self, name: str, row: Any, state: State) -> None:
        place, how = self._place(row), row.get("how", "set")
        if how == "unset":
            self._put(name, None, place, state)
        elif how == "pass":
            self._pass(name, row, place, state)
        elif isinstance(how, str) and how in {"set", "default", "prepend", "append"}:
            self._set(name, how, row, place, state)
        else:
            state.taint(name, Hole("unsupported", "what becomes of it is not known", place))

    def _set(self, name: str, how: str, row: Any, place: Place, state: State) -> None:
        self._taken = {}
        text, old = self._value(row, state), state.variable(name)
        if how == "set":
            self._put(name, text, place, state, "; ".join(self._taken))
            return
        if old.is_set is None:
            state.taint(name, Hole("opaque", "it depends on whether it is set", place))
            return
        before = old.scalar() if old.is_set is not False else None
        if how == "default":
            if before is None:
                self._put(name, text, place, state)
            return
        if before is None or before == "":
            self._put(name, text, place, state)
            return
        if isinstance(before, Mixed) and is_empty(before) is None:
            # Whether a separator stands between them depends on whether there is something.
            state.taint(name, why_not(before))
            return
        parts = (text, before) if how == "prepend" else (before, text)
        value = concat((parts[0], ":", parts[1]))
        state.put(name, Variable(value, True, Event(how, value, place, old.history)))

    def _put(
        self, name: str, text: Text | None, place: Place, state: State, detail: str = ""
    ) -> None:
        history = state.variable(name).history
        if text is None:
            event = Event("unset", None, place, history, detail)
            state.put(name, Variable(None, False, event, is_set=False))
            return
        state.put(name, Variable(text, True, Event("set", text, place, history, detail)))

    def _pass(self, name: str, row: Any, place: Place, state: State) -> None:
        """Take a variable from another process, which may not have it."""
        given = self._scope(str(row.get("of", "")), name)
        value = None if given.exported is False else given.scalar()
        if given.is_set is None or (value is not None and given.exported is None):
            detail = f"whether {name} is set where it is taken from is not known"
            hole = why_not(value) if isinstance(value, Mixed) else Hole("opaque", detail)
            state.taint(name, Hole(hole.cause, hole.detail or detail, hole.place or place))
            return
        if value is not None and given.is_set:
            where = _from(given.history)
            self._put(name, value, place, state, f"{name} was {where}" if where else "")
        elif row.get("if_missing") == "unset":
            self._put(name, None, place, state, "it is not set where it is taken from")
        elif row.get("if_missing", "keep") != "keep":
            state.taint(name, Hole("wrong_type", "what becomes of it is not told", place))

    # Values.

    def _value(self, row: Any, state: State) -> Text:
        parts = row.get("parts")
        if parts is not None:
            return self._text(parts, state, 0)
        value = row.get("value")
        if isinstance(value, (str, Redacted)):
            return text_of(value)
        if isinstance(value, Absent):
            return unknown_as(Hole(value.cause, value.detail, self._place(row)))
        return unknown_as(Hole("wrong_type", "its value is no text", self._place(row)))

    def _text(self, parts: Any, state: State, depth: int) -> Text:
        if depth > _DEEPEST:
            return unknown_as(_NESTED)
        if not isinstance(parts, list) or getattr(parts, "more", None) is not None:
            return unknown_as(Hole("wrong_type", "not all of its value is told"))
        return concat(self._part(part, state, depth) for part in parts)

    def _part(self, part: Any, state: State, depth: int) -> Text:
        if isinstance(part, (str, Redacted)):
            return text_of(part)
        if isinstance(part, dict) and isinstance(part.get("variable"), str):
            return self._reference(part, state, depth)
        if isinstance(part, dict) and isinstance(part.get("unknown"), str):
            return unknown_as(Hole(part["unknown"], str(part.get("detail", "")), self._place({})))
        return unknown_as(Hole("wrong_type", "a part of its value is no text"))

    def _reference(self, part: Any, state: State, depth: int) -> Text:
        name, of = part["variable"], part.get("of", "")
        if not isinstance(of, str) or not isinstance(part.get("empty_is_unset", False), bool):
            return unknown_as(Hole("wrong_type", f"how `{name}` is taken over is not told"))
        variable = self._scope(of, name) if of else state.variable(name)
        value = None if variable.exported is False else variable.scalar()
        otherwise = part.get("else", [])
        if value is not None and (variable.is_set is None or variable.exported is None):
            hole = why_not(value) if isinstance(value, Mixed) else None
            return unknown_as(hole or Hole("opaque", f"whether {name} is set is not known"))
        is_there: bool | None = value is not None and variable.is_set is not False
        if is_there and value is not None and part.get("empty_is_unset"):
            empty = is_empty(value)
            is_there = None if empty is None else not empty
        if is_there is None:
            return unknown_as(why_not(value)) if value is not None else ""
        if "then" in part:
            return self._text(part["then"] if is_there else otherwise, state, depth + 1)
        if is_there and value is not None:
            if of and (where := _from(variable.history)):
                self._taken[f"{name} was {where}"] = None
            return value
        return self._text(otherwise, state, depth + 1)


def _from(history: Event | None) -> str:
    """Say where a variable that is handed on was set; nothing if no file did it."""
    setter = history
    while setter is not None and (setter.place is None or setter.place.file is None):
        setter = setter.previous
    return "" if setter is None or setter.place is None else f"set at {setter.place.text()}"
