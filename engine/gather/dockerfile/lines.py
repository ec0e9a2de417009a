"""A Dockerfile's bytes to its instructions: directives, comments, continued lines, heredocs.

Source: `Parse` in BuildKit's `frontend/dockerfile/parser/parser.go`, and `directives.go`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.dockerfile.expansion import Expander
from engine.gather.dockerfile.refusal import Beyond, Refused, at_line
from engine.gather.dockerfile.spaces import SPACES
from engine.gather.dockerfile.values import UNSET
from engine.gather.dockerfile.words import array_of, command_of, pairs_of
from engine.model.record import record, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_LINE = 1 << 16
"""BuildKit refuses a line that does not fit into so many bytes, its end included."""
MOST_INSTRUCTIONS = 10_000

_DIRECTIVE = re.compile(r"([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*(.+?)[\t\n\f\r ]*\Z")
_DIRECTIVES = frozenset(("syntax", "escape", "check"))
_HEREDOC = re.compile(r"([0-9]*)<<(-?)[\t\n\f\r ]*([^<]*)\Z")
_TABS = re.compile(r"^\t+", re.MULTILINE)
_HOLDING_HEREDOCS = frozenset(("add", "copy", "run"))


@record
class Heredoc:
    """A text that follows an instruction, under the name that ends it."""

    name: str
    content: str
    expand: bool


@record
class Instruction:
    """One instruction: its name in small letters, its flags, the rest, its line.

    `array` is the rest in the JSON form, if it is one; `trigger` what stands behind ONBUILD;
    `escape` the character that counts where the rest is split.
    """

    command: str
    flags: tuple[str, ...]
    rest: str
    line: int
    text: str
    escape: str
    array: tuple[str, ...] | None = None
    heredocs: tuple[Heredoc, ...] = ()
    trigger: Instruction | None = None

    def at(self, line: int) -> Instruction:
        """Give the same instruction as if it stood on another line."""
        return replace(self, line=line)


@record
class Lines:
    """The instructions of a file, its escape character, and its other directives."""

    instructions: tuple[Instruction, ...]
    escape: str
    directives: dict[str, str]


def read(content: bytes) -> Lines:
    """Give the instructions of a Dockerfile; `Refused` where BuildKit stops."""
    return _Reader(content).read()


def heredoc_in(word: str) -> tuple[str, bool, bool] | None:
    """Give the name of a heredoc that a word announces, whether it is chomped, and expanded."""
    found = _HEREDOC.match(word)
    if found is None or not found[3]:
        return None
    words = _split(found[3])
    if words is None or len(words) != 1:
        return None
    raw = _split(found[3], raw_quotes=True) or [""]
    quotes = [each.count("'") + each.count('"') for each in (words[0], raw[0])]
    return words[0], bool(found[2]), quotes[0] == quotes[1]


def without_tabs(content: str) -> str:
    """Give a heredoc's text without the tabs that its lines begin with, as `<<-` wants."""
    return _TABS.sub("", content)


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._lines = _lines(content)
        self._number = 0
        self._escape = "\\"
        self._directives: dict[str, str] = {}
        self._directives_may_follow = True

    def read(self) -> Lines:
        found: list[Instruction] = []
        while (raw := self._next()) is not None:
            line = raw.lstrip(SPACES)
            self._directive(line)
            if line.startswith("#"):
                continue
            start = self._number
            text, goes_on = self._without_continuation(line)
            if not goes_on and not text:
                continue
            text = self._continued(text) if goes_on else text
            if len(found) == MOST_INSTRUCTIONS:
                too_many = f"it has more than {MOST_INSTRUCTIONS} instructions"
                raise Beyond("too_large", too_many, start)
            with at_line(start):
                found.append(self._with_heredocs(self._instruction(text, start)))
        if not found:
            raise Refused("it has no instructions")
        return Lines(tuple(found), self._escape, self._directives)

    def _next(self) -> str | None:
        """Give the next line without its end; the end of the file is None."""
        line = next(self._lines, None)
        if line is None:
            return None
        self._number += 1
        return line.rstrip("\r\n")

    def _directive(self, line: str) -> None:
        """Take a directive; they count only before anything else, comments too."""
        if not self._directives_may_follow:
            return
        found = _DIRECTIVE.match(line[1:].lstrip(SPACES)) if line.startswith("#") else None
        name = found[1].lower() if found else ""
        if found is None or name not in _DIRECTIVES:
            self._directives_may_follow = False
            return
        if name in self._directives:
            raise Refused(f"the directive `{name}` stands twice", self._number)
        self._directives[name] = found[2]
        if name == "escape":
            if found[2] not in {"\\", "`"}:
                raise Refused("only a backslash or a backtick can be `escape`", self._number)
            self._escape = found[2]

    def _without_continuation(self, line: str) -> tuple[str, bool]:
        """Take the sign that a line goes on from its end, if it is there and not escaped."""
        text = line.rstrip(" \t")
        if text.endswith(self._escape) and text[-2:-1] != self._escape:
            return text[:-1], True
        return line, False

    def _continued(self, text: str) -> str:
        """Put lines together; comments and empty lines between them do not count."""
        pieces = [text]
        goes_on = True
        while goes_on and (line := self._next()) is not None:
            bare = line.lstrip(SPACES)
            if not bare or bare.startswith("#"):
                continue
            piece, goes_on = self._without_continuation(line)
            pieces.append(piece)
        return "".join(pieces)

    def _instruction(self, text: str, line: int) -> Instruction:
        name, flags, rest = command_of(text, self._escape)
        command = name.lower()
        array = trigger = None
        if command in _MAYBE_JSON or command == "healthcheck":
            given = rest.split(None, 1)[1:] if command == "healthcheck" else [rest]
            found = array_of(given[0]) if given else None
            array = None if found is None else tuple(found)
        elif command in {"env", "label"}:
            pairs_of(rest, self._escape, name.upper())
        elif command == "onbuild" and rest:
            if command_of(rest, self._escape)[0].lower() == "onbuild":
                raise Refused("ONBUILD may not be put before ONBUILD")
            trigger = self._instruction(rest, line)
        return Instruction(command, flags, rest, line, text, self._escape, array, (), trigger)

    def _with_heredocs(self, one: Instruction) -> Instruction:
        """Read the texts that an instruction announces, which follow it."""
        holder = one.trigger or one
        may_hold = holder.command in _HOLDING_HEREDOCS and holder.array is None
        if not may_hold or "<<" not in one.text:
            return one
        heredocs = []
        for word in _split(one.text, raw_quotes=True, raw_escapes=True) or ():
            found = heredoc_in(word)
            if found is not None:
                name, chomp, expand = found
                heredocs.append(Heredoc(name, self._until(name, chomp=chomp), expand))
        return replace(one, heredocs=tuple(heredocs))

    def _until(self, name: str, *, chomp: bool) -> str:
        lines: list[str] = []
        for line in self._lines:
            self._number += 1
            end = line.rstrip("\r\n")
            if (end.lstrip("\t") if chomp else end) == name:
                content = "".join(lines)
                return without_tabs(content) if chomp else content
            lines.append(line)
        raise Refused(f"the heredoc `{name}` is not closed")


_MAYBE_JSON = frozenset(("add", "cmd", "copy", "entrypoint", "run", "shell", "volume"))


def _lines(content: bytes) -> Iterator[str]:
    content = content.removeprefix(b"\xef\xbb\xbf")
    for number, line in enumerate(_split_lines(content), start=1):
        if len(line) > LONGEST_LINE - (not line.endswith(b"\n")):
            raise Refused(f"a line is longer than {LONGEST_LINE - 1} bytes", number)
        yield line.decode("utf-8", "surrogateescape")


def _split_lines(content: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(content):
        end = content.find(b"\n", start) + 1 or len(content)
        yield content[start:end]
        start = end


def _split(text: str, *, raw_quotes: bool = False, raw_escapes: bool = False) -> list[str] | None:
    """Split a line that announces heredocs into words, with no variable set."""
    reader = Expander(text, "\\", lambda _: UNSET)
    reader.keep_unset = reader.splits = True
    reader.raw_quotes = raw_quotes
    try:
        reader.until(None, raw_escapes=raw_escapes, depth=0)
    except Refused:
        return None
    return reader.words
