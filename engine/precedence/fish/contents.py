"""What a file of NAME=VALUE holds, for those that read it line by line."""

from __future__ import annotations

import re

from engine.precedence.contents import file_content
from engine.precedence.fish.lists import NotKnown, known, lines_of
from engine.precedence.values import Hole, Mixed, concat

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.fish.made_up import MadeUp
    from engine.precedence.state import State
    from engine.precedence.values import Text

_SIMPLE = re.compile(r"\^?(?:\\s\*|\[\[:space:\]\]\*)?#|\^\$|\^#\|\^\$|\^\[\^#\]")


def file_text(shell: MadeUp, path: Text, state: State) -> Text:
    """Give a file's content, or raise why it is not known."""
    text = file_content(shell, path, state)
    if isinstance(text, Hole):
        raise NotKnown(shell.hole(text.cause, text.detail))
    if isinstance(text, Mixed):
        shell.single.update(atom for atom in text.atoms if isinstance(atom, Hole))
    return text


def grep(shell: MadeUp, arguments: list[Text], given: Text) -> tuple[Text, int]:
    """Give the lines that `grep [-v] [-E] PATTERN` lets through, and its status."""
    words = [known(argument) for argument in arguments]
    options = "".join(word[1:] for word in words if word.startswith("-"))
    patterns = [word for word in words if not word.startswith("-")]
    if set(options) - set("vEh") or len(patterns) != 1 or not _SIMPLE.fullmatch(patterns[0]):
        raise NotKnown(Hole("unsupported", "what `grep` lets through"))
    lines, doubt = lines_of(given, shell.single)
    if doubt is not None:
        raise NotKnown(doubt)
    kept: list[Text] = []
    for line in lines:
        if _matches(patterns[0], line, extended="E" in options) is not ("v" in options):
            kept += [line, "\n"]
    return concat(kept), int(not kept)


def _matches(pattern: str, line: Text, *, extended: bool) -> bool:
    """Match one of the few patterns that look at a line's beginning only."""
    first = line if isinstance(line, str) else line.atoms[0]
    start = first if isinstance(first, str) else "x"
    is_empty = isinstance(line, str) and not line
    if pattern == "^[^#]":
        return not is_empty and not start.startswith("#")
    if "|" in pattern and not extended:
        return isinstance(line, str) and line == pattern
    answer = False
    for one in pattern.split("|"):
        if one == "^$":
            answer = answer or is_empty
        elif one.startswith("^"):
            blanks = start.lstrip(" \t") if len(one) > 2 else start  # noqa: PLR2004
            answer = answer or blanks.startswith("#")
        else:
            if isinstance(line, Mixed):
                raise NotKnown(Hole("redacted", "it holds a secret"))
            answer = answer or "#" in line
    return answer
