"""The integrated terminal: which shell it starts, with what, and what its settings do to variables.

Sources: `getDefaultProfile` in `src/vs/workbench/contrib/terminal/browser/
terminalProfileService.ts`, `terminalProfileResolverService.ts` beside it, and `src/vs/platform/
terminal/node/terminalProfiles.ts` of microsoft/vscode.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.collector import Sourced
from engine.gather.host import HostError
from engine.gather.session import account
from engine.gather.vscode.environment import placed, terminal, variables_of
from engine.gather.vscode.tree import Setting
from engine.gather.vscode.variables import in_terminal, text_of
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from engine.gather.survey import Survey
    from engine.gather.vscode.tree import Spot
    from engine.gather.vscode.variables import Scene
    from engine.model.json_value import Json, JsonObject

STATES = ("named", "of_the_shell", "generated")
_ORIGIN = "VS Code's settings"
_BY_EXTENSION = Absent("not_collected", "an extension starts this terminal")
_NO_TEXT = Absent("wrong_type", "it is no text")


def terminal_facts(survey: Survey, scene: Scene, system: str) -> JsonObject:
    """Give what the settings of the integrated terminal say, as it starts in the folder."""
    root = scene.settings.at("terminal", "integrated")
    env = variables_of(root.at("env", system), scene, terminal)
    value: JsonObject = {
        "inherit_env": truth(root.at("inheritEnv")),
        "shell_integration": truth(root.at("shellIntegration", "enabled")),
        "detect_locale": _word(root.at("detectLocale")),
        "env": placed(env, survey.redaction, _ORIGIN),
    }
    cwd = root.at("cwd").leaf
    value["directory"] = survey.redaction.text(scene.folder)
    if isinstance(cwd, Absent):
        value |= {"cwd": cwd, "directory": cwd}
    elif cwd is not None and isinstance(cwd.value, str) and cwd.value:
        path = text_of(in_terminal(cwd.value, scene))
        there = path if isinstance(path, Absent) else os.path.join(scene.folder, path)
        value |= {"cwd": sourced(_shown(survey, path), cwd), "directory": _shown(survey, there)}
    value["profile"] = _profile(survey, scene, system)
    value["profiles"] = _profiles(survey, scene, root.at("profiles", system))
    automation = root.at("automationProfile", system)
    if automation.is_table or isinstance(automation.leaf, Absent):
        found = _described(survey, scene, automation)
        if found is not None:
            value["automation_profile"] = found
    return value


def truth(spot: Spot) -> Json:
    """Give a setting that is a yes or no, with its place; what is neither is a hole."""
    leaf = spot.leaf
    if not isinstance(leaf, Setting):
        return leaf or Absent("wrong_type", "it is no yes or no")
    if not isinstance(leaf.value, bool):
        return sourced(Absent("wrong_type", "it is no yes or no"), leaf)
    return sourced(leaf.value, leaf)


def sourced(value: Json, setting: Setting) -> Json:
    """Give a value with the place of the setting that it comes from."""
    origin = "VS Code's default" if setting.file is None else _ORIGIN
    return Sourced(value, Provenance(None, origin, setting.file, setting.line))


def _word(spot: Spot) -> Json:
    leaf = spot.leaf
    if not isinstance(leaf, Setting):
        return leaf or _NO_TEXT
    return sourced(leaf.value if isinstance(leaf.value, str) else _NO_TEXT, leaf)


def _profiles(survey: Survey, scene: Scene, profiles: Spot) -> list[Json]:
    rows: list[Json] = []
    for name in profiles.names:
        found = _described(survey, scene, profiles.at(name))
        if isinstance(found, Absent):
            rows.append(found)
        elif found is not None:
            rows.append({"id": survey.redaction.text(name)} | found)
    return rows + ([profiles.hole] if profiles.hole else [])


def _profile(survey: Survey, scene: Scene, system: str) -> Json:
    root = scene.settings.at("terminal", "integrated")
    profiles = root.at("profiles", system)
    named = root.at("defaultProfile", system).leaf
    if isinstance(named, Absent):
        return named
    if named is not None and isinstance(named.value, str) and named.value:
        if profiles.hole is not None and named.value not in profiles.names:
            return profiles.hole
        spot = profiles.at(named.value)
        found = _described(survey, scene, spot)
        if isinstance(found, Absent):
            return found
        if found is not None:
            row = {"name": survey.redaction.text(named.value), "state": "named"} | found
            return sourced(row, named)
        if _is_by_extension(spot):
            return _BY_EXTENSION
    return _fallback(survey, scene, profiles, system)


def _fallback(survey: Survey, scene: Scene, profiles: Spot, system: str) -> Json:
    """Give the profile that belongs to the user's shell, or else the shell itself."""
    if system == "windows":
        return Absent("unsupported", "the terminals of Windows are not followed")
    try:
        shell = account(survey).shell
    except HostError as error:
        return error.hole()
    if not shell:
        return Absent("missing", "the account has no shell")
    if profiles.hole is not None:
        return profiles.hole
    stem = os.path.splitext(os.path.basename(shell))[0]
    for name in profiles.names:
        spot = profiles.at(name)
        path = spot.at("path").leaf
        if isinstance(path, Absent) or isinstance(spot.leaf, Absent):
            return path if isinstance(path, Absent) else spot.leaf
        if path is None or os.path.splitext(os.path.basename(_first(path.value)))[0] != stem:
            continue
        found = _described(survey, scene, spot)
        if isinstance(found, dict):
            return {"name": survey.redaction.text(name), "state": "of_the_shell"} | found
    if system == "osx" and stem in {"bash", "zsh", "fish"}:
        return Absent("ambiguous", "whether it is a login shell depends on /etc/shells")
    return {"state": "generated", "path": shell, "paths": [shell], "args": [], "env": []}


