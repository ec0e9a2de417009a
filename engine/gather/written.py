"""Facts documents as text: indented for people, but each statement of a script on one line."""

from __future__ import annotations

import json

from engine.model.visible import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from engine.model.json_value import Json, JsonObject

_SCRIPTS = (("facts", "files", None, "scripts", None), ("facts", "snippets", None, None))


def document_text(document: JsonObject) -> str:
    """Give a document's text; the same document gives the same text."""
    return value_text(document, ()) + "\n"


def value_text(value: Json, steps: tuple[str, ...]) -> str:
    """Give the text of what stands at a place in a document, as the document has it."""
    pieces: list[str] = []
    _write(value, steps, pieces)
    return "".join(pieces)


def _write(value: Json, steps: tuple[str, ...], pieces: list[str]) -> None:
    margin = "  " * (len(steps) + 1)
    if isinstance(value, dict) and value:
        start = "{\n"
        for key in sorted(value):
            pieces.append(f"{start}{margin}{_compact(key)}: ")
            _write(value[key], (*steps, key), pieces)
            start = ",\n"
        pieces.append("\n" + margin[2:] + "}")
    elif isinstance(value, list) and value:
        is_script = any(_matches(steps, way) for way in _SCRIPTS)
        start = "[\n"
        for element in value:
            pieces.append(start + margin)
            if is_script:
                pieces.append(_compact(element))
            else:
                _write(element, (*steps, ""), pieces)
            start = ",\n"
        pieces.append("\n" + margin[2:] + "]")
    else:
        pieces.append(_compact(value))


def _matches(steps: tuple[str, ...], way: tuple[str | None, ...]) -> bool:
    return len(steps) == len(way) and all(
        wanted in {None, step} for step, wanted in zip(steps, way, strict=True)
    )


def _compact(value: Json) -> str:
    """Give JSON on one line, with whatever would steer a terminal spelled out."""
    return visible(_ENCODER.encode(value))


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
