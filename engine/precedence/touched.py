"""What a script may touch, without folding it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any


class Touch:
    """Names of variables, functions and aliases, and ways to leave."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.names: set[str] = set()
        self.functions: set[str] = set()
        self.aliases: set[str] = set()
        self.flows: set[str] = set()
        self.everything = False
        self.loads = False


_SETS_ITS_WORDS = frozenset(("read", "getopts", "unset", "mapfile", "readarray", "vared", "set"))
_ANYTHING = frozenset((".", "source", "eval", "emulate", "autoload", "builtin", "command", "trap"))
_LEAVES = {"return": "return", "exit": "exit", "exec": "exit", "logout": "exit"}


def touched(
    script: list[Any],
    functions: Mapping[str, Any],
    note: Callable[[list[Any]], None] = lambda _: None,
) -> Touch:
    """Give all that a script may touch; what is called is followed into its functions."""
    touch = Touch()
    _walk(script, functions, touch, note, set())
    return touch


def _walk(
    node: Any,
    functions: Mapping[str, Any],
    touch: Touch,
    note: Callable[[list[Any]], None],
    seen: set[str],
) -> None:
    if not isinstance(node, list):
        if isinstance(node, dict):
            for value in node.values():
                _walk(value, functions, touch, note, seen)
            if node.get("op") in {":=", "="}:
                touch.everything = True
        return
    if len(node) > 1 and isinstance(node[0], str) and isinstance(node[1], int):
        note(node)
        _statement(node, functions, touch, note, seen)
    for child in node:
        _walk(child, functions, touch, note, seen)


def _statement(
    node: list[Any],
    functions: Mapping[str, Any],
    touch: Touch,
    note: Callable[[list[Any]], None],
    seen: set[str],
) -> None:
    op = node[0]
    if op == "for":
        touch.names.add(node[2])
    elif op == "func":
        touch.functions.add(node[2])
    elif op == "opaque":
        touch.names.update(node[3] or ())
        touch.everything = touch.everything or node[3] is None
    elif op == "arith":
        touch.everything = touch.everything or "=" in node[2] or "++" in node[2] or "--" in node[2]
    elif op == "decl":
        for argument in node[3]:
            name = _declared(argument)
            if name is None:
                touch.everything = True
            elif name:
                touch.names.add(name)
    elif op == "cmd":
        touch.names.update(assign[0] for assign in node[2])
        _command([_literal(word) for word in node[3]], functions, touch, note, seen)


def _declared(argument: list[Any]) -> str | None:
    """Give the name that an argument of `export` sets; `` for an option, None if computed."""
    if len(argument) == 4 and isinstance(argument[0], str) and argument[1] in {"=", "+="}:  # noqa: PLR2004
        return argument[0]
    text = _literal(argument)
    if text is None:
        return None
    return "" if text.startswith(("-", "+")) else text.partition("=")[0]


def _command(  # noqa: C901 - one branch for each kind of command
    words: list[str | None],
    functions: Mapping[str, Any],
    touch: Touch,
    note: Callable[[list[Any]], None],
    seen: set[str],
) -> None:
    if not words:
        return
    name = words[0]
    if name is None or name in _ANYTHING:
        touch.everything = touch.loads = True
    elif name in _LEAVES:
        touch.flows.add(_LEAVES[name])
    elif name in {"alias", "unalias"}:
        touch.aliases.update((word or "*").partition("=")[0] for word in words[1:])
    elif name in _SETS_ITS_WORDS:
        if None in words:
            touch.everything = True
        touch.names.update(word for word in words[1:] if word and not word.startswith("-"))
        if name == "read" and len(words) == 1:
            touch.names.add("REPLY")
    elif name == "printf" and "-v" in words:
        touch.everything = True
    elif name in functions and name not in seen:
        seen.add(name)
        function = functions[name]
        script = getattr(function, "script", None)
        if script is None:
            touch.everything = touch.loads = True
        else:
            _walk(script, functions, touch, note, seen)


def _literal(word: Any) -> str | None:
    """Give a word that needs no expansion."""
    text = ""
    for part in word:
        if isinstance(part, str):
            text += part
        elif not isinstance(part, list):
            return None
        elif part[0] == "q" and isinstance(part[1], str):
            text += part[1]
        elif part[0] == "dq" and all(isinstance(inner, str) for inner in part[1]):
            text += "".join(part[1])
        else:
            return None
    return text
