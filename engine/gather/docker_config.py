"""The docker client's config.json, of which only the proxies and the context are of interest.

It is read as the client reads it, with Go's encoding/json: only the first value of the file counts,
names of fields count in any case, and of two with one name the last.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.model.json_value import Json

PROXIES = {
    "httpproxy": "HTTP_PROXY",
    "httpsproxy": "HTTPS_PROXY",
    "noproxy": "NO_PROXY",
    "ftpproxy": "FTP_PROXY",
    "allproxy": "ALL_PROXY",
}
"""The fields of a daemon's proxies, in small letters, and the variable that containers get."""

DAEMONS_LIMIT = 200
_BLANKS = " \t\r\n"


@record
class Proxy:
    """One proxy: for which daemon, as which variable, and what is set; its line if it is known."""

    daemon: str
    variable: str
    value: str | Absent
    line: int | None


@record
class Config:
    """What counts in such a file; `daemons` are those with an entry for proxies, be it empty."""

    proxies: tuple[Proxy | Absent, ...]
    context: str | Absent
    fields: frozenset[str]
    daemons: frozenset[str] = frozenset()


def parse(content: bytes) -> Config:
    """Give what a config.json says; `HostError` where that cannot be told."""
    # Go puts U+FFFD where bytes are no UTF-8, and we do not know what was meant.
    text = content.decode("utf-8", "surrogateescape")
    start = len(text) - len(text.lstrip(_BLANKS))
    decoder = json.JSONDecoder(
        object_pairs_hook=_Pairs,
        parse_constant=_refused,
        parse_int=float,  # of which any length will do
    )
    try:
        found = decoder.raw_decode(text, start)[0] if text.strip(_BLANKS) else _Pairs()
    except ValueError:
        raise HostError("parse_error", "it is not JSON") from None
    except RecursionError:
        raise HostError("unsupported", "it is nested too deeply") from None
    if not isinstance(found, _Pairs):
        raise HostError("parse_error", "it holds no JSON object")
    fields = frozenset(name.casefold() for name, value in found if value not in (None, "", [], {}))
    context = _last(found, "currentcontext")
    if not isinstance(context, str):
        context = "" if context is None else Absent("parse_error", "currentContext is no text")
    daemons, odd = _daemons(found)
    proxies = (*odd, *_proxies(text, daemons))
    return Config(proxies, context, fields, frozenset(daemons))


class _Pairs(list):  # type: ignore[type-arg]
    """The names and values of an object, in order."""


def _refused(name: str) -> None:
    message = f"{name} is not JSON"
    raise ValueError(message)


def _last(pairs: _Pairs, field: str) -> Json:
    """Give the value that counts of a field; null changes nothing."""
    values = [value for name, value in pairs if name.casefold() == field and value is not None]
    return values[-1] if values else None


def _daemons(config: _Pairs) -> tuple[dict[str, Json], list[Absent]]:
    daemons: dict[str, Json] = {}
    found: list[Absent] = []
    for name, value in config:
        if name.casefold() != "proxies" or value is None:
            continue
        if not isinstance(value, _Pairs):
            found.append(Absent("parse_error", "proxies is no mapping"))
            continue
        daemons |= dict(value)
    return daemons, found


def _proxies(text: str, daemons: dict[str, Json]) -> list[Proxy | Absent]:
    found: list[Proxy | Absent] = []
    for daemon, fields in list(daemons.items())[:DAEMONS_LIMIT]:
        if isinstance(fields, _Pairs):
            found += _of_daemon(text, daemon, fields)
        elif fields is not None:
            found.append(Absent("parse_error", f"the proxies of `{daemon}` are no mapping"))
    if len(daemons) > DAEMONS_LIMIT:
        found.append(Absent("too_large", f"it has proxies for more than {DAEMONS_LIMIT} daemons"))
    return found


def _of_daemon(text: str, daemon: str, fields: _Pairs) -> list[Proxy | Absent]:
    found: list[Proxy | Absent] = []
    for field, variable in PROXIES.items():
        value = _last(fields, field)
        if value is None or value == "":
            continue  # nothing is handed on
        name = next(name for name, _ in reversed(fields) if name.casefold() == field)
        known = value if isinstance(value, str) else Absent("parse_error", f"`{name}` is no text")
        found.append(Proxy(daemon, variable, known, _line(text, name)))
    return found


def _line(text: str, name: str) -> int | None:
    """Give the line of a field, if no other place in the file can be meant."""
    places = list(re.finditer(re.escape(json.dumps(name)) + r"\s*:", text))
    if len(places) != 1 or "\\u" in text:
        return None
    return text.count("\n", 0, places[0].start()) + 1
