"""Facts documents out: indented for people, but each statement of a script on one line."""

from __future__ import annotations

import json

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.model.json_value import Json, JsonObject

_SCRIPTS = (("facts", "files", None, "scripts", None), ("facts", "snippets", None, None))


def document_text(document: JsonObject) -> str:
    """Give a document's text; the same document gives the same text."""
    return "".join(_pieces(document, ())) + "\n"


def _pieces(value: Json, steps: tuple[str, ...]) -> Iterator[str]:
    margin = "  " * (len(steps) + 1)
    if isinstance(value, dict) and value:
        start = "{\n"
        for key in sorted(value):
            yield f"{start}{margin}{_compact(key)}: "
            yield from _pieces(value[key], (*steps, key))
            start = ",\n"
        yield "\n" + margin[2:] + "}"
    elif isinstance(value, list) and value:
        is_script = any(_matches(steps, way) for way in _SCRIPTS)
        start = "[\n"
        for element in value:
            yield start + margin
            yield from [_compact(element)] if is_script else _pieces(element, (*steps, ""))
            start = ",\n"
        yield "\n" + margin[2:] + "]"
    else:
        yield _compact(value)


def _matches(steps: tuple[str, ...], way: tuple[str | None, ...]) -> bool:
    return len(steps) == len(way) and all(
        wanted in {None, step} for step, wanted in zip(steps, way, strict=True)
    )


def _compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
