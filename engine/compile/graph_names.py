"""What the ids of a precedence graph stand for: who is like whom, who inherits from whom."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from engine.compile.graph_reads import Reads
from engine.errors import Complaint, did_you_mean
from engine.model.graph import Process, Source
from engine.model.record import replace
from engine.precedence.graph import Ring, ordered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from engine.model.graph import Adoption, Graph, Inheritance, Read
    from engine.model.place import Place
    from engine.model.rules import Pack

T = TypeVar("T", Source, Process)

USERS_SHELL = "$SHELL"
"""What a process may be like instead of naming one: the template named after the user's shell."""

_TAKEN_OVER = (
    "for_each", "when", "inherits", "adopts", "moment", "directory", "user", "file_system", "finds",
)  # fmt: skip


class Names:
    """The sources and processes of some packs by id; what is wrong is added to `complaints`.

    `processes` have what they take over from those that they are like. Their `like` is the one
    whose reads are theirs, if they have none of their own.
    """

    def __init__(self, drawn: Sequence[tuple[Pack, Graph]], complaints: list[Complaint]) -> None:
        """Look at every name once."""
        self._complaints = complaints
        self._drawn = drawn
        self.sources = self._by_id(
            "source", ((pack, one) for pack, graph in drawn for one in graph.sources)
        )
        self._written = self._by_id(
            "process", ((pack, one) for pack, graph in drawn for one in graph.processes)
        )
        self._reads = Reads(self._complain)
        self._homes: dict[int, Pack] = {}
        for pack, graph in drawn:
            written = [process.reads or () for process in graph.processes]
            for reads in (*written, *(addition.reads for addition in graph.additions)):
                self._homes.update((id(read), pack) for read in reads)
                self._check_sources(reads)
        self.processes: Mapping[str, Process] = self._fill()

    def home(self, id_: str) -> Pack:
        """Give the pack that defines a process."""
        return self._written[id_][0]

    def home_of_read(self, read: Read) -> Pack:
        """Give the pack that puts a source among those that a process reads."""
        return self._homes[id(read)]

    def layout(self) -> tuple[str, ...]:
        """Give the ids of processes, each after those that it inherits or adopts from."""
        edges: dict[tuple[str, str], Place] = {}
        for id_, process in self.processes.items():
            for name, place in self._origins(process):
                if name in self.processes:
                    edges.setdefault((id_, name), place)
                else:
                    self._unknown("process", name, place, self.processes)
            self._check_instances(process)
            if process.shell is not None and "name" not in process.shell and not _is_users(process):
                advice = "give `name`, or be `like` a shell"
                self._complain(f"the shell of `{id_}` has no name", process.place, advice)
            if process.inherits is None and not process.template:
                advice = "say from which process, or write `inherits: {nothing: true}`"
                what = f"nobody says what `{id_}` inherits"
                self._complain(what, process.place, advice)
        what = "processes inherit from each other in a circle"
        return self._parents_first(self.processes, edges, what)

    def _origins(self, process: Process) -> Iterator[tuple[str, Place]]:
        """Give the processes whose variables one takes or asks for."""
        ways: list[Inheritance | Adoption] = [*(process.inherits or ()), *(process.adopts or ())]
        for origin in ways:
            if origin.process is not None:
                yield origin.process, origin.place
        for read in process.reads or ():
            if read.source in self.sources:
                for _, name, place in self.sources[read.source][1].scopes:
                    yield name, place

    def _check_instances(self, process: Process) -> None:
        """Complain where nobody says which one of several is inherited from."""
        for origin in process.inherits or ():
            parent = self.processes.get(origin.process or "")
            if parent is None or parent.for_each is None:
                continue
            is_same = process.for_each is not None and (
                process.for_each.steps == parent.for_each.steps
            )
            if origin.of is None and not is_same:
                what = f"there is a `{parent.id}` for each of several"
                self._complain(what, origin.place, "say which one: `of: {fact: ...}`")

    def unordered(self) -> list[tuple[str, str, str]]:
        """Give pairs of sources, and the process that reads both in an order that nobody gave."""
        owners = {
            id_: process.like[0] if process.reads is None and process.like else id_
            for id_, process in self.processes.items()
        }
        return [
            (first, second, id_)
            for id_, owner in owners.items()
            for first, second in self._reads.unordered.get(owner, ())
        ]

    def _by_id(self, kind: str, items: Iterable[tuple[Pack, T]]) -> dict[str, tuple[Pack, T]]:
        found: dict[str, tuple[Pack, T]] = {}
        for pack, item in items:
            _, first = found.setdefault(item.id, (pack, item))
            if first is not item:
                what = f"the {kind} id `{item.id}` is taken"
                self._complain(what, item.place, f"it is also at {first.place}")
        return found

    def _check_sources(self, reads: Sequence[Read]) -> None:
        for read in reads:
            if read.source not in self.sources:
                self._unknown("source", read.source, read.place, self.sources)

    # What processes take over from those that they are like

    def _fill(self) -> dict[str, Process]:
        edges: dict[tuple[str, str], Place] = {}
        for id_, (_, process) in self._written.items():
            if process.like is not None and process.like[0] != USERS_SHELL:
                name, place = process.like
                if name in self._written:
                    edges[id_, name] = place
                else:
                    self._unknown("process", name, place, self._written)
        order = self._parents_first(
            self._written, edges, "processes are like each other in a circle"
        )
        filled: dict[str, Process] = {}
        for id_ in order:
            process = self._written[id_][1]
            base = filled.get(process.like[0]) if process.like else None
            filled[id_] = self._extended(_taking_over(process, base), filled)
        for _, graph in self._drawn:
            for addition in graph.additions:
                if addition.process not in self._written:
                    self._unknown("process", addition.process, addition.place, self._written)
        return {id_: filled[id_] for id_ in self._written if id_ in filled}

    def _extended(self, process: Process, filled: Mapping[str, Process]) -> Process:
        """Put the sources that packs add to a process among those that it reads."""
        added = [
            addition
            for _, graph in self._drawn
            for addition in graph.additions
            if addition.process == process.id
        ]
        owner = process.like[0] if process.reads is None and process.like else None
        if _is_users(process) and process.reads is None and added:
            what = f"`{process.id}` reads what the user's shell reads"
            advice = "add to the shells: `bash`, `zsh` and so on"
            self._complain(what, added[0].place, advice)
            return process
        own = filled[owner].reads if owner in filled and owner is not None else process.reads
        if not added:
            self._reads.require_once(process.reads or ())
            return process
        inherited = self._reads.unordered.get(owner or "", ())
        return replace(process, reads=self._reads.joined(process.id, own or (), added, inherited))

    # Complaints

    def _parents_first(
        self, nodes: Iterable[str], edges: Mapping[tuple[str, str], Place], what: str
    ) -> tuple[str, ...]:
        """Give the ends of edges before their starts; or nothing, and complain of a ring."""
        names = tuple(nodes)
        try:
            return ordered(names, [(end, start) for start, end in edges])
        except Ring as ring:
            way = ring.way[::-1]
            steps = list(pairwise(way))
            places = " and ".join(f"`{start}` at {edges[start, end]}" for start, end in steps[1:])
            advice = f"see {places}" if places else None
            self._complain(f"{what}: {' -> '.join(way)}", edges[steps[0]], advice)
            return ()

    def _unknown(self, kind: str, name: str, place: Place, known: Iterable[str]) -> None:
        self._complain(f"unknown {kind} `{name}`", place, did_you_mean(name, known))

    def _complain(self, what: str, place: Place, advice: str | None = None) -> None:
        complaint = Complaint(what, place, advice)
        if complaint not in self._complaints:
            self._complaints.append(complaint)


def _taking_over(process: Process, base: Process | None) -> Process:
    """Give a process the keys of another where it has none; its reads stay where they are."""
    if base is None:
        return process
    taken = {key: getattr(base, key) for key in _TAKEN_OVER if getattr(process, key) is None}
    if base.shell is not None:
        taken["shell"] = {**base.shell, **(process.shell or {})}
    if base.reads is None and base.like is not None and process.like is not None:
        taken["like"] = (base.like[0], process.like[1])
    return replace(process, **taken)


def _is_users(process: Process) -> bool:
    return process.like is not None and process.like[0] == USERS_SHELL
