"""Redirections: what standard input comes from, which files are written, what is set besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from engine.gather.shell.touched import has_effect

if TYPE_CHECKING:
    from engine.gather.shell.convert import Converter
    from engine.gather.shell.literals import Part
    from engine.gather.shell.shfmt import Node

_DOCUMENTS = frozenset({"<<", "<<-"})
_INPUTS = frozenset({"<", "<>", "<&", "<<<", *_DOCUMENTS})
_OUTPUTS = frozenset({">", ">>", ">|", "&>", "&>>", ">&"})
_BOTH = frozenset({"&>", "&>>"})


def inputs_of(converter: Converter, node: Node) -> tuple[list[Any], list[Any]]:
    """Give a statement's inputs, and the statements that stand for what its redirections set."""
    inputs: list[Any] = []
    first: list[Any] = []
    for redirection in node.get("Redirs", ()):
        number = redirection.get("N", {}).get("Value", "0")
        line = redirection["OpPos"]["Line"]
        if number.startswith("{"):
            first.append(["opaque", line, f"{number} of a redirection", [number.strip("{}")]])
        if redirection["Op"] in _INPUTS and number == "0":
            inputs.append(_input(converter, redirection))
        elif redirection["Op"] in _OUTPUTS:
            inputs += _output(converter, redirection)
        elif "Word" in redirection and has_effect(redirection["Word"]):
            first.append(["cmd", line, [], [[":"], converter.word(redirection["Word"])], []])
    return inputs, first


def _input(converter: Converter, node: Node) -> list[Any]:
    operator = node["Op"]
    if operator in _DOCUMENTS:
        return ["<<", _document(converter, node)]
    if operator == "<<<":
        return ["<<<", converter.word(node["Word"])]
    if operator == "<&":
        return ["<", [["param", "", {"unknown": converter.source.of(node)}]]]
    return ["<", converter.word(node["Word"])]


def _output(converter: Converter, node: Node) -> list[Any]:
    """Give where standard output goes (`>`), or which file something else is written to (`2>`)."""
    operator = node["Op"]
    is_standard = operator in _BOTH or node.get("N", {}).get("Value", "1") == "1"
    word = converter.word(node["Word"])
    if operator == ">&" and len(word) == 1 and isinstance(word[0], str):
        descriptor = word[0].rstrip("-")
        if descriptor.isdigit() or not descriptor:
            if not is_standard or descriptor == "1":
                return []
            return [[">", [f"/dev/fd/{descriptor}"]]]
    if not is_standard and word == ["/dev/null"]:
        return []
    return [[">" if is_standard else "2>", word]]


def _document(converter: Converter, node: Node) -> list[Part]:
    parts = list(node.get("Hdoc", {}).get("Parts", ()))
    is_quoted = _is_quoted(node["Word"])
    if node["Op"] == "<<-":
        parts = _without_tabs(parts, is_quoted=is_quoted)
    if is_quoted:
        return [["q", "".join(part.get("Value", "") for part in parts)]]
    return [["dq", converter.parts(parts, "document")]]


def _is_quoted(word: Node) -> bool:
    return any(
        part["Type"] in {"SglQuoted", "DblQuoted"} or "\\" in part.get("Value", "")
        for part in word["Parts"]
    )


def _without_tabs(parts: list[Node], *, is_quoted: bool) -> list[Node]:
    """Take the tabs off the lines' beginnings; a line that goes on in the next one ends there."""
    made = []
    at_start = True
    for part in parts:
        if part["Type"] != "Lit":
            made.append(part)
            at_start = False
            continue
        text = part.get("Value", "")
        lines = text.split("\n")
        starts = [at_start, *(is_quoted or not _goes_on(line) for line in lines[:-1])]
        kept = [
            line.lstrip("\t") if starts_anew else line
            for line, starts_anew in zip(lines, starts, strict=True)
        ]
        made.append({**part, "Value": "\n".join(kept)})
        at_start = text.endswith("\n") or (at_start and not kept[0])
    return made


def _goes_on(line: str) -> bool:
    """Say whether a line ends in a backslash that nothing escapes."""
    return (len(line) - len(line.rstrip("\\"))) % 2 == 1
