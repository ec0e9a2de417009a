"""Messages: text with placeholders, filled in so that it can never change a verdict."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from tests.reference.documents import Hole, Scope, is_redacted, steps_of

if TYPE_CHECKING:
    from tests.reference.operands import Context

_PART = re.compile(r"\{\{|\}\}|\{([^{}]+)\}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def fill_in(message: str, context: Context, scope: Scope) -> str:
    """Put values into a message."""

    def replaced(match: re.Match[str]) -> str:
        if match[0] in {"{{", "}}"}:
            return match[0][0]
        return _escaped(_shown(match[1], context, scope))

    return _PART.sub(replaced, message)


def _shown(placeholder: str, context: Context, scope: Scope) -> str:
    if placeholder.startswith("param:"):
        return _as_text(context.params[placeholder.removeprefix("param:")])
    known = context.document.look_up(steps_of(placeholder), scope)
    if isinstance(known, Hole):
        return f"<unknown: {known.cause}>"
    return _as_text(known.value)


def _as_text(value: Any) -> str:
    if is_redacted(value):
        return "<redacted>"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _escaped(text: str) -> str:
    return _CONTROL.sub(lambda match: json.dumps(match[0])[1:-1], text)
