"""What every shape of a document is made of."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, WithJsonSchema

UNSET: Any = None
"""What a field is that nobody wrote; a written `null` is refused where its type has no null."""

Condition: TypeAlias = Annotated[Any, WithJsonSchema({"grammar": "condition"})]


class Document(BaseModel):
    """A mapping whose keys are fixed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)
