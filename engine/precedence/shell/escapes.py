"""Backslashes that `echo` and `printf` read."""

from __future__ import annotations

import re

from engine.precedence.shell.unsupported import Unsupported

_LETTERS = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92}
_ESCAPE = re.compile(
    r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9a-fA-F]{1,2})|"
    r"u(?P<code>[0-9a-fA-F]{1,4})|U(?P<wide>[0-9a-fA-F]{1,8})|(?P<letter>.)|$)",
    re.DOTALL,
)
_ZERO_OCTAL = re.compile(r"\\0([0-7]{0,3})")
_TOP = 0x110000


def unescaped(text: str, where: str, dialect: str) -> tuple[bytes, bool]:
    """Give the bytes that a text stands for in `echo`, `%b` or a `format`.

    Also says whether an escape has ended all output there. What not every shell reads alike
    is known of bash only.
    """
    parts: list[bytes] = []
    at = 0
    while (start := text.find("\\", at)) >= 0:
        parts.append(text[at:start].encode())
        octal = _ZERO_OCTAL.match(text, start)
        if octal and where != "format":
            parts.append(bytes([int(octal[1] or "0", 8) % 256]))
            at = octal.end()
            continue
        match = _ESCAPE.match(text, start)
        if match is None:
            raise Unsupported("a backslash of `printf`")
        if match["letter"] == "c" and where != "format" and dialect != "mksh":
            return b"".join(parts), True
        parts.append(_one(match, where, dialect))
        at = match.end()
    return b"".join([*parts, text[at:].encode()]), False


def decoded(output: bytes) -> str:
    """Give bytes as the text that they are."""
    try:
        text = output.decode()
    except UnicodeDecodeError:
        raise Unsupported("output that is no text") from None
    if "\0" in text:
        raise Unsupported("output with a null byte")
    return text


def _one(match: re.Match[str], where: str, dialect: str) -> bytes:
    if match["octal"] and where == "format":
        return bytes([int(match["octal"], 8) % 256])
    if match["letter"] in _LETTERS:
        return bytes([_LETTERS[match["letter"]]])
    if dialect != "bash":
        raise Unsupported(f"`{match[0]}` in `{'printf' if where != 'echo' else 'echo'}`")
    if match["octal"]:
        # `\101`, without a zero, is for `%b` only.
        return bytes([int(match["octal"], 8) % 256]) if where == "%b" else match[0].encode()
    if match["hex"]:
        return bytes([int(match["hex"], 16)])
    if match["code"] or match["wide"]:
        code = int(match["code"] or match["wide"], 16)
        if code >= _TOP or 0xD800 <= code < 0xE000 or 0x80 <= code < 0xA0:  # noqa: PLR2004
            raise Unsupported(f"the character `{match[0]}`")
        return chr(code).encode()
    if match["letter"] in {"e", "E"}:
        return b"\033"
    if match["letter"] in {"x", "u", "U"} or (match["letter"] in {"'", '"', "?", "c"}):
        return _odd(match, where)
    return match[0].encode()


def _odd(match: re.Match[str], where: str) -> bytes:
    """Read what is an escape in one place only, or is one and is not complete."""
    if match["letter"] in {"'", '"', "?"}:
        return match["letter"].encode() if where != "echo" else match[0].encode()
    raise Unsupported(f"`{match[0]}` without digits")
