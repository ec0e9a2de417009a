"""The types of plain JSON."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    # Recursive aliases make every index an error to mypy; documents are checked where they enter.
    Json: TypeAlias = Any
    JsonObject: TypeAlias = dict[str, Any]
