"""Known tools whose output start-up files evaluate: what it may touch, and what it never does."""

from __future__ import annotations

import posixpath
from fnmatch import fnmatchcase

from engine.precedence.state import Tool
from engine.precedence.values import Hole, unknown_as

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from engine.model.json_value import JsonObject
    from engine.precedence.state import Place, State

PROMPT_HOOKS = frozenset(("PROMPT_COMMAND", "precmd_functions", "preexec_functions", "PS0"))


def find_tool(tools: Iterable[JsonObject], words: list[str], state: State) -> JsonObject | None:
    """Give the entry of a command whose output is evaluated."""
    while words and words[0] in {"command", "env", "builtin", "exec"}:
        words = words[1:]
    if not words:
        return None
    name = posixpath.basename(words[0])
    function = state.functions.get(words[0])
    if (function is not None and not isinstance(function, Tool)) or words[0] in state.aliases:
        return None
    for tool in tools:
        arguments = tool.get("arguments") or []
        if tool.get("tool") == name and words[1 : 1 + len(arguments)] == arguments:
            return tool
    return None


def find_file_tool(tools: Iterable[JsonObject], path: str) -> JsonObject | None:
    """Give the entry of a file that is sourced."""
    return next((t for t in tools if t.get("file") and fnmatchcase(path, t["file"])), None)


def apply_tool(tool: JsonObject, state: State, place: Place) -> None:
    """Let what a tool's code may touch be unknown."""
    name = tool.get("tool") or posixpath.basename(tool.get("file") or "")
    hole = Hole("opaque", f"`{name}` may set it", place)
    later = Tool(tuple(tool.get("at_prompt") or ()), hole, tuple(tool.get("needs") or ()))
    for pattern in tool.get("touches") or ():
        if pattern not in PROMPT_HOOKS:
            state.taint_matching(pattern, hole)
    # What a hook holds afterwards is not known, but what the tool does there is.
    state.hooks = (*state.hooks, later)
    # What a tool's functions do when they are called is what it may do at all.
    called = Tool((*(tool.get("touches") or ()), *later.touches), hole, later.needs)
    for function in tool.get("functions") or ():
        state.functions[function] = called
    for alias in tool.get("aliases") or ():
        state.aliases[alias] = hole
    state.status = 0


def run_tool(tool: Tool, state: State, shell: Any) -> None:
    """Let what a function of a tool may touch be unknown, unless it has nothing to act on."""
    if tool.needs and not _may_act(tool.needs, state, shell):
        state.status = 0
        return
    for pattern in tool.touches:
        if pattern not in PROMPT_HOOKS:
            state.taint_matching(pattern, tool.hole)
    state.status = tool.hole
    if state.output is not None:
        state.output = (*state.output, unknown_as(tool.hole))


def _may_act(names: tuple[str, ...], state: State, shell: Any) -> bool:
    """Say whether a file of one of these names may stand in the directory or above."""
    directory = state.directory
    if not isinstance(directory, str):
        return True
    while True:
        for name in names:
            entry = shell.look(posixpath.join(directory or "/", name), state)
            if isinstance(entry, Hole) or entry.get("kind") != "missing":
                return True
        if directory in {"", "/"}:
            return False
        directory = posixpath.dirname(directory)


def literal_words(words: list[Any]) -> list[str] | None:
    """Give words that need no expansion, or None."""
    found: list[str] = []
    for word in words:
        text = ""
        for part in word:
            if isinstance(part, str):
                text += part
            elif not isinstance(part, list):
                return found or None
            elif part[0] == "q" and isinstance(part[1], str):
                text += part[1]
            elif part[0] == "dq" and all(isinstance(inner, str) for inner in part[1]):
                text += "".join(part[1])
            else:
                return found or None
        found.append(text)
    return found
