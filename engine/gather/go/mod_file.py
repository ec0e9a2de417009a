"""go.mod and go.work read as lines of words with their places.

https://go.dev/ref/mod#go-mod-file-lexical
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUNCTUATION = "()[]{},"

# How many words follow a verb; it is the verb's own affair where none is said.
_COUNTS = {
    "module": 1, "go": 1, "toolchain": 1, "godebug": 1, "tool": 1, "ignore": 1, "use": 1,
    "require": 2, "exclude": 2,
}  # fmt: skip
_ONCE = frozenset(("module", "go", "toolchain"))
# These alone are neither quoted nor gathered in a block.
_BARE = {
    "go": re.compile(r"[1-9][0-9]*\.(0|[1-9][0-9]*)(\.(0|[1-9][0-9]*))?([a-z]+[0-9]+)?", re.ASCII),
    "toolchain": re.compile(r"default|go1(\..*)?", re.DOTALL),
}

# Escapes of JSON that Go does not know.
_FOREIGN = re.compile(r"(?<!\\)(\\\\)*\\(/|u[dD][89a-fA-F])")

GO_MOD = frozenset((
    "module", "go", "toolchain", "godebug", "require", "exclude", "replace", "retract", "tool",
    "ignore",
))  # fmt: skip
"""The verbs of a main module's go.mod; Go refuses the file for any other."""

GO_WORK = frozenset(("go", "toolchain", "godebug", "use", "replace"))
"""The verbs of a go.work."""


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


def parse(data: bytes, verbs: frozenset[str]) -> list[Directive]:
    """Give the directives of a file in order; `verbs` is `GO_MOD` or `GO_WORK`."""
    directives: list[Directive] = []
    block: tuple[str, int] | None = None
    for number, words in _lines(data):
        if block is not None:
            if words == [")"]:
                block = None
            elif words[0] == ")":
                raise ModFileError(number, "something unexpected behind `)`")
            else:
                directives.append(_directive([block[0], *words], number))
            continue
        if words[0] not in verbs:
            # Not quoted: where a go.mod is a link to something else, it may be anything.
            raise ModFileError(number, "unknown directive")
        opens, is_empty = words[-1] == "(", words[-2:] == ["(", ")"]
        if opens or is_empty:
            _check_head(words[:-2] if is_empty else words[:-1], number)
            block = (words[0], number) if opens else None
        else:
            directives.append(_directive(words, number))
    if block is not None:
        raise ModFileError(block[1], f"the block of `{block[0]}` is not closed")
    _check_once(directives)
    return directives


def _check_head(words: list[str], number: int) -> None:
    if len(words) > 1:
        raise ModFileError(number, "something unexpected before `(`")
    if words[0] in _BARE:
        raise ModFileError(number, f"`{words[0]}` has no block")


def _check_once(directives: list[Directive]) -> None:
    seen: set[str] = set()
    for directive in directives:
        if directive.verb in _ONCE & seen:
            raise ModFileError(directive.line, f"repeated `{directive.verb}`")
        seen.add(directive.verb)


def _directive(words: list[str], number: int) -> Directive:
    verb, *arguments = words
    count = _COUNTS.get(verb, len(arguments))
    if len(arguments) != count:
        raise ModFileError(number, f"`{verb}` takes {count} argument{'s' * (count > 1)}")
    bare = _BARE.get(verb)
    if bare is None:
        arguments = [_unquoted(word, number) for word in arguments]
    elif not bare.fullmatch(arguments[0]):
        raise ModFileError(number, f"`{arguments[0]}` is no version of Go")
    return Directive(verb, tuple(arguments), number)


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
        if set("\"'`") & set(word):
            # The reference allows raw texts in `...`; the command refuses them.
            raise ModFileError(number, "a quote inside a word")
        return word
    if _FOREIGN.search(word):
        raise ModFileError(number, "unknown escape in a quoted text")
    try:
        return str(json.loads(word, strict=False))
    except ValueError:
        raise ModFileError(number, "unknown escape in a quoted text") from None


def _is_word(character: str) -> bool:
    return character not in _PUNCTUATION and not character.isspace() and character.isprintable()
