"""The folders in which Go and gopls keep what they can make again, and telemetry its counters."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.go.settings import Setting, gopath, setting
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.survey import Survey


@record
class Folder:
    """One folder, and who says that it is the one."""

    path: str
    provenance: Provenance


def cache_folders(survey: Survey) -> dict[str, Folder | Absent]:
    """Give the folders by what they hold; one that is switched off is left out."""
    found = {
        "build": _of_setting(survey, "GOCACHE"),
        "modules": _of_setting(survey, "GOMODCACHE"),
        "checksums": _checksums(survey),
        "telemetry": _below(_user_folder(survey, "XDG_CONFIG_HOME"), "go/telemetry"),
        "gopls": _gopls(survey),
    }
    return {name: folder for name, folder in found.items() if folder is not None}


def _of_setting(survey: Survey, key: str) -> Folder | Absent | None:
    found = setting(survey, key)
    if isinstance(found, Absent):
        return found
    if key == "GOCACHE" and found.value == "off":
        return None
    return _absolute(found, found.value)


def _absolute(found: Setting, path: str) -> Folder | Absent:
    if not os.path.isabs(path):
        # Go refuses to work with such a folder, and makes none.
        return Absent("unsupported", f"{found.key} is not absolute")
    return Folder(os.path.normpath(path), found.provenance)


def _checksums(survey: Survey) -> Folder | Absent:
    """Give where the checksum database's answers lie: in the first entry of GOPATH."""
    found, paths = setting(survey, "GOPATH"), gopath(survey)
    if isinstance(found, Absent) or isinstance(paths, Absent):
        return found if isinstance(found, Absent) else Absent("missing")
    if not paths:
        return Absent("missing", "GOPATH has no first entry")
    return _absolute(found, os.path.join(paths[0], "pkg/sumdb"))


def _gopls(survey: Survey) -> Folder | Absent:
    """Give where gopls keeps its files; before its first run nobody knows whether it can.

    Where it cannot make the folder it takes one in the folder for temporary files instead
    (gopls/internal/filecache).
    """
    if given := survey.variable("GOPLSCACHE"):
        if not os.path.isabs(given):
            return Absent("unsupported", "GOPLSCACHE is not absolute")
        return Folder(os.path.join(given, "gopls"), _variable("GOPLSCACHE"))
    return _below(_user_folder(survey, "XDG_CACHE_HOME"), "gopls")


# Where the variable is not set, by Go's os.UserCacheDir and os.UserConfigDir.
_AT_HOME = {
    "XDG_CACHE_HOME": {"darwin": "Library/Caches", "linux": ".cache"},
    "XDG_CONFIG_HOME": {"darwin": "Library/Application Support", "linux": ".config"},
}


def _user_folder(survey: Survey, variable: str) -> Folder | Absent:
    """Give the user's folder of a kind as Go finds it."""
    is_darwin = survey.host.platform.startswith("darwin/")
    if not is_darwin and (given := survey.variable(variable)):
        if not os.path.isabs(given):
            return Absent("unsupported", f"{variable} is relative")
        return Folder(given, _variable(variable))
    home = survey.variable("HOME")
    if not home:
        return Absent("missing", "HOME is not set")
    if not os.path.isabs(home):
        return Absent("unsupported", "HOME is relative")
    below = _AT_HOME[variable]["darwin" if is_darwin else "linux"]
    return Folder(os.path.join(home, below), _variable("HOME"))


def _below(folder: Folder | Absent, name: str) -> Folder | Absent:
    if isinstance(folder, Absent):
        return folder
    return Folder(os.path.normpath(os.path.join(folder.path, name)), folder.provenance)


def _variable(name: str) -> Provenance:
    return Provenance(origin=f"environment variable {name}")
