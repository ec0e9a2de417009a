"""Parameters' values against the schemas that declare them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json


def misfit(value: Json, schema: Json) -> str | None:
    """Say why a value does not conform to a schema, or None if it does."""
    from engine.operators._schemas import violation  # noqa: PLC0415 - 60 ms of jsonschema

    return violation(schema, value)
