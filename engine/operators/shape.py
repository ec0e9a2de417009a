"""The shape of a value, by JSON Schema 2020-12.

Patterns in a schema are ours (`patterns`), references stay within it, `format` asserts nothing.
"""

from __future__ import annotations

from functools import lru_cache

from engine.model.facts import Absent, Redacted
from engine.operators._base import Kind, Unfit, Unsure, operator, unsure_of
from engine.operators._kinds import PRESENT, UNFIT
from engine.operators._secrets import REDACTED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.model.json_value import Json
    from engine.operators._base import Answer


def _read_schema(value: Json, _form: str) -> Any:
    if type(value) not in {dict, bool}:
        return UNFIT
    from json import dumps  # noqa: PLC0415 - few rules hold a schema

    return _validator(dumps(value, sort_keys=True))


@lru_cache(maxsize=256)
def _validator(text: str) -> Any:
    from json import loads  # noqa: PLC0415

    from engine.operators._schemas import BadSchema, validator  # noqa: PLC0415 - 60 ms of jsonschema

    try:
        return validator(loads(text))
    except BadSchema as error:
        return Unfit("parse_error", str(error))


SCHEMA = Kind("a JSON Schema", ("object", "boolean"), _read_schema)


@operator("conforms_to", actual=PRESENT, expected=SCHEMA)
def conforms_to(actual: Json, expected: Any) -> Answer:
    """The value has the shape that a JSON Schema (2020-12) describes."""
    unknown = _first_unknown(actual)
    if unknown is not None:
        return unknown
    try:
        return bool(expected.is_valid(actual))
    except RecursionError:
        return Unsure("too_large", "the value is nested too deeply, or the schema refers to itself")
    except ArithmeticError:
        return Unsure("too_large", "a number in it is too large to be compared with the schema")


def _first_unknown(value: Json) -> Unsure | None:
    """Give why a value is not known in full; a schema may ask for any part of it."""
    if isinstance(value, Absent):
        return unsure_of(value)
    if isinstance(value, Redacted):
        return REDACTED
    if isinstance(value, (list, dict)):
        children = value.values() if isinstance(value, dict) else value
        found = (_first_unknown(child) for child in (*children, getattr(value, "more", None)))
        return next((unknown for unknown in found if unknown is not None), None)
    return None
