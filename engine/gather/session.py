"""Whose environment is asked for, and what a login session of that account starts with."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from engine.gather.collector import Sourced
from engine.gather.host import Account, HostError
from engine.gather.syntaxes.pam_env import read_pam_env
from engine.model.facts import Absent
from engine.model.place import Provenance
from engine.model.record import replace

if TYPE_CHECKING:
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

LOGIN_DEFS = "/etc/login.defs"
LOCALES = ("/etc/default/locale", "/etc/locale.conf")

# Only a real session knows whether it has these, and what is in them. One that comes through ssh is
# another context.
_OF_THE_SESSION = (
    "COLORTERM", "DBUS_SESSION_BUS_ADDRESS", "DESKTOP_SESSION", "DISPLAY", "GDMSESSION",
    "INVOCATION_ID", "KRB5CCNAME", "MAIL", "MANAGERPID", "SSH_AGENT_PID", "SSH_AUTH_SOCK",
    "SYSTEMD_EXEC_PID", "TERM", "TERM_PROGRAM", "WAYLAND_DISPLAY", "XAUTHORITY",
    "XDG_CURRENT_DESKTOP", "XDG_DATA_DIRS", "XDG_RUNTIME_DIR", "XDG_SEAT", "XDG_SESSION_CLASS",
    "XDG_SESSION_DESKTOP", "XDG_SESSION_ID", "XDG_SESSION_TYPE", "XDG_VTNR",
)  # fmt: skip
_OF_WSL = ("WSLENV", "WSL_DISTRO_NAME", "WSL_INTEROP")
_KERNEL = "/proc/version"
_UNTOLD = Absent("not_collected", "only a real session has it or has it not")
_PASSWD = Provenance(origin="passwd database")
_LOCALE = re.compile(r"LANG\Z|LANGUAGE\Z|LC_[A-Z]+\Z")


def account(survey: Survey) -> Account:
    """Give the account whose launch contexts are asked for; one without passwd entry is a number.

    May raise `HostError`.
    """
    launch, host = survey.launch, survey.host
    try:
        found = host.account(launch.user)
    except HostError as error:
        if launch.user is not None or not host.is_live or error.cause != "missing":
            raise
        home = host.environment.get("HOME")
        return Account(str(host.uid), host.uid, None, frozenset(), launch.home or home, None)
    return replace(found, home=launch.home or found.home)


def session_environment(survey: Survey) -> JsonObject:
    """Give the variables that a login session starts with: as given, or as login is known to do.

    What PAM modules, desktops and connections add is not to be known from here.
    """
    given = survey.launch.environment
    if given is not None:
        origin = Provenance(origin=survey.launch.environment_origin)
        return {
            name: Sourced(survey.redaction.variable(name, value), origin)
            for name, value in given.items()
        }
    who = survey.once(account)
    variables: JsonObject = dict.fromkeys(_OF_THE_SESSION, _UNTOLD)
    if _may_be_wsl(survey):
        variables |= dict.fromkeys(_OF_WSL, _UNTOLD)
    variables |= _locale(survey)
    variables["PATH"] = _path(survey, who)
    untold = Absent("missing", f"{who.name} has no passwd entry")
    for name, value in (
        ("HOME", who.home), ("SHELL", who.shell), ("USER", who.name), ("LOGNAME", who.name),
    ):  # fmt: skip
        variables[name] = untold if value is None else Sourced(value, _PASSWD)
    return variables


def _may_be_wsl(survey: Survey) -> bool:
    try:
        return b"microsoft" in survey.host.read(_KERNEL).lower()
    except HostError as error:
        return error.cause != "missing"


def _path(survey: Survey, who: Account) -> Json:
    """Give the PATH that login sets; without the file, versions of login differ."""
    if who.uid is None:
        return Absent("missing", f"nobody knows whether {who.name} is root")
    keys = ("ENV_SUPATH", "ENV_ROOTPATH") if who.uid == 0 else ("ENV_PATH",)
    try:
        lines = survey.host.read(LOGIN_DEFS).decode("utf-8", "surrogateescape").split("\n")
    except HostError as error:
        return error.hole()
    for number, line in enumerate(lines, start=1):
        name, _, value = line.strip().replace("\t", " ").partition(" ")
        if name in keys:
            text = value.strip().strip('"').removeprefix("PATH=")
            return Sourced(text, Provenance(None, "login.defs", LOGIN_DEFS, number))
    return Absent("missing", f"{LOGIN_DEFS} does not say {keys[0]}")


def _locale(survey: Survey) -> JsonObject:
    """Give the locale's variables out of the first of the files that is there."""
    found: JsonObject = {}
    for path in LOCALES:
        try:
            script = read_pam_env(survey.host.read(path))
        except HostError as error:
            if error.cause == "missing":
                continue
            return {"LANG": error.hole()}
        for statement in script:
            if statement[0] != "decl":
                continue
            ((name, _, word, _),) = statement[3]
            if _LOCALE.match(name):
                value = "".join(part[1] for part in word)
                place = Provenance(None, os.path.basename(path), path, statement[1])
                found[name] = Sourced(survey.redaction.variable(name, value), place)
        break
    return found
