"""How the arguments of an instruction are split, before any variable is put in.

Source: `line_parsers.go` and `split_command.go` in BuildKit's `frontend/dockerfile/parser`.
"""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

from engine.gather.dockerfile.refusal import Beyond, Refused
from engine.gather.dockerfile.spaces import SPACES, in_unicode

if TYPE_CHECKING:
    from engine.model.json_value import Json

BLANKS = re.compile(r"[\t\v\f\r ]+")
_BYTE_SPACES = frozenset(letter for letter in SPACES if letter < "\u0100")


def command_of(line: str, escape: str) -> tuple[str, tuple[str, ...], str]:
    """Give the name of an instruction, its flags, and the rest of its line."""
    name, *rest = BLANKS.split(line.strip(SPACES), maxsplit=1)
    if not rest:
        return name, (), ""
    # BuildKit looks for flags byte by byte.
    text = rest[0].encode("utf-8", "surrogateescape").decode("latin-1")
    flags, left = _flags(text, escape)
    return name, tuple(map(_from_bytes, flags)), _from_bytes(left).strip(SPACES)


def _from_bytes(text: str) -> str:
    return text.encode("latin-1").decode("utf-8", "surrogateescape")


def _flags(text: str, escape: str) -> tuple[list[str], str]:
    flags: list[str] = []
    at = 0
    while True:
        while at < len(text) and text[at] in _BYTE_SPACES:
            at += 1
        if not text.startswith("--", at):
            return flags, text[at:]
        word, at = _flag(text, at, escape)
        if word == "--":
            return flags, text[at:]
        flags.append(word)


def _flag(text: str, at: int, escape: str) -> tuple[str, int]:
    """Read one flag, without its quotes and escapes."""
    word: list[str] = []
    quote = ""
    while at < len(text):
        letter = text[at]
        if not quote and letter in _BYTE_SPACES:
            break
        at += 1
        if letter == quote:
            quote = ""
        elif not quote and letter in "'\"":
            quote = letter
        elif letter == escape:
            if at < len(text):
                word.append(text[at])
                at += 1
        else:
            word.append(letter)
    return "".join(word), at


def words_of(rest: str, escape: str) -> list[str]:
    """Split at blanks outside of quotes; quotes and escapes stay."""
    words: list[str] = []
    word: list[str] = []
    quote = ""
    at = 0
    while at < len(rest):
        letter = rest[at]
        at += 1
        if not quote and letter in SPACES:
            if word:
                words.append("".join(word))
                word = []
            continue
        if letter == escape and quote != "'":
            if at == len(rest):
                break  # one at the very end is dropped
            letter += rest[at]
            at += 1
        elif letter == quote:
            quote = ""
        elif not quote and letter in "'\"":
            quote = letter
        word.append(letter)
    if word:
        words.append("".join(word))
    return words


def pairs_of(rest: str, escape: str, command: str) -> list[tuple[str, str]]:
    """Give the names and values of ENV or LABEL: `A=1 B=2`, or the older `A 1`."""
    words = words_of(rest, escape)
    if words and "=" not in words[0]:
        name, *value = BLANKS.split(rest, maxsplit=1)
        if not value:
            raise Refused(f"{command} must have two arguments")
        return [(name, value[0])]
    pairs = []
    for word in words:
        name, sign, text = word.partition("=")
        if not sign:
            raise Refused(f"{command} has an argument without `=`")
        pairs.append((name, text))
    return pairs


def array_of(rest: str) -> list[str] | None:
    """Give the words of the JSON form, or None where it is the shell form."""
    text = rest.lstrip(SPACES)
    if not text.startswith("["):
        return None
    try:
        found: Json = json.loads(
            text, parse_int=_number, parse_float=_number, parse_constant=_no_constant
        )
    except RecursionError:
        raise Beyond("too_deep", "a JSON array is nested too deeply") from None
    except ValueError:
        return None
    if not isinstance(found, list):
        return None
    if not all(isinstance(each, str) for each in found):
        raise Refused("an array in JSON may hold texts only")
    return [in_unicode(str(each)) for each in found]


def _number(text: str) -> float:
    """Give a number as Go reads it, which refuses one that does not fit."""
    value = float(text)
    if math.isinf(value):
        raise ValueError(text)
    return value


def _no_constant(name: str) -> float:
    raise ValueError(name)
