"""Commands: simple ones, declarations and the compound ones."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from engine.gather.shell.conditions import condition
from engine.gather.shell.touched import touched

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.shell.convert import Converter
    from engine.gather.shell.shfmt import Node

_POSIX = frozenset({"export", "readonly", "typeset", "declare", "local"})
_KORN = frozenset({"integer", "float", "nameref"})
_DECLARES = {
    "bash": _POSIX,
    "sh": _POSIX,
    "zsh": _POSIX | {"integer", "float"},
    "ksh": _POSIX | _KORN,
    "mksh": _POSIX | _KORN | {"global"},
}
_ASSIGNMENT = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(\+?=)(.*)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
# What sets a variable within a condition: a match, or an expansion that assigns.
_SETTING = re.compile(r"=~|\{[^}]*:?=|\(#[bm]")


def opaque(line: int, detail: str, names: list[str] | None = None) -> list[Any]:
    """Say that something is there which no script can represent."""
    return ["opaque", line, detail, names]


def plain(word: list[Any]) -> str | None:
    """Give the text of a word that is nothing but unquoted text."""
    return word[0] if len(word) == 1 and isinstance(word[0], str) else None


def _call(converter: Converter, node: Node, line: int) -> list[Any]:
    assigns = [_assign(converter, each) for each in node.get("Assigns", ())]
    words = [converter.word(each) for each in node.get("Args", ())]
    variant = plain(words[0]) if words and not assigns else None
    if variant in _DECLARES[converter.shell]:
        return [["decl", line, variant, [_argument(each) for each in words[1:]]]]
    return [["cmd", line, assigns, words, []]]


def _argument(word: list[Any]) -> list[Any]:
    """See the assignment in a declaration's word, where the parser saw a word."""
    first = word[0] if word else None
    if not isinstance(first, str):
        return word
    if len(word) == 1 and _NAME.fullmatch(first):
        return [first, "=", None, None]
    found = _ASSIGNMENT.fullmatch(first)
    if found is None:
        return word
    name, operator, rest = found.groups()
    return [name, operator, [rest, *word[1:]] if rest else word[1:], None]


def _declaration(converter: Converter, node: Node, line: int) -> list[Any]:
    arguments = []
    for each in node.get("Args", ()):
        named = "Name" in each
        arguments.append(_assign(converter, each) if named else converter.word(each.get("Value")))
    return [["decl", line, node["Variant"]["Value"], arguments]]


def _assign(converter: Converter, node: Node) -> list[Any]:
    index = converter.index(node["Index"]) if "Index" in node else None
    value: list[Any] | None
    if "Array" in node and converter.shell == "ksh" and _is_compound(node["Array"]):
        value = [converter.unknown(node["Array"])]
    elif "Array" in node:
        value = ["array", [_element(converter, each) for each in node["Array"].get("Elems", ())]]
    elif node.get("Naked"):
        value = None
    else:
        value = converter.word(node.get("Value"))
    return [node["Name"]["Value"], "+=" if node.get("Append") else "=", value, index]


def _is_compound(array: Node) -> bool:
    """Whether an array of bash is a compound variable to ksh93: `(a=1 b=2)`."""
    words = [each["Value"]["Parts"][0] for each in array.get("Elems", ()) if "Value" in each]
    return any(_ASSIGNMENT.match(each.get("Value", "")) for each in words)


def _element(converter: Converter, node: Node) -> list[Any]:
    index = converter.index(node["Index"]) if "Index" in node else None
    return [index, converter.word(node.get("Value"))]


def _if(converter: Converter, node: Node, line: int) -> list[Any]:
    branches = []
    otherwise: list[Any] = []
    now: Node | None = node
    while now is not None:
        body = converter.script(now.get("Then", ()))
        if "Cond" in now:
            branches.append([converter.script(now["Cond"]), body])
        else:
            otherwise = body
        now = now.get("Else")
    return [["if", line, branches, otherwise]]


def _while(converter: Converter, node: Node, line: int) -> list[Any]:
    tested, body = converter.script(node.get("Cond", ())), converter.script(node.get("Do", ()))
    if (repeat := converter.placeholders.get(_command_of(tested))) is not None:
        return [opaque(line, repeat.rstrip("; "))]
    return [["while", line, tested, body, bool(node.get("Until"))]]


def _command_of(script: list[Any]) -> str:
    is_bare = len(script) == 1 and script[0][0] == "cmd" and len(script[0][3]) == 1
    return (plain(script[0][3][0]) or "") if is_bare else ""


def _for(converter: Converter, node: Node, line: int) -> list[Any]:
    loop = node["Loop"]
    if loop["Type"] != "WordIter":
        return [opaque(line, "for ((...))", touched(node))]
    name = loop["Name"]["Value"]
    if (several := converter.placeholders.get(name)) is not None:
        touches = touched(node)
        if touches is not None:
            touches = sorted({*touches, *several.split()} - {name})
        return [opaque(line, f"for {several}", touches)]
    if node.get("Select"):
        names = touched(node)
        return [opaque(line, "select", None if names is None else sorted({*names, name, "REPLY"}))]
    over = [converter.word(each) for each in loop.get("Items", ())] if "InPos" in loop else None
    return [["for", line, name, over, converter.script(node.get("Do", ()))]]


