"""In which order a program's paths are looked up, so that what they share is looked up once."""

from __future__ import annotations

from engine.compile.program import ROOT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import TypeAlias

    from engine.compile.program import PathEntry

    Step: TypeAlias = "str | int"


class _Fork:
    """A point that paths go through; `paths` are the indexes of those that end here."""

    __slots__ = ("next", "paths")

    def __init__(self) -> None:
        self.next: dict[tuple[type, Step], _Fork] = {}
        self.paths: list[int] = []


def prefixes(paths: Sequence[PathEntry]) -> Iterator[tuple[int, list[Step], list[int]]]:
    """Give the look-ups to make: where to start (a number or -1), the steps, the paths that end.

    A look-up is a path's end or a fork between paths; the ways between them have no number.
    """
    root = _Fork()
    for index, (slot, steps, *_) in enumerate(paths):
        if slot == ROOT:
            point = root
            for step in steps:
                point = point.next.setdefault((type(step), step), _Fork())
            point.paths.append(index)
    made = 0
    waiting: list[tuple[int, list[Step], _Fork]] = [(ROOT, [], root)]
    while waiting:
        start, steps, point = waiting.pop()
        number = start
        if point is not root and (point.paths or len(point.next) > 1):
            yield start, steps, point.paths
            number, steps = made, []
            made += 1
        for (_, step), following in point.next.items():
            waiting.append((number, [*steps, step], following))
