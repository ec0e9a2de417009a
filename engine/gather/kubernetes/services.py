"""The variables that Services make, by name: as pkg/kubelet/envvars of Kubernetes forms them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.kubernetes.objects import within
from engine.gather.kubernetes.scalars import is_null, number_of, text_of
from engine.model.facts import Absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.kubernetes.objects import Object
    from engine.loading.nodes import Node

MASTER = "KUBERNETES_"
"""What the variables of the API server's own Service begin with; every container gets those."""

_BY_SERVICES = re.compile(
    r"[A-Z][A-Z0-9_]*_(?:SERVICE_HOST|SERVICE_PORT(?:_[A-Z0-9_]+)?"
    r"|PORT(?:_[0-9]+_(?:TCP|UDP|SCTP)(?:_(?:PROTO|PORT|ADDR))?)?)"
)


def may_be_made(name: str) -> bool:
    """Say whether a variable has a name that a Service may give it."""
    return _BY_SERVICES.fullmatch(name) is not None


def variables_of(service: Object) -> list[str | Absent]:
    """Give the names of the variables that one Service makes, in order; none if it has no IP."""
    spec = service.node.entries.get("spec")
    kind = text_of(within(spec, "type"))
    if kind == "ExternalName" or text_of(within(spec, "clusterIP")) == "None":
        return []
    if isinstance(service.name, Absent):
        return [service.name]
    prefix = _upper(service.name)
    ports = within(spec, "ports")
    if is_null(ports):
        return [f"{prefix}_SERVICE_HOST", Absent("parse_error", "its ports are not known")]
    return [f"{prefix}_SERVICE_HOST", f"{prefix}_SERVICE_PORT", *_of_ports(prefix, ports)]


def _of_ports(prefix: str, ports: Node | None) -> Iterator[str | Absent]:
    items = ports.items if ports else []
    if not items:
        yield Absent("parse_error", "its ports are not known")
    for item in items:
        name = text_of(item.entries.get("name"))
        if isinstance(name, str):
            yield f"{prefix}_SERVICE_PORT_{_upper(name)}"
        elif isinstance(name, Absent):
            yield name
    for at, item in enumerate(items):
        port = number_of(item.entries.get("port"))
        protocol = text_of(item.entries.get("protocol")) or "TCP"
        if not isinstance(port, int) or isinstance(protocol, Absent):
            yield Absent("parse_error", "a port of it is not known")
            continue
        if at == 0:
            yield f"{prefix}_PORT"
        link = f"{prefix}_PORT_{port}_{protocol.upper()}"
        yield from (link, f"{link}_PROTO", f"{link}_PORT", f"{link}_ADDR")


def _upper(name: str) -> str:
    return name.replace("-", "_").upper()