def _case(converter: Converter, node: Node, line: int) -> list[Any]:
    items = [
        [
            [_pattern(converter, pattern) for pattern in item.get("Patterns", ())],
            converter.script(item.get("Stmts", ())),
            {";|": ";;&"}.get(item["Op"], item["Op"]),
        ]
        for item in node.get("Items", ())
    ]
    return [["case", line, converter.word(node["Word"]), items]]


def _pattern(converter: Converter, node: Node) -> list[Any]:
    word = converter.word(node)
    piece = converter.placeholders.get(plain(word) or "")
    return word if piece is None else [["glob", piece]]


def _function(converter: Converter, node: Node, line: int) -> list[Any]:
    statement = node["Body"]
    command = statement.get("Cmd") or {}
    if command.get("Type") == "BinaryCmd":
        # shfmt takes `f() { ..; } && g` for a function whose body is the whole chain.
        return converter.script([_with_first(statement, node)])
    is_bare = command.get("Type") == "Block" and not statement.get("Redirs")
    body = converter.script(command.get("Stmts", ()) if is_bare else [statement])
    names = [each["Value"] for each in node.get("Names", ())]
    names += [node["Name"]["Value"]] if "Name" in node else []
    if names and names[0] in converter.placeholders:
        return [opaque(line, f"function {converter.placeholders[names[0]]}")]
    return [["func", line, name, body] for name in names] or [["anon", line, body, []]]


def _with_first(statement: Node, function: Node) -> Node:
    """Give a chain whose first command is the function, with what stood there as its body."""
    command = statement.get("Cmd") or {}
    if command.get("Type") != "BinaryCmd":
        return {**statement, "Cmd": {**function, "Body": statement}}
    return {**statement, "Cmd": {**command, "X": _with_first(command["X"], function)}}


def _block(converter: Converter, node: Node, line: int) -> list[Any]:
    return [["block", line, converter.script(node.get("Stmts", ()))]]


def _subshell(converter: Converter, node: Node, line: int) -> list[Any]:
    return [["sub", line, converter.inner(node)]]


def _test(converter: Converter, node: Node, line: int) -> list[Any]:
    tested = condition(converter, node["X"])
    if tested is not None and tested[0] == "word":
        piece = converter.placeholders.get(plain(tested[1]) or "")
        if piece is not None:
            touches: list[str] | None = None if _SETTING.search(piece) else []
            return [opaque(line, piece.strip(), touches)]
    if tested is None:
        return [opaque(line, converter.source.of(node))]
    return [["test", line, tested]]


def _arithmetic(converter: Converter, node: Node, line: int) -> list[Any]:
    if node.get("Unsigned"):
        return [opaque(line, converter.source.of(node))]
    start, end = node["Left"]["Offset"] + 2, node["Right"]["Offset"]
    return [["arith", line, converter.expression(start, end)]]


def _let(converter: Converter, node: Node, line: int) -> list[Any]:
    texts = [_let_text(converter, each) for each in node["Exprs"]]
    if any(text is None for text in texts):
        return [opaque(line, converter.source.of(node))]
    return [["arith", line, ", ".join(text for text in texts if text)]]


def _let_text(converter: Converter, node: Node) -> str | None:
    """Give an expression without the quotes around it."""
    if node["Type"] != "Word":
        text = converter.text_of(node)
        return None if any(char in text for char in "\"'\\") else text
    pieces = []
    for part in converter.word(node):
        inner = part[1] if isinstance(part, list) and part[0] == "dq" else [part]
        for piece in inner:
            if isinstance(piece, str):
                pieces.append(piece)
            elif piece[0] == "q":
                pieces.append(piece[1])
            elif piece[0] == "var":
                pieces.append("${" + piece[1] + "}")
            else:
                return None
    return "".join(pieces)


def _time(converter: Converter, node: Node, line: int) -> list[Any]:
    if "Stmt" not in node:
        return [["cmd", line, [], [[":"]], []]]
    return converter.script([node["Stmt"]])


def _coprocess(converter: Converter, node: Node, line: int) -> list[Any]:
    name = "COPROC" if "Name" not in node else converter.source.of(node["Name"])
    return [opaque(line, "coproc", [name, f"{name}_PID"] if _NAME.fullmatch(name) else None)]


COMMANDS: dict[str, Callable[[Converter, Node, int], list[Any]]] = {
    "CallExpr": _call,
    "DeclClause": _declaration,
    "IfClause": _if,
    "WhileClause": _while,
    "ForClause": _for,
    "CaseClause": _case,
    "FuncDecl": _function,
    "Block": _block,
    "Subshell": _subshell,
    "TestClause": _test,
    "ArithmCmd": _arithmetic,
    "LetClause": _let,
    "TimeClause": _time,
    "CoprocClause": _coprocess,
}
"""Kinds of commands, by shfmt's names; chains and pipelines are statements' own matter."""
