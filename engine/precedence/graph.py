"""The graph behind the plan: what comes before what, rings that cannot be, orders nobody gave.

The only module that imports networkx, and only packs that are being compiled import it.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import networkx as nx  # type: ignore[import-untyped] # no stubs come with it

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Edge = tuple[str, str]


class Ring(Exception):  # noqa: N818 - it says what was found
    """Things that come before each other; `way` ends where it starts."""

    def __init__(self, way: tuple[str, ...]) -> None:
        """Take the things in their order around the ring."""
        super().__init__(" -> ".join(way))
        self.way = way


def ordered(nodes: Sequence[str], edges: Iterable[Edge]) -> tuple[str, ...]:
    """Give nodes so that each edge leads forward, otherwise in the order given; or raise Ring."""
    graph = _graph(nodes, edges)
    rank = {node: number for number, node in enumerate(nodes)}
    return tuple(nx.lexicographical_topological_sort(graph, key=rank.__getitem__))


def unordered(nodes: Sequence[str], edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Give the pairs of nodes that no way connects, each in the order given."""
    later = nx.transitive_closure_dag(_graph(nodes, edges))
    return tuple(
        (first, second)
        for first, second in combinations(nodes, 2)
        if not later.has_edge(first, second) and not later.has_edge(second, first)
    )


def _graph(nodes: Sequence[str], edges: Iterable[Edge]) -> nx.DiGraph:
    graph = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    try:
        ring = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return graph
    # A ring has no start; the first that was written makes the message the same every time.
    way = [first for first, _ in ring]
    start = way.index(min(way, key=list(nodes).index))
    way = way[start:] + way[:start]
    raise Ring((*way, way[0]))
