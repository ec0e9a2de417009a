"""What zsh's flags and modifiers make of a parameter: `${(U)x}`, `${(s.:.)x}`, `${x:h}`."""

from __future__ import annotations

import re

from engine.precedence.shell.unsupported import Unsupported

_SPECIAL = set("*?[]()<>|^~#\\\"'$`,")
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_SIMPLE = set("ULCfFuoOa@qQp")
_WITH_TEXT = set("js")
_ESCAPED = {"\\n": "\n", "\\t": "\t", "\\\\": "\\"}
_SUBSTITUTE = re.compile(r"(g?)s(?P<mark>[^\w\s\\])((?:(?!(?P=mark))[^\\])+)(?P=mark)"
                         r"((?:(?!(?P=mark))[^\\&])*)(?:(?P=mark))?")  # fmt: skip


def modify(text: str, modifier: str) -> str:
    """Apply one modifier, written without its colon; `s/x/y/` and `gs/x/y/` with all they say."""
    if modifier in _MODIFIERS:
        return _MODIFIERS[modifier](text)
    match = _SUBSTITUTE.fullmatch(modifier)
    if not match:
        raise Unsupported(f"the modifier `:{modifier}` of zsh")
    return text.replace(match[3], match[4], -1 if match[1] else 1)


def search(items: list[str], flags: str, wanted: str) -> str:
    """Give what a subscript finds: with `r` and `R` an element, with `i` and `I` its number.

    A capital letter searches from the end; zsh counts from 1, and says so where nothing is found.
    """
    way = flags.replace("e", "")
    if way not in {"r", "R", "i", "I"} or _SPECIAL & set(wanted):
        raise Unsupported(f"the subscript `({flags}){wanted}` of zsh")
    numbers = [number for number, item in enumerate(items, 1) if item == wanted]
    if not numbers:
        return {"i": str(len(items) + 1), "I": "0"}.get(way, "")
    at = numbers[0] if way.islower() else numbers[-1]
    return str(at) if way in "iI" else items[at - 1]


def apply_flags(value: str | list[str], flags: str) -> str | list[str]:
    """Apply the flags, written without their parentheses, in the order that zsh has for them.

    Fields that splitting leaves empty are kept if `@` is among the flags, as within quotes; outside
    of them the caller drops them, as any other empty word.
    """
    letters, texts = _read(flags)
    splits = "s" in texts or "f" in letters
    if isinstance(value, list):
        if "j" in texts or "F" in letters:
            value = texts.get("j", "\n").join(value)
        elif splits:
            value = " ".join(value)
    if splits and isinstance(value, str):
        value = _split(value, texts.get("s", "\n"), keep="@" in letters)
    if isinstance(value, str):
        return _changed(value, letters)
    if "q" in letters and (splits or not value):
        raise Unsupported("the flag `(q)` of zsh on an empty list, or what is split")
    return _ordered([_changed(item, letters) for item in value], letters)


def _read(flags: str) -> tuple[str, dict[str, str]]:
    """Take flags apart: letters, and those that have a text."""
    letters, texts, at = "", {}, 0
    while at < len(flags):
        flag = flags[at]
        at += 1
        if flag in _SIMPLE:
            letters += flag
        elif flag in _WITH_TEXT and at < len(flags):
            end = flags.find(_PAIRS.get(flags[at], flags[at]), at + 1)
            text = flags[at + 1 : end]
            if end < 0 or flag in texts:
                raise Unsupported(f"the flags `({flags})` of zsh")
            texts[flag] = _unescaped(text) if "p" in letters else text
            at = end + 1
        else:
            raise Unsupported(f"the flag `({flag})` of zsh")
    for one_of in ("ULC", "oO", "fF"):
        if sum(letters.count(letter) for letter in one_of) > 1:
            raise Unsupported(f"the flags `({flags})` of zsh")
    if ("f" in letters and "s" in texts) or ("F" in letters and "j" in texts):
        raise Unsupported(f"the flags `({flags})` of zsh")
    return letters, texts


def _unescaped(text: str) -> str:
    found = re.findall(r"\\.|[^\\]|\\$", text)
    if any(part[0] in "\\$" and part not in _ESCAPED for part in found):
        raise Unsupported(f"`{text}` in a flag of zsh")
    return "".join(_ESCAPED.get(part, part) for part in found)


def _split(text: str, separator: str, *, keep: bool) -> list[str]:
    if not separator:
        return list(text)
    return [field for field in text.split(separator) if field or keep]


def _changed(text: str, letters: str) -> str:
    if set("ULC") & set(letters) and not text.isascii():
        raise Unsupported("the case of letters that are not ASCII in zsh")
    if "U" in letters:
        text = text.upper()
    if "L" in letters:
        text = text.lower()
    if "C" in letters:
        text = re.sub(r"[a-zA-Z0-9]+", lambda word: word[0].capitalize(), text)
    if "Q" in letters and not set("'\"\\$`").isdisjoint(text):
        raise Unsupported("the flag `(Q)` of zsh on a text with quotes")
    quotes = letters.count("q")
    if quotes and (quotes != 2 or "Q" in letters or not text):  # noqa: PLR2004
        raise Unsupported("the flag `(q)` of zsh")
    return "'" + text.replace("'", "'\\''") + "'" if quotes else text


def _ordered(items: list[str], letters: str) -> list[str]:
    if "u" in letters:
        items = list(dict.fromkeys(items))
    if "a" in letters:
        return items[::-1] if "O" in letters else items
    if "o" in letters or "O" in letters:
        items = sorted(items, reverse="O" in letters)
    return items


def _head(text: str) -> str:
    cut = text.rstrip("/")
    if not cut:
        return "/" if text else "."
    head, slash, _ = cut.rpartition("/")
    return (head.rstrip("/") or "/") if slash else "."


def _tail(text: str) -> str:
    return text.rstrip("/").rpartition("/")[2]


def _root(text: str) -> str:
    dot = _dot(text)
    return text if dot is None else text[:dot]


def _extension(text: str) -> str:
    dot = _dot(text)
    return "" if dot is None else text[dot + 1 :]


def _dot(text: str) -> int | None:
    """Find the dot of an extension."""
    at = text.rfind(".")
    return at if at > text.rfind("/") else None


def _lower(text: str) -> str:
    return _changed(text, "L")


def _upper(text: str) -> str:
    return _changed(text, "U")


_MODIFIERS = {
    "h": _head,
    "t": _tail,
    "r": _root,
    "e": _extension,
    "l": _lower,
    "u": _upper,
}
