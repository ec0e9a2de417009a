"""The manifests of a folder: which files are some, and the objects in them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.gather.kubernetes.objects import is_manifest, objects_of
from engine.gather.plain_yaml import documents, yaml_files
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.kubernetes.objects import Object
    from engine.gather.survey import Survey

STATES = ("read", "template", "broken", "unreadable")
FILES_LIMIT = 500
BYTES_LIMIT = 8 << 20
"""How many manifests are read at most, and how long they may be together."""

_CHART = ("Chart.yaml", "Chart.yml")


@record
class Manifest:
    """One file, its state out of `STATES`, its objects, and why they are not known."""

    file: str
    state: str
    objects: tuple[Object, ...] = ()
    hole: Absent | None = None


def manifests(survey: Survey) -> Iterator[Manifest | Absent]:
    """Give the manifests below the directory; a hole says that there may be more."""
    files = size = 0
    for path in yaml_files(survey, survey.directory):
        if isinstance(path, Absent):
            yield path
            continue
        try:
            content = survey.host.read(path, within=survey.directory)
        except HostError as error:
            # Nobody knows whether it is a manifest; folders and pipes with such a name are none.
            if error.cause not in ("missing", "unsupported"):
                yield Manifest(path, "unreadable", hole=error.hole())
            continue
        if b"apiVersion" not in content or b"kind" not in content:
            continue
        files, size = files + 1, size + len(content)
        if files > FILES_LIMIT or size > BYTES_LIMIT:
            yield Absent("too_large", f"there are too many manifests below {survey.directory}")
            return
        found = _manifest(survey, path, content)
        if found is not None:
            yield found


def _manifest(survey: Survey, path: str, content: bytes) -> Manifest | None:
    has_braces = b"{{" in content
    template = Manifest(path, "template", hole=Absent("opaque", f"{path} is a template"))
    if has_braces and _is_of_chart(survey, path):
        return template
    try:
        read = documents(content, path)
    except HostError as error:
        if has_braces:
            return template
        return Manifest(path, "broken", hole=Absent(error.cause, f"{path}: {error.detail}"))
    if not any(map(is_manifest, read)):
        return None
    return Manifest(path, "read", tuple(objects_of(read, path)))


def _is_of_chart(survey: Survey, path: str) -> bool:
    """Say whether helm fills a file in: it lies in the folder `templates` of a chart."""
    folder = os.path.dirname(path)
    while folder not in ("/", survey.directory):
        if os.path.basename(folder) == "templates":
            return any(_is_there(survey, os.path.dirname(folder), name) for name in _CHART)
        folder = os.path.dirname(folder)
    return False


def _is_there(survey: Survey, folder: str, name: str) -> bool:
    try:
        survey.host.status(os.path.join(folder, name))
    except HostError:
        return False
    return True
