"""Kubernetes: the containers that manifests in the directory declare, and their variables."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.assignments import Teller, assignments
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, text, text_or_secret
from engine.gather.identities import Identities
from engine.gather.kubernetes.environment import Environment
from engine.gather.kubernetes.objects import WORKLOADS, within
from engine.gather.kubernetes.pods import Pod, containers_of, pod_of
from engine.gather.kubernetes.scalars import number_of, text_of
from engine.gather.kubernetes.services import variables_of
from engine.gather.kubernetes.settings import Settings
from engine.gather.kubernetes.tree import STATES, Manifest, manifests
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.assignments import Assignment
    from engine.gather.kubernetes.objects import Object
    from engine.gather.survey import Survey
    from engine.loading.nodes import Node
    from engine.model.json_value import Json, JsonObject

CONTAINERS_LIMIT = 2000
_ORIGIN = "a Kubernetes manifest"
_WORD = text_or_secret("A word, with `$(VARIABLE)` filled in as far as it is known", "serve")
_FACTS = {
    "kubernetes": group(
        "Kubernetes manifests in the directory, as they are written; what kustomize, helm and the "
        "cluster change later is not known",
        files=listing(
            "The files that are manifests",
            group(
                "One file",
                file=text("The file", "/home/dana/shop/deploy/shop.yaml", form="path"),
                state=text(
                    "What became of it; a `template` is filled in by helm before it counts",
                    among=STATES,
                ),
            ),
        ),
        containers=listing(
            "The containers of all pods that they declare",
            group(
                "One container",
                id=text("What it is called here", "deployment/shop/app"),
                file=text("The manifest", "/home/dana/shop/deploy/shop.yaml", form="path"),
                line=number("Its line", 14),
                kind=text("The kind of its workload", among=tuple(WORKLOADS)),
                namespace=text("The namespace that the manifest names", "shop"),
                workload=text("The workload's name", "shop"),
                container=text("Its name", "app"),
                init=flag("Whether it is one of `initContainers`"),
                image=text_or_secret("Its image", "registry.example/shop:1.4"),
                env_from=assignments("What `envFrom` sets, before all of `env`"),
                env=assignments(
                    "What `env` sets, with `$(VARIABLE)` filled in; references `of` the scope "
                    "`services` are variables that a Service of the cluster may make"
                ),
                service_links=flag("Whether it gets the variables of its namespace's Services"),
                variables_by_services=listing(
                    "The variables that Services declared here make, where `env` sets no such one",
                    text("One name", "SHOP_SERVICE_HOST"),
                ),
                command=listing("What it runs instead of the image's entry point", _WORD),
                args=listing("What it hands on instead of the image's command", _WORD),
                working_dir=text_or_secret("Where it starts", "/srv", form="path"),
                run_as_user=number("The account that it runs as", 1000),
            ),
        ),
    )
}


@collector("kubernetes", subjects=("workstation", "repository"), facts=_FACTS)
def kubernetes(survey: Survey) -> Iterator[Fact]:
    """The containers that Kubernetes manifests in the directory declare, with their variables."""
    found = list(manifests(survey))
    files = [each for each in found if isinstance(each, Manifest)]
    holes = [each for each in found if isinstance(each, Absent)]
    holes += [each.hole for each in files if each.hole is not None]
    containers = _Containers(survey, [each for file in files for each in file.objects])
    value: JsonObject = {
        "files": [*map(_file, files), *(each for each in found if isinstance(each, Absent))],
        "containers": [*containers.rows(), *holes],
    }
    yield Fact("kubernetes", value, Provenance(origin="the manifests below the directory"))


def _file(manifest: Manifest) -> Sourced:
    row: JsonObject = {"file": manifest.file, "state": manifest.state}
    return Sourced(row, Provenance(None, _ORIGIN, manifest.file))


class _Containers:
    """Tells the containers of all objects."""

    def __init__(self, survey: Survey, objects: list[Object]) -> None:
        self._survey = survey
        self._objects = objects
        self._settings = Settings(objects)
        self._services = [each for each in objects if each.kind == "Service"]
        self._ids = Identities()
        self._count = 0
        self._teller = Teller(survey.redaction, _ORIGIN)

    def rows(self) -> Iterator[Json]:
        """Give a row for each container."""
        for workload in self._objects:
            pod = pod_of(workload)
            if pod is None:
                continue
            for node, is_init in containers_of(pod):
                self._count += 1
                if self._count > CONTAINERS_LIMIT:
                    yield Absent("too_large", f"there are more than {CONTAINERS_LIMIT} containers")
                    return
                row = self._row(workload, pod, node) | {"init": is_init}
                place = Provenance(None, _ORIGIN, workload.file, node.place.line)
                yield Sourced(row, place)

    def _row(self, workload: Object, pod: Pod, node: Node) -> JsonObject:
        environment = Environment(pod, self._settings)
        name = text_of(node.entries.get("name")) or Absent("parse_error", "it has no name")
        row: JsonObject = {
            "id": self._id(workload, name),
            "file": workload.file,
            "line": node.place.line,
            "kind": workload.kind,
            "workload": workload.name,
            "container": name,
            "service_links": pod.service_links,
            "variables_by_services": self._made_by_services(pod),
            "env_from": self._told(environment.take_from(node)),
            "env": self._told(environment.take(node)),
        }
        row |= {"namespace": workload.namespace} if workload.namespace is not None else {}
        for key, field in (("image", "image"), ("working_dir", "workingDir")):
            given = text_of(node.entries.get(field))
            if given is not None:
                row[key] = self._hidden(given)
        for field in ("command", "args"):
            if field in node.entries:
                row[field] = self._words(environment, node, field)
        user = number_of(within(node, "securityContext", "runAsUser"))
        if user is None:
            user = number_of(within(pod.node, "spec", "securityContext", "runAsUser"))
        return row | ({"run_as_user": user} if user is not None else {})

    def _id(self, workload: Object, name: str | Absent) -> str:
        names = [each if isinstance(each, str) else "?" for each in (workload.name, name)]
        wanted = "/".join((workload.kind.lower(), *names))
        return self._ids.unique(wanted, os.path.relpath(workload.file, self._survey.directory))

    def _told(self, given: list[Assignment | Absent]) -> list[Json]:
        return self._teller.told(given, None)

    def _hidden(self, given: str | Absent) -> Json:
        return given if isinstance(given, Absent) else self._survey.redaction.text(given)

    def _words(self, environment: Environment, node: Node, field: str) -> Json:
        found = environment.words(node, field)
        if isinstance(found, Absent):
            return found
        for part in (part for parts, _ in found for part in parts):
            if not isinstance(part, str):  # words without one of them would be other words
                why = Absent("not_collected", "a word of it depends on Services of the cluster")
                return part if isinstance(part, Absent) else why
        return [self._word("".join(map(str, parts)), is_secret=known) for parts, known in found]

    def _word(self, text: str, *, is_secret: bool) -> Json:
        redaction = self._survey.redaction
        return redaction.secret(text) if is_secret else redaction.text(text)

    def _made_by_services(self, pod: Pod) -> Json:
        if isinstance(pod.service_links, Absent):
            return pod.service_links
        if not pod.service_links:
            return []
        near = [each for each in self._services if each.namespace == pod.namespace]
        found = [name for each in near for name in variables_of(each)]
        unknown = Absent("not_collected", "the cluster may have other Services")
        return [*dict.fromkeys(name for name in found if isinstance(name, str)), unknown]
