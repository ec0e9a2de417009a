"""Makes a failing pair of a rule and a document small, so that a person can read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Json = Any


def smaller(value: Json) -> Iterator[Json]:
    """Give every value that is one step smaller: a part left out, or put in place of the whole."""
    if isinstance(value, dict):
        for key in value:
            yield {other: child for other, child in value.items() if other != key}
        for key, child in value.items():
            if isinstance(child, dict):
                yield child
            if isinstance(child, list):
                yield from (one for one in child if isinstance(one, dict))
            for less in smaller(child):
                yield {**value, key: less}
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield [*value[:index], *value[index + 1 :]]
            for less in smaller(child):
                yield [*value[:index], less, *value[index + 1 :]]


def smallest(value: Json, still_fails: Callable[[Json], bool], tries: int = 1500) -> Json:
    """Make a value smaller as long as it fails."""
    for _ in range(tries):
        for less in smaller(value):
            tries -= 1
            if tries < 0:
                return value
            if still_fails(less):
                value = less
                break
        else:
            return value
    return value
