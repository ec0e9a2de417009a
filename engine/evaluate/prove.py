"""A condition's truth together with its proof: every part with its own truth and values.

This is the meaning of the language, told plainly; `generate` gives the same truths faster, without
proof. Truths are True, False and None for unknown (strong Kleene).
"""

from __future__ import annotations

from engine.evaluate.lookup import elements, may_hold_more
from engine.evaluate.scope import Frame, Origin
from engine.model.facts import Absent
from engine.operators import OPERATORS
from engine.operators._base import Unsure
from engine.operators.equality import same_value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import TypeAlias

    from engine.compile.program import Node
    from engine.evaluate.scope import Frames, Scope
    from engine.model.json_value import Json

    Truth: TypeAlias = bool | None


class Proof:
    """A condition with its truth, what it was given, and the proofs of its parts.

    `unsure` says why a leaf is unknown, `blamed` which of its sides is to blame for it. For an
    element of a quantifier the node is `["element", frame]`; `filters` are the proofs of a
    quantifier's `where`, also those of elements that it leaves out.
    """

    __slots__ = ("blamed", "children", "filters", "frames", "node", "truth", "unsure", "value")

    def __init__(  # noqa: PLR0913, PLR0917 - a record on the hot path
        self,
        node: Node,
        truth: Truth,
        frames: Frames,
        children: list[Proof] | None = None,
        value: Json = None,
        unsure: Unsure | None = None,
        filters: list[Proof] | None = None,
        blamed: Node | None = None,
    ) -> None:
        """Take what was judged and how it came out."""
        self.node = node
        self.truth = truth
        self.frames = frames
        self.children = children or []
        self.value = value
        self.unsure = unsure
        self.filters = filters or []
        self.blamed = blamed


def all_of(truths: Iterable[Truth]) -> Truth:
    """Give no if any is no, else unknown if any is unknown, else yes."""
    found: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            found = None
    return found


def any_of(truths: Iterable[Truth]) -> Truth:
    """Give yes if any is yes, else unknown if any is unknown, else no."""
    return negate(all_of(negate(truth) for truth in truths))


def negate(truth: Truth) -> Truth:
    """Turn yes and no round; unknown stays unknown."""
    return None if truth is None else not truth


def prove(node: Node, scope: Scope, frames: Frames) -> Proof:
    """Judge a condition with everything it rests on."""
    return _PROVE[node[0]](node, scope, frames)


def _all(node: Node, scope: Scope, frames: Frames) -> Proof:
    children = [prove(child, scope, frames) for child in node[1]]
    return Proof(node, all_of(child.truth for child in children), frames, children)


def _any(node: Node, scope: Scope, frames: Frames) -> Proof:
    children = [prove(child, scope, frames) for child in node[1]]
    return Proof(node, any_of(child.truth for child in children), frames, children)


def _not(node: Node, scope: Scope, frames: Frames) -> Proof:
    child = prove(node[1], scope, frames)
    return Proof(node, negate(child.truth), frames, [child])


def _use(node: Node, scope: Scope, frames: Frames) -> Proof:
    child = prove(node[2], scope, frames)
    return Proof(node, child.truth, frames, [child])


def _op(node: Node, scope: Scope, frames: Frames) -> Proof:
    actual = scope.value(node[1], frames)
    answer, blamed = _answer(node, actual, scope, frames)
    if isinstance(answer, Unsure):
        return Proof(node, None, frames, value=actual, unsure=answer, blamed=blamed)
    return Proof(node, answer, frames, value=actual)


def _answer(
    node: Node, actual: Json, scope: Scope, frames: Frames
) -> tuple[bool | Unsure, Node | None]:
    """Give an operator's answer and, where it has none because of one side, that side.

    What is not there comes before what does not fit, and the subject before the operand.
    """
    _, subject, name, operand, form, _line = node
    if isinstance(actual, Absent) and name not in SEES_ABSENT:
        return Unsure(actual.cause, actual.detail), subject
    if operand[0] == "value":
        return scope.test(node)(actual, scope.now), None
    expected = scope.value(operand, frames)
    if isinstance(expected, Absent):
        return Unsure(expected.cause, expected.detail), operand
    unfit = OPERATORS[name].operand(expected, form)
    if isinstance(unfit, Unsure):
        return unfit, operand
    return OPERATORS[name].holds(actual, expected, form, scope.now), None


SEES_ABSENT = {"exists", "set"}
"""The operators that judge what is not there; to all others it is unknown."""


def bind_elements(domain: Node, scope: Scope, frames: Frames) -> list[Frame] | Absent:
    """Give a domain's elements, each ready to be bound; or why it cannot be walked through."""
    found = elements(scope.value(domain, frames))
    if isinstance(found, Absent):
        return found
    scope.charge(len(found))
    origin = Origin(domain, frames)
    return [Frame(value, key, origin) for key, value in found]


def _elements(
    node: Node, condition: Node | None, scope: Scope, frames: Frames
) -> tuple[list[Proof], list[Proof]] | Absent:
    """Judge each element that `where` does not leave out; a hole is an element of unknown truth.

    Gives the elements, and the proofs of `where`.
    """
    bound = bind_elements(node[1], scope, frames)
    if isinstance(bound, Absent):
        return bound
    where = node[3]
    found: list[Proof] = []
    filters: list[Proof] = []
    for frame in bound:
        inner = (*frames, frame)
        this: Node = ["element", frame]
        if isinstance(frame.value, Absent):
            hole = Unsure(frame.value.cause, frame.value.detail)
            found.append(Proof(this, None, frames, unsure=hole))
            continue
        parts: list[Proof] = []
        if where is not None:
            parts = [prove(where, scope, inner)]
            filters += parts
        if not parts or parts[0].truth is True:
            if condition is not None:
                parts = [prove(condition, scope, inner)]
            found.append(Proof(this, parts[0].truth if parts else True, frames, parts))
        elif parts[0].truth is None:
            found.append(Proof(this, None, frames, parts))
    return found, filters


