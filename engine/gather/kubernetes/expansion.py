"""`$(VARIABLE)` in the values and commands of containers.

As third_party/forked/golang/expansion of Kubernetes does it; `$$` stands for one `$`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import joined
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.assignments import Part

_DOLLAR = re.compile(r"\$(?:\$|\(([^)]*)\)|[^\x00-\x7f])")
_BROKEN = Absent("unsupported", "Kubernetes breaks a letter beyond ASCII that follows a `$`")


def expanded(text: str, meaning: Callable[[str], tuple[Part, ...]]) -> tuple[Part, ...]:
    """Give what a text is put together from, with what each variable in it means."""
    parts: list[Part] = []
    end = 0
    for found in _DOLLAR.finditer(text):
        name = found[1]
        parts.append(text[end : found.start()])
        if name is not None:
            parts += meaning(name)
        else:
            parts.append("$" if found[0] == "$$" else _BROKEN)
        end = found.end()
    parts.append(text[end:])
    return joined(parts)
