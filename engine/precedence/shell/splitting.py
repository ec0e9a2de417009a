"""Splits what expansions gave into fields, by IFS."""

from __future__ import annotations

from typing import NamedTuple

from engine.precedence.shell.unsupported import Unsupported

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# A field is pieces still: the quoted ones stand for themselves when it is globbed.
Field = list[tuple[str, bool]]

DEFAULT_IFS = " \t\n"
_WHITE = " \t\n"
# These are space to isspace(3), and shells differ on whether they are to IFS.
_OTHER_WHITE = "\r\f\v"


class Piece(NamedTuple):
    """Part of a word after expansion; a quoted one may hold anything, and is kept as it is."""

    text: str
    quoted: bool = False
    from_expansion: bool = False


def split(pieces: Sequence[Piece | None], ifs: str | None, dialect: str) -> list[Field]:
    """Split a word as POSIX 2.6.5 says, and as the dialect's shell understands that.

    A None among the pieces ends a field, as between two parameters in `"$@"`. `ifs` is None where
    IFS is unset. An unquoted expansion that is empty makes no field; nor does zsh split unless
    told: give "" as `ifs` there.
    """
    ifs = DEFAULT_IFS if ifs is None else ifs
    _refuse(pieces, ifs, dialect)
    if dialect == "zsh" and _splits(pieces, ifs):
        if len(pieces) > 1:
            raise Unsupported("a word of zsh of which only a part is split")
        return _split_zsh(pieces[0].text if pieces[0] else "", ifs)
    run = _Splitting(ifs)
    for piece in pieces:
        if piece is None:
            run.end()
        elif piece.quoted or not piece.from_expansion:
            run.keep(piece.text, quoted=piece.quoted)
        else:
            if dialect != "bash":
                run.white_before = False  # every other shell splits each expansion by itself
            run.split(piece.text)
    run.end()
    return run.fields


def text_of(field: Field) -> str:
    """Give the text of a field."""
    return "".join(text for text, _ in field)


class _Splitting:
    """The fields so far, and the one that is being read."""

    def __init__(self, ifs: str) -> None:
        self.ifs = ifs
        self.fields: list[Field] = []
        self.field: Field = []
        # White space has just ended a field: what other delimiter follows belongs to it.
        self.white_before = False

    def keep(self, text: str, *, quoted: bool) -> None:
        if text or quoted:
            self.field.append((text, quoted))
            self.white_before = False

    def end(self) -> None:
        if self.field:
            self.fields.append(self.field)
            self.field = []
        self.white_before = False

    def split(self, text: str) -> None:
        start = 0
        for at, character in enumerate(text):
            if character not in self.ifs:
                continue
            self.keep(text[start:at], quoted=False)
            start = at + 1
            if character in _WHITE:
                if self.field:
                    self.end()
                    self.white_before = True
            elif self.field:
                self.end()
            elif self.white_before:
                self.white_before = False
            else:
                self.fields.append([])
        self.keep(text[start:], quoted=False)


def _split_zsh(text: str, ifs: str) -> list[Field]:
    """Split where a delimiter separates rather than ends: `a:` are two fields."""
    white = "".join(character for character in ifs if character in _WHITE)
    others = set(ifs) - set(white)
    text = text.strip(white) if white else text
    if not text:
        return []
    run = _Splitting(ifs)
    run.split(text)
    run.end()
    if text[-1] in others:
        run.fields.append([])
    return run.fields


def _splits(pieces: Sequence[Piece | None], ifs: str) -> bool:
    return any(
        piece and piece.from_expansion and not piece.quoted and not set(ifs).isdisjoint(piece.text)
        for piece in pieces
    )


def _refuse(pieces: Sequence[Piece | None], ifs: str, dialect: str) -> None:
    """Give up where the shells' own rules are not reckoned."""
    if not ifs.isascii() or not set(ifs).isdisjoint(_OTHER_WHITE):
        raise Unsupported("an IFS of other than ASCII, or with a carriage return")
    if dialect in {"ksh", "zsh"} and len(set(ifs)) != len(ifs):
        raise Unsupported(f"an IFS of {dialect} in which a character stands twice")
    if None not in pieces or all(piece is None or piece.quoted for piece in pieces):
        return
    if not set(ifs) <= set(_WHITE):
        raise Unsupported("an unquoted `$@` that is split at other than white space")
    if dialect == "ksh" and any(piece and not (piece.text or piece.quoted) for piece in pieces):
        raise Unsupported("an empty parameter in an unquoted `$@` of ksh")
