"""The builtins `echo` and `printf`."""

from __future__ import annotations

import re

from engine.precedence.fish.lists import NotKnown, join_items, known, known_all
from engine.precedence.values import Hole, Mixed, concat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.values import Text

_DIRECTIVE = re.compile(r"%(?:(%)|([-0 ]*)(\d*)([sdi]))|\\(.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "\\": "\\", "r": "\r", "a": "\a", "e": "\x1b", '"': '"'}
_OPTIONS = re.compile("-[nsEe]+")


def echo(arguments: list[Text]) -> Text:
    """Give what `echo` prints."""
    rest = list(arguments)
    letters = ""
    while rest and isinstance(rest[0], str) and _OPTIONS.fullmatch(rest[0]):
        letters += str(rest.pop(0))[1:]
    if rest and isinstance(rest[0], Mixed) and not isinstance(rest[0].atoms[0], str):
        # It could hold an option; start-up files that print such a thing are not met.
        letters += ""
    if "e" in letters:
        raise NotKnown(Hole("unsupported", "`echo -e`"))
    text = join_items(rest, "" if "s" in letters else " ")
    return text if "n" in letters else concat((text, "\n"))


def printf(arguments: list[Text]) -> Text:
    """Give what `printf` prints."""
    if not arguments:
        raise NotKnown(Hole("unsupported", "`printf` without a format"))
    form = known(arguments[0])
    rest = list(arguments[1:])
    takes = sum(1 for found in _DIRECTIVE.finditer(form) if found[4])
    pieces: list[Text] = []
    while True:
        _once(form, rest, pieces)
        if not rest or not takes:
            return concat(pieces)


def _once(form: str, rest: list[Text], pieces: list[Text]) -> None:
    at = 0
    for found in _DIRECTIVE.finditer(form):
        _plain(form[at : found.start()], pieces)
        at = found.end()
        if found[1]:
            pieces.append("%")
        elif found[5]:
            if found[5] not in _ESCAPES:
                raise NotKnown(Hole("unsupported", f"`\\{found[5]}` in `printf`"))
            pieces.append(_ESCAPES[found[5]])
        else:
            pieces.append(_formatted(found, rest.pop(0) if rest else ""))
    _plain(form[at:], pieces)


def _plain(text: str, pieces: list[Text]) -> None:
    if "%" in text or "\\" in text:
        raise NotKnown(Hole("unsupported", f"`{text}` in `printf`"))
    pieces.append(text)


def _formatted(found: re.Match[str], argument: Text) -> Text:
    flags, width, kind = found[2], int(found[3] or 0), found[4]
    if kind == "s" and not width:
        return argument
    (text,) = known_all([argument])
    if kind != "s":
        if not re.fullmatch(r"-?\d+", text or "0"):
            raise NotKnown(Hole("unsupported", f"`{text}` as a number in `printf`"))
        text = str(int(text or "0"))
    if "-" in flags:
        return text.ljust(width)
    return text.rjust(width, "0" if "0" in flags and kind != "s" else " ")
