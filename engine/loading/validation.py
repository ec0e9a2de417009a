"""Facts documents against the whole schema: only when asked, since rules see a wrong type too."""

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
    written_to = document.get("schema") if isinstance(document, dict) else None
    if not (isinstance(written_to, str) and written_to.startswith("precedent/")):
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
