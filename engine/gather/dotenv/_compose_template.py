"""What Compose puts in for `$X`, `${X}`, `${X:-default}` and their like.

Source: template/template.go of compose-spec/compose-go, and asking it. A variable of the client
comes before one that the file set further up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.dotenv._base import Refused
from engine.gather.dotenv._values import either, if_empty
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.dotenv._values import Earlier, Parts

# Go's patterns take two letters beyond ASCII for a `k` and an `s` where case does not matter.
_NAME = r"[_a-zA-Z\u017f\u212a][_a-zA-Z0-9\u017f\u212a]*"
_EXPANSION = re.compile(
    rf"\$(?:(?P<dollar>\$)|(?P<named>{_NAME})|(?P<open>\{{)(?:(?P<braced>{_NAME})(?P<operator>:?[-+?]|(?=\}})))?)"
)
_DEPTH = 20


def substituted(text: str, earlier: Earlier, depth: int = 0) -> Parts:
    """Give a text with what stands for its variables; `Refused` where Compose calls it invalid."""
    if depth > _DEPTH:
        return (Absent("too_large", "its defaults are nested too deeply"),)
    parts: list[Parts] = []
    position = 0
    while found := _EXPANSION.search(text, position):
        parts.append((text[position : found.start()],))
        position = found.end()
        if found["dollar"]:
            parts.append(("$",))
        elif found["named"]:
            parts.append(_plain(found["named"], earlier))
        elif found["braced"] and not found["operator"]:
            parts.append(_plain(found["braced"], earlier))
            position += 1
        else:
            other, position = _argument(text, found)
            parts.append(_tested(found["braced"], found["operator"], other, earlier, depth))
    return (*(part for each in parts for part in each), text[position:])


def _argument(text: str, found: re.Match[str]) -> tuple[str, int]:
    """Give what stands behind an operator, and where the rest goes on.

    The argument ends at the brace that closes it, by a way of counting that passes over what
    follows an opening one; if none does, at the last brace of the line.
    """
    line_end = text.find("\n", found.end())
    last = text.rfind("}", found.end(), None if line_end < 0 else line_end)
    if not found["operator"] or last < 0:
        raise Refused("there is a `${` that Compose cannot make sense of")
    end = _closing(text, found.start(), last)
    return text[found.end() : end], end + 1


def _closing(text: str, position: int, last: int) -> int:
    braces = 0
    while position < last:
        if text[position] == "}":
            braces -= 1
            if braces == 0:
                return position
        elif text[position] == "{":
            braces += 1
            position += 1
        position += 1
    return last


def _plain(name: str, earlier: Earlier) -> Parts:
    return either(name, earlier.get(name) or ())


def _tested(name: str, operator: str, other: str, earlier: Earlier, depth: int) -> Parts:
    """Give a variable that an operator tests; what the test does not reach is never looked at."""
    above = earlier.get(name)
    if operator.endswith("?"):
        instead: Parts = (Absent("opaque", f"where `{name}` has no value, Compose gives up"),)
    else:
        try:
            instead = substituted(other, earlier, depth + 1)
        except Refused as error:
            instead = (Absent("parse_error", error.reason),)
    if operator in {"-", "?"}:
        return either(name, instead if above is None else above)
    if operator == "+":
        return either(name, () if above is None else instead, instead, instead)
    if operator == ":+":
        return either(name, if_empty(above or (), (), instead), (), instead)
    return either(name, if_empty(above or (), instead, above or ()), instead)
