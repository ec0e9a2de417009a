"""Launch contexts out of a plan and a facts document."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager

from engine.model.facts import Absent
from engine.model.record import record
from engine.precedence.contexts import as_context
from engine.precedence.fold import Fold
from engine.precedence.instances import split_name
from engine.precedence.launch import Undecided
from engine.precedence.programs import programs
from engine.precedence.programs._base import Asking
from engine.precedence.world import World

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from engine.model.json_value import Json, JsonObject
    from engine.precedence.programs._base import Program


@record
class Resolution:
    """Contexts by id; a context that cannot be told is `Absent`.

    So is a process that is there for each of several, where nobody knows of how many.

    `wanted` are the questions that the facts leave open (see `World.wanted`); `visited` are the
    lines of files whose statements were folded.
    """

    contexts: dict[str, Json]
    wanted: set[tuple[str, ...]]
    visited: set[tuple[str, int]]


def resolve(
    plan: JsonObject,
    root: JsonObject,
    *,
    holds: Callable[..., Any],
    only: Iterable[str] | None = None,
    answer: Callable[..., bool] | None = None,
) -> Resolution:
    """Give the contexts of a plan over the root of a facts document.

    `holds` decides the conditions of edges, which are nodes of a program: it takes the node and the
    facts, and gives true, false, or an `Absent` that says why that is not known. `answer` puts the
    answer to a question into the facts while they are folded (see `World`).
    """
    world = World(root, answer)
    for path in plan.get("files") or ():
        world.file(path)
    tracks = plan.get("tracks") or {}
    asking = Asking(_tracked(tracks), world)
    fold = Fold(plan, world, holds, asking.setting)
    with _deep_calls():
        names, contexts = _names(plan, fold, only)
        for name in names:
            try:
                if fold.applies(name) is False:
                    continue
                ended = fold.process(name)
                contexts[name] = as_context(ended, tracks, asking.told(ended))
            except Undecided as error:
                contexts[name] = Absent(error.hole.cause, error.hole.detail)
            except Exception as error:  # noqa: BLE001 - one that breaks leaves the others known
                contexts[name] = _broken(error)
    return Resolution(contexts, world.wanted, fold.visited)


def _names(
    plan: JsonObject, fold: Fold, only: Iterable[str] | None
) -> tuple[list[str], dict[str, Json]]:
    """Give the contexts to resolve; and for each process of several, why there may be others."""
    found: dict[str, None] = {}
    further: dict[str, Json] = {}
    for name in plan["contexts"] if only is None else only:
        if split_name(name)[1] is not None:
            found[name] = None
            continue
        names, more = fold.names(name)
        found |= dict.fromkeys(names)
        if more is not None:
            further[name] = more
    return list(found), further


def _tracked(tracks: JsonObject) -> list[Program]:
    """Give the programs that contexts tell of; one that nobody knows any more is left out."""
    names = tracks.get("programs")
    return [programs()[name] for name in names if name in programs()] if names else []


def _broken(error: Exception) -> Absent:
    """Say where resolving broke; the error's own words may quote what was read."""
    where, frame = "", error.__traceback__
    while frame is not None:
        where = f"{os.path.basename(frame.tb_frame.f_code.co_filename)}:{frame.tb_lineno}"
        frame = frame.tb_next
    return Absent("unsupported", f"resolving it broke at {where} ({type(error).__name__})")


DEEPEST = 20_000


@contextmanager
def _deep_calls() -> Iterator[None]:
    """Let calls go deep: start-up files nest, and each level takes a few dozen of ours.

    Since Python 3.11 such calls take no room on the C stack.
    """
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
