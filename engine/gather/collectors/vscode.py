"""VS Code: which settings count for a folder, and what they do to terminals, Go, launches, tasks.

What can be known from files is told for one editor, the likeliest of those that left traces, as it
opens the folder by itself. Its user's settings are those of the profile that this folder has; where
that cannot be known, and for a server, whose user sits at another machine, they are a hole: what
the folder itself does not decide is unknown then. Extensions may set defaults and change the
environment of terminals; that is not told. For a repository only the files in it are read.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from engine.gather.collector import MORE, Fact, Sourced, collector
from engine.gather.go.modules import work_tree
from engine.gather.host import HostError
from engine.gather.running_editors import NOT_RUNNING, launch_mode, program_of
from engine.gather.vscode.choice import chosen_go
from engine.gather.vscode.dead import dead_in
from engine.gather.vscode.go import go_facts, gopls_env, test_env_file
from engine.gather.vscode.homes import Home, home_folder, homes, profile
from engine.gather.vscode.launches import Reader
from engine.gather.vscode.layers import Layers, settings_of, system_of
from engine.gather.vscode.scopes import is_told
from engine.gather.vscode.sources import Source, folder_of, of_folder, source, workspaces
from engine.gather.vscode.terminal import terminal_facts
from engine.gather.vscode.told import VSCODE
from engine.gather.vscode.variables import Scene
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.processes import Process
    from engine.gather.survey import Survey
    from engine.gather.vscode.tree import Setting, Spot
    from engine.model.json_value import Json, JsonObject

_ERRORS = 5
_OF_EDITORS = ("installed", "flavors", "flavor", "launch_mode", "chosen_go")
_ORIGIN = "VS Code's settings"
_NOT_OF_A_FILE = Absent("not_collected", "not asked for a repository")
_NOBODY = Absent("not_collected", "no VS Code of this user was found, so whose settings count?")
_ELSEWHERE = Absent(
    "not_collected", "the user's settings are not here, but where the user sits, if anywhere"
)
_PROGRAMS = {
    "code": ("code",),
    "code-insiders": ("code-insiders",),
    "codium": ("codium", "vscodium"),
    "cursor": ("cursor",),
    "windsurf": ("windsurf",),
}


@collector("vscode", subjects=("workstation", "repository"), facts={"vscode": VSCODE})
def vscode(survey: Survey) -> Iterator[Fact]:
    """What VS Code's settings, launch configurations and tasks do to environments, for a folder."""
    is_repository = survey.subject == "repository"
    system = system_of(survey.host.platform)
    if system is None:
        raise HostError("unsupported", "VS Code does not run on this platform")
    folder = folder_of(survey)
    within = work_tree(survey.host, survey.directory) if is_repository else None
    value: JsonObject = {"folder": folder}
    layers, sources = _editor(survey, folder, value)
    chosen = value.pop("chosen_go", None)
    settings, launch, tasks = of_folder(survey, folder, within)
    found = workspaces(survey, folder, within)
    layers = Layers(layers.user, layers.application, layers.machine, settings, tuple(found))
    sources += [settings, launch, tasks, *(each for each in found if isinstance(each, Source))]
    holes: list[Json] = [each for each in found if isinstance(each, Absent)]

    spot = settings_of(layers, folder, system)
    scene = Scene(folder, _home(survey), spot)
    reader = Reader(survey, scene, system, within)
    value |= {
        "files": [_file(each) for each in sources] + holes,
        "settings": _settings(survey, spot),
        "dead_settings": [row for each in sources for row in _dead(each)],
        "terminal": terminal_facts(survey, scene, system),
        "go": go_facts(survey, scene)
        | {"test_env_files": _test_env_files(reader, scene)}
        | ({} if chosen is None else {"chosen": chosen}),
        "gopls": {"env": gopls_env(survey, scene)},
        "launches": _launches(reader, sources) + holes,
        "tasks": _tasks(reader, sources) + holes,
    }
    yield Fact("vscode", value, Provenance(origin=_ORIGIN))


def _editor(survey: Survey, folder: str, value: JsonObject) -> tuple[Layers, list[Source]]:
    """Give the layers of the user's editor, and tell which one it is."""
    if survey.subject == "repository":
        value |= dict.fromkeys(_OF_EDITORS, _NOT_OF_A_FILE)
        return Layers(_NOT_OF_A_FILE), []
    found = homes(survey)
    if isinstance(found, Absent):
        value |= dict.fromkeys(_OF_EDITORS, found)
        return Layers(found), []
    value["flavors"] = list(dict.fromkeys(each.flavor for each in found))
    value["installed"] = bool(found)
    if not found:
        value["launch_mode"] = NOT_RUNNING
        return Layers(_NOBODY), []
    first = found[0]
    value["flavor"] = first.flavor
    value["launch_mode"] = _launch_mode(survey, first)
    value |= _chosen(survey, first, folder)
    machine = source(survey, first.machine, "settings", "machine") if first.machine else None
    own = [machine] if machine else []
    if first.user is None:
        return Layers(_ELSEWHERE, machine=machine), own
    tasks = source(survey, os.path.join(first.user, "tasks.json"), "tasks", "user")
    chosen = profile(survey, first.user, folder)
    if isinstance(chosen, Absent):
        return Layers(chosen, machine=machine), own
    user = source(survey, chosen.settings, "settings", "user")
    if chosen.application is None:
        return Layers(user, machine=machine), [user, tasks, *own]
    everywhere = source(survey, chosen.application, "settings", "user")
    return Layers(user, everywhere, machine), [everywhere, user, *own]


