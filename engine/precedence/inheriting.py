"""What a process starts with: a part of another one's environment, or of the one it may be."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from engine.model.facts import Absent, PartialList, Redacted
from engine.model.record import replace
from engine.precedence.state import Event, Place, State, Variable, join
from engine.precedence.values import Hole, Mixed, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from engine.model.json_value import JsonObject
    from engine.precedence.world import World

_LONGEST = 100
"""How long a value is told at most where one of several is in force."""


def inherited(parent: State, way: JsonObject, process: str, world: World) -> State:
    """Give what a process has of another one's environment."""
    state = State()
    names = names_in(way.get("names") or [], world)
    if isinstance(names, Absent):
        detail = names.detail or "which variables are kept is not known"
        state.hole = Hole(names.cause, detail)
        return state
    keeps = keeper(way.get("mode", "all"), names)
    for key in filter(keeps, known_or_named(parent, way, names)):
        variable = parent.variable(key)
        if variable.exported is not False:
            state.put(key, passed_on(variable, process))
    state.hole, state.patterns = holes_of(parent, way, names)
    return state


def known_or_named(parent: State, way: JsonObject, names: list[str]) -> list[str]:
    """Give the variables of a process, and those taken over by name of which it knows nothing."""
    named = [one for one in names if way.get("mode") == "only" and not _is_glob(one)]
    open_ones = [one for one in named if parent.variable(one).is_set is None]
    return list(dict.fromkeys((*parent.variables, *open_ones)))


def holes_of(
    parent: State, way: JsonObject, names: list[str]
) -> tuple[Hole | None, tuple[tuple[str, Hole], ...]]:
    """Give what nobody knows of variables that are taken over: of all, and of those like a glob."""
    if way.get("mode") != "only":
        return parent.hole, parent.patterns
    holes = (("*", parent.hole),) if parent.hole is not None else parent.patterns
    return None, tuple(
        (name, hole)
        for name in filter(_is_glob, names)
        for pattern, hole in holes
        if _may_share(name, pattern)
    )


def _is_glob(name: str) -> bool:
    return bool(set(name) & set("*?["))


def _may_share(one: str, other: str) -> bool:
    """Say whether a name may match both globs: what each begins with may not rule that out."""
    begins = [re.split(r"[*?[]", glob, maxsplit=1)[0] for glob in (one, other)]
    return begins[0].startswith(begins[1]) or begins[1].startswith(begins[0])


def one_of(candidates: list[tuple[str, State]], why: Absent, process: str) -> State:
    """Give what a process has that starts in one of several ways, and nobody knows in which.

    What differs between them is unknown, and says what it would be in each.
    """
    (_, state), *others = candidates
    titles = " or ".join(title for title, _ in candidates)
    detail = why.detail or why.cause
    general = Hole(why.cause, f"whether it starts from {titles}: {detail}", Place(process=process))
    for _, other in others:
        state.doubt = other.doubt = general
        state = join(state, other)
    for name, variable in list(state.variables.items()):
        each = [(title, one.variable(name)) for title, one in candidates]
        if all(same_value(one, each[0][1]) for _, one in each):
            state.variables[name] = replace(variable, history=_shared(each))
            continue
        said = [_said(title, one) for title, one in each]
        told = "; ".join(one for one in said if one)
        hole = general if len(told) == 0 else replace(general, detail=f"{told} ({detail})")
        event = Event("unknown", None, hole.place, None, hole.detail)
        is_set = True if all(one.is_set for _, one in each) else None
        state.variables[name] = replace(
            variable, value=unknown_as(hole), history=event, is_set=is_set
        )
    return state


def same_value(one: Variable, other: Variable) -> bool:
    """Say whether two variables have one known value, or are both known to have none."""
    return one.scalar() == other.scalar() and one.is_set == other.is_set is not None


def _said(title: str, variable: Variable) -> str:
    value = variable.scalar()
    if isinstance(value, Mixed) or variable.is_set is None:
        return ""
    if value is None or variable.is_set is False:
        return f"unset from {title}"
    shown = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}..."
    setter = setter_of(variable.history)
    where = f" ({setter.place.text()})" if setter and setter.place and setter.place.file else ""
    return f"`{shown}` from {title}{where}"


def _shared(each: list[tuple[str, Variable]]) -> Event | None:
    """Give the history of a variable that has one value whichever way it was started.

    Where it was set in another place in each way, all of them are told, and none for certain.
    """
    histories = [variable.history for _, variable in each]
    if all(_steps(one) == _steps(histories[0]) for one in histories):
        return histories[0]
    setter = setter_of(histories[0])
    if setter is None:
        return None
    told = "; ".join(_said(title, variable) for title, variable in each)
    places = {one.place for one in map(setter_of, histories) if one is not None}
    if len(places) == 1:
        return Event("set", each[0][1].scalar(), setter.place)
    return Event("set", each[0][1].scalar(), None, None, told)


def _steps(history: Event | None) -> list[object]:
    """Give what matters of a history: who set what, and who removed it."""
    events = history.chain() if history is not None else []
    return [(one.op, one.value, one.place) for one in events if one.op in _CHANGES]


_CHANGES = frozenset(("set", "append", "prepend", "default", "unset"))


def setter_of(history: Event | None) -> Event | None:
    """Give the last event that gave a variable its value."""
    event = history
    while event is not None and event.op not in {"set", "append", "prepend", "default"}:
        event = event.previous
    return event


def names_in(written: list[Any], world: World) -> list[str] | Absent:
    """Give names of variables, those that a fact lists among them, or why some are not known."""
    names: list[str] = []
    for item in written:
        if not isinstance(item, dict):
            names.append(str(item))
            continue
        steps = item.get("fact") or []
        found = world.fact(*([steps] if isinstance(steps, str) else steps))
        if isinstance(found, PartialList) and found.more is not None:
            return found.more
        for one in found if isinstance(found, list) else [found]:
            if isinstance(one, Absent):
                return one
            if not isinstance(one, str):
                hidden = isinstance(one, Redacted)
                return Absent("redacted" if hidden else "wrong_type", "a variable's name")
            names.append(one)
    return names


def keeper(mode: str, names: list[str]) -> Callable[[str], bool]:
    """Give what says of a variable whether it is taken over."""

    def named(key: str) -> bool:
        return any(fnmatchcase(key, pattern) for pattern in names)

    if mode == "only":
        return named
    if mode == "except":
        return lambda key: not named(key)
    return lambda _: True


def passed_on(variable: Variable, process: str, op: str = "inherit") -> Variable:
    """Give a variable as a child process gets it."""
    value = variable.scalar()
    event = Event(op, value, Place(None, None, None, process), variable.history)
    if value is None:
        return Variable(None, False, event, is_set=False)
    return replace(
        variable, value=value, history=event, kinds=frozenset(), exported=variable.exported
    )
