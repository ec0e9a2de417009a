"""Short words for the JSON Schema of facts, so that a collector's declaration reads like a list.

What JSON Schema has no word for stands under keywords that begin with `x-`: validators pass over
them, and the edition after 2020-12 will refuse all other unknown keywords.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.compile.schema import SECRET, UNIT

if TYPE_CHECKING:
    from engine.model.json_value import Json, JsonObject


def text(
    about: str, *examples: str, form: str | None = None, among: tuple[str, ...] = ()
) -> JsonObject:
    """Declare a text, perhaps of a format (`path`, `go-version`, ...) or out of a few words."""
    if among:
        return _declared("string", about, examples or among[:1]) | {"enum": list(among)}
    # Whatever a text holds, a part that looks like a secret is redacted before it is written.
    # `required` binds objects only: a text, or the marked object that a redacted text becomes.
    may_be_redacted = {"type": ["string", "object"], "required": ["$redacted"]}
    format_ = {"format": form} if form else {}
    return _declared("string", about, examples) | format_ | may_be_redacted


def text_or_secret(about: str, *examples: str, form: str | None = None) -> JsonObject:
    """Declare a text in which secrets are to be expected: a setting, an address, a variable."""
    return text(about, *examples, form=form) | {SECRET: True}


def flag(about: str) -> JsonObject:
    """Declare a yes or no."""
    return _declared("boolean", about, (True,))


def number(about: str, *examples: int, unit: str | None = None) -> JsonObject:
    """Declare a whole number, with what it counts (`bytes`, `seconds`, ...) if it is a quantity."""
    return _declared("integer", about, examples) | ({UNIT: unit} if unit else {})


def listing(about: str, items: JsonObject) -> JsonObject:
    """Declare a list."""
    return _declared("array", about, ()) | {"items": items}


def table(about: str, values: JsonObject, *, keys: tuple[str, ...] = ()) -> JsonObject:
    """Declare a mapping from names that are not known beforehand, with examples of such names."""
    named = {"propertyNames": {"examples": list(keys)}} if keys else {}
    return _declared("object", about, ()) | named | {"additionalProperties": values}


def group(about: str, **properties: JsonObject) -> JsonObject:
    """Declare a mapping with known keys."""
    return _declared("object", about, ()) | {"properties": properties}


def open_list(about: str, *examples: list[Json]) -> JsonObject:
    """Declare a list of which only a page of ours says what it holds."""
    return _declared("array", about, examples)


def _declared(kind: str, about: str, examples: tuple[Json, ...]) -> JsonObject:
    return {"type": kind, "description": about} | ({"examples": list(examples)} if examples else {})