def _first(value: Json) -> str:
    first = value[0] if isinstance(value, list) and value else value
    return first if isinstance(first, str) else ""


def _described(survey: Survey, scene: Scene, spot: Spot) -> JsonObject | Absent | None:
    """Give what a profile says; None for one that VS Code passes over."""
    if isinstance(spot.leaf, Absent):
        return spot.leaf
    if spot.hole is not None:
        return spot.hole
    path = spot.at("path").leaf
    if isinstance(path, Absent):
        return path
    if path is None:
        return None
    written = path.value if isinstance(path.value, list) else [path.value]
    if not all(isinstance(each, str) for each in written):
        return Absent("wrong_type", "the path of its shell is no text")
    paths = [text_of(in_terminal(each, scene)) for each in written if each]
    args = spot.at("args").leaf
    row: JsonObject = {"paths": [_shown(survey, each) for each in paths]}
    if isinstance(args, Absent):
        row["args"] = args
    else:
        given = args.value if args is not None and isinstance(args.value, list) else []
        row["args"] = [_argument(survey, scene, each) for each in given]
    row["env"] = placed(variables_of(spot.at("env"), scene, terminal), survey.redaction, _ORIGIN)
    return row | {"path": _there(survey, paths)}


def _argument(survey: Survey, scene: Scene, given: Json) -> Json:
    if not isinstance(given, str):
        return _NO_TEXT
    return _shown(survey, text_of(in_terminal(given, scene)))


def _there(survey: Survey, paths: list[str | Absent]) -> Json:
    """Give the first path that is there; a name without a slash is looked up on PATH."""
    for path in paths:
        if isinstance(path, Absent):
            return path
        if "/" not in path:
            return path
        try:
            if survey.host.status(path).kind == "file":
                return path
        except HostError as error:
            if error.cause != "missing":
                return error.hole()
    return Absent("missing", "none of its paths is there")


def _is_by_extension(spot: Spot) -> bool:
    return spot.is_table and "extensionIdentifier" in spot.names


def _shown(survey: Survey, value: str | Absent) -> Json:
    return value if isinstance(value, Absent) else survey.redaction.text(value)
