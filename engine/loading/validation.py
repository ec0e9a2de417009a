"""Facts documents against the whole facts schema: only when asked, since a wrong type is unknown to a rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.errors import Complaint, FactsError
from engine.model.place import Place
from engine.resources import bundled

if TYPE_CHECKING:
    from engine.model.json_value import Json

MOST = 20
"""How many violations of one document are shown."""


def require_conforming(content: bytes, name: str) -> None:
    """Raise what in a document does not conform to `schemas/facts.schema.json`."""
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - half of a run's time

    schema = json.loads((bundled("schemas") / "facts.schema.json").read_text(encoding="utf-8"))
    try:
        document = json.loads(content)
    except (ValueError, RecursionError):
        return  # the loader says better what is wrong with it
    if not isinstance(document, dict) or "schema" not in document:
        document = {"schema": "precedent/facts/v1", "facts": document}
    validator = Draft202012Validator(schema)
    found = sorted(validator.iter_errors(document), key=lambda error: list(map(str, error.path)))
    if found:
        raise FactsError([_complaint(error, name) for error in found[:MOST]])


def _complaint(error: Json, name: str) -> Complaint:
    pointer = "".join(f"/{step}" for step in error.absolute_path)
    # The library's message may quote the value, which may be a secret; what was expected may not.
    expected = json.dumps(error.validator_value)
    return Complaint(
        f"`{pointer or '/'}` does not conform to `{error.validator}`: {expected[:120]}", Place(name)
    )
