"""Where results stand, in the words of SARIF: files as URIs, elements as logical locations."""

from __future__ import annotations

import re
from urllib.parse import quote

from engine.model.visible import visible
from engine.report._values import value_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.model.json_value import JsonObject
    from engine.model.place import Place, Provenance
    from engine.model.verdicts import Evidence, Verdict

_WEB_ADDRESS = re.compile(r"https?://(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+")


def locations_of(verdict: Verdict, evidence: Sequence[Evidence], name: str) -> list[JsonObject]:
    """Give the one location of a result: the first file that set a value, else the rule's own file.

    There always is one, as readers refuse a log with a result that has none.
    """
    files = _in_files(evidence)
    place = files[0][1] if files else verdict.place
    location: JsonObject = {"physicalLocation": physical(place)}
    if name:
        location["logicalLocations"] = [{"fullyQualifiedName": visible(name)}]
    return [location]


def related_locations(evidence: Sequence[Evidence]) -> list[JsonObject]:
    """Give every further place that set a value, each with the value."""
    return [
        {
            "id": number,
            "physicalLocation": physical(place),
            "message": {"text": f"{visible(item.fact)} = {value_words(item)}"},
        }
        for number, (item, place) in enumerate(_in_files(evidence)[1:], start=1)
    ]


def physical(place: Place | Provenance) -> JsonObject:
    """Give a place in a file as a physical location."""
    found: JsonObject = {"artifactLocation": _artifact(place.file or "")}
    if place.line is not None:
        column = {} if place.column is None else {"startColumn": place.column}
        found["region"] = {"startLine": place.line, **column}
    return found


def is_web_address(text: str) -> bool:
    """Say whether a text is a web address that is a valid URI as it stands."""
    return _WEB_ADDRESS.fullmatch(text) is not None


def _in_files(evidence: Sequence[Evidence]) -> list[tuple[Evidence, Provenance]]:
    # No URI leads into an image, and one of its path alone would lead to a file of the machine.
    pairs = [(item, item.provenance) for item in evidence]
    return [
        (item, place)
        for item, place in pairs
        if place is not None and place.file is not None and place.file_system is None
    ]


def _artifact(file: str) -> JsonObject:
    """Give a file's URI: absolute, or relative to the repository or to the home directory."""
    if file.startswith("~/"):
        return {"uri": _quoted(file[2:]), "uriBaseId": "HOME"}
    if file[1:3] in {":\\", ":/"} and file[:1].isalpha():
        return {"uri": "file:///" + file[:2] + _quoted(file[2:].replace("\\", "/"))}
    if file.startswith("/"):
        return {"uri": "file://" + _quoted(file)}
    return {"uri": _quoted(file.removeprefix("./"))}


def _quoted(path: str) -> str:
    # A file's name may hold bytes that are no text; they arrive as lone surrogates.
    return quote(path, safe="/", errors="surrogatepass")
