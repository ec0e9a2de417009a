"""Statements: what runs, in order, with whatever is around a command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.gather.shell.commands import COMMANDS, opaque
from engine.gather.shell.inputs import inputs_of
from engine.gather.shell.zsh import together

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.gather.shell.convert import Converter
    from engine.gather.shell.shfmt import Node

_CHAINS = {"&&": "and", "||": "or"}


def script(converter: Converter, nodes: Iterable[Node]) -> list[Any]:
    """Convert statements; some give more than one."""
    found = [made for node in nodes for made in _statements(converter, node)]
    return together(found) if converter.shell == "zsh" else found


def _statements(converter: Converter, node: Node) -> list[Any]:
    line = node["Position"]["Line"]
    before = converter.hidden, converter.bad
    converter.hidden, converter.bad = [], []
    inputs, first = inputs_of(converter, node)
    made = _command(converter, node, inputs)
    if node.get("Negated"):
        made = [["not", line, _one(line, made)]]
    if node.get("Background") or node.get("Disown") or node.get("Coprocess"):
        made = [["bg", line, _one(line, made)]]
    if converter.bad:
        # The shell ends where it meets an expansion that it does not have.
        made = [["broken", line, f"bad substitution: {converter.bad[0]}"]]
    hidden = [opaque(line, text) for text in converter.hidden]
    converter.hidden, converter.bad = before
    return [*first, *hidden, *made]


def _command(converter: Converter, node: Node, inputs: list[Any]) -> list[Any]:
    line = node["Position"]["Line"]
    command = node.get("Cmd")
    if command is None:
        return [["cmd", line, [], [], inputs]]
    if command["Type"] == "CallExpr":
        made = COMMANDS["CallExpr"](converter, command, line)
        for each in made:
            if each[0] == "cmd":
                each[4] = inputs
                return made
    elif command["Type"] == "BinaryCmd":
        made = _binary(converter, command)
    else:
        convert = COMMANDS.get(command["Type"])
        if convert is None:
            return [opaque(line, command["Type"])]
        made = convert(converter, command, line)
    return [["redir", line, _one(line, made), inputs]] if inputs else made


def _binary(converter: Converter, node: Node) -> list[Any]:
    """Convert a chain or a pipeline, which lean to the left, without going deep."""
    if node["Op"] in _CHAINS:
        later: list[tuple[str, Node]] = []
        first: Node = {"Cmd": node}
        while _is_plain(first) and first["Cmd"].get("Op") in _CHAINS:
            later.append((_CHAINS[first["Cmd"]["Op"]], first["Cmd"]["Y"]))
            first = first["Cmd"]["X"]
        made = _alone(converter, first)
        for operator, following in reversed(later):
            made = [operator, made[1], made, _alone(converter, following)]
        return [made]
    stages: list[Node] = []
    left: Node = {"Cmd": node}
    while _is_plain(left) and left["Cmd"].get("Op") in {"|", "|&"}:
        stages.append(left["Cmd"]["Y"])
        left = left["Cmd"]["X"]
    stages.append(left)
    made = [_alone(converter, stage) for stage in reversed(stages)]
    return [["pipe", made[0][1], made]]


def _is_plain(node: Node) -> bool:
    """Whether a statement is a chain or pipeline and nothing around it."""
    around = ("Negated", "Background", "Disown", "Coprocess", "Redirs")
    command = node.get("Cmd") or {}
    return command.get("Type") == "BinaryCmd" and not any(node.get(key) for key in around)


def _alone(converter: Converter, node: Node) -> Any:
    return _one(node["Position"]["Line"], _statements(converter, node))


def _one(line: int, made: list[Any]) -> Any:
    return made[0] if len(made) == 1 else ["block", line, made]
