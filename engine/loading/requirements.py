"""Which versions of the engine a pack asks for: `>=1, <2`."""

from __future__ import annotations

import operator
import re
from typing import TYPE_CHECKING

from engine import __version__
from engine.loading.complaints import refuse

if TYPE_CHECKING:
    from engine.model.place import Place

_COMPARISONS = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_BOUND = re.compile(r"\s*(=|!=|<=?|>=?)\s*([0-9]+(?:\.[0-9]+){0,2})\s*")


def require_engine(versions: str, place: Place) -> None:
    """Complain if this engine is none of the versions that a pack asks for."""
    for part in versions.split(","):
        bound = _BOUND.fullmatch(part)
        if bound is None:
            refuse(
                f"`{versions}` is not a range of versions",
                place,
                "write it as `>=1` or `>=1.2, <2`",
            )
        if not _COMPARISONS[bound[1]](_numbers(__version__), _numbers(bound[2])):
            refuse(f"the pack needs engine `{versions}`, and this is {__version__}", place)


def _numbers(version: str) -> tuple[int, ...]:
    numbers = [int(number) for number in version.split(".")]
    return tuple(numbers + [0] * (3 - len(numbers)))
