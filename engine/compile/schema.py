"""What is declared about facts: their formats, and whether a name is one."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.model.json_value import Json, JsonObject

FORMS = {
    "path": "path",
    "path-list": "path-list",
    "go-version": "go",
    "semver": "semver",
    "pep440": "pep440",
    "date-time": "date-time",
}
"""A schema's `format`, and what operators call it."""

VERSIONS = {"go", "semver", "pep440"}

COLLECTOR = "x-collector"
"""Who gathers a fact: its name, the subjects that it asks, and whether it asks what runs."""
PACK = "x-pack"
"""The pack that declares a fact."""
SECRET = "x-secret"  # noqa: S105 - a keyword's name
"""Whether secrets are to be expected in a text."""
UNIT = "x-unit"
"""What a number counts."""

_DEFINITIONS = "#/$defs/"


class FactsSchema:
    """The JSON Schema of facts, as far as paths can be followed in it."""

    def __init__(self, facts: JsonObject, packs: Iterable[JsonObject] = ()) -> None:
        """Take the schema of the `facts` mapping, and what packs declare beside it."""
        self.document = facts
        self.top: JsonObject = dict(facts.get("properties", {}))
        for declared in packs:
            self.top.update(declared)

    def at(self, steps: Iterable[str | int], start: Json = None) -> Json:
        """Give the schema at the end of a path, or None where nothing is declared."""
        schema: Json = {"properties": self.top} if start is None else start
        for step in steps:
            schema = self.inside(self.resolved(schema), step)
            if schema is None:
                return None
        return self.resolved(schema)

    def inside(self, schema: Json, step: str | int) -> Json:
        """Give the schema of a mapping's key or a list's element, or None."""
        if not isinstance(schema, dict):
            return None
        if isinstance(step, int):
            return schema.get("items")
        named = schema.get("properties", {}).get(step)
        if named is not None:
            return named
        further = schema.get("additionalProperties")
        return further if isinstance(further, dict) else None

    def element(self, schema: Json) -> Json:
        """Give the schema that every element of a list or mapping has, or None."""
        schema = self.resolved(schema)
        if not isinstance(schema, dict):
            return None
        if "items" in schema:
            return self.resolved(schema["items"])
        further = schema.get("additionalProperties")
        if isinstance(further, dict):
            return self.resolved(further)
        children = list(schema.get("properties", {}).values())
        # Every key has a schema of its own; only what they agree on holds for each element.
        return (
            self.resolved(children[0])
            if children and all(c == children[0] for c in children)
            else None
        )

    def resolved(self, schema: Json) -> Json:
        """Follow references into the document's own definitions."""
        for _ in range(16):
            if not (isinstance(schema, dict) and isinstance(schema.get("$ref"), str)):
                return schema
            schema = self._definition(schema["$ref"])
        return None

    def shared(self, schema: Json) -> str:
        """Give the name of the definition that a schema refers to, which many have in common."""
        reference = schema.get("$ref") if isinstance(schema, dict) else None
        if not isinstance(reference, str) or not reference.startswith(_DEFINITIONS):
            return ""
        return reference.removeprefix(_DEFINITIONS)

    def _definition(self, reference: str) -> Json:
        found: Json = self.document
        for part in reference.removeprefix("#/").split("/"):
            found = found.get(part) if isinstance(found, dict) else None
        return found

    def form(self, schema: Json) -> str:
        """Give what operators call a schema's format, or nothing."""
        declared = schema.get("format") if isinstance(schema, dict) else None
        return FORMS.get(declared, "") if isinstance(declared, str) else ""


def is_closed(schema: Json) -> bool:
    """Say whether a schema tells which keys or elements there may be."""
    if not isinstance(schema, dict):
        return False
    further = schema.get("additionalProperties")
    if further is True:
        return False
    return (
        "properties" in schema
        or "items" in schema
        or isinstance(further, dict)
        or types_of(schema)[:1] not in ([], ["object"], ["array"])
    )


def types_of(schema: JsonObject) -> list[str]:
    """Give the JSON types that a fact can have for a rule."""
    declared = schema.get("type", [])
    types = [declared] if isinstance(declared, str) else list(declared)
    # A text that may hold a secret is, in a document, a mapping with the fingerprint.
    may_be_secret = schema.get("required") == ["$redacted"]
    types = [kind for kind in types if not (may_be_secret and kind == "object")]
    # A list of paths may be written as one text; operators on lists split it.
    return [*types, "array"] if schema.get("format") == "path-list" else types
