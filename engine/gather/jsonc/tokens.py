"""The words of JSON with comments: what VS Code's scanner makes of a text, whatever it is.

Source: `src/vs/base/common/json.ts` of microsoft/vscode, and `src/impl/scanner.ts` of
microsoft/node-jsonc-parser, which knows fewer blanks and reads a number that ends in its dot.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.loading.nodes import Scalar

SIGNS = "{}[],:"
TEXT, NUMBER, WORD, STRAY, COMMENT, END = "text", "number", "word", "stray", "comment", "end"

_WORDS: dict[str, Scalar] = {"true": True, "false": False, "null": None}
_EXACT = 2**53
_OUT_OF_RANGE = Absent("unsupported", "it is a number that is out of range")
_WHOLE = re.compile(r"-?(?:0|[1-9][0-9]*)(\.[0-9]*)?")
_POWER = re.compile(r"[eE][-+]?([0-9]*)")
_PIECE = re.compile(r'[^"\\\x00-\x1f]+|[\s\S]')
_HEX = re.compile(r"[0-9A-Fa-f]{0,4}")
_HALF = re.compile("[\ud800-\udfff]")
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}


@record
class Dialect:
    """What readers differ in: the blanks, the ends of lines, and two things that are mistakes.

    `reads_dot` reads `1.` as 1; without it, it is 0. With `trailing_commas`, a comma before a
    closing bracket is no mistake; the values are the same.
    """

    blanks: str
    breaks: str
    reads_dot: bool
    trailing_commas: bool


EDITOR = Dialect(
    " \t\v\f\xa0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff",
    "\n\r\u2028\u2029",
    reads_dot=False,
    trailing_commas=True,
)
"""VS Code itself: its settings, launch.json, tasks.json and *.code-workspace."""

PACKAGE = Dialect(" \t", "\n\r", reads_dot=True, trailing_commas=False)
"""The package `jsonc-parser`, called without options."""


@record
class Token:
    """One word: its kind (a sign is its own), where it begins, its value, what is wrong in it.

    A number without a value is one that cannot be read.
    """

    kind: str
    at: int
    value: Scalar | Absent = None
    wrong: str = ""


def tokens(text: str, dialect: Dialect) -> Iterator[Token]:
    """Give the words of a text without blanks, comments among them; the last one is the end."""
    white = dialect.blanks + dialect.breaks
    blank = re.compile(f"[{white}]+")
    stray = re.compile(f'[^{white}{{}}\\[\\]":,/]+')
    line_comment = re.compile(f"//[^{dialect.breaks}]*")
    at = 0
    while at < len(text):
        sign = text[at]
        if found := blank.match(text, at):
            at = found.end()
            continue
        if sign in SIGNS:
            token, at = Token(sign, at), at + 1
        elif sign == '"':
            token, at = _text(text, at)
        elif found := line_comment.match(text, at):
            token, at = Token(COMMENT, at), found.end()
        elif text.startswith("/*", at):
            token, at = _comment(text, at)
        elif found := _WHOLE.match(text, at):
            token, at = _number(text, found, dialect)
        elif sign != "-" and (found := stray.match(text, at)):
            word = found[0]
            token = Token(WORD, at, _WORDS[word]) if word in _WORDS else Token(STRAY, at)
            at = found.end()
        else:
            token, at = Token(STRAY, at), at + 1
        yield token
    yield Token(END, len(text))


def _comment(text: str, start: int) -> tuple[Token, int]:
    end = text.find("*/", start + 2)
    if end < 0:
        return Token(COMMENT, start, None, "UnexpectedEndOfComment"), len(text)
    return Token(COMMENT, start), end + 2


def _number(text: str, whole: re.Match[str], dialect: Dialect) -> tuple[Token, int]:
    start, end = whole.span()
    wrong = ""
    digits: str | None = whole[0]
    if whole[1] == ".":
        wrong = "UnexpectedEndOfNumber"
        digits = whole[0] if dialect.reads_dot else None
    elif power := _POWER.match(text, end):
        end = power.end()
        wrong = "" if power[1] else "UnexpectedEndOfNumber"
        digits = text[start:end] if power[1] else whole[0]
    value = None if digits is None else _as_javascript(digits)
    return Token(NUMBER, start, value, wrong), end


def _as_javascript(digits: str) -> int | float | Absent:
    """Give a number as JavaScript holds it: it knows no whole ones."""
    number = float(digits)
    if math.isinf(number):
        return _OUT_OF_RANGE
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number


def _text(text: str, start: int) -> tuple[Token, int]:
    parts: list[str] = []
    wrong = ""
    at = start + 1
    while True:
        found = _PIECE.match(text, at)
        if found is None or found[0] in "\r\n":
            wrong = "UnexpectedEndOfString"
            break
        at = found.end()
        if found[0] == '"':
            break
        if found[0] != "\\":
            parts.append(found[0])
            wrong = wrong if found[0][0] >= " " else "InvalidCharacter"
            continue
        letter = text[at : at + 1]
        if not letter:
            wrong = "UnexpectedEndOfString"
            break
        at += 1
        if letter == "u":
            digits = _HEX.match(text, at)
            code = digits[0] if digits else ""
            at += len(code)
            parts.append(chr(int(code, 16)) if len(code) == 4 else "")  # noqa: PLR2004 - as JSON
            wrong = wrong if len(code) == 4 else "InvalidUnicode"  # noqa: PLR2004
        else:
            parts.append(_ESCAPES.get(letter, ""))
            wrong = wrong if letter in _ESCAPES else "InvalidEscapeCharacter"
    return Token(TEXT, start, _joined("".join(parts)), wrong), at


def _joined(text: str) -> str:
    """Join the halves of characters that were escaped one by one; what is left of one is `\ufffd`.

    That is what becomes of it wherever VS Code hands the text on.
    """
    if not _HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
