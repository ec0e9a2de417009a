"""Parameters' values against the schemas that declare them."""

from __future__ import annotations

from engine.operators import OPERATORS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json


def misfit(value: Json, schema: Json) -> str | None:
    """Say why a value does not conform to a schema, or None if it does."""
    answer = OPERATORS["conforms_to"].holds(value, schema)
    if answer is True:
        return None
    return "" if answer is False else answer.detail
