"""Words: the parts of shfmt's tree that make texts, into the parts of a script's words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from engine.gather.shell.literals import ansi_c, escaped, unquoted
from engine.gather.shell.parameters import parameter
from engine.gather.shell.zsh import with_modifiers

if TYPE_CHECKING:
    from engine.gather.shell.convert import Converter
    from engine.gather.shell.literals import Part
    from engine.gather.shell.shfmt import Node

Style: TypeAlias = Literal["plain", "double", "operand", "document"]
"""Where a text stands: outside quotes, between `"`, in "${x:-here}", in a here-document."""

_SPECIAL = {"double": '$`"\\', "operand": '$`"\\}', "document": "$`\\"}


def word(converter: Converter, node: Node | None, style: Style = "plain") -> list[Part]:
    """Convert a word; none at all is the empty one."""
    return parts(converter, node.get("Parts", ()), style) if node else []


def parts(converter: Converter, nodes: Any, style: Style) -> list[Part]:
    """Convert the parts of a word and join the texts that stand beside each other."""
    joined: list[Part] = []
    for node in with_modifiers(nodes) if converter.shell == "zsh" else nodes:
        for part in _PARTS.get(node["Type"], _unknown)(converter, node, style):
            if isinstance(part, str) and joined and isinstance(joined[-1], str):
                joined[-1] += part
            elif _are_quoted(part, joined):
                joined[-1] = ["q", joined[-1][1] + part[1]]
            elif part != "":
                joined.append(part)
    if converter.shell == "zsh":
        return _without_temporary_files(joined)
    return joined


def _are_quoted(part: Part, before: list[Part]) -> bool:
    return bool(before) and all(
        isinstance(each, list) and each[0] == "q" for each in (part, before[-1])
    )


def _literal(converter: Converter, node: Node, style: Style) -> list[Part]:
    text = node.get("Value", "")
    if style != "plain":
        return [escaped(text, _SPECIAL[style])]
    if converter.shell == "zsh" and text.startswith("(") and any(c in text for c in "$`'\""):
        # A pattern or glob qualifiers with something in them that is expanded first.
        return [["glob", text]]
    return unquoted(text)


def _single(converter: Converter, node: Node, style: Style) -> list[Part]:
    text = node.get("Value", "")
    if style == "plain":
        return [["q", ansi_c(text, converter.shell) if node.get("Dollar") else text]]
    # Between double quotes single ones are text, which shfmt does not know: what it takes for
    # quoted may be the end of the expansion and statements after it.
    if any(char in text for char in '"}\n'):
        converter.hidden.append(converter.source.of(node))
        return [converter.unknown(node)]
    if node.get("Dollar") or any(char in text for char in "$`\\"):
        return [converter.unknown(node)]
    return [f"'{text}'"]


def _double(converter: Converter, node: Node, style: Style) -> list[Part]:
    inner = parts(converter, node.get("Parts", ()), "double")
    if style == "plain":
        return [["dq", inner]]
    return inner if style == "operand" else [converter.unknown(node)]


def _command(converter: Converter, node: Node, style: Style) -> list[Part]:  # noqa: ARG001
    if node.get("TempFile") or node.get("ReplyVar"):
        converter.hidden.append(converter.source.of(node))  # it runs in this shell
        return [converter.unknown(node)]
    return [["cmd", converter.inner(node)]]


def _arithmetic(converter: Converter, node: Node, style: Style) -> list[Part]:  # noqa: ARG001
    if node.get("Unsigned"):
        return [converter.unknown(node)]
    opening = 2 if node.get("Bracket") else 3
    start, end = node["Left"]["Offset"] + opening, node["Right"]["Offset"]
    return [["arith", converter.expression(start, end)]]


def _process(converter: Converter, node: Node, style: Style) -> list[Part]:  # noqa: ARG001
    # zsh's `=(a)` is a file's name, too.
    return [["proc", node["Op"][0].replace("=", "<"), converter.inner(node)]]


def _glob(converter: Converter, node: Node, style: Style) -> list[Part]:  # noqa: ARG001
    return [["glob", converter.source.of(node)]]


def _unknown(converter: Converter, node: Node, style: Style) -> list[Part]:  # noqa: ARG001
    return [converter.unknown(node)]


def _parameter(converter: Converter, node: Node, style: Style) -> list[Part]:
    return [parameter(converter, node, quoted=style != "plain")]


def _without_temporary_files(made: list[Part]) -> list[Part]:
    """See zsh's `=(command)`, which shfmt takes for text."""
    first = made[0] if made else None
    if isinstance(first, str) and first.startswith("=("):
        return [["param", "", {"unknown": first}], *made[1:]]
    return made


_PARTS = {
    "Lit": _literal,
    "SglQuoted": _single,
    "DblQuoted": _double,
    "ParamExp": _parameter,
    "CmdSubst": _command,
    "ArithmExp": _arithmetic,
    "ProcSubst": _process,
    "ExtGlob": _glob,
}
