"""The objects of a manifest: what its documents, and lists in them, declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.kubernetes.scalars import text_of
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.loading.nodes import Node

WORKLOADS = {
    "Pod": "",
    "Deployment": "apps",
    "StatefulSet": "apps",
    "DaemonSet": "apps",
    "ReplicaSet": "apps",
    "ReplicationController": "",
    "Job": "batch",
    "CronJob": "batch",
}
_OTHERS = ("ConfigMap", "Secret", "Service")


@record
class Object:
    """One object, with its metadata: a name that is a hole is made up by the server, or unread."""

    kind: str
    name: str | Absent
    namespace: str | Absent | None
    node: Node
    file: str

    @property
    def line(self) -> int | None:
        """The line where it begins."""
        return self.node.place.line


def objects_of(documents: Iterable[Node], file: str) -> Iterator[Object]:
    """Give the objects that matter here, out of documents and the lists in them."""
    for document in documents:
        if _word(document, "kind") == "List" and _word(document, "apiVersion") == "v1":
            items = document.entries.get("items")
            yield from objects_of(items.items if items else (), file)
        elif _is_known(document):
            yield _object(document, file)


def is_manifest(document: Node) -> bool:
    """Say whether a document is an object of Kubernetes, of whatever kind."""
    return bool(_word(document, "kind") and _word(document, "apiVersion"))


def within(node: Node | None, *keys: str) -> Node | None:
    """Give what stands further down in mappings, or None."""
    for key in keys:
        node = node.entries.get(key) if node is not None else None
    return node


def _is_known(document: Node) -> bool:
    kind, version = _word(document, "kind"), _word(document, "apiVersion")
    group = version.partition("/")[0] if "/" in version else ""
    if kind in _OTHERS:
        return version == "v1"
    # Deployments and their likes began in the group `extensions`.
    return kind in WORKLOADS and group in (WORKLOADS[kind], *(("extensions",) if group else ()))


def _object(node: Node, file: str) -> Object:
    metadata = node.entries.get("metadata")
    name = text_of(within(metadata, "name"))
    if name is None:
        name = Absent("opaque", "it has no name of its own")
    namespace = text_of(within(metadata, "namespace"))
    return Object(_word(node, "kind"), name, namespace, node, file)


def _word(node: Node, key: str) -> str:
    found = text_of(node.entries.get(key))
    return found if isinstance(found, str) else ""
