"""Paths into the facts: `a.b.c`, `a["odd key"].b`, `list[0]`, `list[-1]`, `tool.$key`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from engine.loading.complaints import refuse
from engine.loading.nodes import shortened
from engine.model.conditions import FactRef

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.model.place import Place

    Locate = Callable[[int], Place]

_FIRST = re.compile(r'(?P<name>[A-Za-z0-9_-]+)|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]')
_NEXT = re.compile(
    r'\.(?P<name>[A-Za-z0-9_-]+|\$key)|\[(?P<index>-?[0-9]{1,9})\]|\[(?P<quoted>"(?:[^"\\]|\\.)*")\]'
)
PATH = (
    r'^(?:[A-Za-z0-9_-]+|\["(?:[^"\\]|\\.)*"\])'
    r'(?:\.[A-Za-z0-9_-]+|\[-?[0-9]{1,9}\]|\["(?:[^"\\]|\\.)*"\])*(?:\.\$key)?$'
)
"""The form of a path as one pattern, for editors."""

_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_path(text: str, place: Place, locate: Locate | None = None) -> FactRef:
    """Give the fact that a path names; `locate` tells the place of one of its characters."""
    steps: list[str | int] = []
    at = 0
    while at < len(text) or not steps:
        found = (_NEXT if steps else _FIRST).match(text, at)
        if found is None or (steps and steps[-1] == "$key"):
            where = locate(at) if locate else place
            refuse(f"`{shortened(text)}` is not a path", where, _advice(text, at))
        steps.append(_step(found, locate(at) if locate else place))
        at = found.end()
    return FactRef(text, tuple(steps), place)


def _step(found: re.Match[str], place: Place) -> str | int:
    parts = found.groupdict()
    if parts.get("index") is not None:
        return int(parts["index"])
    if parts["name"] is not None:
        return parts["name"]
    try:
        key = json.loads(parts["quoted"])
    except ValueError:
        key = None
    if not isinstance(key, str) or _SURROGATE.search(key):
        advice = "quoted keys are written as JSON writes texts"
        refuse(f"`{shortened(found[0])}` is not a quoted key", place, advice)
    return key


def _advice(text: str, at: int) -> str:
    rest = text[at:]
    if not text:
        return "write a path such as `go.env.GOROOT`"
    if at == 0 and text.startswith("."):
        return "a path starts with a key"
    if "*" in text:
        return "a path names one value; enter a list with `every`, `some` or `none`"
    if rest.startswith(("['", "[")) and not rest.startswith('["'):
        return 'an index is a number (`[0]`), an odd key is in double quotes (`["odd key"]`)'
    if rest in {".", ""} or rest.startswith(".."):
        return "a key is missing after the dot"
    letter = rest.lstrip(".")[:1]
    if "$key" in text:
        return "`$key` stands at the end, behind a name that `as` binds"
    return f'a key with `{letter}` in it is written `["..."]`'
