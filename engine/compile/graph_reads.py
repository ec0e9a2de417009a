"""The order in which a process reads its sources, with those that other packs add."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from engine.precedence.graph import Ring, ordered, unordered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from engine.model.graph import Addition, Read
    from engine.model.place import Place

    Complain = Callable[..., None]
    Edges = dict[tuple[str, str], Place]
    Span = tuple[int, int]
    """The own sources, by their number, behind and before which a further one stands."""


class Reads:
    """Lists of sources; `unordered` holds, for each process, the pairs that have no order."""

    def __init__(self, complain: Complain) -> None:
        """Take what to call when something is wrong."""
        self.unordered: dict[str, tuple[tuple[str, str], ...]] = {}
        self._complain = complain

    def require_once(self, reads: Sequence[Read]) -> dict[str, Read]:
        """Give sources by id, and complain of one that stands twice in a list."""
        found: dict[str, Read] = {}
        for read in reads:
            first = found.setdefault(read.source, read)
            if first is not read:
                what = f"the source `{read.source}` is read twice"
                advice = f"join its conditions with those at {first.place}"
                self._complain(what, read.place, advice)
        return found

    def joined(
        self,
        process: str,
        own: Sequence[Read],
        added: Sequence[Addition],
        inherited: tuple[tuple[str, str], ...],
    ) -> tuple[Read, ...]:
        """Put further sources where they say, each between its neighbours.

        `inherited` are the pairs without an order among a process's own sources.
        """
        reads = self.require_once([*own, *(read for addition in added for read in addition.reads)])
        base = list(dict.fromkeys(read.source for read in own))
        further = [
            [read for read in addition.reads if reads[read.source] is read] for addition in added
        ]
        spans = self._spans(base, further, reads)
        edges = _edges(base, further, spans, reads)
        nodes = sorted(reads, key=lambda name: _rank(name, base, spans))
        try:
            order = ordered(nodes, edges)
        except Ring as ring:
            what = f"sources come before each other in a circle: {' -> '.join(ring.way)}"
            own_edges = set(pairwise(base))
            self._complain(what, next(edges[p] for p in pairwise(ring.way) if p not in own_edges))
            return tuple(own)
        loose = [pair for pair in unordered(order, edges) if set(pair) & spans.keys()]
        self.unordered[process] = (*inherited, *loose)
        return tuple(reads[name] for name in order)

    def _spans(
        self, base: list[str], further: Sequence[Sequence[Read]], reads: Mapping[str, Read]
    ) -> dict[str, Span]:
        """Give where each further source stands: as it says, else behind the one before it."""
        spans: dict[str, Span] = {}
        for added in further:
            last: Span = len(base) - 1, len(base)
            for read in added:
                last = spans[read.source] = self._span(read, base, spans, reads) or last
        return spans

    def _span(
        self, read: Read, base: list[str], spans: Mapping[str, Span], reads: Mapping[str, Read]
    ) -> Span | None:
        lows = [base.index(name) for name, _ in read.after if name in base]
        highs = [base.index(name) for name, _ in read.before if name in base]
        for name, place in (*read.after, *read.before):
            if name not in reads:
                known = ", ".join(f"`{one}`" for one in base)
                self._complain(f"the process does not read `{name}`", place, f"it reads {known}")
        if lows and highs:
            return max(lows), min(highs)
        if lows:
            return max(lows), max(lows) + 1
        if highs:
            return min(highs) - 1, min(highs)
        return next((spans[n] for n, _ in (*read.after, *read.before) if n in spans), None)


def _edges(
    base: list[str],
    further: Sequence[Sequence[Read]],
    spans: Mapping[str, Span],
    reads: Mapping[str, Read],
) -> Edges:
    """Give all that is said about which source comes before which, and where it is said."""
    edges: Edges = {(first, second): reads[second].place for first, second in pairwise(base)}
    for name, (low, high) in spans.items():
        if low >= 0:
            edges[base[low], name] = reads[name].place
        if high < len(base):
            edges[name, base[high]] = reads[name].place
    for added in further:
        for first, second in pairwise(added):
            edges.setdefault((first.source, second.source), second.place)
        for read in added:
            edges.update({(n, read.source): place for n, place in read.after if n in reads})
            edges.update({(read.source, n): place for n, place in read.before if n in reads})
    return edges


def _rank(name: str, base: list[str], spans: Mapping[str, Span]) -> float:
    return spans[name][1] - 0.5 if name in spans else base.index(name)
