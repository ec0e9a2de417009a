"""TOML 1.0: values by the standard library, their places by a scanner of our own.

`tomllib` tells no places. The scanner walks the same text, which is valid by then; where the two
do not find exactly the same keys, only the file is told: a wrong line is worse than none.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import tomllib
from typing import TYPE_CHECKING, Any

from engine.gather.formats._base import DEEPEST, MOST_VALUES, Format, FormatError, Text
from engine.gather.formats._toml_places import Steps, places_in
from engine.loading.nodes import Node
from engine.model.facts import Absent
from engine.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")
_MOST_BITS = 3000
# What tomllib does with a key grows with the square of its parts, for a long one without end.
_PART = r"""(?:(?<![^\s.=,"'\[\]{}])[^\s.=,"'\[\]{}]{1,200}+|"[^"\n]{0,200}+"|'[^'\n]{0,200}+')"""
_MOST_PARTS = re.compile(rf"(?:{_PART}[ \t]*+\.[ \t]*+){{{DEEPEST}}}")


def read_toml(data: bytes, file: str) -> Node:
    """Give the tables of a TOML file."""
    text = Text(data, file)
    if deep := _MOST_PARTS.search(text.content):
        raise text.error(f"this has more than {DEEPEST} parts", deep.start(), "too_large")
    try:
        value = tomllib.loads(text.content)
        found = set(_steps(value, ()))
    except RecursionError:
        raise FormatError("this is nested too deep", None, cause="too_large") from None
    except ValueError as error:  # what is no TOML, and numbers that Python does not read
        where = _POSITION.search(str(error))
        line, column = (int(where[1]), int(where[2])) if where else (None, None)
        raise FormatError("this is not valid TOML", line, column) from None
    if len(found) > MOST_VALUES:
        raise FormatError(f"it holds more than {MOST_VALUES} values", None, cause="too_large")
    if any(len(steps) > DEEPEST for steps in found):
        raise FormatError(
            f"this is nested more than {DEEPEST} levels deep", None, cause="too_large"
        )
    indices = places_in(text.content)
    is_certain = indices.keys() == found
    places = {at: text.place(index) for at, index in indices.items()} if is_certain else {}
    return _node(value, (), places, Place(file))


TOML = Format("toml", read_toml)


def _steps(value: Any, at: Steps) -> Iterator[Steps]:
    """Give the way to each value below another one."""
    children = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, child in children:
        yield (*at, step)
        yield from _steps(child, (*at, step))


def _node(value: Any, at: Steps, places: Mapping[Steps, Place], nowhere: Place) -> Node:
    place = places.get(at, nowhere)
    if isinstance(value, dict):
        entries = {key: _node(child, (*at, key), places, nowhere) for key, child in value.items()}
        return Node(entries, place)
    if isinstance(value, list):
        items = [_node(child, (*at, index), places, nowhere) for index, child in enumerate(value)]
        return Node(items, place)
    return Node(_scalar(value), place)


def _scalar(value: Any) -> str | int | float | bool | Absent:
    """Give a scalar as JSON has it: dates and times are texts as RFC 3339 writes them."""
    if isinstance(value, (dt.datetime, dt.date, dt.time)):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return Absent("unsupported", "JSON has no such number")
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return Absent("unsupported", "it is a number that is out of range")
    kept: str | int | float | bool = value
    return kept
