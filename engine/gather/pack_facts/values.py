"""What was read made fit for a document: the part that is asked for, without secrets, as declared.

Any name on the way to a value counts as a variable's name: a key `password` hides what is below it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.compile.schema import FactsSchema, types_of
from engine.gather.collector import MORE, Sourced
from engine.gather.host import HostError
from engine.gather.secret_names import is_secret_name
from engine.loading.nodes import Node
from engine.model.facts import Absent, Redacted, type_in_words
from engine.model.place import Place, Provenance
from engine.operators.patterns import compile_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.gather.redact import Redaction
    from engine.model.json_value import Json, JsonObject

MOST_CHARACTERS = 4 << 20
"""What a fact may take in a document, its pointers and provenance included."""

_COST = 150
"""About what a value's provenance takes beside its pointer and the file's name."""

_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY")
_NO_TYPES = FactsSchema({})
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,), "number": (int, float), "array": (list,), "object": (dict,),
}  # fmt: skip
_WORDS = {
    "string": "a text", "boolean": "true or false", "array": "a list", "object": "a mapping",
    "number": "a number", "integer": "a whole number", "null": "null",
}  # fmt: skip


def part_at(node: Node, steps: Sequence[str | int]) -> Node:
    """Give the part of what was read at the end of some steps; its value may be `Absent`."""
    for step in steps:
        value = node.value
        if isinstance(value, Absent):
            return node
        if isinstance(step, str) and isinstance(value, dict):
            found = value.get(step)
        elif isinstance(step, int) and isinstance(value, list):
            found = value[step] if -len(value) <= step < len(value) else None
        else:
            wanted = "a mapping" if isinstance(step, str) else "a list"
            what = f"expects {wanted}, got {type_in_words(value)}"
            return Node(Absent("wrong_type", what), node.place)
        if found is None:
            return Node(_nothing(f"{node.place.file} does not hold it"), node.place)
        node = found
    return node


def first_match(node: Node, lines: Sequence[str], pattern: str) -> Node:
    """Give what a pattern finds in the first line that it matches.

    That is the match, or its one group; groups with names give a mapping. A group that took no part
    in the match is certainly not there.
    """
    ready = compile_pattern(pattern)
    for number, line in enumerate(lines, start=1):
        found = ready.find(line)
        if found is None:
            continue
        if not ready.groups or None in ready.groups:
            return _matched(found, len(ready.groups), node.place.file, number)
        named = {
            str(name): _matched(found, index, node.place.file, number)
            for index, name in enumerate(ready.groups, start=1)
        }
        return Node(named, Place(node.place.file, number, found.start() + 1))
    return Node(_nothing(f"no line of {node.place.file} matches"), node.place)


def _matched(found: re.Match[str], group: int, file: str, line: int) -> Node:
    """Give what a group matched, 0 for the whole, with its place."""
    text: str | None = found.group(group)
    if text is None:
        return Node(_nothing("the group took no part in the match"), Place(file, line))
    return Node(text, Place(file, line, found.start(group) + 1))


def _nothing(detail: str) -> Absent:
    return Absent("missing", detail, certain=True)


class Fitting:
    """Makes one fact's value fit for a document."""

    def __init__(
        self, redaction: Redaction, fact: str, origin: Provenance, most: int = MOST_CHARACTERS
    ) -> None:
        """Take the fact's name, its provenance but for the lines, and what is left for it."""
        self._redaction = redaction
        self._fact = fact
        self._origin = origin
        self._most = min(most, MOST_CHARACTERS)
        self.taken = 0

    def value(self, node: Node, names: Sequence[str], schema: Json) -> Json:
        """Give the value with provenance, under the names that lead to it."""
        hidden_by = next((name for name in reversed(names) if is_secret_name(name)), "")
        name = hidden_by or (names[-1] if names else "")
        return self._sourced(node, name, schema, self._fact)

    def _sourced(self, node: Node, name: str, schema: Json, path: str) -> Json:
        self._spend(len(path) + len(node.place.file) + _COST)
        value = self._plain(node, name, schema, path)
        if isinstance(value, Absent):
            return value
        line, column = node.place.line, node.place.column
        if self._origin.file is None or line is None:
            return Sourced(value, self._origin)
        origin = self._origin
        return Sourced(
            value, Provenance(origin.collector, origin.origin, origin.file, line, column)
        )

    def _plain(self, node: Node, name: str, schema: Json, path: str) -> Json:
        value = node.value
        if isinstance(value, Absent):
            return value if value.certain else Absent(value.cause, _at(node, value.detail))
        misfit = _misfit(value, schema)
        if misfit is not None:
            what = (
                f"`{path}` is declared as {misfit}, and {node.place} holds {type_in_words(value)}"
            )
            return Absent("wrong_type", what)
        if isinstance(value, dict):
            return self._mapping(value, name, schema, path)
        if isinstance(value, list):
            return self._list(value, name, schema, path)
        return self._scalar(value, name)

    def _scalar(self, value: Json, name: str) -> Json:
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, str):
            self._spend(len(value))
            if _PRIVATE_KEY.search(value):
                return self._redaction.secret(value)
            return self._redaction.variable(name, value)
        return self._redaction.secret(str(value)) if is_secret_name(name) else value

    def _mapping(self, entries: dict[str, Node], name: str, schema: Json, path: str) -> Json:
        if "$redacted" in entries:
            return Absent("unsupported", "its key `$redacted` is one of the engine's own")
        made: JsonObject = {}
        more = None
        for key, child in entries.items():
            if isinstance(self._redaction.text(key), Redacted):
                more = Absent("redacted", "a key holds a secret")
                continue
            below = name if is_secret_name(name) else key
            inner = _NO_TYPES.inside(schema, key)
            made[key] = self._sourced(child, below, inner, f"{path}.{key}")
        return made if more is None else made | {MORE: more}

    def _list(self, items: list[Node], name: str, schema: Json, path: str) -> Json:
        made: list[Json] = []
        for index, child in enumerate(items):
            inner = self._sourced(child, name, _NO_TYPES.inside(schema, 0), f"{path}[{index}]")
            made.append(inner)
            if isinstance(inner, Absent):
                break  # what follows would move up into its place
        return made

    def _spend(self, characters: int) -> None:
        self.taken += characters
        if self.taken > self._most:
            what = f"`{self._fact}` takes more of a document than is left for it"
            raise HostError("too_large", f"{what}; choose a part of it with `at`")


def _misfit(value: Json, schema: Json) -> str | None:
    """Give the declared type in words, if a value is of another one."""
    types = types_of(schema) if isinstance(schema, dict) else []
    if not types or any(_is_of(value, kind) for kind in types):
        return None
    return " or ".join(dict.fromkeys(_WORDS.get(kind, kind) for kind in types))


def _is_of(value: Json, kind: str) -> bool:
    if isinstance(value, bool) or value is None:
        return kind == ("boolean" if isinstance(value, bool) else "null")
    if kind == "integer":
        return isinstance(value, int) or (isinstance(value, float) and value.is_integer())
    return isinstance(value, _TYPES.get(kind, (object,)))


def _at(node: Node, detail: str) -> str:
    """Give a hole's detail with its place in front."""
    return f"{node.place}: {detail}"
