"""Collectors at work: side by side, each for as long as it may, so that none holds up the rest."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING, Protocol, TypeAlias

from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.gather.collector import Collector, Fact

    Outcome: TypeAlias = list[Fact] | Absent

_GLANCE = 0.1
"""How often whoever watches is told that there is nothing to tell."""


class Watch(Protocol):
    """Whoever looks on while facts are gathered; always called by the thread that gathers."""

    def began(self, name: str) -> None:
        """Learn that a collector is at work."""
        ...

    def ended(self, name: str) -> None:
        """Learn that a collector is done, or was given up."""
        ...

    def waiting(self) -> None:
        """Learn that time passes."""
        ...


class Nobody:
    """Watches nothing."""

    def began(self, name: str) -> None:
        """Look away."""

    def ended(self, name: str) -> None:
        """Look away."""

    def waiting(self) -> None:
        """Look away."""


NOBODY = Nobody()


def at_work(
    collectors: Iterable[Collector], collect: Callable[[Collector], Outcome], watch: Watch
) -> dict[str, Outcome]:
    """Give what each collector found, by name; one that takes too long is left to itself.

    A file system that hangs holds whoever asks it and cannot be interrupted: so each collector has
    a thread of its own, which nobody waits for when the process ends.
    """
    begun = time.monotonic()
    results: queue.SimpleQueue[tuple[str, Outcome]] = queue.SimpleQueue()
    left = {collector.name: collector for collector in collectors}
    found: dict[str, Outcome] = {}
    for collector in left.values():
        watch.began(collector.name)

        def work(one: Collector = collector) -> None:
            results.put((one.name, collect(one)))

        try:
            threading.Thread(target=work, name=collector.name, daemon=True).start()
        except RuntimeError:  # the system has none left: then one after the other
            work()
    while left:
        try:
            name, outcome = results.get(timeout=_GLANCE)
        except queue.Empty:
            watch.waiting()
            passed = time.monotonic() - begun
            late = [each for each in left.values() if passed > each.seconds]
            done = [(each.name, _too_late(each)) for each in late]
        else:
            done = [(name, outcome)] if name in left else []
        for name, outcome in done:
            del left[name]
            found[name] = outcome
            watch.ended(name)
    return found


def _too_late(collector: Collector) -> Outcome:
    why = f"the collector `{collector.name}` did not end within {collector.seconds:g} s"
    return Absent("timeout", why)
