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
    Span = tuple[int, int]
    """Behind which and before which of a process's own sources a further one stands."""


class Reads:
    """Lists of sources; `unordered` holds, for each process, the pairs that have no order."""

    def __init__(self, complain: Complain) -> None:
        """Take what to call when something is wrong."""
        self.unordered: dict[str, tuple[tuple[str, str], ...]] = {}
        self._complain = complain

    def require_once(self, reads: Sequence[Read]) -> dict[str, Read]:
        """Give sources by id, or complain of one that stands twice in a list."""
        found: dict[str, Read] = {}
        for read in reads:
            if found.setdefault(read.source, read) is not read:
                first = found[read.source].place
                what = f"the source `{read.source}` is read twice"
                self._complain(what, read.place, f"join its conditions with those at {first}")
        return found

    def joined(
        self,
        process: str,
        own: Sequence[Read],
        added: Sequence[Addition],
        inherited: tuple[tuple[str, str], ...],
    ) -> tuple[Read, ...]:
        """Put further sources where they say, each between its neighbours."""
        reads = self.require_once([*own, *(read for addition in added for read in addition.reads)])
        base = list(dict.fromkeys(read.source for read in own))
        edges: dict[tuple[str, str], Place] = {
            pair: reads[pair[1]].place for pair in pairwise(base)
        }
        spans = self._spans(base, added, reads)
        for name, (low, high) in spans.items():
            if low >= 0:
                edges[base[low], name] = reads[name].place
            if high < len(base):
                edges[name, base[high]] = reads[name].place
        for addition in added:
            names = [read.source for read in addition.reads]
            for pair in pairwise(names):
                edges.setdefault(pair, reads[pair[1]].place)
            for read in addition.reads:
                edges.update(
                    {(name, read.source): place for name, place in read.after if name in reads}
                )
                edges.update(
                    {(read.source, name): place for name, place in read.before if name in reads}
                )
        nodes = sorted(reads, key=lambda name: _rank(name, base, spans))
        try:
            order = ordered(nodes, edges)
        except Ring as ring:
            what = f"sources come before each other in a circle: {' -> '.join(ring.way)}"
            places = [edges[pair] for pair in pairwise(ring.way)]
            mine = next(place for place in places if place in self._anchors(added))
            self._complain(what, mine)
            return tuple(own)
        further = [pair for pair in unordered(order, edges) if set(pair) & spans.keys()]
        self.unordered[process] = (*inherited, *further)
        return tuple(reads[name] for name in order)

    def _anchors(self, added: Sequence[Addition]) -> set[Place]:
        reads = [read for addition in added for read in addition.reads]
        return {place for read in reads for _, place in (*read.after, *read.before)} | {
            read.place for read in reads
        }

    def _spans(
        self, base: list[str], added: Sequence[Addition], reads: Mapping[str, Read]
    ) -> dict[str, Span]:
        """Give the own sources between which each further one stands; without a word, the end."""
        end = (len(base) - 1, len(base))
        spans: dict[str, Span] = {}
        for addition in added:
            before: Span | None = None
            for read in addition.reads:
                span = self._span(read, base, spans, reads)
                spans[read.source] = before = span or before or end
        return spans

    def _span(
        self, read: Read, base: list[str], spans: Mapping[str, Span], reads: Mapping[str, Read]
    ) -> Span | None:
        lows: list[int] = []
        highs: list[int] = []
        others: list[Span] = []
        for anchors, found in ((read.after, lows), (read.before, highs)):
            for name, place in anchors:
                if name in base:
                    found.append(base.index(name))
                elif name in spans:
                    others.append(spans[name])
                elif name not in reads:
                    what = f"the process does not read `{name}`"
                    known = ", ".join(f"`{one}`" for one in base)
                    self._complain(what, place, f"it reads {known}")
        if lows and highs:
            return max(lows), min(highs)
        if lows:
            return max(lows), max(lows) + 1
        if highs:
            return min(highs) - 1, min(highs)
        return others[0] if others else None


def _rank(name: str, base: list[str], spans: Mapping[str, Span]) -> float:
    return base.index(name) if name in base else spans[name][1] - 0.5
