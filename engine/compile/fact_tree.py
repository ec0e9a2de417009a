"""Declared facts as a tree for people: what there is, of which type, and what it means."""

from __future__ import annotations

from engine.compile.schema import COLLECTOR, PACK, SECRET, UNIT, types_of
from engine.model.record import record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.compile.schema import FactsSchema
    from engine.model.json_value import Json, JsonObject

_DEEPEST = 32
"""A pack's schema may refer to itself."""

_WORDS = {
    "string": "text",
    "boolean": "truth value",
    "array": "list",
    "object": "mapping",
    "integer": "number",
}


@record
class Entry:
    """One row of the tree; a list or a mapping of facts is one with what it holds.

    `name` is the last part of `path`, with `[]` for each list and `.*` for each mapping from
    names that are not known beforehand; `schema` is
    declared of the whole, `inner` of what is inside. `owner` is the nearest declaration (upwards)
    that says who knows the fact: a collector, or a pack. What is inside of many facts has a name of
    its own, `shared`, and is told once for all of them: its entries do not follow.
    """

    path: str
    name: str
    depth: int
    schema: JsonObject
    inner: JsonObject
    owner: JsonObject
    shared: str = ""

    @property
    def about(self) -> str:
        """What it means."""
        return str(self.schema.get("description", ""))

    @property
    def kind(self) -> str:
        """Its type in words, with what a list or mapping holds, and with its unit."""
        return kind_in_words(self.schema, self.shared)

    @property
    def words(self) -> list[str]:
        """The words out of which a text is; empty if it can be anything."""
        among = self.inner.get("enum")
        return [str(word) for word in among] if isinstance(among, list) else []

    @property
    def examples(self) -> list[Json]:
        """What a value may look like."""
        shown = self.inner.get("examples")
        return list(shown) if isinstance(shown, list) else []

    @property
    def keys(self) -> list[str]:
        """Names that a mapping may hold."""
        return list(as_mapping(self.schema.get("propertyNames")).get("examples", ()))

    @property
    def is_secret(self) -> bool:
        """Whether secrets are to be expected in it."""
        return self.inner.get(SECRET) is True


def tree(schema: FactsSchema) -> Iterator[Entry]:
    """Give all entries, each before its children."""
    for name in sorted(schema.top):
        yield from _walk(schema, name, name, schema.top[name], 0, {}, is_asked=False)


def subtree(schema: FactsSchema, path: str, steps: Iterable[str | int]) -> Iterator[Entry]:
    """Give the entries at and below a path that is declared; `steps` lead there.

    What that path holds is told even where it is shared by many.
    """
    declared: Json = {"properties": schema.top}
    owner: JsonObject = {}
    for step in steps:
        declared = as_mapping(schema.resolved(declared))
        owner = declared if _says_who_knows(declared) else owner
        declared = schema.inside(declared, step)
    yield from _walk(schema, path, path, declared, 0, owner, is_asked=True)


def told_once(schema: FactsSchema, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Give, for each definition that entries share, its own entries: `assignment.name`."""
    for name in sorted({entry.shared for entry in entries if entry.shared}):
        definition = {"$ref": f"#/$defs/{name}"}
        yield from _walk(schema, name, name, definition, 0, {}, is_asked=True)


def _walk(  # noqa: PLR0913, PLR0917 - what a row is made of
    schema: FactsSchema,
    path: str,
    name: str,
    declared: Json,
    depth: int,
    owner: JsonObject,
    *,
    is_asked: bool,
) -> Iterator[Entry]:
    whole = as_mapping(schema.resolved(declared))
    owner = whole if _says_who_knows(whole) else owner
    inner, marks, shared = whole, "", schema.shared(declared)
    while (element := _element(inner)) is not None and len(marks) < _DEEPEST:
        marks += element[0]
        inner, shared = as_mapping(schema.resolved(element[1])), schema.shared(element[1])
    shared = "" if is_asked else shared
    yield Entry(path + marks, name + marks, depth, whole, inner, owner, shared)
    if depth < _DEEPEST and not shared:
        for key, child in as_mapping(inner.get("properties")).items():
            below = f"{path}{marks}.{key}"
            yield from _walk(schema, below, key, child, depth + 1, owner, is_asked=False)


def _says_who_knows(schema: JsonObject) -> bool:
    return COLLECTOR in schema or PACK in schema


def _element(schema: JsonObject) -> tuple[str, Json] | None:
    """Give the mark of a list, or a mapping from any names, and what its elements are."""
    if isinstance(schema.get("items"), dict):
        return "[]", schema["items"]
    if isinstance(schema.get("additionalProperties"), dict) and not schema.get("properties"):
        return ".*", schema["additionalProperties"]
    return None


def kind_in_words(schema: JsonObject, shared: str = "", *, many: bool = False) -> str:
    """Name a type as people say it: `list of paths`, `number (bytes)`.

    What is `shared` has a name of its own: `list of assignments`.
    """
    element = _element(schema)
    if element is not None:
        container = "list" if element[0] == "[]" else "mapping"
        inside = kind_in_words(as_mapping(element[1]), shared, many=True)
        return container + ("s" if many else "") + (f" of {inside}" if inside else "")
    form = schema.get("format")
    if shared:
        return f"{shared}s" if many else shared
    types = [form] if isinstance(form, str) else types_of(schema)
    ending = "s" if many else ""
    kinds = dict.fromkeys(f"{_WORDS.get(kind, kind)}{ending}" for kind in types)
    unit = f" ({schema[UNIT]})" if UNIT in schema else ""
    return " or ".join(kinds) + unit


def as_mapping(schema: Json) -> JsonObject:
    """Give a schema that is a mapping; `true` and `false` declare nothing that can be told."""
    return schema if isinstance(schema, dict) else {}
