"""Options before the first argument, as docker's parser of flags takes them (spf13/pflag).

Docker and podman read their flags only up to the first word that is none: what follows belongs to
the program in the container.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from engine.gather.assignments import Reference
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from engine.gather.assignments import Part
    from engine.gather.docker_run.flags import Flags

Word: TypeAlias = "tuple[Part, ...]"
"""One word of a command line: texts, and what is known of the rest of it only later."""

_TRUE = frozenset(("1", "t", "T", "TRUE", "true", "True"))
_FALSE = frozenset(("0", "f", "F", "FALSE", "false", "False"))


class RefusedError(Exception):
    """The tool takes no such command line, and runs nothing; the sentence says why."""


@record
class Option:
    """A flag that was given, by its long name; a switch has the value `true` or `false`."""

    name: str
    value: Word


@record
class Parsed:
    """The options in order, and the words from the first argument on.

    A hole in the rest stands for any number of words. Where `hole` is set, reading stopped: any
    option may follow, and no argument is known.
    """

    options: tuple[Option, ...]
    rest: tuple[Word | Absent, ...]
    hole: Absent | None = None

    def last(self, name: str) -> Word | None:
        """Give the value that counts of a flag that counts once, or None where it is not given."""
        return next((each.value for each in reversed(self.options) if each.name == name), None)

    def is_on(self, name: str) -> bool:
        """Say whether a switch is on at the end."""
        return self.last(name) == ("true",)


def parsed(words: Sequence[Word | Absent], flags: Flags) -> Parsed:
    """Give the options and the rest of a command line; `RefusedError` where it is a mistake.

    A hole among the words stands for any number of them.
    """
    reader = _Reader(words, flags)
    try:
        hole = reader.read()
    except _UnclearError as error:
        hole = error.hole
    known = () if hole else reader.rest()
    return Parsed(tuple(reader.options), known, hole)


def text_of(word: Word | Absent) -> str | None:
    """Give a word's text, or None where a part of it is not known."""
    if isinstance(word, Absent):
        return None
    texts = [part for part in word if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(word) else None


def unknown_in(word: Word | Absent) -> Absent:
    """Give why a word's text is not known."""
    for part in (word,) if isinstance(word, Absent) else word:
        if isinstance(part, Absent):
            return part
        if isinstance(part, Reference):
            return Absent("not_collected", f"it depends on `{part.variable}`")
    return Absent("opaque", "it is put together when the command runs")


class _UnclearError(Exception):
    def __init__(self, hole: Absent) -> None:
        super().__init__()
        self.hole = hole


class _Reader:
    def __init__(self, words: Iterable[Word | Absent], flags: Flags) -> None:
        self._words = list(words)
        self._at = 0
        self._flags = flags
        self.options: list[Option] = []

    def read(self) -> Absent | None:
        while self._at < len(self._words):
            word = self._next()
            head = word[0] if word and isinstance(word[0], str) else ""
            if word and not head:
                raise _UnclearError(unknown_in(word))
            if not head.startswith("-") or text_of(word) == "-":
                self._at -= 1
                return None
            if text_of(word) == "--":
                return None
            if head.startswith("--"):
                self._long(word, head)
            else:
                self._short(word, head)
        return None

    def rest(self) -> tuple[Word | Absent, ...]:
        return tuple(self._words[self._at :])

    def _next(self) -> Word:
        word = self._words[self._at]
        if isinstance(word, Absent):
            raise _UnclearError(word)
        self._at += 1
        return word

    def _long(self, word: Word, head: str) -> None:
        name, equals, value = head[2:].partition("=")
        if not equals and len(word) > 1:
            raise _UnclearError(unknown_in(word))
        if not name or name.startswith("-"):
            raise RefusedError("a flag has no name")
        self._take(name, (value, *word[1:]) if equals else None)

    def _short(self, word: Word, head: str) -> None:
        letters, rest = head[1:], word[1:]
        while letters or rest:
            if not letters:
                raise _UnclearError(unknown_in(word))
            letter, letters = letters[0], letters[1:]
            name = self._flags.letters.get(letter)
            if name is None:
                why = f"the flag `-{letter}` is not known here"
                raise _UnclearError(Absent("unsupported", why))
            has_more = len(letters) > 1 or bool(letters and rest)
            if letters.startswith("=") and has_more:
                self._take(name, (letters[1:], *rest))
                return
            if name in self._flags.valued:
                self._take(name, (letters, *rest) if letters or rest else None)
                return
            self._take(name, None)

    def _take(self, name: str, value: Word | None) -> None:
        if not self._flags.knows(name):
            shown = name if re.fullmatch(r"[a-z0-9-]{1,40}", name) else "..."
            raise _UnclearError(Absent("unsupported", f"the flag `--{shown}` is not known here"))
        if name in self._flags.switches:
            value = (_switched(name, value),)
        elif value is None:
            if self._at == len(self._words):
                raise RefusedError(f"the flag `--{name}` has no value")
            value = self._next()
        if name == "env" and (not value or str(value[0]).startswith("=")):
            raise RefusedError("a variable has no name")
        self.options.append(Option(name, value))


def _switched(name: str, value: Word | None) -> str:
    if value is None:
        return "true"
    text = text_of(value)
    if text is None:
        raise _UnclearError(unknown_in(value))
    if text not in _TRUE | _FALSE:
        raise RefusedError(f"the flag `--{name}` is neither true nor false")
    return "true" if text in _TRUE else "false"
