"""A precedence graph as it is drawn: processes in order, each with what it gets and reads."""

from __future__ import annotations

from engine.model.record import record, replace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal, TypeAlias

    State: TypeAlias = Literal["", "read", "not_read", "unknown"]


@record
class File:
    """A file that was read, and the line that loads it where it is not read of itself."""

    path: str
    by: str = ""


@record
class Read:
    """One source at its place in the order of a process.

    `state` says, where facts are known, whether it was read in the context that is drawn, `reason`
    why not, and `files` which of its files were.
    """

    number: int
    source: str
    label: str
    when: str = ""
    state: State = ""
    reason: str = ""
    files: tuple[File, ...] = ()


@record
class Way:
    """What a process may take from another, or from none: `part` is `all`, or says which variables.

    `state` says, as that of a source, whether it was taken in the context that is drawn.
    """

    process: str
    title: str
    part: str
    aside: str = ""
    when: str = ""
    state: State = ""


@record
class Process:
    """A process: `like` is the template whose sources it reads, where those are not shown here.

    One with `members` stands for several that differ only in how they start the same shell. Of
    several ways in `inherits` or `adopts` the first one is taken whose condition holds. `context`
    is the name that facts and `--in` have for it, `elements` for what it is known to be there.
    """

    id: str
    title: str
    shell: str = ""
    is_template: bool = False
    is_context: bool = False
    inherits: tuple[Way, ...] = ()
    adopts: tuple[Way, ...] = ()
    reads: tuple[Read, ...] = ()
    like: str = ""
    members: tuple[Process, ...] = ()
    when: str = ""
    for_each: str = ""
    elements: tuple[str, ...] | None = None
    context: str = ""

    @property
    def name(self) -> str:
        """The name of the context that is drawn, or else its own."""
        return self.context or self.id

    @property
    def parents(self) -> tuple[str, ...]:
        """The processes that it inherits from, as far as that is not known to be otherwise."""
        return tuple(way.process for way in self.inherits if way.state != "not_read")


@record
class Picture:
    """Processes, parents first; `focus` is the context that the picture is about, if it is one.

    `left_out` are those that the facts say are not there.
    """

    processes: tuple[Process, ...]
    focus: str | None = None
    has_facts: bool = False
    left_out: tuple[Process, ...] = ()

    def named(self, name: str) -> Process | None:
        """Give the process of a name."""
        return next((process for process in self.processes if process.id == name), None)

    @property
    def contexts(self) -> int:
        """How many launch contexts there are."""
        return sum(
            len(process.members) or len(process.elements or ()) or process.is_context
            for process in self.processes
        )


_FAMILY = 3
"""How many processes that start one shell are drawn as one."""


def with_families(processes: Sequence[Process]) -> tuple[Process, ...]:
    """Draw processes as one that take the same and differ only in how they start one shell."""
    origins = {way.process for process in processes for way in (*process.inherits, *process.adopts)}
    families: dict[tuple[str, tuple[Way, ...]], list[Process]] = {}
    for process in processes:
        is_plain = not process.is_template and not process.adopts and not process.reads
        is_plain = is_plain and not process.when and not process.for_each
        if is_plain and process.like and process.id not in origins:
            families.setdefault((process.like, process.inherits), []).append(process)
    drawn: list[Process] = []
    done: set[str] = set()
    for process in processes:
        members = families.get((process.like, process.inherits), [])
        if process not in members or len(members) < _FAMILY:
            drawn.append(process)
        elif process.id not in done:
            done |= {member.id for member in members}
            title = f"{len(members)} ways to start {process.like}"
            first = Process(f"{title}: {process.id}", title, inherits=process.inherits)
            drawn.append(replace(first, like=process.like, members=tuple(members)))
    return tuple(drawn)


def children_of(picture: Picture) -> dict[str | None, list[Process]]:
    """Give the processes below each; those whose parent is not drawn stand below None."""
    names = {process.id for process in picture.processes}
    found: dict[str | None, list[Process]] = {}
    for process in picture.processes:
        if process.is_template:
            continue
        parent = next((parent for parent in process.parents if parent in names), None)
        found.setdefault(parent, []).append(process)
    return found
