"""Why a start-up file was not read, in words: what the fold noted, or what a person wrote."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.model.json_value import Json

_PLAIN = {
    "missing": "it is not there",
    "not a file": "it is no file",
    "unreadable": "the user may not read it",
}


def reason_words(entry: Mapping[str, Json], home: str, reader: str = "") -> str:
    """Give the reason of an entry of `not_loaded`; `reader` is the shell that does not read it."""
    reason, detail = entry.get("reason"), entry.get("detail")
    said = reason if isinstance(reason, str) else ""
    more = shortened_home(detail, home) if isinstance(detail, str) else ""
    if said == "condition":
        return f"{reader or 'this process'} does not read it"
    if said in {"hidden", "masked"} and more:
        return more
    if said in _PLAIN:
        return _PLAIN[said]
    return ": ".join(filter(None, (said, more)))


def shortened_home(text: str, home: str) -> str:
    """Give a path, or a text that begins with one, with the user's home as people write it."""
    if home and (text == home or text.startswith(f"{home}/")):
        return f"~{text[len(home) :]}"
    return text
