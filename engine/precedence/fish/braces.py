"""Braces of fish: `a{b,c}d`, after variables have got their values."""

from __future__ import annotations

from engine.model.record import record
from engine.precedence.fish.lists import NotKnown
from engine.precedence.values import Hole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.values import Text

MOST_WORDS = 4096


@record
class Piece:
    """A stretch of a word; what is raw stands in the source without quotes."""

    text: Text
    raw: bool = False
    variable: bool = False


def expand_braces(pieces: list[Piece]) -> list[list[Piece]]:
    """Give the words that braces make of one; the last braces vary slowest."""
    units = _units(pieces)
    return [_pieces(word) for word in _expand(units, 0)]


_Unit = Piece


def _units(pieces: list[Piece]) -> list[_Unit]:
    """Take raw text apart at what may mean something here."""
    units: list[_Unit] = []
    for piece in pieces:
        if not piece.raw or not isinstance(piece.text, str) or not set(piece.text) & set("{},"):
            units.append(piece)
            continue
        start = 0
        for at, character in enumerate(piece.text):
            if character in "{},":
                if at > start:
                    units.append(Piece(piece.text[start:at], True))
                units.append(Piece(character, True))
                start = at + 1
        if start < len(piece.text):
            units.append(Piece(piece.text[start:], True))
    return units


def _is(unit: _Unit, character: str) -> bool:
    return unit.raw and unit.text == character


def _expand(units: list[_Unit], depth: int) -> list[list[_Unit]]:
    if depth > 50:  # noqa: PLR2004 - far beyond what anybody writes
        raise NotKnown(Hole("too_large", "braces in braces"))
    words: list[list[_Unit]] = [[]]
    at = 0
    while at < len(units):
        end = _closing(units, at) if _is(units[at], "{") else None
        if end is None:
            for word in words:
                word.append(units[at])
            at += 1
            continue
        choices = _choices(units[at + 1 : end], depth)
        words = [word + choice for choice in choices for word in words]
        if len(words) > MOST_WORDS:
            raise NotKnown(Hole("too_large", f"braces that make more than {MOST_WORDS} words"))
        at = end + 1
    return words


def _closing(units: list[_Unit], at: int) -> int | None:
    level = 0
    for number in range(at, len(units)):
        if _is(units[number], "{"):
            level += 1
        elif _is(units[number], "}"):
            level -= 1
            if not level:
                return number
    return None


def _choices(inside: list[_Unit], depth: int) -> list[list[_Unit]]:
    parts: list[list[_Unit]] = [[]]
    level = 0
    has_variable = False
    for unit in inside:
        level += _is(unit, "{") - _is(unit, "}")
        has_variable = has_variable or (not level and unit.variable)
        if not level and _is(unit, ","):
            parts.append([])
        else:
            parts[-1].append(unit)
    if len(parts) == 1 and not has_variable:
        # Braces without a comma stay; around a variable they only say where its name ends.
        return [[Piece("{"), *word, Piece("}")] for word in _expand(parts[0], depth + 1)]
    return [word for part in parts for word in _expand(_trimmed(part), depth + 1)]


def _trimmed(part: list[_Unit]) -> list[_Unit]:
    """Drop the spaces around a choice: `{a, b}`."""
    part = list(part)
    if part and part[0].raw and isinstance(part[0].text, str):
        part[0] = Piece(part[0].text.lstrip(), True)
    if part and part[-1].raw and isinstance(part[-1].text, str):
        part[-1] = Piece(part[-1].text.rstrip(), True)
    return part


def _pieces(units: list[_Unit]) -> list[Piece]:
    pieces: list[Piece] = []
    for unit in units:
        last = pieces[-1] if pieces else None
        if (
            last is not None
            and unit.raw
            and last.raw
            and isinstance(unit.text, str)
            and isinstance(last.text, str)
        ):
            pieces[-1] = Piece(last.text + unit.text, True)
        else:
            pieces.append(unit)
    return pieces
