"""Orders of sources: where nobody has said which of two comes first, each may."""

from __future__ import annotations

from itertools import permutations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.model.json_value import JsonObject

MOST = 3
"""How many sources without an order are tried in every order; more, forwards and backwards."""


def stretches(
    edges: Sequence[JsonObject], unordered: Iterable[frozenset[str]]
) -> list[list[list[JsonObject]]]:
    """Give the edges in order, as stretches with the orders in which each may be read."""
    pairs = set(unordered)
    found: list[list[JsonObject]] = []
    for edge in edges:
        related = found and any(
            frozenset((edge["source"], other["source"])) in pairs for other in found[-1]
        )
        if related:
            found[-1].append(edge)
        else:
            found.append([edge])
    return [_orders(stretch, pairs) for stretch in found]


def _orders(stretch: list[JsonObject], pairs: set[frozenset[str]]) -> list[list[JsonObject]]:
    if len(stretch) == 1:
        return [stretch]
    tried = permutations(stretch) if len(stretch) <= MOST else (stretch, stretch[::-1])
    return [list(order) for order in tried if _is_allowed(order, stretch, pairs)]


def _is_allowed(
    order: Sequence[JsonObject], written: list[JsonObject], pairs: set[frozenset[str]]
) -> bool:
    """Say whether an order differs from the written one only where that says nothing."""
    for at, later in enumerate(order):
        for earlier in order[:at]:
            turned = written.index(earlier) > written.index(later)
            if turned and frozenset((earlier["source"], later["source"])) not in pairs:
                return False
    return True
