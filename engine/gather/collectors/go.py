"""The Go that runs: its command, its GOROOT, and what it says of itself."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.collector import MORE, Fact, Sourced, collector
from engine.gather.declare import flag, group, listing, table, text, text_or_secret
from engine.gather.go.command import ask_go
from engine.gather.go.installation import release, stated_version, version_of
from engine.gather.go.managers import MANAGERS
from engine.gather.go.settings import Setting, local_settings, setting
from engine.gather.go.tools import Executable, executables, first_go
from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.precedence.go.binary import own_root
from engine.precedence.go.settings import FIRST_WITH_GO_ENV
from engine.precedence.view import Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject
    from engine.precedence.go.env_files import Entry

_ON_PATH = Provenance(origin="the folders on PATH")

_FACTS = {
    "go.installed": flag("Whether a `go` is on PATH"),
    "go.version": text("The version of the `go` that runs", "go1.22.10", form="go-version"),
    "go.distinct_versions": listing(
        "The versions of every `go` on PATH, each once",
        text("One version", "go1.22.10", form="go-version"),
    ),
    "go.command": group(
        "The `go` that runs: the first on PATH; missing where there is none",
        path=text("The file as found", "/usr/bin/go", form="path"),
        resolved=text("The file without links", "/usr/lib/go-1.22/bin/go", form="path"),
        target=text(
            "The binary that runs in the end; another than `resolved` behind a script",
            "/usr/lib/go-1.22/bin/go",
            form="path",
        ),
        dir=text("The entry of PATH as written", "/usr/bin", form="path"),
        kind=text("What it is", among=("elf", "mach-o", "pe", "script", "other")),
        managed_by=text(
            "Who put it there, told by its place; `none` if no place is known", among=MANAGERS
        ),
        version=text(
            "The version that its build information states", "go1.22.10", form="go-version"
        ),
        goroot=text(
            "The GOROOT that it lies in, whatever GOROOT says", "/usr/local/go", form="path"
        ),
    ),
    "go.goroot": group(
        "The GOROOT in force; missing where there is none",
        path=text("Its folder", "/usr/local/go", form="path"),
        exists=flag("Whether the folder is there"),
        version=text("The version in its VERSION file", "go1.22.10", form="go-version"),
        settings=table(
            "The settings in its go.env; empty before Go 1.21",
            text_or_secret("A setting", "auto"),
            keys=("GOTOOLCHAIN",),
        ),
    ),
    "go.env": table(
        "What `go env -json` says; GOFLAGS and GOTOOLCHAIN, which are set while it is asked, are "
        "those in force, like a GOFIPS140 that names a snapshot, and GOENV is absolute. GOMOD, "
        "GOWORK and what only a C compiler could answer are not asked",
        text_or_secret("A value", "/usr/local/go"),
        keys=("GOROOT",),
    ),
}


# What Go is not asked, or not always, because the question needs another value; and since when Go
# knows it.
_OURS = {"GOFLAGS": (1, 0), "GOTOOLCHAIN": FIRST_WITH_GO_ENV, "GOFIPS140": (1, 24)}


@collector(
    "go",
    subjects=("workstation",),
    facts=_FACTS,
    live=True,
    groups={"go": "The go command: which one runs, its GOROOT, and the settings in force"},
)
def go(survey: Survey) -> Iterator[Fact]:
    """The `go` that runs, its GOROOT, and what `go env` says."""
    command = survey.once(first_go)
    tools = [
        tool
        for tool in survey.once(executables)
        if tool.name == "go" and tool.kind != "link-broken"
    ]
    yield Fact("go.installed", command is not None, _ON_PATH)
    yield Fact("go.distinct_versions", _versions(tools), Provenance(origin="build information"))
    found = setting(survey, "GOROOT")
    if command is not None or isinstance(found, Setting) or found.cause != "missing":
        yield Fact("go.goroot", _goroot(survey, found), Provenance(origin="GOROOT"))
    if command is not None:
        yield Fact("go.version", version_of(command), _inside(command))
        yield Fact("go.command", _command(survey, command), _ON_PATH)
        yield Fact("go.env", _answer(survey), Provenance(origin="go env -json"))


def _versions(tools: list[Executable]) -> list[Json]:
    versions = [version_of(tool) for tool in tools]
    known = sorted({version for version in versions if isinstance(version, str)})
    holes = [version for version in versions if isinstance(version, Absent)]
    return [*known, *holes[:1]]


def _command(survey: Survey, command: Executable) -> JsonObject:
    return {
        "path": command.path,
        "resolved": command.resolved,
        "target": command.target,
        "dir": command.entry.text,
        "kind": command.kind,
        "managed_by": command.managed_by,
        "version": Sourced(version_of(command), _inside(command)),
        "goroot": _own_root(survey),
    }


def _own_root(survey: Survey) -> str | Absent:
    settings = survey.once(local_settings)
    if isinstance(settings, Absent):
        return settings
    try:
        found = own_root(settings.view, settings.binary)
    except Unknown as error:
        return error.hole.absent()
    return found or Absent("opaque", f"{settings.binary.path} lies in no GOROOT")


def _goroot(survey: Survey, found: Setting | Absent) -> JsonObject | Absent:
    if isinstance(found, Absent):
        return found
    path = os.path.normpath(found.value)
    value: JsonObject = {"path": Sourced(path, found.provenance)}
    try:
        survey.host.status(path)
    except HostError as error:
        is_missing = error.cause == "missing"
        return value | (
            {"exists": False}
            if is_missing
            else dict.fromkeys(("exists", "version", "settings"), error.hole())
        )
    version = stated_version(survey, path)
    told: JsonObject = {} if version is None else {"version": version}
    return value | {"exists": True} | told | {"settings": _settings(survey)}


def _settings(survey: Survey) -> JsonObject | Absent:
    settings = survey.once(local_settings)
    if isinstance(settings, Absent):
        return settings
    if not settings.binary.path:
        return Absent("not_collected", "the version of Go decides about it, and is not known")
    file = settings.defaults_file()
    if file.hole is not None:
        return file.hole.absent()
    return {
        key: Sourced(survey.redaction.variable(key, entry.value), _line(entry))
        for key, entry in file.entries.items()
        if isinstance(entry.value, str)
    }


def _answer(survey: Survey) -> JsonObject | Absent:
    said = survey.once(ask_go)
    if isinstance(said, Absent):
        return said
    value: JsonObject = {key: survey.redaction.variable(key, text_) for key, text_ in said.items()}
    version = release(survey)
    for key, since in _OURS.items():
        if key in said or (version is not None and version < since):
            continue
        found = setting(survey, key)
        hidden = found if isinstance(found, Absent) else survey.redaction.variable(key, found.value)
        value[key] = hidden if isinstance(found, Absent) else Sourced(hidden, found.provenance)
    value[MORE] = Absent("not_collected", "not every key is asked")
    return value


def _inside(command: Executable) -> Provenance:
    return Provenance(
        origin="build information", file=command.target if isinstance(command.target, str) else None
    )


def _line(entry: Entry) -> Provenance:
    return Provenance(None, "GOROOT/go.env", entry.place.file, entry.place.line)
