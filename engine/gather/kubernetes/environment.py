"""The variables that kubelet gives a container, in the order in which they count.

As makeEnvironmentVariables in pkg/kubelet/kubelet_pods.go of Kubernetes does it: first all of
`envFrom`, then `env`, whose values may name what was set before; then what Services make, where
it is not set yet. The image's own variables are none of those that a value may name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Reference, Room
from engine.gather.kubernetes.expansion import expanded
from engine.gather.kubernetes.fields import field_value
from engine.gather.kubernetes.scalars import flag_of, is_null, text_of
from engine.gather.kubernetes.services import MASTER, may_be_made
from engine.gather.kubernetes.settings import Setting, reference
from engine.model.facts import Absent
from engine.model.record import replace

if TYPE_CHECKING:
    from engine.gather.assignments import Part
    from engine.gather.kubernetes.pods import Pod
    from engine.gather.kubernetes.settings import Settings
    from engine.loading.nodes import Node

SERVICES = "services"
"""The scope of the variables that Services make."""

_NAME = re.compile(r"(?!\.\.?(?:\Z|\.))[-._a-zA-Z][-._a-zA-Z0-9]*")
_RELAXED = re.compile(r"[\x20-<>-~]+")
_REFUSED_NAME = Absent("parse_error", "the API server refuses the name of a variable")
_BY_VERSION = Absent("unsupported", "whether it is set depends on the version of Kubernetes")
_SOURCES = {"configMapRef": "ConfigMap", "secretRef": "Secret"}
_KEYS = {"configMapKeyRef": "ConfigMap", "secretKeyRef": "Secret"}


class Environment:
    """What one container gets, read step by step."""

    def __init__(self, pod: Pod, settings: Settings) -> None:
        """Take the pod that the container is of, and the ConfigMaps and Secrets of the tree."""
        self._pod = pod
        self._settings = settings
        self._room = Room()
        self._set: dict[str, Assignment] = {}
        self._more: Absent | None = None
        """Why there may be variables whose names are not known."""

    def take_from(self, container: Node) -> list[Assignment | Absent]:
        """Give what `envFrom` sets."""
        return [
            each for node in _items(container, "envFrom") for each in self._kept(self._source(node))
        ]

    def take(self, container: Node) -> list[Assignment | Absent]:
        """Give what `env` sets, after `envFrom`."""
        return [each for node in _items(container, "env") for each in self._kept([self._one(node)])]

    def words(self, container: Node, field: str) -> list[tuple[tuple[Part, ...], bool]] | Absent:
        """Give the words of `command` or `args`, and whether each holds a secret."""
        node = container.entries.get(field)
        if node is None or not isinstance(node.value, list):
            return Absent("parse_error", f"`{field}` is no list")
        return [self._expanded(text_of(item)) for item in node.items]

    def _kept(self, given: list[Assignment | Absent | None]) -> list[Assignment | Absent]:
        for each in given:
            if isinstance(each, Absent):
                self._more = each
                self._set.clear()  # which of them it sets as well, nobody knows
            elif each is not None:
                self._set[each.name] = each
        return [each for each in given if each is not None]

    def _source(self, node: Node) -> list[Assignment | Absent | None]:
        key = next((key for key in _SOURCES if not is_null(node.entries.get(key))), None)
        prefix = text_of(node.entries.get("prefix")) or ""
        if key is None or isinstance(prefix, Absent):
            return [Absent("parse_error", "an entry of `envFrom` that cannot be read")]
        name, ref = reference(node, key)
        kind = _SOURCES[key]
        found = name if isinstance(name, Absent) else self._entries(kind, name)
        if isinstance(found, Absent):
            optional = flag_of(ref.entries.get("optional"), otherwise=False)
            more = ", and need not exist" if optional is True else ""
            return [Absent(found.cause, f"{found.detail}{more}")]
        return [
            self._imported(prefix + key, each, is_secret=kind == "Secret")
            for key, each in found.items()
        ]

    def _imported(self, name: str, given: Setting, *, is_secret: bool) -> Assignment:
        value = given.value if _NAME.fullmatch(name) else _BY_VERSION
        return _made(name, (value,), given, is_secret=is_secret)

    def _entries(self, kind: str, name: str) -> dict[str, Setting] | Absent:
        return self._settings.entries(kind, name, self._pod.namespace)

    def _one(self, node: Node) -> Assignment | Absent | None:
        """Give what an entry of `env` sets; None where it surely sets nothing."""
        name = text_of(node.entries.get("name"))
        if not isinstance(name, str) or not _RELAXED.fullmatch(name):
            return name if isinstance(name, Absent) else _REFUSED_NAME
        here = Setting(_BY_VERSION, self._pod.file, node.place.line)
        if _NAME.fullmatch(name) is None:
            return _made(name, (_BY_VERSION,), here)
        value, source = text_of(node.entries.get("value")), node.entries.get("valueFrom")
        if value or source is None or is_null(source):
            parts, is_secret = self._expanded(value or "")
            return _made(name, parts, here, is_secret=is_secret)
        key = next((key for key in _KEYS if not is_null(source.entries.get(key))), None)
        if key is None:
            return _made(name, (field_value(source, self._pod),), here)
        found = self._entry(source, key)
        if found is None:
            return None  # what `envFrom` may have set stays
        found = replace(here, value=found) if isinstance(found, Absent) else found
        return _made(name, (found.value,), found, is_secret=key == "secretKeyRef")

    def _entry(self, source: Node, key: str) -> Setting | Absent | None:
        """Give the entry that a reference names; None where it surely is not there, and may be."""
        name, ref = reference(source, key)
        wanted = text_of(ref.entries.get("key"))
        found = name if isinstance(name, Absent) else self._entries(_KEYS[key], name)
        if isinstance(found, Absent):
            return found
        if not isinstance(wanted, str):
            return wanted or Absent("parse_error", "it names no key")
        if wanted not in found and flag_of(ref.entries.get("optional"), otherwise=False) is True:
            return None
        why = f"the {_KEYS[key]} `{name}` has no key `{wanted}`: the container does not start"
        return found.get(wanted) or Absent("missing", why)

    def _expanded(self, text: str | Absent | None) -> tuple[tuple[Part, ...], bool]:
        if isinstance(text, Absent):
            return (text,), False
        secrets = False

        def meaning(name: str) -> tuple[Part, ...]:
            nonlocal secrets
            found = self._set.get(name)
            if found is not None:
                secrets = secrets or found.is_secret
                return found.parts
            return (self._unset(name),)

        parts = self._room.kept(expanded(text or "", meaning))
        return parts, secrets

    def _unset(self, name: str) -> Part:
        if self._more is not None:
            return Absent(
                self._more.cause, f"`{name}` may come from elsewhere: {self._more.detail}"
            )
        as_it_stands = f"$({name})"
        has_links = self._pod.service_links
        if may_be_made(name) and (has_links is not False or name.startswith(MASTER)):
            return Reference(name, SERVICES, otherwise=(as_it_stands,))
        return as_it_stands


def _made(
    name: str, parts: tuple[Part, ...], where: Setting, *, is_secret: bool = False
) -> Assignment:
    return Assignment(name, parts, line=where.line, is_secret=is_secret, file=where.file)


def _items(container: Node, field: str) -> list[Node]:
    node = container.entries.get(field)
    return node.items if node is not None else []
