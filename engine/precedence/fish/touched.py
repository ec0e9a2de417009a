"""What fish code may touch, without folding it."""

from __future__ import annotations

from engine.precedence.state import Function

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

_SETS = frozenset(("set", "read", "setenv"))
_ANYTHING = frozenset((".", "source", "eval"))
_LEAVES = {
    "return": "return",
    "exit": "stop",
    "exec": "exit",
    "break": "break",
    "continue": "continue",
}
_PATHS = ("PATH", "fish_user_paths", "__fish_added_user_paths")


class Touch:
    """Names of variables and functions, and ways to leave."""

    def __init__(self) -> None:
        """Start with nothing."""
        self.names: set[str] = set()
        self.functions: set[str] = set()
        self.flows: set[str] = set()
        self.variables = False
        """Whether variables are set whose names are computed."""
        self.everything = False
        self.loads = False


class Walk:
    """Goes through scripts and what they call."""

    def __init__(
        self, functions: Mapping[str, Any], note: Callable[[list[Any]], None] = lambda _: None
    ) -> None:
        """Take the functions that are known, and who wants to hear of each statement."""
        self.touch = Touch()
        self._functions = functions
        self._note = note
        self._seen: set[str] = set()

    def script(self, script: list[Any]) -> Touch:
        """Give all that a script may touch."""
        self._walk(script)
        return self.touch

    def _walk(self, node: Any) -> None:
        pending = [node]
        while pending:
            node = pending.pop()
            if isinstance(node, dict):
                pending += node.values()
            if not isinstance(node, list):
                continue
            if len(node) > 1 and isinstance(node[0], str) and isinstance(node[1], int):
                self._note(node)
                self._statement(node)
            pending += node

    def _statement(self, node: list[Any]) -> None:
        touch = self.touch
        if node[0] == "for":
            touch.names.add(node[2])
        elif node[0] == "func":
            touch.functions.add(node[2])
        elif node[0] == "opaque":
            touch.names.update(node[3] or ())
            touch.everything = touch.everything or node[3] is None
        elif node[0] == "cmd":
            touch.names.update(assign[0] for assign in node[2])
            self._command([_literal(word) for word in node[3]])

    def _command(self, words: list[str | None]) -> None:  # noqa: C901, PLR0912 - one each
        touch = self.touch
        while words and words[0] in {"builtin", "command"}:
            words = words[1:]
        if not words:
            return
        name, rest = words[0], words[1:]
        if name is None or name in _ANYTHING:
            touch.everything = touch.loads = True
        elif name in _LEAVES:
            touch.flows.add(_LEAVES[name])
        elif name in _SETS:
            self._sets(rest)
        elif name == "export":
            for word in rest:
                if word is None:
                    touch.variables = True
                else:
                    touch.names.add(word.partition("=")[0])
        elif name in {"fish_add_path", "set_path"}:
            touch.names.update(_PATHS)
        elif name in {"alias", "functions", "funcsave"}:
            touch.functions.update((word or "*").partition("=")[0] for word in rest)
        elif name == "argparse":
            touch.names.add("argv")
        elif name in {"cd", "pushd", "popd"}:
            touch.names.add("PWD")
        elif name in self._functions and name not in self._seen:
            self._seen.add(name)
            function = self._functions[name]
            if isinstance(function, Function):
                self._walk(function.script)
            else:
                touch.everything = touch.loads = True

    def _sets(self, words: list[str | None]) -> None:
        """Take the first word that is no option for the name; a `set -e` may have several."""
        erases = any(word and word.startswith("-") and "e" in word for word in words)
        for word in words:
            if word is None:
                self.touch.variables = True
                return
            if word.startswith("-"):
                continue
            self.touch.names.add(word.partition("[")[0])
            if not erases:
                return


def _literal(word: list[Any]) -> str | None:
    """Give a word that needs no expansion; one whose beginning is known gives that."""
    text = ""
    for part in word:
        if isinstance(part, str):
            text += part
        elif isinstance(part, list) and part[0] == "q" and isinstance(part[1], str):
            text += part[1]
        else:
            return text if "[" in text or "=" in text else None
    return text
