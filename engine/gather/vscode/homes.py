"""Where VS Code and its kin keep a user's settings, and in which profile a folder is opened.

Sources: `src/vs/platform/environment/node/userDataPath.ts` and `src/vs/platform/userDataProfile/
common/userDataProfile.ts` of microsoft/vscode; the names of folders from each product's
`product.json` (`nameShort`, `serverDataFolderName`).
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING
from urllib.parse import quote

from engine.gather.host import HostError
from engine.gather.search_path import commands
from engine.gather.session import account
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.survey import Survey
    from engine.model.json_value import Json

_PRODUCTS = {
    "code": ("Code", ".vscode-server", "code"),
    "code-insiders": ("Code - Insiders", ".vscode-server-insiders", "code-insiders"),
    "codium": ("VSCodium", ".vscodium-server", "codium"),
    "cursor": ("Cursor", ".cursor-server", "cursor"),
    "windsurf": ("Windsurf", ".windsurf-server", "windsurf"),
}
FLAVORS = (*_PRODUCTS, "server")
"""The editors, the likeliest first; a `server` works for one on another machine."""
_DEFAULT = "__default__profile__"
_NEVER_OF_A_FOLDER = "agents"
_STORAGE_LIMIT = 1 << 24


@record
class Home:
    """An editor of the user: what it is, where its user's settings are, those of the machine."""

    flavor: str
    user: str | None
    machine: str | None = None


@record
class Profile:
    """The settings that count as the user's, and those that count for all profiles."""

    settings: str
    application: str | None = None


def home_folder(survey: Survey) -> str | Absent:
    """Give the folder of the user whose editor it is."""
    try:
        home = account(survey).home
    except HostError as error:
        return error.hole()
    return home or Absent("missing", "the account has no home")


def homes(survey: Survey) -> list[Home] | Absent:
    """Give the editors of the user that left traces on this machine, the likeliest first.

    One that has no settings here was never started here: its command may be that of another machine
    that shows its programs in this one, as Windows does.
    """
    home = home_folder(survey)
    if isinstance(home, Absent):
        return home
    base = _base(survey, home)
    found: list[Home] = []
    servers: list[Home] = []
    commands_only: list[Home] = []
    for flavor, (name, server, command) in _PRODUCTS.items():
        machine = os.path.join(home, server, "data", "Machine", "settings.json")
        user = os.path.join(base, name, "User")
        if _is_folder(survey, user):
            found.append(Home(flavor, user))
        elif _is_installed(survey, command):
            commands_only.append(Home(flavor, None))
        if _is_folder(survey, os.path.join(home, server)):
            servers.append(Home("server", None, machine))
    web = os.path.join(home, ".local", "share", "code-server", "User")
    found += [Home("server", web)] if _is_folder(survey, web) else []
    return found + servers + commands_only


def profile(survey: Survey, home: str, folder: str) -> Profile | Absent:
    """Give the profile of settings in which an editor opens a folder, if that is known.

    Each folder remembers its profile once it was opened; one that never was gets that of the window
    in front. Without any other profile there is only one.
    """
    default = Profile(os.path.join(home, "settings.json"))
    storage = os.path.join(home, "globalStorage", "storage.json")
    try:
        stored = json.loads(survey.host.read(storage, limit=_STORAGE_LIMIT))
    except HostError as error:
        if error.cause == "missing" and not _is_folder(survey, os.path.join(home, "profiles")):
            return default
        return Absent(error.cause, "which profile of settings counts is not known")
    except (ValueError, RecursionError):
        return Absent("parse_error", f"{storage} does not say which profile of settings counts")
    profiles = _by_id(stored)
    if not profiles:
        return default
    links = _table(_table(stored, "profileAssociations"), "workspaces")
    chosen = links.get(f"file://{quote(folder)}")
    if chosen == _DEFAULT:
        return default
    if not isinstance(chosen, str) or chosen not in profiles:
        return Absent("ambiguous", "there are several profiles of settings, and any may count")
    if _table(profiles[chosen], "useDefaultFlags").get("settings") is True:
        return default
    return Profile(os.path.join(home, "profiles", chosen, "settings.json"), default.settings)


def _by_id(stored: Json) -> dict[str, Json]:
    found = stored.get("userDataProfiles") if isinstance(stored, dict) else None
    known = {
        os.path.basename(str(each["location"])): each
        for each in (found if isinstance(found, list) else [])
        if isinstance(each, dict) and isinstance(each.get("location"), str) and each.get("name")
    }
    known.pop(_NEVER_OF_A_FOLDER, None)
    return known


def _table(value: Json, name: str) -> dict[str, Json]:
    inner = value.get(name) if isinstance(value, dict) else None
    return inner if isinstance(inner, dict) else {}


def _base(survey: Survey, home: str) -> str:
    platform = survey.host.platform.partition("/")[0]
    if platform == "darwin":
        return os.path.join(home, "Library", "Application Support")
    if platform == "windows":
        return os.path.join(home, "AppData", "Roaming")
    is_ours = survey.launch.user is None and survey.launch.home is None
    given = survey.variable("XDG_CONFIG_HOME") if is_ours else ""
    return given if os.path.isabs(given) else os.path.join(home, ".config")


def _is_installed(survey: Survey, command: str) -> bool:
    return survey.host.is_live and next(commands(survey, command), None) is not None


def _is_folder(survey: Survey, path: str) -> bool:
    try:
        return survey.host.status(path).kind == "directory"
    except HostError:
        return False
