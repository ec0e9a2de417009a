r"""Escapes of fish: `\n`, `\x41`, `\u20ac`, `\101`, `\cA`; all else is literal."""

from __future__ import annotations

import re

from engine.gather.fish.errors import BadEscape

_NAMED = {
    "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v",
}  # fmt: skip
_NUMBER = re.compile(
    r"\\(?:[xX](?P<byte>[0-9a-fA-F]{1,2})|u(?P<u>[0-9a-fA-F]{1,4})|U(?P<U>[0-9a-fA-F]{1,8})"
    r"|(?P<octal>[0-7]{1,3}))"
)
_BYTES = re.compile(r"(?:\\[xX][0-9a-fA-F]{1,2})+")
_CONTROL = re.compile(r"\\c([a-zA-Z[\]^_`{|}~])")
_NOT_ALONE = frozenset("xXuUc")
_MAX_OCTAL = 0o177
_MAX_CHARACTER = 0x10FFFF


def unquoted_escape(text: str, position: int) -> tuple[str, int]:
    """Give what the escape at a backslash outside of quotes means, and where it ends."""
    following = text[position + 1]
    if following == "\n":
        return "", position + 2
    named = _NAMED.get(following)
    if named is not None:
        return named, position + 2
    found = _BYTES.match(text, position)
    if found:
        codes = found[0].lower().split("\\x")[1:]
        return _from_bytes(bytes(int(code, 16) for code in codes)), found.end()
    found = _NUMBER.match(text, position)
    if found:
        return _character(found, position), found.end()
    found = _CONTROL.match(text, position)
    if found:
        return chr(ord(found[1]) & 31), found.end()
    if following in _NOT_ALONE:
        raise BadEscape(position, f"`\\{following}` is an incomplete escape sequence")
    return following, position + 2


def _from_bytes(codes: bytes) -> str:
    return codes.decode("utf-8", "surrogateescape")


def _character(found: re.Match[str], position: int) -> str:
    octal = found["octal"]
    code = int(octal, 8) if octal else int(found["u"] or found["U"], 16)
    if code > (_MAX_OCTAL if octal else _MAX_CHARACTER):
        raise BadEscape(position, f"`{found[0]}` is no character")
    return chr(code)
