"""Parameters: `$x` and all that can stand in `${...}`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.gather.shell.convert import Converter
    from engine.gather.shell.literals import Part
    from engine.gather.shell.shfmt import Node
    from engine.gather.shell.words import Style

_PATTERNS = frozenset({"#", "##", "%", "%%", "^", "^^", ",", ",,", ":#"})
_OPTIONS = (("Split", "="), ("GlobSubst", "~"), ("RcExpand", "^"))


def parameter(converter: Converter, node: Node, *, quoted: bool) -> Part:
    """Convert one expansion of a parameter; whatever we can't say is there as source text."""
    name = node.get("Param", {}).get("Value", "")
    bad = converter.placeholders.get(name)
    if bad is not None:
        return _stood_for(converter, bad)
    more = None if _is_strange(converter, node) else _more(converter, node, quoted=quoted)
    if more is None:
        return converter.unknown(node)
    return ["param", name, more] if more else ["var", name]


def _stood_for(converter: Converter, bad: str) -> Part:
    """Say what a placeholder stands for, and what that does to the statement."""
    if converter.shell == "sh":
        converter.bad.append(bad)
    elif "=" in bad:
        converter.hidden.append(bad)
    return ["param", "", {"unknown": bad}]


def _more(converter: Converter, node: Node, *, quoted: bool) -> dict[str, Any] | None:
    """Give all that there is beside the name, or None if we can't say it."""
    more = _prefixes(node)
    if "NestedParam" in node:
        # Quotes within the braces are quotes even between others.
        nested = converter.parts([node["NestedParam"]], "plain")
        if len(nested) != 1:
            return None
        more["nested"] = nested[0]
    keys = _keys(converter, node)
    if keys is not None:
        more["keys"] = keys
    elif "Index" in node:
        more["index"] = converter.index(node["Index"])
    if "Modifiers" in node:
        more["modifiers"] = [modifier["Value"] for modifier in node["Modifiers"]]
    if "Slice" in node:
        more["slice"] = _slice(converter, node["Slice"])
    if "Repl" in node:
        replacement = _replacement(converter, node["Repl"], quoted=quoted)
        if replacement is None:
            return None
        more["replace"] = replacement
    if "Exp" in node:
        more |= _operation(converter, node["Exp"], quoted=quoted)
    return more


def _is_strange(converter: Converter, node: Node) -> bool:
    if node.get("Width"):
        return True
    if node.get("Excl"):
        # In the Korn shells `${!x}` is the name that x refers to.
        korn = converter.shell in {"ksh", "mksh"}
        return _keys(converter, node) is None and (
            "Index" in node or (korn and "Names" not in node)
        )
    return False


def _keys(converter: Converter, node: Node) -> str | None:
    """Give how `${!x[@]}` or `${!x[*]}` asks for the indices of an array."""
    if not node.get("Excl") or "Index" not in node:
        return None
    index = converter.index(node["Index"])
    return index[0] if index in (["@"], ["*"]) and "Names" not in node else None


def _prefixes(node: Node) -> dict[str, Any]:
    more: dict[str, Any] = {}
    flags = node.get("Flags", {}).get("Value", "")
    flags += "".join(letter * node[key] for key, letter in _OPTIONS if key in node)
    if flags:
        more["flags"] = flags
    if node.get("Length"):
        more["length"] = True
    if node.get("IsSet"):
        more["set"] = True
    if node.get("Names"):
        more["names"] = node["Names"]
    elif node.get("Excl") and "Index" not in node:
        more["indirect"] = True
    return more


def _slice(converter: Converter, node: Node) -> list[str | None]:
    offset, length = node.get("Offset"), node.get("Length")
    return [
        converter.text_of(offset) if offset else "0",
        converter.text_of(length) if length else None,
    ]


def _replacement(converter: Converter, node: Node, *, quoted: bool) -> list[Part] | None:
    pattern = converter.word(node.get("Orig"), "plain")
    anchor = "//" if node.get("All") else "/"
    first = pattern[0] if pattern else None
    if isinstance(first, str) and first[0] in "#%":
        if anchor == "//" and converter.shell != "bash":
            return None
        if anchor == "/":
            anchor += first[0]
            pattern = [first[1:], *pattern[1:]] if first[1:] else pattern[1:]
    # Of all shells only zsh sees the quotes around the expansion here.
    style: Style = "operand" if quoted and converter.shell == "zsh" else "plain"
    return [pattern, converter.word(node.get("With"), style), anchor]


def _operation(converter: Converter, node: Node, *, quoted: bool) -> dict[str, Any]:
    operator = node["Op"]
    if operator == "@":
        letter = "".join(part.get("Value", "") for part in node["Word"]["Parts"])
        return {"op": operator + letter}
    plain = operator in _PATTERNS or not quoted
    return {
        "op": operator,
        "word": converter.word(node.get("Word"), "plain" if plain else "operand"),
    }
