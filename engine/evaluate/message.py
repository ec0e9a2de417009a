"""Messages filled in; a message that cannot be filled in never changes a verdict."""

from __future__ import annotations

import json

from engine.evaluate.evidence import plain
from engine.model.facts import Absent, Redacted
from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.compile.program import Node
    from engine.evaluate.scope import Frames, Scope
    from engine.model.json_value import Json


def fill(parts: list[str | Node], scope: Scope, frames: Frames) -> str:
    """Give a message's text: values as people write them, secrets and unknowns as words."""
    return "".join(
        part if isinstance(part, str) else show(scope.value(part, frames)) for part in parts
    )


def show(value: Json) -> str:
    """Give a value on one line, nothing hidden: a text as it is, everything else as JSON."""
    if isinstance(value, (Absent, Redacted)):
        return str(plain(value))
    if isinstance(value, str):
        return visible(value)
    return visible(json.dumps(plain(value), ensure_ascii=False))
