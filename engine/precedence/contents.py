"""What a file of NAME=VALUE holds, for start-up files that read it line by line."""

from __future__ import annotations

from engine.model.facts import Absent
from engine.precedence.values import Hole, concat, hole_about, text_of, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from engine.precedence.state import State
    from engine.precedence.values import Text

SYNTAX = "dotenv"


def file_content(shell: Any, path: Text, state: State) -> Text | Hole:
    """Give a file's lines, or why they are not known; what its comments say is not kept.

    Only files whose name says that they hold settings are asked for: what other files hold is
    nobody's business.
    """
    where = shell.absolute(path, state)
    if isinstance(where, Hole):
        return where
    entry = shell.look(where, state)
    if isinstance(entry, Hole):
        return entry
    name = where.rpartition("/")[2]
    if entry.get("kind") != "file" or entry.get("readable") is False or "env" not in name:
        return Hole("opaque", f"what `{where}` holds")
    script = shell.world.script(where, SYNTAX)
    if isinstance(script, Absent):
        return hole_about(where, script)
    lines: list[Text] = []
    for statement in script:
        shell.launch.visited.add((where, statement[1]))
        if statement[0] == "decl":
            ((key, _, value, _),) = statement[3]
            lines += [key, "=", *map(_part, value), "\n"]
        elif statement[0] == "cmd":
            lines += [*map(_part, statement[3][0]), "\n"]
        else:
            return Hole("opaque", f"`{where}`: {statement[2]}")
    return concat(lines)


def _part(part: list[Any]) -> Text:
    if part[0] != "q":
        return unknown_as(Hole("opaque", "what a comment says", is_line=True))
    return text_of(part[1])
