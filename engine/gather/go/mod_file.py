"""go.mod and go.work read as lines of words with their places.

https://go.dev/ref/mod#go-mod-file-lexical
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUNCTUATION = "()[]{},"


class ModFileError(Exception):
    """A go.mod or go.work that Go refuses: the line, and why."""

    def __init__(self, line: int, why: str) -> None:
        """Take both."""
        super().__init__(f"line {line}: {why}")


@record
class Directive:
    """One directive; inside `require ( ... )` each line is a directive of its own."""

    verb: str
    arguments: tuple[str, ...]
    line: int


def parse(data: bytes) -> list[Directive]:
    """Give the directives of a file in order."""
    directives: list[Directive] = []
    block: tuple[str, int] | None = None
    for number, words in _lines(data):
        if block is None and words[-1] == "(" and len(words) > 1:
            if words[1] != "(":
                raise ModFileError(number, f"unexpected `{words[1]}` before `(`")
            block = words[0], number
        elif words == [")"]:
            if block is None:
                raise ModFileError(number, "unexpected `)`")
            block = None
        elif block is not None:
            directives.append(_directive([block[0], *words], number))
        elif words[1:] != ["(", ")"]:  # an empty block on one line
            directives.append(_directive(words, number))
    if block is not None:
        raise ModFileError(block[1], f"the block of `{block[0]}` is not closed")
    return directives


def only(directives: list[Directive], verb: str) -> Directive | None:
    """Give the one directive of a verb that takes one argument and may stand once, or None."""
    found = [directive for directive in directives if directive.verb == verb]
    if not found:
        return None
    if len(found) > 1:
        raise ModFileError(found[1].line, f"repeated `{verb}`")
    if len(found[0].arguments) != 1:
        raise ModFileError(found[0].line, f"`{verb}` takes one argument")
    return found[0]


def _directive(words: list[str], number: int) -> Directive:
    return Directive(words[0], tuple(_unquoted(word, number) for word in words[1:]), number)


def _lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Give each line that holds anything, with its number, as words and punctuation."""
    for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), start=1):
        words = list(_words(line, number))
        if words:
            yield number, words


def _words(line: str, number: int) -> Iterator[str]:
    at = 0
    while at < len(line):
        if line[at] in " \t\r":
            at += 1
        elif line.startswith("//", at):
            return
        elif line[at] in _PUNCTUATION:
            yield line[at]
            at += 1
        elif line[at] in '"`':
            end = _end_of_quoted(line, at, number)
            yield line[at:end]
            at = end
        else:
            end = at
            while end < len(line) and _is_word(line[end]) and not line.startswith("//", end):
                if line.startswith("/*", end):
                    raise ModFileError(number, "comments are written `//`")
                end += 1
            if end == at:
                raise ModFileError(number, "unexpected character")
            yield line[at:end]
            at = end


def _end_of_quoted(line: str, at: int, number: int) -> int:
    quote, end = line[at], at + 1
    while end < len(line) and line[end] != quote:
        end += 2 if line[end] == "\\" and quote == '"' else 1
    if end >= len(line):
        raise ModFileError(number, "the line ends inside a quoted text")
    return end + 1


def _unquoted(word: str, number: int) -> str:
    if not word.startswith('"'):
        if '"' in word or "`" in word:
            # The reference allows raw texts in `...`; the command refuses them.
            raise ModFileError(number, "a quote inside a word")
        return word
    try:
        return str(json.loads(word, strict=False))
    except ValueError:
        raise ModFileError(number, "unknown escape in a quoted text") from None


def _is_word(character: str) -> bool:
    return character not in _PUNCTUATION and not character.isspace() and character.isprintable()