def _no_domain(node: Node, frames: Frames, hole: Absent) -> Proof:
    return Proof(node, None, frames, unsure=Unsure(hole.cause, hole.detail))


def _quantified(node: Node, scope: Scope, frames: Frames) -> Proof:
    judged = _elements(node, node[4], scope, frames)
    if isinstance(judged, Absent):
        return _no_domain(node, frames, judged)
    found, filters = judged
    truths = [element.truth for element in found]
    if node[0] == "every":
        truth = all_of(truths)
    elif node[0] == "some":
        truth = any_of(truths)
    else:
        truth = negate(any_of(truths))
    return Proof(node, truth, frames, found, filters=filters)


def _count(node: Node, scope: Scope, frames: Frames) -> Proof:
    _, domain, _, _, matcher, _line = node
    judged = _elements(node, None, scope, frames)
    if isinstance(judged, Absent):
        return _no_domain(node, frames, judged)
    found, filters = judged
    least = sum(element.truth is True for element in found)
    most: int | None = least + sum(element.truth is None for element in found)
    if may_hold_more(scope.value(domain, frames)):
        most = None
    tried = [
        prove(matcher, scope, (*frames, Frame(number, 0, Origin(domain, frames))))
        for number in _samples(matcher, least, most, scope, frames)
    ]
    truths = {proof.truth for proof in tried}
    if most is None and _asks_for_shape(matcher):
        truths.add(None)
    truth = truths.pop() if len(truths) == 1 else None
    if truth is None:
        # Either elements are not known, or the number that they are compared with.
        found = [proof for proof in (*found, tried[0]) if proof.truth is None]
    return Proof(node, truth, frames, found, value=least, filters=filters)


def _samples(
    matcher: Node, least: int, most: int | None, scope: Scope, frames: Frames
) -> Iterable[int]:
    """Give numbers of an interval among which a matcher takes every truth that it takes in it.

    Its truth can only change at a number that it names, or beside it; beyond the last of them it
    stays. Only a schema may tell any two numbers apart.
    """
    if most is not None and _asks_for_shape(matcher):
        return range(least, most + 1)
    turns = {int(n) + step for n in _numbers(matcher, scope, frames) for step in (-1, 0, 1)}
    last = max(turns | {least}) + 1 if most is None else most
    return sorted({least, last} | {turn for turn in turns if least <= turn <= last})


def _asks_for_shape(matcher: Node) -> bool:
    return any(comparison[2] == "conforms_to" for comparison in _comparisons(matcher))


def _numbers(matcher: Node, scope: Scope, frames: Frames) -> Iterator[float]:
    for comparison in _comparisons(matcher):
        operand = scope.value(comparison[3], frames)
        for value in operand if isinstance(operand, list) else [operand]:
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                yield value


def _comparisons(matcher: Node) -> Iterator[Node]:
    """Give the single comparisons that a matcher is made of."""
    if matcher[0] == "op":
        yield matcher
    else:
        for part in matcher[1] if matcher[0] in {"all", "any"} else [matcher[1]]:
            yield from _comparisons(part)


def _same(node: Node, scope: Scope, frames: Frames) -> Proof:
    parts = [
        Proof(subject, None, frames, value=scope.value(subject, frames)) for subject in node[1]
    ]
    truth, unsure = _agree([part.value for part in parts], scope)
    return Proof(node, truth, frames, parts, unsure=unsure)


def _same_of(node: Node, scope: Scope, frames: Frames) -> Proof:
    subject = node[4]
    judged = _elements(node, None, scope, frames)
    if isinstance(judged, Absent):
        return _no_domain(node, frames, judged)
    found, filters = judged
    values = []
    for element in found:
        if element.truth is None:
            hole = element.unsure or Unsure("missing")
            values.append(Absent(hole.cause, hole.detail))
            continue
        inner = (*frames, element.node[1])
        element.value = scope.value(subject, inner)
        element.children = [Proof(subject, None, inner, value=element.value)]
        values.append(element.value)
    truth, unsure = _agree(values, scope)
    return Proof(node, truth, frames, found, unsure=unsure, filters=filters)


def _agree(values: list[Json], scope: Scope) -> tuple[Truth, Unsure | None]:
    """Say whether all values are one; a difference that is certain outweighs what is not known."""
    distinct: list[Json] = []
    doubt: Unsure | None = None
    for value in values:
        if isinstance(value, Absent):
            doubt = doubt or Unsure(value.cause, value.detail)
            continue
        scope.charge(len(distinct))  # more than one only where secrets cannot be compared
        answers = [same_value(other, value) for other in distinct]
        if False in answers:
            return False, None
        if True not in answers:
            doubt = doubt or next(
                (answer for answer in answers if isinstance(answer, Unsure)), None
            )
            distinct.append(value)
    return (True, None) if doubt is None else (None, doubt)


_PROVE = {
    "all": _all,
    "any": _any,
    "not": _not,
    "use": _use,
    "op": _op,
    "every": _quantified,
    "some": _quantified,
    "none": _quantified,
    "count": _count,
    "same": _same,
    "same_of": _same_of,
}
