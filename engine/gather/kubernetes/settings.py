"""ConfigMaps and Secrets of a tree: which one a container means, and the values that it holds."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING

from engine.gather.kubernetes.objects import within
from engine.gather.kubernetes.scalars import REFUSED, is_null, text_of
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.gather.kubernetes.objects import Object
    from engine.loading.nodes import Node

ENTRIES_LIMIT = 500_000
"""How many entries all containers read at most, together."""


@record
class Setting:
    """One entry of a ConfigMap or Secret, with its place."""

    value: str | Absent
    file: str
    line: int | None


class Settings:
    """All ConfigMaps and Secrets of the manifests in a tree."""

    def __init__(self, objects: Iterable[Object]) -> None:
        """Take the objects among which they are."""
        self._given = 0
        self._objects = [each for each in objects if each.kind in ("ConfigMap", "Secret")]

    def entries(
        self, kind: str, name: str, namespace: str | Absent | None
    ) -> dict[str, Setting] | Absent:
        """Give the entries of the one that a workload means, or why they are not known."""
        found = [
            each
            for each in self._objects
            if each.kind == kind
            and each.name == name
            and (each.namespace is None or namespace is None or each.namespace == namespace)
        ]
        if not found:
            return Absent("not_collected", f"no manifest here declares the {kind} `{name}`")
        if len(found) > 1:
            files = " and ".join(dict.fromkeys(each.file for each in found))
            return Absent("ambiguous", f"the {kind} `{name}` is declared more than once: {files}")
        if found[0].namespace != namespace:
            which = f"the {kind} `{name}` in {found[0].file}"
            return Absent("ambiguous", f"{which} may stand in another namespace")
        entries = _of_secret(found[0]) if kind == "Secret" else _texts(found[0], "data")
        self._given += 1 if isinstance(entries, Absent) else len(entries)
        if self._given > ENTRIES_LIMIT:
            return Absent("too_large", f"containers read more than {ENTRIES_LIMIT} entries")
        return entries


def _texts(given: Object, field: str) -> dict[str, Setting] | Absent:
    node = given.node.entries.get(field)
    if node is None or is_null(node):
        return {}
    if not isinstance(node.value, dict):
        return node.value if isinstance(node.value, Absent) else Absent("parse_error", REFUSED)
    return {str(key): _setting(given, node, key) for key in node.value}


def _setting(given: Object, node: Node, key: str) -> Setting:
    value = text_of(node.entries[key])
    if value is None:
        value = Absent("parse_error", "nothing stands behind its key")
    return Setting(value, given.file, node.place_of(key).line)


def _of_secret(given: Object) -> dict[str, Setting] | Absent:
    """Give the entries of a Secret, decoded; what stands under `stringData` wins."""
    coded, plain = _texts(given, "data"), _texts(given, "stringData")
    if isinstance(coded, Absent) or isinstance(plain, Absent):
        return coded if isinstance(coded, Absent) else plain
    return {key: _decoded(each) for key, each in coded.items()} | plain


def _decoded(given: Setting) -> Setting:
    if isinstance(given.value, Absent):
        return given
    try:
        # Go's decoder passes over line breaks, and over nothing else.
        text = given.value.replace("\n", "").replace("\r", "")
        value: str | Absent = base64.b64decode(text, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        value = Absent("parse_error", "it is not base64 of a text")
    return Setting(value, given.file, given.line)


def reference(node: Node, key: str) -> tuple[str | Absent, Node]:
    """Give the name in a reference such as `configMapRef`, and the reference."""
    ref = node.entries[key]
    name = text_of(within(ref, "name"))
    return name or Absent("parse_error", "it names none"), ref
