"""What a person sees of a gathering: who is still at work, and what each collector came to."""

from __future__ import annotations

import time

from engine.cli.terminal import counted
from engine.gather.collectors import COLLECTORS
from engine.gather.document import pointer_to
from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Self

    from engine.cli.terminal import Terminal
    from engine.model.json_value import Json, JsonObject

PATIENCE = 0.5
"""How many seconds nobody wonders what is going on."""


class Watching:
    """Shows on a terminal which collectors are at work, and keeps how long each took."""

    def __init__(self, terminal: Terminal) -> None:
        """Begin to count."""
        self._terminal = terminal
        self._begun: dict[str, float] = {}
        self._start = time.monotonic()
        self.seconds: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Leave nothing of it on the terminal."""
        self._terminal.show_for_now("")

    def began(self, name: str) -> None:
        """Note who is at work."""
        self._begun[name] = time.monotonic()

    def ended(self, name: str) -> None:
        """Note who is done."""
        self.seconds[name] = time.monotonic() - self._begun.pop(name)

    def waiting(self) -> None:
        """Show who is at work, once it takes long enough to wonder."""
        passed = time.monotonic() - self._start
        if passed >= PATIENCE:
            at_work = ", ".join(self._begun)
            self._terminal.show_for_now(f"gathering for {int(passed)} s: {at_work}")


def table(seconds: Mapping[str, float], document: JsonObject) -> Iterator[str]:
    """Give a line for each collector that was at work, the slowest first."""
    slowest = sorted(seconds, key=lambda name: (-seconds[name], name))
    width = max(map(len, (*seconds, _HEAD)))
    yield f"{_HEAD:{width}}      time  outcome"
    for name in slowest:
        yield visible(f"{name:{width}}  {seconds[name]:6.3f} s  {_outcome(name, document)}")


_HEAD = "collector"


def _outcome(name: str, document: JsonObject) -> str:
    """Say how many facts a collector found and how many holes they have, or why it found none."""
    keys = [tuple(key.split(".")) for key in COLLECTORS[name].facts]
    facts = sum(_is_there(document["facts"], steps) for steps in keys)
    pointers = [pointer_to(steps) for steps in keys]
    if facts:
        below = tuple(pointer + "/" for pointer in pointers)
        holes = [hole for hole in document["absent"] if hole in pointers or hole.startswith(below)]
        more = f", {counted(len(holes), 'hole')}" if holes else ""
        return counted(facts, "fact") + more
    # Holes without any fact beside them are told at the first step.
    tops = [pointer_to(steps[:1]) for steps in keys]
    hole = next(
        (document["absent"][at] for at in (*pointers, *tops) if at in document["absent"]), None
    )
    if hole is None:
        return counted(0, "fact")
    return f"{hole['reason']}: {hole['detail']}" if "detail" in hole else str(hole["reason"])


def _is_there(facts: JsonObject, steps: tuple[str, ...]) -> bool:
    inner: Json = facts
    for step in steps:
        if not isinstance(inner, dict) or step not in inner:
            return False
        inner = inner[step]
    return True
