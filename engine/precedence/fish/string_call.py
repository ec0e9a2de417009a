"""A call of `string`: its subcommand, options and arguments."""

from __future__ import annotations

from engine.model.record import record
from engine.precedence.fish.lists import NotKnown, known
from engine.precedence.values import Hole, Mixed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.values import Text

_TAKES_VALUE = {
    "join": "", "join0": "", "split": "mf", "split0": "mf", "match": "m", "replace": "m",
    "trim": "c", "sub": "sle", "repeat": "nm", "length": "", "lower": "", "upper": "",
    "collect": "", "escape": "", "unescape": "",
}  # fmt: skip
_LONG = {
    "quiet": "q", "max": "m", "fields": "f", "no-empty": "n", "right": "r", "left": "l",
    "all": "a", "entire": "e", "ignore-case": "i", "invert": "v", "regex": "r", "index": "n",
    "filter": "f", "chars": "c", "start": "s", "length": "l", "end": "e", "count": "n",
    "no-newline": "N", "no-trim-newlines": "N", "allow-empty": "a", "groups-only": "g",
    "max-matches": "m", "style": "s", "no-quoted": "n",
}  # fmt: skip


@record
class Call:
    """A subcommand with its options and arguments."""

    name: str
    flags: dict[str, str]
    rest: tuple[Text, ...]

    def has(self, letter: str) -> bool:
        """Say whether a flag is given."""
        return letter in self.flags


def read_call(arguments: list[Text]) -> Call:  # noqa: C901, PLR0912 - options in all their forms
    """Take a call apart."""
    if not arguments:
        raise NotKnown(Hole("unsupported", "`string` alone"))
    name = known(arguments[0])
    flags: dict[str, str] = {}
    rest = list(arguments[1:])
    takes = _TAKES_VALUE.get(name, "")
    while rest:
        word = rest[0]
        if isinstance(word, Mixed) and not isinstance(word.atoms[0], str):
            break
        if not isinstance(word, str) or not word.startswith("-") or word == "-":
            break
        rest.pop(0)
        if word == "--":
            break
        if word.startswith("--"):
            long, has_value, value = word[2:].partition("=")
            letter = _LONG.get(long)
            if letter is None:
                raise NotKnown(Hole("unsupported", f"`string {name} {word}`"))
            letters = letter
            if has_value:
                flags[letter] = value
                continue
        else:
            letters = word[1:]
        for number, letter in enumerate(letters):
            if letter in takes:
                value = letters[number + 1 :]
                if not value:
                    if not rest:
                        raise NotKnown(Hole("unsupported", f"`string {name} {word}`"))
                    value = known(rest.pop(0))
                flags[letter] = value
                break
            flags[letter] = ""
    return Call(name, flags, tuple(rest))
