"""What a file of NAME=VALUE holds, for those that read it line by line."""

from __future__ import annotations

import re

from engine.model.facts import Absent
from engine.precedence.fish.lists import NotKnown, known, lines_of
from engine.precedence.values import Hole, Mixed, concat, text_of, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.precedence.fish.made_up import MadeUp
    from engine.precedence.state import State
    from engine.precedence.values import Text

SYNTAX = "dotenv"
_SIMPLE = re.compile(r"\^?(?:\\s\*|\[\[:space:\]\]\*)?#|\^\$|\^#\|\^\$|\^\[\^#\]")


def file_text(shell: MadeUp, path: Text, state: State) -> Text:
    """Give a file's content, or raise why it is not known."""
    where = shell.absolute(path, state)
    if isinstance(where, Hole):
        raise NotKnown(where)
    entry = shell.look(where, state)
    if isinstance(entry, Hole):
        raise NotKnown(entry)
    name = where.rpartition("/")[2]
    if entry.get("kind") != "file" or entry.get("readable") is False or "env" not in name:
        raise NotKnown(shell.hole("opaque", f"what `{where}` holds"))
    script = shell.world.script(where, SYNTAX)
    if isinstance(script, Absent):
        raise NotKnown(shell.hole(script.cause, f"`{where}`: {script.detail}"))
    lines: list[Text] = []
    for statement in script:
        if statement[0] == "decl":
            ((key, _, value, _),) = statement[3]
            lines += [key, "=", *(_part(shell, part) for part in value), "\n"]
        elif statement[0] == "cmd":
            lines += [*(_part(shell, part) for part in statement[3][0]), "\n"]
        else:
            raise NotKnown(shell.hole("opaque", f"`{where}`: {statement[2]}"))
    return concat(lines)


def _part(shell: MadeUp, part: list[object]) -> Text:
    if part[0] != "q":
        hole = shell.hole("opaque", "a text that is not kept")
        shell.single.add(hole)
        return unknown_as(hole)
    return text_of(part[1])  # type: ignore[arg-type]


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
