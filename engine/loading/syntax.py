"""YAML's syntax errors in our words: where, what, and what was most likely meant.

The parser says what it expected; a person wants to know what to change. The few mistakes that
people make all the time are told apart by the parser's position and the line it points at.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.errors import Complaint
from engine.model.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable

    from ruamel.yaml.error import MarkedYAMLError

_GLUED = re.compile(r"""\s*(?:- )*([\w.$-]+):\S""")
_VALUE_BEFORE = re.compile(r"""\s*(?:- )*[^\s#'"{\[][^#]*?: +\S""")


class _Spot:
    """What the parser stumbled over: its words, the position, and the text around it."""

    def __init__(self, error: MarkedYAMLError, text: str, file: str) -> None:
        mark = error.problem_mark or error.context_mark
        opened = error.context_mark or mark
        self.file = file
        self.said = f"{error.context or ''} {error.problem or ''}"
        self.lines = re.split(r"\r\n|\r|\n", text)
        self.line: int = mark.line if mark else 0
        self.column: int = mark.column if mark else 0
        self.opened: tuple[int, int] = (opened.line, opened.column) if opened else (0, 0)

    def letter(self, line: int, column: int) -> str:
        """Give the character at a position; nothing at the end of a line."""
        row = self.lines[line] if line < len(self.lines) else ""
        return row[column : column + 1]

    @property
    def row(self) -> str:
        """The line that the parser points at."""
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def before(self) -> str:
        """What stands on that line before the position."""
        return self.row[: self.column]

    def here(self, what: str, advice: str | None = None) -> Complaint:
        """Complain where the parser stopped."""
        return Complaint(what, Place(self.file, self.line + 1, self.column + 1), advice)

    def at_start(self, what: str, advice: str | None = None) -> Complaint:
        """Complain where that began which the parser could not finish."""
        line, column = self.opened
        return Complaint(what, Place(self.file, line + 1, column + 1), advice)


def syntax_complaint(error: MarkedYAMLError, text: str, file: str) -> Complaint:
    """Say what is wrong with a text that is not YAML."""
    spot = _Spot(error, text, file)
    for words, explain in _EXPLANATIONS:
        if any(word in spot.said for word in words):
            return explain(spot)
    return spot.here("this is not valid YAML", "quote the text if it is one")


def _bad_start(spot: _Spot) -> Complaint:
    letter = spot.letter(spot.line, spot.column)
    if letter == "\t":
        return spot.here("a tab stands where YAML wants spaces", "indent with spaces")
    return spot.here(
        f"a text cannot start with `{letter}`"
        if letter != "`"
        else "a text cannot start with a backtick",
        "put it in quotes",
    )


def _tab(spot: _Spot) -> Complaint:
    return spot.here("a tab stands where YAML wants spaces", "indent with spaces")


def _stray_colon(spot: _Spot) -> Complaint:
    """Tell a colon inside an unquoted text from a line that is indented too far."""
    if _VALUE_BEFORE.match(spot.before):
        return spot.here("a `: ` stands inside an unquoted text", "put the text in quotes")
    above = spot.lines[spot.line - 1] if spot.line else ""
    glued = _GLUED.match(above)
    if glued:
        place = Place(spot.file, spot.line, glued.end(1) + 1)
        return Complaint(f"no space follows `{glued[1]}:`", place, "write a space after the colon")
    indent = len(spot.row) - len(spot.row.lstrip())
    place = Place(spot.file, spot.line + 1, indent + 1)
    return Complaint("this line does not fit the text above it", place, "check its indentation")


def _open_quote(spot: _Spot) -> Complaint:
    line, column = spot.opened
    quote = spot.letter(line, column)
    return spot.at_start(f"the quote `{quote}` that opens here is never closed")


def _bad_escape(spot: _Spot) -> Complaint:
    column = max(spot.row.rfind("\\", 0, spot.column + 1), 0)
    sign = spot.row[column : column + 2]
    place = Place(spot.file, spot.line + 1, column + 1)
    if sign in ("\\u", "\\U", "\\x"):
        return Complaint(
            f"`{sign}` is not followed by the number of a character",
            place,
            "write the character itself",
        )
    advice = f"use single quotes, or write `\\{sign}`"
    return Complaint(f"`{sign}` means nothing in double quotes", place, advice)


def _open_bracket(spot: _Spot) -> Complaint:
    line, column = spot.opened
    bracket = spot.letter(line, column)
    closing = "]" if bracket == "[" else "}"
    if spot.line != line:
        return spot.at_start(
            f"the `{bracket}` that opens here is not closed", f"write the `{closing}`"
        )
    if spot.letter(spot.line, spot.column) == ":":
        return spot.here("a second `:` stands in one entry", "put the text in quotes")
    return spot.here(
        f"a `,` or `{closing}` is missing before this", "put the text in quotes if it is one"
    )


def _bad_block(spot: _Spot) -> Complaint:
    """Tell a value with something behind it from a line at a wrong depth."""
    before = spot.before.rstrip()
    if before.endswith(("}", "]")):
        return spot.here(
            "something follows the closing bracket", "put the whole text in quotes if it is one"
        )
    if before.endswith(("'", '"')):
        return spot.here("something follows the closing quote", "put the whole text in quotes")
    if spot.letter(spot.line, spot.column) == "-":
        return spot.here(
            "a list item stands among keys", "check the indentation, or give the list a key"
        )
    return spot.here("this line does not fit the lines above it", "check its indentation")


def _alias(spot: _Spot) -> Complaint:
    line, column = spot.opened
    letter = spot.letter(line, column)
    return spot.at_start(f"an unquoted text cannot start with `{letter}`", "put it in quotes")


def _late_item(spot: _Spot) -> Complaint:
    letter = spot.letter(spot.line, spot.column) or "-"
    if letter == "-":
        return spot.here(
            "a list cannot start on its key's line", "start it on the next line, or write `[...]`"
        )
    return spot.here(f"an unquoted text cannot start with `{letter} `", "put it in quotes")


def _no_content(spot: _Spot) -> Complaint:
    letter = spot.letter(spot.line, spot.column)
    if not letter:
        return spot.here("the file ends inside brackets", "close them, or quote the text")
    return spot.here(f"a value is missing before `{letter}`")


def _colon_in_brackets(spot: _Spot) -> Complaint:
    return spot.here(
        "this `:` is neither in a text nor before a value",
        "put a space after it, or quote the text",
    )


def _trailing(spot: _Spot) -> Complaint:
    return spot.here(
        "something follows the end of the document", "put the whole text in quotes if it is one"
    )


def _block_header(spot: _Spot) -> Complaint:
    line, column = spot.opened
    sign = spot.letter(line, column)
    return spot.at_start(
        f"text follows `{sign}` on its line", "start it on the next line, or put it in quotes"
    )


def _other_yaml(spot: _Spot) -> Complaint:
    return spot.here("this file asks for another YAML than 1.2", "leave `%YAML` out")


def _directive(spot: _Spot) -> Complaint:
    return spot.at_start("a line that starts with `%` is a directive", "put the text in quotes")


_EXPLANATIONS: tuple[tuple[tuple[str, ...], Callable[[_Spot], Complaint]], ...] = (
    (("tab character",), _tab),
    (("cannot start any token",), _bad_start),
    (("mapping values are not allowed", "could not find expected ':'"), _stray_colon),
    (("escape",), _bad_escape),
    (("scanning a quoted scalar", "quoted scalar"), _open_quote),
    (("',' or",), _open_bracket),
    (("scanning an alias", "scanning an anchor"), _alias),
    (("entries are not allowed", "keys are not allowed"), _late_item),
    (("node content",), _no_content),
    (("found unexpected ':'",), _colon_in_brackets),
    (("scanning a block scalar",), _block_header),
    (("incompatible YAML",), _other_yaml),
    (("directive",), _directive),
    (("document start",), _trailing),
    (("while parsing a block",), _bad_block),
)
