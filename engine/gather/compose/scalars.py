"""What compose takes an unquoted scalar of YAML for, and how it writes it into a variable.

Compose v2 reads by go-yaml, whose resolver knows YAML 1.2 with much of 1.1 (`0755` is octal, `on` a
text), and writes by Go's `%v`. Compose v1 read by PyYAML, which knows 1.1 only. Where both accept a
scalar and write it differently, it has no one meaning. Measured with compose 1.29.2 and
compose-go 2.14.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Callable

    Scalar: TypeAlias = "bool | int | float | str | None"

_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTHS = dict.fromkeys(("true", "True", "TRUE"), True) | dict.fromkeys(
    ("false", "False", "FALSE"), False
)
_OTHER_TRUTHS = frozenset(
    word for low in ("yes", "no", "on", "off") for word in (low, low.capitalize(), low.upper())
)
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_GO_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_GO_INTEGERS = (
    (re.compile(r"[-+]?0[bB][01]+"), 2),
    (re.compile(r"[-+]?0[oO]?[0-7]+"), 8),
    (re.compile(r"[-+]?0[xX][0-9a-fA-F]+"), 16),
    (re.compile(r"[-+]?(?:0|[1-9][0-9]*)"), 10),
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*", re.DOTALL)
# PyYAML's own patterns, and what it makes of them.
_OLD: tuple[tuple[re.Pattern[str], Callable[[str], float]], ...] = (
    (re.compile(r"[-+]?0b[0-1_]+"), lambda text: _based(text, 2)),
    (re.compile(r"[-+]?0x[0-9a-fA-F_]+"), lambda text: _based(text, 16)),
    (re.compile(r"[-+]?0[0-7_]+"), lambda text: _based(text, 8)),
    (re.compile(r"[-+]?(?:0|[1-9][0-9_]*)"), int),
    (re.compile(r"[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+"), lambda text: _sixties(text, int)),
    (re.compile(r"[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?"), float),
    (re.compile(r"\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?"), float),
    (
        re.compile(r"[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*"),
        lambda text: _sixties(text, float),
    ),
)
_LONGEST = 300
_UNSIGNED = 1 << 64
_SIGNED = 1 << 63
# Where `%v` begins to write an exponent.
_LEAST_PLACE = -4
_MOST_PLACES = 6


def plain_scalar(text: str) -> Scalar | Absent:
    """Give what an unquoted scalar is to compose v2; a number that it cannot hold is a hole."""
    if text in _NULLS:
        return None
    if text in _TRUTHS:
        return _TRUTHS[text]
    if _NO_NUMBER.fullmatch(text) or text == "<<":
        return Absent("unsupported", "compose takes it for no value that a variable can have")
    if _DATE.fullmatch(text):
        return Absent("ambiguous", "versions of compose write a date differently")
    if text in {"-0", "-0.0"}:
        return -0.0
    return _number(text)


def spelled(text: str, value: Scalar | Absent) -> str | Absent:
    """Give what compose writes into a variable for an unquoted scalar and its value."""
    if isinstance(value, Absent):
        return value
    if value is None:
        return ""
    now = _as_go(value)
    if isinstance(value, bool) or text in _OTHER_TRUTHS or text == "=":
        # Compose v1 refuses the whole file.
        return now
    before = _as_python(text)
    if before is None or before == now:
        return now
    return Absent("ambiguous", "compose v1 and v2 take it for different values")


def _number(text: str) -> Scalar | Absent:
    if text[0] not in "+-.0123456789":
        return text
    if len(text) > _LONGEST:
        return Absent("unsupported", "it may be a number, and is out of range")
    if text[0] == ".":
        return float(text) if _GO_FLOAT.fullmatch(text) else text
    digits = text.replace("_", "")
    for pattern, base in _GO_INTEGERS:
        if pattern.fullmatch(digits):
            whole = _based(digits, base)
            if -_SIGNED <= whole < (_SIGNED if digits[0] == "+" else _UNSIGNED):
                return whole
            break
    if _GO_FLOAT.fullmatch(digits):
        value = float(digits)
        return value if abs(value) != float("inf") else text
    return text


def _based(text: str, base: int) -> int:
    sign = -1 if text[0] == "-" else 1
    digits = text.lstrip("+-").replace("_", "").lower()
    prefix = {2: "0b", 8: "0o", 16: "0x"}.get(base, "")
    digits = digits.removeprefix(prefix) if prefix else digits
    return sign * int(digits or "0", base)


def _sixties(text: str, number: type[int | float]) -> float:
    sign = -1 if text[0] == "-" else 1
    total = number("0")
    for part in text.lstrip("+-").replace("_", "").split(":"):
        total = total * 60 + number(part)
    return sign * total


def _as_go(value: bool | float | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, float):
        return str(value)
    if value == 0:
        return "-0" if str(value).startswith("-") else "0"
    # The shortest digits that mean the number, as both Go and Python find them.
    mantissa, _, exponent = f"{value!r}".partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    fraction = fraction if fraction != "0" else ""
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or "0") - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    if _LEAST_PLACE <= point - 1 < _MOST_PLACES:
        if point <= 0:
            return f"{sign}0.{'0' * -point}{digits}"
        padded = digits.ljust(point, "0")
        return sign + padded[:point] + (f".{padded[point:]}" if padded[point:] else "")
    rest = f".{digits[1:]}" if digits[1:] else ""
    return f"{sign}{digits[0]}{rest}e{point - 1:+03d}"


def _as_python(text: str) -> str | None:
    """Give what compose v1 writes, or None where it breaks."""
    for pattern, convert in _OLD:
        if pattern.fullmatch(text):
            try:
                return str(convert(text.replace("_", "")))
            except ValueError:
                return None
    return text
