"""What zsh alone has: read as plain commands by shfmt, or written so by our repairs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.gather.shell.zsh_repairs import ALWAYS, ARGUMENTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.gather.shell.shfmt import Node

_MODIFIERS = re.compile(r"(?::(?:[aAcelPqQru]|[ht][0-9]*))+")
_SUBSTITUTION = re.compile(r":g?[s&]")
_LOOPS = {"foreach": "end"}
_WORDS = frozenset({"foreach", "repeat", "coproc", "end"})
_LEAVING = frozenset({"return", "break", "continue", "exit", "exec"})


def with_modifiers(nodes: Iterable[Node]) -> Iterator[Node]:
    """See the modifiers in `$x:h`, which shfmt sees in `${x:h}` alone."""
    waiting = list(nodes)
    for position, node in enumerate(waiting):
        following = waiting[position + 1] if position + 1 < len(waiting) else {"Type": ""}
        if not node.get("Short") or following["Type"] != "Lit":
            yield node
            continue
        text = following.get("Value", "")
        if _SUBSTITUTION.match(text):
            yield {**node, "Width": True}  # which no parameter of zsh has: it is unknown
        elif found := _MODIFIERS.match(text):
            modifiers = [{"Value": each} for each in found[0][1:].split(":")]
            waiting[position + 1] = {**following, "Value": text[found.end() :]}
            yield {**node, "Modifiers": modifiers}
        else:
            yield node


def together(script: list[Any]) -> list[Any]:
    """Put together what belongs together, and say what cannot be represented."""
    made: list[Any] = []
    rest = iter(script)
    for statement in rest:
        leaf = _leaf(statement)
        word = _first_word(leaf)
        if word == ARGUMENTS:
            made.append(_with_arguments(made, statement, leaf))
        elif word == ALWAYS:
            if made and _leaves(made[-1]):
                made[-1] = ["opaque", made[-1][1], "always", None]
        elif word in _WORDS:
            made.append(["opaque", statement[1], word, [] if word == "coproc" else None])
            end = _LOOPS.get(word)
            while end is not None:
                following = next(rest, None)
                if following is None or _first_word(following) == end:
                    end = None
        else:
            made.append(statement)
    return made


def _with_arguments(made: list[Any], statement: list[Any], leaf: list[Any]) -> list[Any]:
    """Give the words of the command that stands for them to the function before it."""
    function = made.pop() if made else ["opaque", statement[1], "arguments", None]
    if function[0] != "anon":
        return ["opaque", statement[1], "arguments of a function", None]
    # The leaf becomes the function, so that a chain around it stays one.
    words = leaf[3][1:]
    leaf[:] = ["anon", function[1], function[2], words]
    around = statement
    while around is not leaf:
        around[1] = function[1]
        around = around[2]
    return statement


def _leaf(statement: list[Any]) -> list[Any]:
    """Give the first command of a chain."""
    while statement[0] in {"and", "or", "bg"}:
        statement = statement[2]
    return statement


def _leaves(node: Any) -> bool:
    """Whether something may leave a block before its end."""
    if isinstance(node, dict):
        return any(_leaves(each) for each in node.values())
    if not isinstance(node, list):
        return False
    if node[:1] == ["opaque"] or _first_word(node) in _LEAVING:
        return True
    return any(_leaves(each) for each in node)


def _first_word(statement: list[Any]) -> str:
    # A command substitution is a list that begins so, too, but with a script after it.
    if statement[:1] != ["cmd"] or not isinstance(statement[1], int):
        return ""
    if statement[2] or not statement[3]:
        return ""
    first = statement[3][0]
    return first[0] if len(first) == 1 and isinstance(first[0], str) else ""
