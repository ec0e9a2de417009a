"""WSL: wsl.conf as it counts, what crosses from Windows, and what a session begins with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, told
from engine.gather.collector import Fact, Sourced, collector
from engine.gather.host import HostError
from engine.gather.surroundings import is_wsl, sign_of_container
from engine.gather.wsl import environment, user_config
from engine.gather.wsl.config_file import parse
from engine.gather.wsl.declared import FACTS
from engine.gather.wsl.environment import Session
from engine.gather.wsl.language import language
from engine.gather.wsl.session import first_environment
from engine.gather.wsl.settings import CONF, KEYS, Effective, effective, reviewed
from engine.gather.wsl.wslenv import shared
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from engine.gather.host import Account
    from engine.gather.survey import Survey
    from engine.gather.wsl.config_file import ConfigFile
    from engine.gather.wsl.wslenv import Shared
    from engine.model.json_value import Json, JsonObject

_NO_WSL = Absent("missing", "this machine is not of WSL", certain=True)
_WINDOWS_USER = Absent("opaque", "which user of Windows started this is not known")
_NO_SESSION = Absent(
    "not_collected", "the process that gathered has no WSLENV, so WSL did not start its session"
)
_ORIGIN = "the start of a session by WSL"
# What safe mode switches off (WslDistributionConfig.cpp), as far as it is told here.
_UNSAFE = (
    "append_windows_path", "interop_enabled", "boot_systemd", "automount_enabled", "gpu_enabled",
    "append_gpu_path",
)  # fmt: skip


@collector("wsl", subjects=("workstation",), facts=FACTS)
def wsl(survey: Survey) -> Iterator[Fact]:
    """wsl.conf as it counts, what crosses from Windows, and what a session begins with."""
    where = Provenance(origin=_ORIGIN)
    here = _is_here(survey)
    if here is not True:
        yield Fact("wsl", here if isinstance(here, Absent) else _NO_WSL, where)
        return
    wslenv = _wslenv(survey)
    user, asked = _user_config(survey, wslenv)
    state, file = _conf(survey)
    values = _values(file, safe=asked.get("safe_mode") is True)
    yield Fact(
        "wsl",
        {
            "conf": _told_conf(survey, state, file, values),
            "user_config": user,
            "wslenv": wslenv if isinstance(wslenv, Absent) else [_told_shared(o) for o in wslenv],
            "windows_path": {
                "appended": _told(values["append_windows_path"]),
                "value": environment.UNSEEN,
            },
            "default_environment": _environment(survey, values, wslenv, asked),
        },
        where,
    )


def _is_here(survey: Survey) -> Json:
    """Say whether this is WSL; a tree that has a wsl.conf is taken for one that may run there."""
    if not survey.host.platform.startswith("linux"):
        return False
    try:
        # A container on WSL's kernel is no session of WSL.
        return is_wsl(survey.host) and sign_of_container(survey.host) is None
    except HostError as error:
        try:
            survey.host.status(CONF)
        except HostError:
            return error.hole()
    return True


def _variables(survey: Survey) -> Mapping[str, str]:
    """Give the variables of the session: as WSL set them if that can be seen, or as they are."""
    first = first_environment(survey.host)
    return survey.host.environment if first is None else first


def _wslenv(survey: Survey) -> tuple[Shared, ...] | Absent:
    value = survey.once(_variables).get("WSLENV")
    return _NO_SESSION if value is None else tuple(shared(value))


def _user_config(
    survey: Survey, wslenv: tuple[Shared, ...] | Absent
) -> tuple[Json, dict[str, Json]]:
    """Give the facts of the Windows user's file, and what it certainly asks for."""
    path = None
    if not isinstance(wslenv, Absent):
        path = user_config.place(wslenv, survey.once(_variables))
    if path is None:
        return _WINDOWS_USER, {}
    try:
        values = user_config.read(survey.host, path)
        state = _state(survey, path)
    except HostError as error:
        holes: JsonObject = dict.fromkeys(user_config.KEYS, error.hole())
        return holes | {"path": path, "state": "unreadable"}, {}
    facts: JsonObject = {name: _told(value, path) for name, value in values.items()}
    facts |= {"path": path, "state": state}
    told_ = Sourced(facts, Provenance(None, ".wslconfig", path))
    return told_, {name: value.value for name, value in values.items()}


