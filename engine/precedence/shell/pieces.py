"""Words on their way to fields: pieces of text that know whether they were quoted."""

from __future__ import annotations

from engine.model.record import record, replace
from engine.precedence.shell import braces, splitting
from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.values import Hole, Mixed, concat, is_empty, literals, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from engine.precedence.values import Text


@record
class Piece:
    """A stretch of a word: quoted, or as it came out of an expansion, or written so."""

    text: Text
    quoted: bool = False
    expanded: bool = False
    command: bool = False
    """Whether a command printed it: zsh splits that, and no parameter."""
    many: bool = False
    """Whether it stands for a list of which nothing is known."""
    written: bool = False
    """Whether it was written as the word of an expansion, where zsh finds patterns."""


class Break:
    """Where one word becomes two, as between the elements of `"$@"`."""


BREAK = Break()


def joined(pieces: Iterable[Piece | Break], separator: str = " ") -> Text:
    """Give pieces as one text, without any splitting."""
    return concat(separator if isinstance(p, Break) else p.text for p in pieces)


def split_pieces(
    pieces: list[Piece | Break], ifs: str | None, dialect: str
) -> tuple[list[list[Piece]], Hole | None]:
    """Split unquoted expansions into fields (POSIX 2.6.5).

    Also gives why the number of fields is not known: an unquoted hole may hold blanks, or nothing.
    """
    holed = [p for p in pieces if isinstance(p, Piece) and isinstance(p.text, Mixed)]
    if not holed:
        split = splitting.split([_plain(piece) for piece in pieces], ifs, dialect)
        return [[Piece(text, quoted) for text, quoted in field] for field in split], None
    fields: list[list[Piece]] = [[]]
    doubt: Hole | None = None
    for piece in pieces:
        if isinstance(piece, Break):
            fields.append([])
            continue
        fields[-1].append(piece)
        if (
            piece.expanded
            and not piece.quoted
            and (
                isinstance(piece.text, Mixed)
                or set(piece.text) & set(" \t\n" if ifs is None else ifs)
            )
        ):
            doubt = doubt or why_not(holed[0].text)
    return fields, doubt


def expand_braces(word: list[Any], dialect: str) -> list[list[Any]]:
    """Give the words that braces in a word stand for; what is no literal goes along as it is."""
    if not any(isinstance(part, str) and "{" in part for part in word):
        return [word]
    # A part that is not literal stands as a quoted character of its own while braces are read.
    marks = {chr(0xE000 + number): part for number, part in enumerate(word)}
    written = [
        (part, False) if isinstance(part, str) else (chr(0xE000 + number), True)
        for number, part in enumerate(word)
    ]
    return [
        [marks[text] if quoted else text for text, quoted in expanded]
        for expanded in braces.expand_braces(written, dialect)
    ]


def _plain(piece: Piece | Break) -> splitting.Piece | None:
    if isinstance(piece, Break):
        return None
    return splitting.Piece(str(piece.text), piece.quoted, piece.expanded)


def has_glob(field: list[Piece]) -> bool:
    """Say whether a field is a pattern for file names; a `[` that is not closed is none."""
    written = "".join("".join(literals(p.text)) for p in field if not p.quoted)
    opening = written.find("[")
    return "*" in written or "?" in written or (opening >= 0 and "]" in written[opening:])


def literal_in_zsh(fields: list[list[Piece]], pieces: list[Piece | Break]) -> list[list[Piece]]:
    """Let what zsh expanded stand for itself: only what is written is a pattern there."""
    plain = [piece for piece in pieces if isinstance(piece, Piece) and not piece.quoted]
    expanded = [piece for piece in plain if piece.expanded and not piece.written]
    written = [piece for piece in plain if piece.written or not piece.expanded]
    if not any(has_glob([piece]) or ")" in str(piece.text) for piece in written):
        return [[replace(piece, quoted=True) for piece in field] for field in fields]
    is_told = any(piece.expanded for field in fields for piece in field)
    if not is_told and any(has_glob([piece]) for piece in expanded):
        raise Unsupported("a pattern beside one that a variable or a command gives")
    return [
        [
            replace(piece, quoted=True) if piece.expanded and not piece.written else piece
            for piece in field
        ]
        for field in fields
    ]


def unsplit(pieces: list[Piece | Break]) -> tuple[list[list[Piece]], Hole | None]:
    """Give the fields of a dialect that does not split: what is empty and unquoted is no field."""
    fields: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, Break):
            fields.append([])
        else:
            fields[-1].append(piece)
    kept: list[list[Piece]] = []
    doubt: Hole | None = None
    for field in fields:
        if any(piece.quoted for piece in field):
            kept.append(field)
            continue
        empty = is_empty(joined(field))
        if empty is None:
            doubt = doubt or why_not(joined(field))
        if empty is not True:
            kept.append(field)
    return kept, doubt
