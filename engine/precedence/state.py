"""What a process has while its sources are folded: variables with their history, functions, ..."""

from __future__ import annotations

from fnmatch import fnmatchcase

from engine.model.record import record, replace
from engine.precedence.values import Hole, Mixed, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, TypeAlias

    from engine.precedence.values import Text

    Value: TypeAlias = "Text | tuple[Text, ...] | Mapping[str, Text] | None"


@record
class Place:
    """A line of a source, and the source and process it was folded for.

    `file_system` is what contexts call the one that the file is in, if it is not the machine's.
    """

    file: str | None = None
    line: int | None = None
    source: str | None = None
    process: str | None = None
    file_system: str | None = None

    def text(self) -> str:
        """Give file and line the way people write them."""
        name = self.file or self.source or ""
        return f"{name}:{self.line}" if self.line else name


class Event:
    """One thing that happened to a variable, and what happened before it."""

    __slots__ = ("detail", "op", "place", "previous", "value")

    def __init__(
        self,
        op: str,
        value: Text | None,
        place: Place | None,
        previous: Event | None = None,
        detail: str = "",
    ) -> None:
        """Take an operation: inherit, set, append, prepend, default, unset, export, unknown, ..."""
        self.op = op
        self.value = value
        self.place = place
        self.previous = previous
        self.detail = detail

    def chain(self) -> list[Event]:
        """Give the history, oldest first."""
        events: list[Event] = []
        event: Event | None = self
        while event is not None:
            events.append(event)
            event = event.previous
        return events[::-1]


NOT_SET = None
UNSURE = "unsure"
"""The kind of a variable that has other kinds after one branch than after the other."""
MAYBE_INTEGER = "maybe integer"


@record
class Variable:
    """A variable: its value (None: not set), whether children see it, and its history.

    `is_set` and `exported` are None where that is not known. `kinds` are attributes such as
    `integer`, `unique`, `upper`, `readonly`.
    """

    value: Value
    exported: bool | None = False
    history: Event | None = None
    is_set: bool | None = True
    kinds: frozenset[str] = frozenset()

    def scalar(self) -> Text | None:
        """Give the value as one text: the first element of an array."""
        if isinstance(self.value, tuple):
            return self.value[0] if self.value else ""
        if isinstance(self.value, (str, Mixed)) or self.value is None:
            return self.value
        return self.value.get("0", "")


@record
class Function:
    """A function's body, where it was defined, and which aliases its body was read with."""

    script: list[Any]
    place: Place | None
    aliases: Mapping[str, Any]
    options: tuple[Any, ...] = ()


@record
class Tool:
    """A function of a known tool: what calling it may touch, though its code is not known."""

    touches: tuple[str, ...]
    hole: Hole
    needs: tuple[str, ...] = ()
    """Names of files without which, in the directory or above, it touches nothing."""


class State:
    """Everything that folding a source may change; `copy` it before two branches go on."""

    __slots__ = (
        "aliases",
        "arguments",
        "changed_files",
        "directory",
        "doubt",
        "frames",
        "functions",
        "hole",
        "hooks",
        "input",
        "loaded",
        "loaded_hole",
        "names_hole",
        "options",
        "output",
        "patterns",
        "status",
        "tied",
        "variables",
    )

    def __init__(self) -> None:
        """Start with nothing."""
        self.variables: dict[str, Variable] = {}
        self.hole: Hole | None = None
        """Why a variable that is not in `variables` is not known; None: it is not set."""
        self.patterns: tuple[tuple[str, Hole], ...] = ()
        """Globs of names that may have been set, each with why that is not known."""
        self.functions: dict[str, Function | Tool | Hole] = {}
        self.aliases: dict[str, Any] = {}
        self.names_hole: Hole | None = None
        """Why there may be further functions and aliases."""
        self.options: dict[str, bool | Hole] = {}
        self.arguments: tuple[Text, ...] | Hole = ()
        self.frames: list[dict[str, Variable | None]] = []
        self.status: int | Hole = 0
        self.loaded: tuple[tuple[str, Place | None], ...] = ()
        self.loaded_hole: Hole | None = None
        self.directory: Text = ""
        self.changed_files: frozenset[str] | None = frozenset()
        self.hooks: tuple[Any, ...] = ()
        self.tied: dict[str, str] = {}
        """Arrays of zsh that show a variable's parts, beside those that always do."""
        self.output: tuple[Text, ...] | None = None
        self.input: Text | None = None
        self.doubt: Hole | None = None
        """Why this branch was not the only one that may have been taken."""

    def copy(self) -> State:
        """Give a state that can go its own way."""
        other = State.__new__(State)
        for name in State.__slots__:
            value = getattr(self, name)
            setattr(other, name, value.copy() if value.__class__ is dict else value)
        other.frames = [frame.copy() for frame in self.frames]
        return other

    def variable(self, name: str) -> Variable:
        """Give a variable; one that nobody set has no value, or an unknown one."""
        found = self.variables.get(name)
        if found is not None:
            return found
        hole = self.hole or next(
            (hole for pattern, hole in self.patterns if fnmatchcase(name, pattern)), None
        )
        if hole is None:
            return _UNSET
        event = Event("unknown", None, hole.place, None, hole.detail)
        return Variable(unknown_as(hole), None, event, is_set=None)

    def put(self, name: str, variable: Variable) -> None:
        """Set a variable as it is; what one of unknown kind makes of a value is not known."""
        if variable.kinds and UNSURE in variable.kinds and variable.value is not None:
            hole = Hole("opaque", "which kind of variable it is depends on what was not run")
            if MAYBE_INTEGER in variable.kinds and not _is_number(variable.value):
                # An expression with a mistake in it ends more than the assignment.
                self.taint_everything(hole)
            variable = replace(variable, value=unknown_as(hole))
        self.variables[name] = variable

    def taint(self, name: str, hole: Hole) -> None:
        """Let a variable be unknown from here on: it may have been set, changed or removed."""
        old = self.variable(name)
        event = Event("unknown", None, hole.place, old.history, hole.detail)
        self.variables[name] = Variable(
            unknown_as(hole), None if not old.exported else old.exported, event, None, old.kinds
        )

    def taint_matching(self, pattern: str, hole: Hole) -> None:
        """Let every variable whose name matches a glob be unknown from here on."""
        if not set(pattern) & set("*?["):
            self.taint(pattern, hole)
            return
        for name in [name for name in self.variables if fnmatchcase(name, pattern)]:
            self.taint(name, hole)
        self.patterns = ((pattern, hole), *self.patterns)

    def taint_everything(self, hole: Hole) -> None:
        """Let every variable, function, alias and loaded file be unknown from here on."""
        for name in list(self.variables):
            self.taint(name, hole)
        self.hole = hole
        self.names_hole = hole
        self.loaded_hole = hole


