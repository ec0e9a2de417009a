"""What `${x:1:2}`, `${x^^}`, `${x@Q}` and the replacement of `${x/a/b}` make of a text."""

from __future__ import annotations

from engine.precedence.shell.unsupported import Unsupported
from engine.precedence.shell.zsh_parameters import apply_flags, modify

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from engine.precedence.shell.patterns import Pattern

__all__ = ["apply_flags", "change_case", "modify", "replacement", "slice_text", "transform"]

_ESCAPES = {"\033": "\\E", "\a": "\\a", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r"} | {
    "\t": "\\t",
    "\v": "\\v",
    "\\": "\\\\",
    "'": "\\'",
}
_ASKED_FOR = {"@U": "^^", "@L": ",,", "@u": "^"}


def slice_text(text: str, offset: int, length: int | None, dialect: str = "bash") -> str:
    """Give `${x:offset:length}`; below zero, both count from the end."""
    start = offset
    if offset < 0:
        start += len(text)
        if start < 0 and dialect == "bash":
            return ""
        start = max(start, 0)
    if dialect == "bash" and start > len(text):
        return ""
    if length is None:
        return text[start:]
    if length >= 0:
        return text[start : start + length]
    if dialect not in {"bash", "zsh"}:
        raise Unsupported(f"a slice of length {length} in {dialect}")
    if len(text) + length < start:
        raise Unsupported("a slice that ends before it starts")
    return text[start : len(text) + length]


def change_case(text: str, op: str, pattern: Pattern | None = None) -> str:
    """Give `${x^}`, `${x^^}`, `${x,}` or `${x,,}`, of the characters that match if a pattern is."""
    change = _lower if op[0] == "," else _upper
    end = 1 if len(op) == 1 else len(text)
    changed = (
        change(character) if pattern is None or pattern.matches(character) else character
        for character in text[:end]
    )
    return "".join(changed) + text[end:]


def transform(text: str, op: str, dialect: str = "bash") -> str:
    """Give `${x@U}` and its kin."""
    if dialect != "bash":
        raise Unsupported(f"`{op}` of a parameter in {dialect}")
    if op in _ASKED_FOR:
        return change_case(text, _ASKED_FOR[op])
    if op == "@Q":
        return _quoted(text)
    raise Unsupported(f"`{op}` of a parameter")


def replacement(
    pieces: Sequence[tuple[str, bool]], dialect: str = "bash"
) -> str | Callable[[str], str]:
    """Give what `Pattern.replace` is to put: in bash, `&` that isn't quoted is what matched."""
    whole = "".join(text for text, _ in pieces)
    if dialect == "ksh" and "\\" in whole:
        raise Unsupported("`\\` in a replacement of ksh")
    if dialect != "bash" or not any("&" in text or "\\" in text for text, quoted in pieces):
        return whole
    parts: list[str | None] = []
    for text, quoted in pieces:
        if quoted:
            parts.append(text)
            continue
        before, *others = text.split("\\&")
        if "\\\\" in text or text.endswith("\\"):
            raise Unsupported("`\\\\` in a replacement of bash")
        for i, part in enumerate([before, *others]):
            first, *rest = part.split("&")
            parts += [*(["&"] if i else []), first]
            for then in rest:
                parts += [None, then]
    return lambda match: "".join(match if part is None else part for part in parts)


def _upper(character: str) -> str:
    return _other_case(character, character.upper(), character.lower())


def _lower(character: str) -> str:
    return _other_case(character, character.lower(), character.upper())


def _other_case(character: str, changed: str, back: str) -> str:
    """Change one letter; what has no case, or no other letter for it, shells may see otherwise."""
    odd = (
        len(changed) != 1
        or len(back) != 1
        or {changed.upper(), changed.lower()}
        != {
            changed,
            back,
        }
    )
    if odd and not character.isascii() and (changed != character or back != character):
        raise Unsupported(f"the other case of `{character}`")
    return changed


def _quoted(text: str) -> str:
    """Quote as bash does: `'..'`, or `$'..'` if something could not be seen in that."""
    if any(not character.isascii() and not character.isprintable() for character in text):
        raise Unsupported("whether bash takes a character for one that can be seen")
    if text.isprintable():
        return "'" + text.replace("'", "'\\''") + "'" if text != "'" else "\\'"
    shown = (
        _ESCAPES.get(character)
        or (character if character.isprintable() else f"\\{ord(character):03o}")
        for character in text
    )
    return "$'" + "".join(shown) + "'"
