"""What `fieldRef` gives: fields of the pod that the manifest itself says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.kubernetes.objects import within
from engine.gather.kubernetes.scalars import is_null, text_of
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.kubernetes.pods import Pod
    from engine.loading.nodes import Node

_ENTRY = re.compile(r"metadata\.(labels|annotations)\['([^']+)'\]")
_SAID = {
    "spec.nodeName": ("spec", "nodeName"),
    "spec.serviceAccountName": ("spec", "serviceAccountName"),
}


def field_value(source: Node, pod: Pod) -> str | Absent:
    """Give the value of a `valueFrom` that names no ConfigMap and no Secret."""
    if is_null(source.entries.get("fieldRef")):
        kind = next(iter(source.entries), "valueFrom")
        return Absent("opaque", f"`{kind}` is only known where the pod runs")
    path = text_of(within(source, "fieldRef", "fieldPath"))
    value = _said(path, pod) if isinstance(path, str) else None
    if isinstance(value, str):
        return value
    return Absent("opaque", "`fieldRef` is only known where the pod runs")


def _said(path: str, pod: Pod) -> str | Absent | None:
    if path == "metadata.name":
        return pod.name
    if path == "metadata.namespace":
        return pod.namespace
    if path in _SAID:
        return text_of(within(pod.node, *_SAID[path]))
    found = _ENTRY.fullmatch(path)
    return text_of(within(pod.node, "metadata", found[1], found[2])) if found else None