def _chosen(survey: Survey, home: Home, folder: str) -> JsonObject:
    if home.user is None:
        return {"chosen_go": _ELSEWHERE}
    found = chosen_go(survey, home.user, folder)
    shown = survey.redaction.text(found) if isinstance(found, str) else found
    return {} if shown is None else {"chosen_go": shown}


def _home(survey: Survey) -> str | Absent:
    return _NOT_OF_A_FILE if survey.subject == "repository" else home_folder(survey)


def _file(each: Source) -> Json:
    row: JsonObject = {
        "path": each.path,
        "kind": each.kind,
        "scope": each.scope,
        "state": each.state,
        "errors": [{"what": one.what, "line": one.place.line} for one in each.faults[:_ERRORS]],
    }
    if each.hole is not None:
        row["errors"] = each.hole
    return Sourced(row, Provenance(None, _ORIGIN, each.path))


def _settings(survey: Survey, spot: Spot) -> JsonObject:
    rows: JsonObject = {MORE: spot.hole} if spot.hole else {}
    for path, at in spot.leaves():
        leaf = at.leaf
        key = ".".join(path)
        if not is_told(key):
            continue
        if isinstance(leaf, Absent):
            rows[key] = leaf
        elif leaf is not None and leaf.file is not None:
            row = _setting(survey, path[-1], leaf)
            hidden = [each for each in at.hidden if each.file is not None]
            row["shadowed"] = [_setting(survey, path[-1], each) for each in hidden]
            rows[key] = Sourced(row, Provenance(None, _ORIGIN, leaf.file, leaf.line))
    for path in _open_tables(spot):
        rows.setdefault(MORE, spot.at(*path).hole)
    return rows


def _open_tables(spot: Spot) -> list[tuple[str, ...]]:
    """Give the tables that hold more than is known, among those that are told."""
    return [
        path
        for path in (("go",), ("gopls",), ("terminal", "integrated"), ("http",))
        if spot.at(*path).hole is not None
    ]


def _setting(survey: Survey, name: str, setting: Setting) -> JsonObject:
    value = setting.value
    if not isinstance(value, Absent):
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        value = survey.redaction.variable(name, text)
    row: JsonObject = {"value": value, "scope": setting.scope}
    row |= {"file": setting.file} if setting.file else {}
    return row | ({"line": setting.line} if setting.line else {})


def _dead(each: Source) -> list[Json]:
    if each.kind not in {"settings", "workspace"}:
        return []
    if each.hole is not None:
        return [each.hole]
    root = each.root if each.kind == "settings" else each.table("settings")
    rows: list[Json] = []
    for one in dead_in(root) if root else ():
        row: JsonObject = {"name": one.name, "file": each.path, "owner": one.owner}
        row |= {"line": one.line} if one.line else {}
        row |= {"since": one.since} if one.since else {}
        row |= {"instead": one.instead} if one.instead else {}
        rows.append(Sourced(row, Provenance(None, _ORIGIN, each.path, one.line)))
    return rows


def _test_env_files(reader: Reader, scene: Scene) -> list[Json]:
    found = test_env_file(scene)
    return [] if found is None else [reader.env_file(found[0])]


def _launches(reader: Reader, sources: list[Source]) -> list[Json]:
    rows: list[Json] = []
    for each in sources:
        if each.kind == "launch":
            rows += reader.launches(each, each.root)
        elif each.kind == "workspace" or each.scope == "user":
            rows += reader.launches(each, each.table("launch") or each.nothing)
        rows += _as_well(each, "launch")
    return rows


def _tasks(reader: Reader, sources: list[Source]) -> list[Json]:
    rows: list[Json] = []
    for each in sources:
        if each.kind == "tasks":
            rows += reader.tasks(each, each.root)
        elif each.kind == "workspace":
            rows += reader.tasks(each, each.table("tasks") or each.nothing)
        rows += _as_well(each, "tasks")
    return rows


def _as_well(each: Source, key: str) -> list[Json]:
    """Say that the folder's settings hold what has a file of its own: VS Code mixes the two."""
    if each.kind != "settings" or each.scope != "workspace" or key not in each.root.entries:
        return []
    return [Absent("unsupported", f"{each.path} holds `{key}` as well, and both are mixed")]


def _launch_mode(survey: Survey, home: Home) -> Json:
    """Give how the running editor was started: `code` marks what it starts by a variable."""
    names = _PROGRAMS.get(home.flavor)
    if names is None:
        return Absent("not_collected", "only a running editor can tell")
    return launch_mode(
        survey, lambda each: _is_main(each, names), lambda given: bool(given.get("VSCODE_CLI"))
    )


def _is_main(each: Process, names: tuple[str, ...]) -> bool:
    """Say whether this is the editor itself, and not one of the many that it starts."""
    if program_of(each) not in names:
        return False
    words = each.command if isinstance(each.command, tuple) else ()
    return not any(word.startswith("--type=") or word.endswith("/cli.js") for word in words)
