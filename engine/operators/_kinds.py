"""What sides of operators take, as far as several families share it."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.operators._base import Kind, Unfit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json

ANY_TYPE = ("string", "number", "integer", "boolean", "null", "array", "object")

UNFIT = Unfit()
"""Of a wrong type, and the type says it all."""


def _read_anything(value: Json, _form: str) -> Json:
    return value


def _read_present(value: Json, _form: str) -> Json:
    return UNFIT if type(value) is Absent else value


def _read_text(value: Json, _form: str) -> Json:
    return value if type(value) is str else UNFIT


def _read_truth(value: Json, _form: str) -> Json:
    return value if type(value) is bool else UNFIT


ANYTHING = Kind("any value, also one that is not there", ANY_TYPE, _read_anything)
"""For operators that judge absence itself."""

PRESENT = Kind("any value", ANY_TYPE, _read_present)
"""Any value that is there, null and secrets among them."""

TEXT = Kind("a text", ("string",), _read_text)
TRUTH = Kind("`true` or `false`", ("boolean",), _read_truth)
