"""Values of a workflow: the variables of an `env`, and what expressions in them may name."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Room
from engine.gather.ci.github_expressions import known_text, parts_of
from engine.gather.ci.github_scalars import is_null, plain_text, text_of
from engine.loading.plain_yaml import Plain
from engine.model.facts import Absent
from engine.model.record import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.gather.assignments import Part
    from engine.loading.nodes import Node

    Meaning = Callable[[str, str], tuple[Part, ...] | None]

NAMES_LIMIT = 1000
"""How many variables an `env` sets at most."""

_RUNNERS_OWN = ("GITHUB_", "RUNNER_")
_OVERWRITTEN = Absent("opaque", "the runner sets it itself")


def assignments_of(env: Node | None, meaning: Meaning) -> list[Assignment | Absent]:
    """Give what an `env` sets, in order."""
    if env is None or is_null(env):
        return []
    if not isinstance(env.value, dict):
        is_known = isinstance(env.value, Absent)
        return [env.value if is_known else Absent("opaque", "an expression makes the variables")]  # type: ignore[list-item]
    if len(env.value) > NAMES_LIMIT:
        return [Absent("too_large", f"it sets more than {NAMES_LIMIT} variables")]
    names, room = Counter(key.casefold() for key in env.value), Room()
    found = (
        _assignment(key, node, env, meaning, is_twice=names[key.casefold()] > 1)
        for key, node in env.value.items()
    )
    return [
        each if isinstance(each, Absent) else replace(each, parts=room.kept(each.parts))
        for each in found
    ]


def _assignment(
    key: str, node: Node, env: Node, meaning: Meaning, *, is_twice: bool
) -> Assignment | Absent:
    name = plain_text(key) if isinstance(key, Plain) else key
    if isinstance(name, Absent) or "${{" in name or not name or key == "<<":
        return Absent("opaque", "an expression, or something else, gives a variable its name")
    parts: tuple[Part, ...] = parts_in(node, meaning)
    if is_twice:
        parts = (Absent("ambiguous", "it stands there twice, which GitHub refuses"),)
    elif name.startswith(_RUNNERS_OWN):
        parts = (_OVERWRITTEN,)
    return Assignment(name, parts, line=env.place_of(key).line)


def parts_in(node: Node | None, meaning: Meaning) -> tuple[Part, ...]:
    """Give what a scalar is put together from."""
    text = text_of(node)
    if isinstance(text, Absent):
        return (text,)
    return parts_of(text or "", meaning)


def text_in(node: Node | None, meaning: Meaning) -> str | Absent | None:
    """Give a scalar's text, None where there is none, a hole where it depends on the run."""
    return None if node is None or is_null(node) else known_text(parts_in(node, meaning))


class Variables:
    """The context `env`: what the workflow, the job and earlier steps have set."""

    def __init__(self, given: Iterable[Assignment | Absent]) -> None:
        """Take over what is set, in order."""
        self._known: dict[str, tuple[Part, ...]] = {}
        self._more: Absent | None = None
        for each in given:
            if isinstance(each, Absent):
                self._more = each
                self._known.clear()
            else:
                self._known[each.name] = each.parts

    def meaning(self, name: str) -> tuple[Part, ...]:
        """Give what `env.NAME` stands for; one that nobody set is empty."""
        if name in self._known:
            return self._known[name]
        if self._more is not None:
            return (self._more,)
        if any(name.casefold() == known.casefold() for known in self._known):
            return (Absent("opaque", "whether letters' case counts depends on the runner"),)
        return ("",)


class Matrix:
    """The context `matrix` of a job: which values a name has in all of its runs."""

    def __init__(self, job: Node) -> None:
        """Take the job."""
        strategy = job.entries.get("strategy")
        self._node = strategy.entries.get("matrix") if strategy is not None else None

    def meaning(self, name: str) -> tuple[Part, ...] | None:
        """Give what `matrix.NAME` stands for, if it is the same in all runs."""
        found = self.values(name)
        return (found[0],) if isinstance(found, tuple) and len(set(found)) == 1 else None

    def values(self, name: str) -> tuple[str, ...] | Absent:
        """Give all values that a name has in some run."""
        unknown = Absent("opaque", f"`matrix.{name}` is only known when it runs")
        if self._node is None or not isinstance(self._node.value, dict):
            return unknown
        entries = {key.casefold(): node for key, node in self._node.value.items()}
        nodes = self._items(entries.get(name.casefold()))
        more = self._items(entries.get("include"))
        if nodes is None or (more is None and "include" in entries):
            return unknown
        for each in more or ():
            named = {key.casefold(): node for key, node in each.entries.items()}
            if name.casefold() not in named:
                return unknown
            nodes = [*nodes, named[name.casefold()]]
        texts = [text_of(node) for node in nodes]
        if not texts or not all(isinstance(text, str) and "${{" not in text for text in texts):
            return unknown
        return tuple(str(text) for text in texts)

    @staticmethod
    def _items(node: Node | None) -> list[Node] | None:
        return node.value if node is not None and isinstance(node.value, list) else None
