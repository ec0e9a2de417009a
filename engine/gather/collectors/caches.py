"""The folders that Go and gopls fill by themselves: whose they are, and what they lie on."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, text
from engine.gather.go.cache_folders import Folder, cache_folders
from engine.gather.go.modules import main_module
from engine.gather.host import HostError
from engine.gather.mounts import FILE, KINDS, mount_at, mounts
from engine.gather.writers import who_else_decides
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.host import Status
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

INSIDE_LIMIT = 1000

_KINDS = ("directory", "file", "device", "fifo", "socket", "other", "missing")


def _cache(about: str, example: str) -> JsonObject:
    return group(
        about,
        path=text("The folder", example, form="path"),
        exists=flag("Whether anything is there"),
        kind=text("What is there", among=_KINDS),
        resolved=text(
            "The folder without links; missing if nothing is there", example, form="path"
        ),
        owner=text("The name of its owner, or the number of one without a name", "dana"),
        owner_uid=number("The number of its owner", 1000),
        mode=text("Its permissions in octal", "0755"),
        writable=flag("Whether you may write to it or, where nothing is there, make it"),
        unwritable=listing(
            "Folders right inside it that you may not write to, such as those that `sudo go` "
            "made; those of single modules are left out, which Go itself makes read-only",
            group(
                "One folder",
                path=text("The folder", f"{example}/ab", form="path"),
                owner=text("The name of its owner, or the number of one without a name", "root"),
            ),
        ),
        others_can_write=flag(
            "Whether somebody but you and root can put files here: through the owner or the mode "
            "of the folder or of any on the way, or by making it"
        ),
        others_how=text("How they can; empty if they cannot", "everybody may write to /tmp"),
        inside_project=flag(
            "Whether it lies in the directory that was gathered, or in that directory's module"
        ),
        file_system=group(
            "What it lies on or, where nothing is there, will lie on",
            type=text("The file system's name in the kernel", "ext4", "9p", "nfs4"),
            kind=text(
                "Where that keeps its files; `host`: on the machine that this one runs on, as "
                "Windows' drives in WSL and shared folders of virtual machines",
                among=KINDS,
            ),
            mount_point=text("Where it is mounted", "/home", form="path"),
            read_only=flag("Whether it is mounted read-only"),
        ),
    )


_FACTS = {
    "caches": group(
        "The folders that Go and gopls fill by themselves; one that is switched off is missing",
        build=_cache("What was built: GOCACHE", "/home/dana/.cache/go-build"),
        modules=_cache("Modules that were fetched: GOMODCACHE", "/home/dana/go/pkg/mod"),
        checksums=_cache("What the checksum database said", "/home/dana/go/pkg/sumdb"),
        telemetry=_cache("Counters of Go's telemetry", "/home/dana/.config/go/telemetry"),
        gopls=_cache("What gopls knows of packages", "/home/dana/.cache/gopls"),
    )
}


@collector("caches", subjects=("workstation",), facts=_FACTS, live=True)
def caches(survey: Survey) -> Iterator[Fact]:
    """The folders that Go and gopls fill by themselves, their owners and their file systems."""
    folders = cache_folders(survey)
    value = {
        name: folder
        if isinstance(folder, Absent)
        else Sourced(_described(survey, name, folder), folder.provenance)
        for name, folder in folders.items()
    }
    yield Fact("caches", value, Provenance(origin="Go's settings"))


def _described(survey: Survey, name: str, folder: Folder) -> JsonObject:
    path = folder.path
    value: JsonObject = {"path": path} | _others(survey, path)
    try:
        status = survey.host.status(path)
    except HostError as error:
        if error.cause != "missing":
            unknown = (
                "exists", "kind", "resolved", "owner", "owner_uid", "mode", "writable",
                "unwritable", "inside_project", "file_system",
            )  # fmt: skip
            return value | dict.fromkeys(unknown, error.hole())
        nothing = {"exists": False, "kind": "missing", "unwritable": []}
        there, may_be_made = _nearest(survey, path)
        return value | nothing | _on_ground(survey, path, there, may_be_made=may_be_made)
    stands = {
        "exists": True,
        "kind": status.kind,
        "owner": _owner(survey, status),
        "owner_uid": status.uid,
        "mode": f"{status.mode:04o}",
        "resolved": survey.host.resolve(path),
        "unwritable": _unwritable(survey, name, path, status),
    }
    is_folder = status.kind == "directory"
    return value | stands | _on_ground(survey, path, path, may_be_made=is_folder)


def _others(survey: Survey, path: str) -> JsonObject:
    """Give whether others decide what lies in a folder; any name stands for all files in it."""
    try:
        how = who_else_decides(survey, os.path.join(path, "00"))
    except HostError as error:
        return dict.fromkeys(("others_can_write", "others_how"), error.hole())
    return {"others_can_write": how is not None, "others_how": how or ""}


def _nearest(survey: Survey, path: str) -> tuple[str, bool]:
    """Give what is there of the way to a folder, and whether the rest can be made in it."""
    may_be_made = True
    while path != "/":
        try:
            # A link that leads nowhere is in the way: Go does not make what it names.
            survey.host.status(path, follow=False)
            may_be_made = False
        except HostError:
            pass
        path = os.path.dirname(path)
        try:
            is_folder = survey.host.status(path).kind == "directory"
        except HostError:
            continue
        return path, may_be_made and is_folder
    return path, may_be_made


def _on_ground(survey: Survey, path: str, there: str, *, may_be_made: bool) -> JsonObject:
    """Give what the place of a folder says: `there` is as much of the way as there is."""
    try:
        _, may_write, may_enter = survey.host.access(there)
        ground = survey.host.resolve(there)
    except HostError as error:
        return dict.fromkeys(("writable", "inside_project", "file_system"), error.hole())
    whole = os.path.normpath(os.path.join(ground, os.path.relpath(path, there)))
    return {
        "writable": may_be_made and may_write and may_enter,
        "inside_project": _is_inside_project(survey, whole),
        "file_system": _file_system(survey, ground),
    }


def _is_inside_project(survey: Survey, path: str) -> Json:
    module = main_module(survey)
    roots = [survey.directory]
    if module is not None and not isinstance(module, Absent):
        roots.append(os.path.dirname(module.path))
    try:
        found = any(_is_below(path, survey.host.resolve(root)) for root in roots)
    except HostError as error:
        return error.hole()
    return module if isinstance(module, Absent) and not found else found


def _is_below(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


def _file_system(survey: Survey, ground: str) -> Json:
    try:
        mount = mount_at(survey.once(mounts), ground)
    except HostError as error:
        return error.hole()
    kind = mount.kind or Absent(
        "unsupported", f"what kind of file system `{mount.type}` is, is not known"
    )
    value = {
        "type": mount.type,
        "kind": kind,
        "mount_point": mount.point,
        "read_only": mount.read_only,
    }
    return Sourced(value, Provenance(None, "the kernel", FILE))


def _unwritable(survey: Survey, name: str, path: str, status: Status) -> Json:
    """Give the folders right inside a cache that the user may not write to, as far as looked."""
    if status.kind != "directory":
        return []
    try:
        names = survey.host.names_in(path)
    except HostError as error:
        return error.hole()
    inside = [os.path.join(path, each) for each in names if "@" not in each]
    if name == "modules" and "cache" in names:
        inside.append(os.path.join(path, "cache/download"))
    found = [row for each in inside[:INSIDE_LIMIT] if (row := _closed(survey, each)) is not None]
    if len(inside) > INSIDE_LIMIT:
        found.append(Absent("too_large", f"{path} holds more than {INSIDE_LIMIT} names"))
    return found


def _closed(survey: Survey, path: str) -> Json:
    """Give a folder that the user may not write to; nothing for any other, and for files."""
    try:
        status = survey.host.status(path, follow=False)
        if status.kind != "directory" or survey.host.access(path)[1]:
            return None
    except HostError as error:
        return None if error.cause == "missing" else error.hole()
    return {"path": path, "owner": _owner(survey, status)}


def _owner(survey: Survey, status: Status) -> str:
    return survey.host.user_name(status.uid) or str(status.uid)
