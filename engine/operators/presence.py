"""Whether a value is there, and whether there is anything in it."""

from __future__ import annotations

from engine.model.facts import Absent, PartialList, PartialMap, Redacted
from engine.operators._base import Kind, operator, unsure_of
from engine.operators._kinds import ANY_TYPE, ANYTHING, TRUTH, UNFIT
from engine.operators._kleene import agrees

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json
    from engine.operators._base import Answer


@operator("exists", actual=ANYTHING, expected=TRUTH)
def exists(actual: Json, expected: bool) -> Answer:
    """The value is known to be there, be it null or a secret; or, with `false`, known not to be."""
    return agrees(_is_there(actual), expected)


def _read_settable(value: Json, _form: str) -> Json:
    return UNFIT if value is None or type(value) is Redacted else value


SETTABLE = Kind("a value other than null", ANY_TYPE, _read_settable)


@operator("set", actual=SETTABLE, expected=TRUTH)
def set_(actual: Json, expected: bool) -> Answer:
    """The value is there and is not the empty text; or, with `false`, is neither."""
    return agrees(_is_there(actual) if type(actual) is Absent else actual != "", expected)


def _read_container(value: Json, _form: str) -> Json:
    return value if type(value) in _CONTAINERS else UNFIT


_CONTAINERS = frozenset({str, list, dict, PartialList, PartialMap})

CONTAINER = Kind("a text, a list or a mapping", ("string", "array", "object"), _read_container)


@operator("empty", actual=CONTAINER, expected=TRUTH)
def empty(actual: Json, expected: bool) -> Answer:
    """The text, list or mapping holds nothing; or, with `false`, something."""
    return agrees(_is_empty(actual), expected)


def _is_there(value: Json) -> Answer:
    if type(value) is not Absent:
        return True
    return False if value.certain else unsure_of(value)


def _is_empty(value: Json) -> Answer:
    # A hole may turn out to be nothing, so only what is known shows that there is something.
    children = value.values() if isinstance(value, dict) else value
    hole = getattr(value, "more", None)
    for child in children:
        if type(child) is not Absent:
            return False
        hole = hole or child
    return True if hole is None else unsure_of(hole)
