"""The pods that workloads make, and their containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.kubernetes.objects import WORKLOADS, within
from engine.gather.kubernetes.scalars import flag_of
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.kubernetes.objects import Object
    from engine.loading.nodes import Node
    from engine.model.facts import Absent

_TEMPLATES = {"Pod": (), "CronJob": ("spec", "jobTemplate", "spec", "template")}


@record
class Pod:
    """What a workload makes: the node with its metadata and its spec.

    Only a pod of its own has its `name` from the manifest.
    """

    node: Node
    file: str
    name: str | Absent | None
    namespace: str | Absent | None
    service_links: bool | Absent


def pod_of(workload: Object) -> Pod | None:
    """Give the pod of a workload, or None where its manifest has none."""
    if workload.kind not in WORKLOADS:
        return None
    node = within(workload.node, *_TEMPLATES.get(workload.kind, ("spec", "template")))
    if node is None or not isinstance(node.value, dict):
        return None
    links = flag_of(within(node, "spec", "enableServiceLinks"), otherwise=True)
    name = workload.name if workload.kind == "Pod" else None
    return Pod(node, workload.file, name, workload.namespace, links)


def containers_of(pod: Pod) -> Iterator[tuple[Node, bool]]:
    """Give the containers of a pod, and whether each starts before the others."""
    for field, is_init in (("initContainers", True), ("containers", False)):
        node = within(pod.node, "spec", field)
        for item in node.items if node is not None else ():
            yield item, is_init