def _state(survey: Survey, path: str) -> str:
    try:
        survey.host.status(path)
    except HostError as error:
        if error.cause == "missing":
            return "missing"
        raise
    return "present"


def _conf(survey: Survey) -> tuple[str, ConfigFile | Absent]:
    try:
        return "present", parse(survey.host.read(CONF))
    except HostError as error:
        if error.cause == "missing":
            return "missing", parse(b"")
        return "unreadable", error.hole()


def _values(file: ConfigFile | Absent, *, safe: bool) -> dict[str, Effective]:
    if isinstance(file, Absent):
        values = {name: Effective(file) for name in KEYS}
    else:
        values = effective(file)
    return values | (dict.fromkeys(_UNSAFE, Effective(value=False)) if safe else {})


def _told_conf(
    survey: Survey, state: str, file: ConfigFile | Absent, values: dict[str, Effective]
) -> Json:
    facts: JsonObject = {"path": CONF, "state": state}
    for name, value in values.items():
        if value.value is not None:
            facts[name] = _told(_hidden(survey, value))
    if isinstance(file, Absent):
        return facts | {"stops_at_line": file, "settings": file}
    facts |= {} if file.broken is None else {"stops_at_line": file.broken}
    rows: list[Json] = []
    for setting, ignored in reviewed(file):
        row: JsonObject = {"name": setting.name, "line": setting.line}
        said = setting.value.decode("utf-8", "replace")
        row["value"] = survey.redaction.variable(setting.name, said)
        row |= {"ignored": ignored} if ignored else {}
        rows.append(Sourced(row, Provenance(None, "wsl.conf", CONF, setting.line)))
    return Sourced(facts | {"settings": rows}, Provenance(None, "wsl.conf", CONF))


def _hidden(survey: Survey, value: Effective) -> Effective:
    if isinstance(value.value, str):
        return Effective(survey.redaction.text(value.value), value.line)
    return value


def _told(value: Effective, path: str = CONF) -> Json:
    if isinstance(value.value, Absent):
        return value.value
    if value.line is None:
        return Sourced(value.value, Provenance(origin="WSL's default"))
    return Sourced(value.value, Provenance(None, "WSL's configuration", path, value.line))


def _told_shared(one: Shared) -> JsonObject:
    return {
        "name": one.name,
        "flags": one.flags,
        "path_translated": one.translated,
        "direction": one.direction,
        "reaches_linux": one.reaches_linux,
    }


def _environment(
    survey: Survey,
    values: dict[str, Effective],
    wslenv: tuple[Shared, ...] | Absent,
    asked: dict[str, Json],
) -> list[Json]:
    account = _account(survey)
    variables = survey.once(_variables)
    proxies = asked.get("auto_proxy") is not False and asked.get("safe_mode") is not True
    session = Session(survey.host, values, account, variables.get("WSL_DISTRO_NAME"), proxies)
    own = variables.get("WSLENV")
    listed = Assignment("WSLENV", (environment.UNSEEN if own is None else own,))
    spoken = language(survey.host)
    lang = [] if spoken is None else [Assignment("LANG", (spoken.value,), line=spoken.line)]
    layers: tuple[tuple[str, Iterable[Assignment | Absent], str | None], ...] = (
        ("WSL's default", environment.inherited(session), None),
        ("WSLg", environment.windows_applications(session), None),
        ("environment variable WSLENV", [listed], None),
        ("WSLENV", environment.crossing(wslenv), None),
        ("WSL", environment.appended(session), CONF),
        ("WSL", environment.of_the_session(session), CONF),
        ("the distribution's locale", lang, spoken.file if spoken else None),
        ("passwd database", environment.of_the_account(account), None),
        ("WSL", environment.of_systemd(session), CONF),
    )
    return [
        row
        for origin, layer, file in layers
        for one in layer
        # What holds by default has no place in a file.
        for row in told([one], survey.redaction, origin, file if _has_line(one) else None)
    ]


def _has_line(one: Assignment | Absent) -> bool:
    return isinstance(one, Assignment) and one.line is not None


def _account(survey: Survey) -> Account | Absent:
    try:
        return survey.host.account(survey.launch.user)
    except HostError as error:
        return error.hole()
