"""`${{ expressions }}`: the few that a file decides by itself.

Where an expression ends is told from TemplateReader in actions/runner. A literal text, `env.X`
and `matrix.X` may be known; all else depends on the run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import joined
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.assignments import Part

_EXPRESSION = re.compile(r"\$\{\{((?:[^'}]|'[^']*'|\}(?!\}))*)\}\}")
_LITERAL = re.compile(r"'((?:[^']|'')*)'")
_NAME = re.compile(r"(\w+)(?:\.([A-Za-z_][\w-]*)|\[\s*'([\w-]+)'\s*\])")
_PATH = re.compile(r"[A-Za-z_][\w.-]*")
_OPEN = "${{"


def parts_of(text: str, meaning: Callable[[str, str], tuple[Part, ...] | None]) -> tuple[Part, ...]:
    """Give what a text is put together from.

    `meaning` takes a context and a name (`env`, `GOFLAGS`), and gives None where it knows nothing.
    """
    parts: list[Part] = []
    end = 0
    for found in _EXPRESSION.finditer(text):
        parts.append(text[end : found.start()])
        parts += _value(found[1].strip(), meaning)
        end = found.end()
    rest = text[end:]
    if _OPEN in rest:
        return (Absent("parse_error", "an expression in it does not end"),)
    parts.append(rest)
    return joined(parts)


def known_text(parts: tuple[Part, ...]) -> str | Absent:
    """Give a text whose parts are all known, or the first reason why it is not."""
    for part in parts:
        if isinstance(part, Absent):
            return part
        if not isinstance(part, str):
            return Absent("not_collected", f"it depends on `{part.variable}`")
    return "".join(map(str, parts))


def _value(
    expression: str, meaning: Callable[[str, str], tuple[Part, ...] | None]
) -> tuple[Part, ...]:
    if literal := _LITERAL.fullmatch(expression):
        return (literal[1].replace("''", "'"),)
    if name := _NAME.fullmatch(expression):
        found = meaning(name[1].casefold(), name[2] or name[3])
        if found is not None:
            return found
    # Anything but a name may hold a secret.
    what = f"`{expression}`" if _PATH.fullmatch(expression) else "an expression in it"
    return (Absent("opaque", f"{what} is only known when it runs"),)
