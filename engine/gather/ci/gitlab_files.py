"""The configuration of a GitLab pipeline: `.gitlab-ci.yml` with what it includes and extends.

As GitLab's reference of the CI/CD YAML syntax says: what is included comes first, mappings are
merged deeply, lists are replaced, and the file that includes wins. Files elsewhere are holes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.gather.plain_yaml import ENDINGS, Reference, documents
from engine.loading.nodes import Node
from engine.model.facts import Absent
from engine.model.place import Place

if TYPE_CHECKING:
    from engine.gather.host import Host

ROOT = ".gitlab-ci.yml"
FILES_LIMIT = 150
"""As many files as GitLab includes at most."""

NODES_LIMIT = 500_000
"""How many values the jobs come to at most, with all that they extend and refer to."""

_DEEPEST = 11
_NOWHERE = Place("")
_ELSEWHERE = ("remote", "template", "project", "component", "artifact")


class Configuration:
    """All files of one pipeline, merged; `holes` say what may change it, unseen."""

    def __init__(self, host: Host, top: str) -> None:
        """Read the root file and what it includes; `HostError` where there is no root file."""
        self.file = os.path.join(top, ROOT)
        self.holes: list[Absent] = []
        self._host, self._top = host, top
        self._files = 0
        self._filled_nodes = 0
        self._known: dict[str, Node] = {}
        self.root = self._read(self.file, ())

    def job(self, name: str) -> Node:
        """Give a job with what it extends merged in, and `!reference` filled in."""
        return self._filled(self._extended(name, 0), 0)

    def filled(self, node: Node) -> Node:
        """Give a node with `!reference` filled in."""
        return self._filled(node, 0)

    def _read(self, path: str, above: tuple[str, ...]) -> Node:
        self._files += 1
        found = documents(self._host.read(path, within=self._top), path)
        if not found or not isinstance(found[-1].value, dict):
            raise HostError("parse_error", f"{path} is no mapping")
        node = found[-1]
        merged = Node({}, node.place)
        include = node.entries.get("include")
        for each in () if include is None else include.items or [include]:
            merged = merge(merged, self._included(each, (*above, path)))
        return merge(merged, node)

    def _included(self, given: Node, above: tuple[str, ...]) -> Node:
        """Give the content of a file of the repository; what lies elsewhere is a hole."""
        empty = Node({}, given.place)
        entries = given.entries
        where = entries.get("local") if entries else given
        path = where.value if where is not None else None
        kind = next((kind for kind in _ELSEWHERE if kind in entries), None)
        if not isinstance(path, str) or kind is not None or "://" in path:
            return self._lost(empty, f"it includes a {kind or 'file'} from elsewhere")
        if not path.endswith(ENDINGS) or any(sign in path for sign in "*$"):
            return self._lost(empty, "which files it includes is not known")
        if "rules" in entries or "inputs" in entries:
            return self._lost(empty, "what it includes depends on the run")
        file = os.path.normpath(os.path.join(self._top, path.lstrip("/")))
        if file in above or self._files >= FILES_LIMIT:
            return self._lost(empty, "it includes itself, or too many files")
        try:
            return self._read(file, above)
        except HostError as error:
            return self._lost(empty, f"{file}: {error.detail}", error.cause)

    def _lost(self, empty: Node, why: str, cause: str = "not_collected") -> Node:
        self.holes.append(Absent(cause, why))
        return empty

    def _extended(self, name: str, depth: int) -> Node:
        if name not in self._known:
            self._known[name] = Node(Absent("parse_error", f"`{name}` extends itself"), _NOWHERE)
            self._known[name] = self._merged(name, depth)
        return self._known[name]

    def _merged(self, name: str, depth: int) -> Node:
        node = self.root.entries.get(name)
        if node is None or depth > _DEEPEST:
            why = Absent("not_collected", f"`{name}`, which is extended, is not in these files")
            return Node(why, self.root.place)
        extends = node.entries.get("extends")
        merged = Node({}, node.place)
        for parent in () if extends is None else extends.items or [extends]:
            base = self._extended(str(parent.value), depth + 1)
            if isinstance(base.value, Absent):
                return base
            merged = merge(merged, base)
        return merge(merged, node)

    def _filled(self, node: Node, depth: int) -> Node:
        self._filled_nodes += 1
        if self._filled_nodes > NODES_LIMIT:
            raise HostError("too_large", f"{self.file} comes to more than {NODES_LIMIT} values")
        if depth > _DEEPEST * 4:
            return Node(Absent("too_large", "it refers to itself, or too far"), node.place)
        if isinstance(node, Reference):
            return self._filled(self._referenced(node), depth + 4)
        if isinstance(node.value, dict):
            inner = {key: self._filled(each, depth + 1) for key, each in node.value.items()}
            return Node(inner, node.place, node.keys)
        if isinstance(node.value, list):
            items: list[Node] = []
            for each in node.value:
                found = self._filled(each, depth + 1)
                items += found.items if isinstance(found.value, list) else [found]
            return Node(items, node.place)
        return node

    def _referenced(self, reference: Reference) -> Node:
        found: Node | None = self.root
        for key in reference.items:
            found = found.entries.get(str(key.value)) if found is not None else None
        why = Absent("not_collected", "it refers to what is not in these files")
        return found if found is not None else Node(why, reference.place)


def merge(base: Node, over: Node) -> Node:
    """Give two nodes merged deeply: of mappings all keys, of all else the second."""
    if not isinstance(base.value, dict) or not isinstance(over.value, dict):
        return over
    entries = dict(base.value)
    for key, node in over.value.items():
        entries[key] = merge(entries[key], node) if key in entries else node
    return Node(entries, over.place, base.keys | over.keys)
