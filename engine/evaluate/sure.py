"""What generated code calls: the language's operations, leaving where anything is not known."""

from __future__ import annotations

from engine.evaluate.scope import MAX_WORK
from engine.model.facts import Absent
from engine.operators._base import Unsure
from engine.operators.equality import same_value
from engine.operators.paths import join_path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.model.json_value import Json
    from engine.operators._base import Bound, Operator


class Doubt(Exception):  # noqa: N818 - it is no error
    """Something on the way is not known, or not plain."""


DOUBTS = (Doubt, KeyError, IndexError, TypeError)
"""What leaves a rule to `judge`; a missing key is the commonest."""


def sure(bound: Bound) -> Callable[[Json, int | None], bool]:
    """Give a bound operator that raises where it has no answer."""

    def test(actual: Json, now: int | None) -> bool:
        answer = bound(actual, now)
        if isinstance(answer, Unsure):
            raise Doubt
        return answer

    return test


def compared_by(operator: Operator, form: str) -> Callable[[Json, Json, int | None], bool]:
    """Give an operator between two facts that raises where it has no answer."""

    def test(actual: Json, expected: Json, now: int | None) -> bool:
        answer = operator.holds(actual, expected, form, now)
        if isinstance(answer, Unsure):
            raise Doubt
        return answer

    return test


class Allowance:
    """How many elements loops may still look at in a document; then `judge` counts by rule."""

    __slots__ = ("_left",)

    def renew(self) -> None:
        """Give the next document the whole of it."""
        self._left = MAX_WORK

    def values(self, domain: Json) -> Iterable[Json]:
        """Give a plain domain's elements."""
        self._charge(domain)
        elements: Iterable[Json] = domain.values() if domain.__class__ is dict else domain
        return elements

    def items(self, domain: Json) -> Iterable[tuple[Json, Json]]:
        """Give a plain domain's keys and elements."""
        self._charge(domain)
        return domain.items() if domain.__class__ is dict else enumerate(domain)

    def _charge(self, domain: Json) -> None:
        if domain.__class__ not in (list, dict):
            raise Doubt
        self._left -= len(domain)
        if self._left < 0:
            raise Doubt


def item(items: Json, index: int) -> Json:
    """Give an element of a plain list."""
    if items.__class__ is not list:
        raise Doubt
    return items[index]


def there(value: Json) -> Json:
    """Give a value of a fact that no schema declares: that it is not there says nothing."""
    if value.__class__ is Absent:
        raise Doubt
    return value


def same(values: list[Json]) -> bool:
    """Say whether all values are one."""
    answers = [same_value(values[0], value) for value in values[1:]]
    if values[0].__class__ is Absent or any(isinstance(answer, Unsure) for answer in answers):
        raise Doubt
    return all(answers)


def length_of(value: Json) -> int:
    """Give how many elements or characters a plain value has."""
    if value.__class__ not in (str, list, dict):
        raise Doubt
    return len(value)


def joined(parts: list[Json]) -> str:
    """Put a file path together."""
    path = join_path(parts)
    if isinstance(path, Unsure):
        raise Doubt
    return path
