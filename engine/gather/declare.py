"""Short words for the JSON Schema of facts, so that a collector's declaration reads like a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from engine.model.json_value import Json, JsonObject


def text(
    about: str, *examples: str, form: str | None = None, among: tuple[str, ...] = ()
) -> JsonObject:
    """Declare a text, perhaps of a format (`path`, `go-version`, ...) or out of a few words."""
    return _declared("string", about, examples) | ({"format": form} if form else {}) | _among(among)


def text_or_secret(about: str, *examples: str, form: str | None = None) -> JsonObject:
    """Declare a text of which a part, or all, may be redacted."""
    # `required` binds objects only: a text, or the marked object that a redacted text becomes.
    return text(about, *examples, form=form) | {
        "type": ["string", "object"],
        "required": ["$redacted"],
    }


def flag(about: str) -> JsonObject:
    """Declare a yes or no."""
    return _declared("boolean", about, ())


def number(about: str, *examples: int) -> JsonObject:
    """Declare a whole number."""
    return _declared("integer", about, examples)


def listing(about: str, items: JsonObject) -> JsonObject:
    """Declare a list."""
    return _declared("array", about, ()) | {"items": items}


def table(about: str, values: JsonObject) -> JsonObject:
    """Declare a mapping from names that are not known beforehand."""
    return _declared("object", about, ()) | {"additionalProperties": values}


def group(about: str, **properties: JsonObject) -> JsonObject:
    """Declare a mapping with known keys."""
    return _declared("object", about, ()) | {"properties": properties}


def open_list(about: str) -> JsonObject:
    """Declare a list of which only a page of ours says what it holds."""
    return _declared("array", about, ())


def _declared(kind: str, about: str, examples: tuple[Json, ...]) -> JsonObject:
    return {"type": kind, "description": about} | ({"examples": list(examples)} if examples else {})


def _among(words: tuple[str, ...]) -> JsonObject:
    return {"enum": list(words)} if words else {}
