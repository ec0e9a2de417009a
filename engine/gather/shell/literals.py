"""What a literal says: escapes and quotes taken off, as the shells do it."""

from __future__ import annotations

from typing import Any, TypeAlias

Part: TypeAlias = Any
"""A text, or a list `[kind, ...]`."""

_SIMPLE = {
    "a": 7, "b": 8, "e": 27, "E": 27, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11,
    "\\": 92, "'": 39, '"': 34, "?": 63,
}  # fmt: skip
_DELETE = 127
_LAST = 0x10FFFF
_BYTE = 0xFF
_LAST_OF_PLANE = 0xFFFF
"""mksh knows no characters beyond."""
_HEX = {"x": 2, "u": 4, "U": 8}
_MOST_HEX = {"ksh": 8, "mksh": 1 << 20}
"""How many digits shells take after `x`; of more than two they make a character."""
_WITHOUT_DIGITS = {"zsh": b"\0%.0s", "mksh": b"%s"}


def unquoted(text: str) -> list[Part]:
    """Split text outside quotes into what is text and what a backslash quotes."""
    if "\\" not in text:
        return [text]
    parts: list[Part] = []
    position = 0
    while (found := text.find("\\", position)) >= 0:
        parts.append(text[position:found])
        following = text[found + 1 : found + 2]
        if following != "\n":
            # A backslash at the very end stands for itself.
            parts.append(["q", following or "\\"])
        position = found + 2
    parts.append(text[position:])
    return [part for part in parts if part]


def escaped(text: str, special: str) -> str:
    r"""Take the backslash off each of these characters, and `\` with its newline away."""
    if "\\" not in text:
        return text
    pieces: list[str] = []
    position = 0
    while (found := text.find("\\", position)) >= 0:
        following = text[found + 1 : found + 2]
        pieces.append(text[position:found])
        if following != "\n":
            pieces.append(following if following and following in special else "\\" + following)
        position = found + 2
    pieces.append(text[position:])
    return "".join(pieces)


def ansi_c(text: str, shell: str) -> str:
    """Decode what stands between `$'` and `'`."""
    made = bytearray()
    position = 0
    while (found := text.find("\\", position)) >= 0:
        made += _bytes(text[position:found])
        piece, position = _escape(text, found + 1, shell)
        if piece == b"\0" and shell != "zsh":
            return _text(made)  # the rest of the quoted text is lost
        made += piece
    made += _bytes(text[position:])
    return _text(made)


def _escape(text: str, position: int, shell: str) -> tuple[bytes, int]:
    """Decode one escape; `position` is that of the character after the backslash."""
    char = text[position : position + 1]
    if char in _SIMPLE and char != "":
        return bytes([_SIMPLE[char]]), position + 1
    if char in _HEX and char != "":
        most = _MOST_HEX.get(shell, _HEX["x"]) if char == "x" else _HEX[char]
        digits = _digits(text, position + 1, most, "0123456789abcdefABCDEF")
        if not digits:
            return _WITHOUT_DIGITS.get(shell, b"\\%s") % _bytes(char), position + 1
        code = int(digits, 16)
        is_short = code <= _BYTE if shell == "mksh" else len(digits) <= _HEX["x"]
        in_bytes = char == "x" and is_short
        last = _LAST_OF_PLANE if shell == "mksh" else _LAST
        return _coded(code, last, in_bytes=in_bytes), position + 1 + len(digits)
    if char in tuple("01234567"):
        digits = _digits(text, position, 3, "01234567")
        code = int(digits, 8)
        # mksh makes a character of what is too much for a byte.
        in_bytes = shell != "mksh" or code <= _BYTE
        return _coded(code & _BYTE, _LAST, in_bytes=in_bytes), position + len(digits)
    if char == "c" and shell != "zsh" and position + 1 < len(text):
        return bytes([ord(text[position + 1]) & 0x1F]), position + 2
    if shell in {"zsh", "ksh", "mksh"} and char in {"C", "M"}:
        return _modified(text, position, shell)
    if shell in {"zsh", "ksh", "mksh"} and char:
        return _bytes(char), position + 1
    return b"\\" + _bytes(char), position + 1


def _modified(text: str, position: int, shell: str) -> tuple[bytes, int]:
    r"""Decode `\C-x` and `\M-x`, as zsh has them."""
    after = position + 2 if text[position + 1 : position + 2] == "-" else position + 1
    if shell != "zsh" or after >= len(text):
        return _bytes(text[position]), position + 1
    inner, end = (
        _escape(text, after + 1, shell) if text[after] == "\\" else (_bytes(text[after]), after + 1)
    )
    first = inner[0] if inner else 0
    changed = (
        first | 0x80 if text[position] == "M" else (_DELETE if first == ord("?") else first & 0x9F)
    )
    return bytes([changed]) + inner[1:], end


def _digits(text: str, start: int, most: int, allowed: str) -> str:
    end = start
    while end < len(text) and end < start + most and text[end] in allowed:
        end += 1
    return text[start:end]


def _coded(code: int, last: int, *, in_bytes: bool) -> bytes:
    if in_bytes:
        return bytes([code & 0xFF])
    return chr(code).encode("utf-8", "surrogatepass") if code <= last else b"\xef\xbf\xbd"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _text(made: bytes | bytearray) -> str:
    return bytes(made).decode("utf-8", "surrogateescape")
