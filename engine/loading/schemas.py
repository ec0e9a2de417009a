"""The JSON Schemas of what people write, for editors and for other tools."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from engine.loading.documents import (
    ConfigDocument,
    LoneRuleDocument,
    PackDocument,
    RuleListDocument,
    WaiversDocument,
)
from engine.loading.grammar import definitions
from engine.loading.graph_documents import GraphDocument
from engine.loading.graph_grammar import graph_definitions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from engine.loading.scope import Word
    from engine.model.json_value import Json, JsonObject

_REFERENCE = re.compile(r"#/\$defs/(\w+)")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DOCUMENTS: dict[str, tuple[str, Any]] = {
    "config.schema.json": ("The configuration of a folder (`engine.yaml`)", ConfigDocument),
    "graph.schema.json": ("A part of the precedence graph, in a pack", GraphDocument),
    "pack.schema.json": ("A pack (`pack.yaml`)", PackDocument),
    "rule.schema.json": ("A rule file", LoneRuleDocument | RuleListDocument),
    "waivers.schema.json": ("A waiver file", WaiversDocument),
}


def schemas(operators: Mapping[str, Word]) -> dict[str, JsonObject]:
    """Give the schemas by the name of the file that holds them."""
    grammar = definitions(operators) | graph_definitions()
    return {
        file: _schema(title, document, grammar) for file, (title, document) in _DOCUMENTS.items()
    }


def _schema(title: str, document: Any, grammar: dict[str, JsonObject]) -> JsonObject:
    made: JsonObject = _tidy(TypeAdapter(document).json_schema(by_alias=True))
    own = made.pop("$defs", {})
    return (
        {"$schema": _DIALECT, "title": title} | made | {"$defs": own | _used([made, own], grammar)}
    )


def _used(parts: Json, grammar: dict[str, JsonObject]) -> dict[str, JsonObject]:
    """Give the definitions that something refers to, and those that these refer to."""
    names: set[str] = set()
    while more := set(_REFERENCE.findall(str([parts, *(grammar[name] for name in names)]))) - names:
        names |= more & grammar.keys()
        if not more & grammar.keys():
            break
    return {name: grammar[name] for name in grammar if name in names}


def _tidy(value: Json) -> Json:
    """Link what is marked with a grammar, and drop titles and defaults that say nothing."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _tidy(child) for key, child in value.items() if not _says_nothing(key, child)}
    if "patternProperties" in kept:
        kept["additionalProperties"] = False
    grammar = kept.pop("grammar", None)
    return kept | ({"$ref": f"#/$defs/{grammar}"} if isinstance(grammar, str) else {})


def _says_nothing(key: str, value: Json) -> bool:
    return (key == "title" and isinstance(value, str)) or (key == "default" and value is None)
