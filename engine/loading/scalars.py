"""What an unquoted scalar means: JSON's numbers, `true`, `false`, `null`; all else is text."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from engine.loading.complaints import refuse
from engine.loading.nodes import shortened

if TYPE_CHECKING:
    from engine.loading.nodes import Scalar
    from engine.model.place import Place

_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")

# What the YAML 1.2 core schema reads as something else than a text and JSON does not know. Digits
# after a zero (`012`) are left out: file modes and versions are written so, and meant as texts.
_AMBIGUOUS = re.compile(
    r"""~ | Null | NULL | True | TRUE | False | FALSE
      | 0o[0-7]+ | 0x[0-9a-fA-F]+
      | [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN)
      | \+[0-9]+
      | [-+]?(?:\.[0-9]+ | [0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?
      | [-+]?[0-9]+[eE][-+]?[0-9]+""",
    re.VERBOSE,
)
_MAY_BE_SPECIAL = frozenset("0123456789+-.~tfnTFN")
_MOST_DIGITS = 1000


def plain_scalar(text: str, place: Place) -> Scalar:
    """Give the value that an unquoted scalar stands for."""
    if text[0] not in _MAY_BE_SPECIAL:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _FLOAT.fullmatch(text):
        return number(text, place)
    if _AMBIGUOUS.fullmatch(text):
        refuse(f"`{text}` means different things to different readers", place, _advice(text))
    return text


def number(text: str, place: Place) -> int | float:
    """Give a number that a facts document can hold; others are refused."""
    is_integer = _INTEGER.fullmatch(text)
    value = int(text) if is_integer and len(text) <= _MOST_DIGITS else float(text)
    if isinstance(value, float) and not math.isfinite(value):
        refuse(f"the number `{shortened(text)}` is too large", place, "quote it to make it a text")
    if value == 0 and text.lower().partition("e")[0].strip("-0."):
        refuse(f"the number `{shortened(text)}` is too small", place, "quote it to make it a text")
    return value


def _advice(text: str) -> str:
    known = text.lower().replace("~", "null")
    quoted = f'quote it (`"{text}"`) to make it a text'
    return f"write `{known}`, or {quoted}" if known in _WORDS else quoted
