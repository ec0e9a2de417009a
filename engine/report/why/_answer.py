"""An answer as values: a name, and in each launch context what it is and who made it so."""

from __future__ import annotations

from engine.model.facts import Redacted
from engine.model.record import record
from engine.precedence.instances import split_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    Value: TypeAlias = str | Redacted | None


@record
class Names:
    """What people call processes and sources, and which home is written `~`.

    `families` says of contexts that are many ways to start one shell which shell that is, and
    `places` of processes where they run: 0 on the machine itself, 1 in a container, 2 elsewhere.
    """

    processes: Mapping[str, str] = {}
    sources: Mapping[str, str] = {}
    home: str = ""
    families: Mapping[str, str] = {}
    places: Mapping[str, int] = {}

    def place_of(self, outcome: Outcome) -> int:
        """Give where a context runs; what nobody has drawn runs in a container if it is of many."""
        process = split_name(outcome.context)[0]
        return self.places.get(process, int(bool(outcome.of)))


@record
class Origin:
    """Who did something: a line of a file, a source, the process that read it, whose file it is."""

    file: str | None = None
    line: int | None = None
    source: str | None = None
    process: str | None = None
    file_system: str | None = None


@record
class Event:
    """One step on the way of a variable through processes and sources."""

    op: str
    value: Value
    origin: Origin
    detail: str = ""


@record
class Piece:
    """A value with its origin: one that is shadowed, hidden, or an entry of a list.

    `kind` says of what is hidden whether it is an alias, a function, a builtin or a file.
    """

    value: Value
    origin: Origin
    kind: str = ""


@record
class Missed:
    """A line that sets the name and was not read in a context, and why."""

    file: str
    line: int | None
    reason: str


@record
class Outcome:
    """What a name is in one launch context.

    `state` is `set`, `unset` or `unknown` for a variable; `found`, `missing` or `unknown` for a
    command, of which `kind` says what it is. `entries` are those of a PATH, None for all else. For
    the setting of a program, `missing` says that there is no such program, which is its `kind`.
    `of` is the process of a context that is there for each of several, and `place` where it runs.
    """

    context: str
    title: str
    state: str
    value: Value = None
    kind: str = ""
    cause: str = ""
    detail: str = ""
    origin: Origin | None = None
    shadowed: tuple[Piece, ...] = ()
    chain: tuple[Event, ...] = ()
    entries: tuple[Piece, ...] | None = None
    missed: tuple[Missed, ...] = ()
    shell: str = ""
    moment: str = ""
    confidence: str = ""
    candidates: tuple[str, ...] = ()
    of: str = ""
    place: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        """What two contexts have in common whose outcome is the same."""
        value = self.value.atoms if isinstance(self.value, Redacted) else self.value
        entries = None
        if self.state == "unknown" and self.entries:
            entries = tuple(str(entry.value) for entry in self.entries)
        return self.state, value, self.kind, self.cause, entries


@record
class Answer:
    """What is asked about, and its outcome in every context that was asked for.

    With `chain` it is about one context, step by step; `advice` names what may have been meant.
    `programs` are the answers of programs that read the name as a setting of theirs; the `kind` of
    those is the program.
    """

    name: str
    kind: str
    outcomes: tuple[Outcome, ...]
    names: Names = Names()
    chain: bool = False
    advice: str = ""
    programs: tuple[Answer, ...] = ()


@record
class Group:
    """Contexts of one outcome."""

    outcomes: tuple[Outcome, ...]

    @property
    def first(self) -> Outcome:
        """One outcome for all."""
        return self.outcomes[0]


_STATES = ("set", "found", "unset", "missing", "unknown")


def groups_of(answer: Answer) -> list[Group]:
    """Give the contexts by their outcome: those on the machine first, then in containers.

    Of these, what few have comes first; what is unknown comes last.
    """
    by_key: dict[tuple[object, ...], list[Outcome]] = {}
    for outcome in answer.outcomes:
        by_key.setdefault(outcome.key, []).append(outcome)
    found = [Group(tuple(outcomes)) for outcomes in by_key.values()]
    return sorted(found, key=_order)


def with_unknown_as_one(answer: Answer, groups: Sequence[Group]) -> list[Group]:
    """Give groups with all that is unknown in one, but for lists of which something is known."""
    known = [group for group in groups if group.first.state != "unknown" or group.first.entries]
    told = {outcome.context for group in known for outcome in group.outcomes}
    rest = tuple(outcome for outcome in answer.outcomes if outcome.context not in told)
    return [*known, Group(rest)] if rest else known


def _order(group: Group) -> tuple[bool, int, int, int]:
    state = group.first.state
    rank = _STATES.index(state) if state in _STATES else len(_STATES)
    place = min(outcome.place for outcome in group.outcomes)
    return state == "unknown", place, len(group.outcomes), rank
