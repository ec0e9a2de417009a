"""Which rules pass or do not apply, found without a proof: what most rules do in most documents.

Like generated code it answers only what it is sure of: whatever is not known leaves the rule by an
exception, and `judge` has the last word. Unlike generated code it needs no making, so it serves the
first documents of a run. Its conditions are true or false; there is no third truth here.
"""

from __future__ import annotations

from engine.evaluate.judge import FAULTS
from engine.evaluate.scope import Frame, Origin
from engine.evaluate.sure import Doubt, same
from engine.model.facts import Absent
from engine.operators import OPERATORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.compile.program import Node
    from engine.evaluate.scope import Frames, Scope
    from engine.model.json_value import Json, JsonObject
    from engine.model.verdicts import Outcome

_NOWHERE = Origin(["value", None, ""], ())
"""Nobody asks where an element stands when no evidence is made."""


def sift(rule: JsonObject, scope: Scope) -> Outcome | None:
    """Give `pass` or `not_applicable` where that is sure, else None."""
    scope.restart()
    try:
        return _outcome(rule, scope)
    except (Doubt, *FAULTS):
        return None


def _outcome(rule: JsonObject, scope: Scope) -> Outcome | None:
    when, where, unless, each = rule["when"], rule["where"], rule["unless"], rule["each"]
    if when is not None and not _holds(when, scope, ()):
        return "not_applicable"
    if not each:
        if unless is not None and _holds(unless, scope, ()):
            return "not_applicable"
        return "pass" if _holds(rule["require"], scope, ()) else None
    outcome: Outcome = "not_applicable"
    for frames in _bound(each, scope, ()):
        if where is not None and not _holds(where, scope, frames):
            continue
        if unless is not None and _holds(unless, scope, frames):
            continue
        if not _holds(rule["require"], scope, frames):
            return None
        outcome = "pass"
    return outcome


def _bound(each: list[Json], scope: Scope, frames: Frames) -> Iterator[Frames]:
    if not each:
        yield frames
        return
    for inner in _elements(each[0][0], scope, frames):
        yield from _bound(each[1:], scope, inner)


def _elements(domain: Node, scope: Scope, frames: Frames) -> Iterator[Frames]:
    value = scope.value(domain, frames)
    pairs: Iterable[tuple[str | int, Json]]
    if value.__class__ is list:
        pairs = enumerate(value)
    elif value.__class__ is dict:
        pairs = value.items()
    else:
        raise Doubt
    scope.charge(len(value))
    for key, element in pairs:
        yield (*frames, Frame(element, key, _NOWHERE))


def _filtered(node: Node, scope: Scope, frames: Frames) -> Iterator[Frames]:
    where = node[3]
    for inner in _elements(node[1], scope, frames):
        if where is None or _holds(where, scope, inner):
            yield inner


def _holds(node: Node, scope: Scope, frames: Frames) -> bool:
    return _HOLDS[node[0]](node, scope, frames)


def _all(node: Node, scope: Scope, frames: Frames) -> bool:
    return all(_holds(child, scope, frames) for child in node[1])


def _any(node: Node, scope: Scope, frames: Frames) -> bool:
    return any(_holds(child, scope, frames) for child in node[1])


def _not(node: Node, scope: Scope, frames: Frames) -> bool:
    return not _holds(node[1], scope, frames)


def _use(node: Node, scope: Scope, frames: Frames) -> bool:
    return _holds(node[2], scope, frames)


def _op(node: Node, scope: Scope, frames: Frames) -> bool:
    actual = scope.value(node[1], frames)
    if node[3][0] == "value":
        answer = scope.test(node)(actual, scope.now)
    else:
        expected = scope.value(node[3], frames)
        if expected.__class__ is Absent:
            raise Doubt
        answer = OPERATORS[node[2]].holds(actual, expected, node[4], scope.now)
    if answer.__class__ is not bool:
        raise Doubt
    return answer


def _every(node: Node, scope: Scope, frames: Frames) -> bool:
    return all(_holds(node[4], scope, inner) for inner in _filtered(node, scope, frames))


def _some(node: Node, scope: Scope, frames: Frames) -> bool:
    return any(_holds(node[4], scope, inner) for inner in _filtered(node, scope, frames))


def _none(node: Node, scope: Scope, frames: Frames) -> bool:
    return not _some(node, scope, frames)


def _count(node: Node, scope: Scope, frames: Frames) -> bool:
    number = sum(1 for _ in _filtered(node, scope, frames))
    return _holds(node[4], scope, (*frames, Frame(number, 0, _NOWHERE)))


def _same(node: Node, scope: Scope, frames: Frames) -> bool:
    return same([scope.value(subject, frames) for subject in node[1]])


def _same_of(node: Node, scope: Scope, frames: Frames) -> bool:
    values = [scope.value(node[4], inner) for inner in _filtered(node, scope, frames)]
    return not values or same(values)


_HOLDS = {
    "all": _all,
    "any": _any,
    "not": _not,
    "use": _use,
    "op": _op,
    "every": _every,
    "some": _some,
    "none": _none,
    "count": _count,
    "same": _same,
    "same_of": _same_of,
}
