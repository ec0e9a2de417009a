"""GOFLAGS and GOPROXY taken apart as Go takes them apart."""

from __future__ import annotations

import re

from engine.model.record import record
from engine.precedence.go.words import split

_FLAG = re.compile(r"--?(?![-=])(?P<name>[^=]+)(?P<value>=.*)?\Z", re.DOTALL)


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
    """Give the words of GOFLAGS; may raise `WordsError`."""
    return [_flag(word) for word in split(text)]


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
