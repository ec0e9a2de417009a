"""A precedence graph as it is drawn: processes in order, each with what it gets and reads."""

from __future__ import annotations

from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
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
    """What a process takes from another: `part` is `all`, or says which variables."""

    process: str
    part: str
    aside: str = ""


@record
class Process:
    """A process: `like` is the template whose sources it reads, where those are not shown here."""

    id: str
    title: str
    shell: str = ""
    is_template: bool = False
    is_context: bool = False
    inherits: Way | None = None
    adopts: Way | None = None
    reads: tuple[Read, ...] = ()
    like: str = ""


@record
class Picture:
    """Processes, parents first; `focus` is the context that the picture is about, if it is one."""

    processes: tuple[Process, ...]
    focus: str | None = None
    has_facts: bool = False

    def named(self, name: str) -> Process | None:
        """Give the process of a name."""
        return next((process for process in self.processes if process.id == name), None)

    @property
    def contexts(self) -> int:
        """How many launch contexts there are."""
        return sum(process.is_context for process in self.processes)


def children_of(picture: Picture) -> dict[str | None, list[Process]]:
    """Give the processes below each; those whose parent is not drawn stand below None."""
    names = {process.id for process in picture.processes}
    found: dict[str | None, list[Process]] = {}
    for process in picture.processes:
        if process.is_template:
            continue
        parent = process.inherits.process if process.inherits else None
        found.setdefault(parent if parent in names else None, []).append(process)
    return found