_UNSET = Variable(NOT_SET, False, None, False)


def join(one: State, other: State) -> State:
    """Give the state after either of two branches: what they agree on, and holes for the rest."""
    hole = other.doubt or one.doubt or Hole("opaque", "it depends on what was not run")
    joined = one.copy()
    joined.hole = one.hole or other.hole
    joined.patterns = tuple(dict.fromkeys(one.patterns + other.patterns))
    joined.names_hole = one.names_hole or other.names_hole
    joined.loaded_hole = one.loaded_hole or other.loaded_hole
    for name in one.variables.keys() | other.variables.keys():
        joined.variables[name] = join_variables(one.variable(name), other.variable(name), hole)
    joined.functions = _join_names(one.functions, other.functions, hole)
    joined.aliases = _join_names(one.aliases, other.aliases, hole)
    joined.options = {
        name: one.options[name]
        if name in one.options and one.options[name] == other.options.get(name)
        else hole
        for name in one.options.keys() | other.options.keys()
    }
    if one.arguments != other.arguments:
        joined.arguments = hole
    if one.status != other.status:
        joined.status = hole
    if one.loaded != other.loaded:
        joined.loaded, joined.loaded_hole = _common(one.loaded, other.loaded), hole
    if one.directory != other.directory:
        joined.directory = unknown_as(hole)
    if one.changed_files != other.changed_files:
        both = (one.changed_files, other.changed_files)
        joined.changed_files = None if None in both else both[0] | both[1]  # type: ignore[operator]
    joined.hooks = tuple(dict.fromkeys(one.hooks + other.hooks))
    joined.tied = {**one.tied, **other.tied}
    if one.output != other.output:
        joined.output = None if None in (one.output, other.output) else (unknown_as(hole),)
    if one.input != other.input:
        joined.input = unknown_as(hole)
    joined.frames = [
        _join_frames(mine, theirs, hole)
        for mine, theirs in zip(one.frames, other.frames, strict=False)
    ]
    joined.doubt = hole
    return joined


def _join_frames(
    mine: dict[str, Variable | None], theirs: dict[str, Variable | None], hole: Hole
) -> dict[str, Variable | None]:
    """Give what a function puts back: what is local after one branch only, nobody knows then."""
    event = Event("unknown", None, hole.place, None, hole.detail)
    unknown = Variable(unknown_as(hole), None, event, None)
    return {
        name: mine[name] if name in mine and name in theirs else unknown
        for name in mine.keys() | theirs.keys()
    }


def join_variables(one: Variable, other: Variable, hole: Hole) -> Variable:
    """Give what is known of a variable after either of two branches."""
    if one is other:
        return one
    kinds = one.kinds & other.kinds
    differing = (one.kinds ^ other.kinds) - {"array"}
    exported = one.exported if one.exported == other.exported else None
    if differing:
        kinds |= {UNSURE}
        if differing & {"integer", MAYBE_INTEGER}:
            kinds |= {MAYBE_INTEGER}
        # In zsh, such a variable is exported once it has a value.
        exported = None if "later" in differing else exported
    if one.value == other.value and one.is_set == other.is_set:
        if one.exported == exported and one.kinds == kinds:
            return one
        return replace(one, exported=exported, kinds=kinds)
    event = Event("unknown", None, hole.place, _longer(one.history, other.history), hole.detail)
    is_set = True if one.is_set and other.is_set else None
    return Variable(unknown_as(hole), exported, event, is_set, kinds)


def _is_number(value: Value) -> bool:
    return isinstance(value, str) and value.isdecimal()


def _longer(one: Event | None, other: Event | None) -> Event | None:
    """Give the history that tells more: what a branch added is worth showing."""
    if one is None or other is None:
        return one or other
    return other if len(other.chain()) > len(one.chain()) else one


def _join_names(one: dict[str, Any], other: dict[str, Any], hole: Hole) -> dict[str, Any]:
    return {
        name: one[name] if name in one and one[name] == other.get(name) else hole
        for name in one.keys() | other.keys()
    }


def _common(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give what both lists of files begin with."""
    shared = []
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        shared.append(mine)
    return tuple(shared)
