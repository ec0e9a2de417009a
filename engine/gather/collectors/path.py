"""PATH: its entries, and the Go tools that they hold."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.collector import Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, number, text
from engine.gather.go.managers import MANAGERS
from engine.gather.go.tools import TOOLS, executables
from engine.gather.host import HostError
from engine.gather.search_path import entries
from engine.gather.writers import who_else_decides
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.go.tools import Executable
    from engine.gather.search_path import Entry
    from engine.gather.survey import Survey
    from engine.model.json_value import JsonObject

_VARIABLE = Provenance(origin="environment variable PATH")

_ENTRY = group(
    "One entry",
    dir=text("The folder as written; empty for an empty entry", "/usr/local/go/bin", form="path"),
    position=number("Its place in PATH, from 0", 0),
    empty=flag("Whether nothing is written, which means the current directory"),
    relative=flag(
        "Whether it is no absolute path, and so means another folder wherever one stands"
    ),
    exists=flag(
        "Whether it names anything; a relative one is looked up from where the facts were gathered"
    ),
    kind=text(
        "What it names", among=("directory", "file", "device", "fifo", "socket", "other", "missing")
    ),
    resolved=text("The folder without links", "/usr/lib/go-1.22/bin", form="path"),
    owner=text("The name of its owner, or the numeric id of one without a name", "root"),
    owner_uid=number("The numeric id of its owner", 0),
    mode=text("Its permissions in octal", "0755"),
    world_writable=flag("Whether everybody may put programs into it"),
    group_writable=flag("Whether its group may put programs into it"),
    sticky=flag("Whether only owners may replace what is in it"),
    others_can_write=flag(
        "Whether somebody but you and root can put a `go` here, or replace the one that is here: "
        "by making the folder, or through its owner or mode, or those of any folder on the way"
    ),
    others_how=text("How they can; empty if they cannot", "everybody may write to /tmp"),
    duplicate=flag("Whether the same folder is written further ahead, too"),
    before_go=flag("Whether it stands at or before the first entry that holds `go`"),
)
_EXECUTABLE = group(
    "One executable",
    name=text("Which tool it is", among=TOOLS),
    dir=text("The entry of PATH as written", "/usr/bin", form="path"),
    path=text("The file as found", "/usr/bin/go", form="path"),
    resolved=text("The file without links", "/usr/lib/go-1.22/bin/go", form="path"),
    target=text(
        "The binary that runs in the end; another than `resolved` behind a script",
        "/usr/lib/go-1.22/bin/go",
        form="path",
    ),
    position=number("The place of its entry in PATH, from 0", 0),
    first=flag("Whether it is the one that runs"),
    kind=text("What it is", among=("elf", "mach-o", "pe", "script", "link-broken", "other")),
    interpreter=text("The first line of a script, without `#!`", "/usr/bin/env bash"),
    managed_by=text(
        "Who put it there, told by its place; `none` if no place is known", among=MANAGERS
    ),
    version=text("The version of `go` or `gofmt`", "go1.22.10", form="go-version"),
    built_with=text("The version of Go that built it", "go1.22.10", form="go-version"),
    module=text("The module that it was built from", "golang.org/x/tools/gopls"),
    module_version=text(
        "The version of its module; `(devel)` if built from a folder",
        "v0.16.2",
        form="semver",
    ),
)
_FACTS = {
    "path.list": text("PATH as one text", "/usr/local/go/bin:/usr/bin", form="path-list"),
    "path.entries": listing("The entries of PATH in order", _ENTRY),
    "path.executables": listing("Every Go tool on PATH", _EXECUTABLE),
}


@collector(
    "path",
    subjects=("workstation",),
    facts=_FACTS,
    live=True,
    groups={"path": "PATH: its entries, and the Go tools that stand on it"},
)
def path(survey: Survey) -> Iterator[Fact]:
    """The entries of PATH and every Go tool that stands on it."""
    found, tools = survey.once(entries), survey.once(executables)
    first_go = next(
        (tool.entry.position for tool in tools if tool.name == "go" and tool.is_first), -1
    )
    written: set[object] = set()
    rows = []
    for entry in found:
        rows.append(
            _entry(
                survey,
                entry,
                duplicate=entry.identity in written,
                before_go=entry.position <= first_go,
            )
        )
        written.add(entry.identity)
    yield Fact("path.list", survey.variable("PATH"), _VARIABLE)
    yield Fact("path.entries", rows, _VARIABLE)
    yield Fact(
        "path.executables",
        [_executable(tool) for tool in tools],
        Provenance(origin="the folders on PATH"),
    )


def _entry(survey: Survey, entry: Entry, *, duplicate: bool, before_go: bool) -> JsonObject:
    written = {
        "dir": entry.text,
        "position": entry.position,
        "empty": not entry.text,
        "relative": entry.is_relative,
        "duplicate": duplicate,
        "before_go": before_go,
    }
    return written | _standing(survey, entry) | _others(survey, entry)


def _standing(survey: Survey, entry: Entry) -> JsonObject:
    """Give what the machine says of a folder; nobody can write to one that is not there."""
    nobody = {"world_writable": False, "group_writable": False, "sticky": False}
    if isinstance(entry.status, HostError):
        hole = entry.status.hole()
        if hole.cause == "missing":
            return {"exists": False, "kind": "missing", **nobody}
        known_of_others = ("exists", "kind", "resolved", "owner", "owner_uid", "mode", *nobody)
        return dict.fromkeys(known_of_others, hole)
    status = entry.status
    return {
        "exists": True,
        "kind": status.kind,
        "resolved": survey.host.resolve(entry.folder),
        "owner": survey.host.user_name(status.uid) or str(status.uid),
        "owner_uid": status.uid,
        "mode": f"{status.mode:04o}",
        "world_writable": bool(status.mode & 0o002),
        "group_writable": bool(status.mode & 0o020),
        "sticky": bool(status.mode & 0o1000),
    }


def _others(survey: Survey, entry: Entry) -> JsonObject:
    """Give whether others decide which `go` is found here, even where there is no folder yet."""
    try:
        how = who_else_decides(survey, os.path.join(entry.folder, "go"))
    except HostError as error:
        return dict.fromkeys(("others_can_write", "others_how"), error.hole())
    return {"others_can_write": how is not None, "others_how": how or ""}


def _executable(tool: Executable) -> JsonObject:
    row: JsonObject = {
        "name": tool.name,
        "dir": tool.entry.text,
        "path": tool.path,
        "resolved": tool.resolved or Absent("missing", f"{tool.path} leads nowhere"),
        "target": tool.target,
        "position": tool.entry.position,
        "first": tool.is_first,
        "kind": tool.kind,
        "managed_by": tool.managed_by,
    }
    if tool.interpreter:
        row["interpreter"] = Sourced(
            tool.interpreter, Provenance(None, "first line", tool.resolved, 1)
        )
    return row | _said(tool)


def _said(tool: Executable) -> JsonObject:
    """Give what a tool's build information says."""
    is_of_go = tool.name in {"go", "gofmt"}
    build = tool.build
    if isinstance(build, Absent):
        keys = ("version", "built_with") if is_of_go else ("built_with", "module", "module_version")
        return dict.fromkeys(keys, build)
    binary = tool.target if isinstance(tool.target, str) else None
    inside = Provenance(origin="build information", file=binary)
    said = {
        "version": build.go_version if is_of_go else "",
        "built_with": build.go_version,
        "module": build.module,
        "module_version": build.module_version,
    }
    return {key: Sourced(value, inside) for key, value in said.items() if value}
