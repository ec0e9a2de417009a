"""The whole numbers of shells: how they are written, how wide they are, what operators give."""

from __future__ import annotations

import re
import string

from engine.precedence.shell.unsupported import Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

WIDTHS = {"mksh": 32}
_WIDTH = 64
_DIGITS = string.digits + string.ascii_lowercase + string.ascii_uppercase + "@_"
# Up to this base, capital letters are the same digits as small ones.
_ALPHABET = 36
_PLAIN = re.compile(r"0[xX]([0-9a-fA-F]+)|([0-9]+)#([\w@]+)|([0-9]+)", re.ASCII)
_OCTAL = {"bash", "sh"}


def _levels(*groups: str) -> dict[str, int]:
    return {operator: level for level, group in enumerate(groups, 1) for operator in group.split()}


LEVELS = _levels(
    ",", "=", "?", "||", "&&", "|", "^", "&", "== !=", "< <= > >=", "<< >>", "+ -", "* / %", "**"
)
ZSH_LEVELS = _levels(
    ",", "=", "?", "||", "&&", "== !=", "< <= > >=", "+ -", "* / %", "**", "|", "^", "&", "<< >>"
)


def number(text: str, dialect: str) -> int:
    """Give the value of a number as written in an expression, without a sign."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        raise Unsupported(f"the number `{text}`")
    if match[1]:
        digits, base = match[1], 16
    elif match[2]:
        digits, base = match[3], int(match[2])
    else:
        digits, base = match[4], 10
        if dialect in _OCTAL and digits.startswith("0"):
            base = 8
    most = 64 if dialect in {"bash", "ksh"} else _ALPHABET
    if not 2 <= base <= most or (match[2] and (dialect == "sh" or match[2].startswith("0"))):  # noqa: PLR2004
        raise Unsupported(f"the number `{text}` in {dialect}")
    if match[2] and dialect == "zsh":
        raise Unsupported("a base, which zsh gives on to the variable")
    value = 0
    for digit in digits.lower() if base <= _ALPHABET else digits:
        place = _DIGITS.index(digit)
        if place >= base:
            raise Unsupported(f"the number `{text}`")
        value = value * base + place
    if dialect != "bash" and value >= 1 << (WIDTHS.get(dialect, _WIDTH) - 1):
        raise Unsupported(f"the number `{text}` in {dialect}, which is too large")
    return wrapped(value, dialect)


def wrapped(value: int, dialect: str) -> int:
    """Keep a number as wide as it can be."""
    half = 1 << (WIDTHS.get(dialect, _WIDTH) - 1)
    if dialect == "ksh" and not -half <= value < half:
        raise Unsupported("a number that ksh takes for a fraction")
    return (value + half) % (2 * half) - half


def calculated(operator: str, left: int, right: int, dialect: str) -> int:
    """Apply an operator of two numbers."""
    width = WIDTHS.get(dialect, _WIDTH)
    if operator in {"/", "%"}:
        return _divided(operator, left, right, dialect)
    if operator == "**":
        return _power(left, right, dialect)
    if operator in {"<<", ">>"}:
        if dialect == "ksh" and not 0 <= right < width:
            raise Unsupported(f"a shift by {right} in ksh")
        right %= width
    return wrapped(_CALCULATE[operator](left, right), dialect)


_CALCULATE: dict[str, Callable[[int, int], int]] = {
    ",": lambda _left, right: right,
    "|": lambda left, right: left | right,
    "^": lambda left, right: left ^ right,
    "&": lambda left, right: left & right,
    "==": lambda left, right: int(left == right),
    "!=": lambda left, right: int(left != right),
    "<": lambda left, right: int(left < right),
    "<=": lambda left, right: int(left <= right),
    ">": lambda left, right: int(left > right),
    ">=": lambda left, right: int(left >= right),
    "<<": lambda left, right: left << right,
    ">>": lambda left, right: left >> right,
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
}


def _divided(operator: str, left: int, right: int, dialect: str) -> int:
    if right == 0:
        raise Unsupported("a division by zero")
    quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
    if quotient >= 1 << (WIDTHS.get(dialect, _WIDTH) - 1) and dialect != "bash":
        raise Unsupported("a quotient that is too large")
    return wrapped(quotient, dialect) if operator == "/" else left - quotient * right


def _power(left: int, right: int, dialect: str) -> int:
    if right < 0 or dialect in {"sh", "mksh"}:
        raise Unsupported(f"`**` by {right} in an expression of {dialect}")
    if dialect != "bash" and (right > _WIDTH or abs(left) ** right >= 1 << (_WIDTH - 1)):
        raise Unsupported("a power that is too large")
    return wrapped(pow(left, right, 1 << _WIDTH), "bash")
