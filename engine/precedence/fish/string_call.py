"""A call of `string`: its subcommand, options and arguments."""

from __future__ import annotations

from engine.model.record import record
from engine.precedence.fish.lists import NotKnown, known
from engine.precedence.values import Hole, Mixed, why_not

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.values import Text

_TAKES_VALUE = {
    "join": "", "join0": "", "split": "mf", "split0": "mf", "match": "m", "replace": "m",
    "trim": "c", "sub": "sle", "repeat": "nm", "length": "", "lower": "", "upper": "",
    "collect": "", "escape": "", "unescape": "",
}  # fmt: skip
_ALLOWED = {
    "join": "qn", "join0": "q", "split": "qmfrna", "split0": "qmfrna", "match": "qaeivrngm",
    "replace": "qafirm", "trim": "qclr", "sub": "qsle", "repeat": "qnmN", "length": "qV",
    "lower": "q", "upper": "q", "collect": "qNa", "escape": "ns", "unescape": "ns",
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


def read_call(arguments: list[Text]) -> Call:
    """Take a call apart; options may stand behind arguments, up to a `--`."""
    if not arguments:
        raise NotKnown(Hole("unsupported", "`string` alone"))
    name = known(arguments[0])
    flags: dict[str, str] = {}
    rest: list[Text] = []
    left = list(arguments[1:])
    while left:
        word = left.pop(0)
        if word == "--":
            rest += left
            break
        if isinstance(word, str) and word.startswith("-") and word != "-":
            _option(name, word, left, flags)
        elif isinstance(word, Mixed) and not isinstance(word.atoms[0], str) and not rest:
            # It may be an option; where the first argument is not known, nothing is.
            raise NotKnown(why_not(word))
        else:
            rest.append(word)
    return Call(name, flags, tuple(rest))


def _option(name: str, word: str, left: list[Text], flags: dict[str, str]) -> None:
    """Take an option, with its value if it has one."""
    wrong = NotKnown(Hole("unsupported", f"`string {name} {word}`"))
    letters = word[1:]
    if word.startswith("--"):
        long, has_value, value = word[2:].partition("=")
        letters = _LONG.get(long, "?")
        if has_value and letters in _ALLOWED.get(name, ""):
            flags[letters] = value
            return
    for number, letter in enumerate(letters):
        if letter not in _ALLOWED.get(name, ""):
            raise wrong
        if letter in _TAKES_VALUE.get(name, ""):
            given = letters[number + 1 :]
            if not given and not left:
                raise wrong
            flags[letter] = given or known(left.pop(0))
            return
        flags[letter] = ""
