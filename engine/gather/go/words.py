"""GOFLAGS and GOPROXY taken apart as Go takes them apart."""

from __future__ import annotations

import re

from engine.model.record import record

_SPACE = " \t\n\r"
_FLAG = re.compile(r"--?(?![-=])(?P<name>[^=]+)(?P<value>=.*)?\Z", re.DOTALL)


class FlagsError(Exception):
    """A setting cannot be split into words, and why."""


@record
class Flag:
    """A word of GOFLAGS; `name` is empty if it is no flag."""

    word: str
    name: str
    has_value: bool


@record
class Proxy:
    """An entry of GOPROXY; `direct` and `off` are entries whose scheme is their name.

    `separator` stands before it: after `,` it is asked only where the one before said "not found",
    after `|` upon any error. Go reads nothing behind `direct` or `off`.
    """

    url: str
    scheme: str
    host: str
    has_credentials: bool
    separator: str
    is_reachable: bool


def split_flags(text: str) -> list[Flag]:
    """Give the words of GOFLAGS."""
    return [_flag(word) for word in split_words(text)]


def split_words(text: str) -> list[str]:
    """Split a text as Go does; quotes count at a word's beginning only, nothing is unescaped."""
    words, at = [], 0
    while at < len(text):
        if text[at] in _SPACE:
            at += 1
            continue
        if text[at] in "\"'":
            end = text.find(text[at], at + 1)
            if end < 0:
                message = f"unterminated {text[at]} string"
                raise FlagsError(message)
            word, at = text[at + 1 : end], end + 1
        else:
            end = next(
                (index for index in range(at, len(text)) if text[index] in _SPACE), len(text)
            )
            word, at = text[at:end], end
        words.append(word)
    return words


def _flag(word: str) -> Flag:
    match = _FLAG.match(word)
    return (
        Flag(word, match["name"], match["value"] is not None)
        if match
        else Flag(word, "", has_value=False)
    )


def split_proxies(text: str) -> list[Proxy]:
    """Give the entries of GOPROXY in the order in which they are asked."""
    proxies: list[Proxy] = []
    separator, reachable = "", True
    for piece in re.split(r"([,|])", text):
        if piece in {",", "|"}:
            separator = piece
        elif url := piece.strip():
            proxies.append(_proxy(url, separator if proxies else "", is_reachable=reachable))
            reachable = reachable and url not in {"direct", "off"}
    return proxies


def _proxy(url: str, separator: str, *, is_reachable: bool) -> Proxy:
    if url in {"direct", "off"}:
        return Proxy(
            url, url, "", has_credentials=False, separator=separator, is_reachable=is_reachable
        )
    if re.search(r"[.:/]", url) and ":/" not in url and not url.startswith("/"):
        url = "https://" + url
    scheme, _, rest = url.partition("://")
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    userinfo, at, host = authority.rpartition("@")
    return Proxy(
        url=url,
        scheme=scheme.lower() if rest else "",
        host=_without_port(host).lower(),
        has_credentials=bool(at and userinfo),
        separator=separator,
        is_reachable=is_reachable,
    )


def _without_port(host: str) -> str:
    return re.sub(r":\d*\Z", "", host)
