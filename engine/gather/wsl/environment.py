"""What WSL puts into the environment of the first process of a session, in its own order.

That is `ConfigCreateEnvironmentBlock` in src/linux/init/config.cpp and `CreateProcessCommon` in
src/linux/init/init.cpp of microsoft/WSL, before which Windows' service has made the block that
they add to (src/windows/service/exe).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.assignments import Assignment, Reference
from engine.gather.host import HostError
from engine.gather.surroundings import RELEASE
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from engine.gather.assignments import Part
    from engine.gather.host import Account, Host
    from engine.gather.wsl.settings import Effective
    from engine.gather.wsl.wslenv import Shared
    from engine.model.json_value import Json

WINDOWS = "windows"
"""The scope of Windows' environment, which nobody sees from Linux."""

WINDOWS_SETTINGS = "windows_settings"
"""The scope of what WSL's service on Windows adds: proxies, and variables that may be there."""

UNSEEN = Absent("opaque", "Windows' own environment cannot be seen from Linux")

# DistributionRegistration.h and the service's proxy settings (`s_AddHttpProxyToEnvironment`).
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/usr/games:/usr/local/games"
_HOSTTYPES = {"amd64": "x86_64", "arm64": "aarch64"}
_PROXIES = (
    "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "no_proxy", "NO_PROXY",
    "WSL_PAC_URL",
)  # fmt: skip
_GPU_FOLDER = "/usr/lib/wsl/lib"
_INIT = "/sbin/init"


@record
class Session:
    """What a session's environment depends on; what is not known is a hole.

    `proxies` says whether Windows' proxies may become variables.
    """

    host: Host
    conf: Mapping[str, Effective]
    account: Account | Absent
    distribution: str | None
    proxies: bool

    def setting(self, name: str) -> Json:
        """Give a setting of wsl.conf."""
        return self.conf[name].value


def inherited(session: Session) -> Iterator[Assignment | Absent]:
    """Give what comes before wsl.conf and accounts: the service's defaults, and WSLENV."""
    processor = session.host.platform.partition("/")[2]
    hosttype = _HOSTTYPES.get(processor, Absent("unsupported", "the processor is not known"))
    yield Assignment("HOSTTYPE", (hosttype,))
    yield Assignment("LANG", ("en_US.UTF-8",))
    yield Assignment("PATH", (_PATH,))
    yield Assignment("TERM", ("xterm-256color",))
    if session.proxies:
        yield from map(_perhaps, _PROXIES)


def windows_applications(session: Session) -> Iterator[Assignment]:
    """Give the variables of WSLg, if it is there: before WSLENV, which may change them."""
    root = session.setting("automount_root")
    unknown = Absent("not_collected", "it is not known where Windows' drives are mounted")
    folder: Part = f"{root}wslg/" if isinstance(root, str) else unknown
    rows = (
        Assignment("XDG_RUNTIME_DIR", (folder, "runtime-dir")),
        Assignment("DISPLAY", (":0",)),
        Assignment("WAYLAND_DISPLAY", ("wayland-0",)),
        Assignment("PULSE_SERVER", ("unix:", folder, "PulseServer")),
        Assignment("WSL2_GUI_APPS_ENABLED", ("1",)),
    )
    there = _has_applications(session, root)
    if there is None:
        yield from (_perhaps(row.name) for row in rows)
    elif there:
        yield from rows


def crossing(wslenv: tuple[Shared, ...] | Absent) -> Iterator[Assignment | Absent]:
    """Give the variables that Windows hands on; a hole where nobody knows which."""
    if isinstance(wslenv, Absent):
        yield wslenv
        return
    for one in wslenv:
        if not one.reaches_linux:
            continue
        if one.translated:  # what cannot be translated is left out
            yield Assignment(one.name, (), "pass", of=WINDOWS)
        else:  # what is not set there is empty here
            yield Assignment(one.name, (Reference(one.name, of=WINDOWS),))


def appended(session: Session) -> Iterator[Assignment]:
    """Give the folders behind PATH: the driver's, and those of Windows."""
    gpu = _gpu_folder(session)
    if gpu is not None:
        yield _behind(gpu)
    windows = session.setting("append_windows_path")
    if windows is not False:
        hole = windows if isinstance(windows, Absent) else UNSEEN
        yield _behind(hole, session.conf["append_windows_path"].line)


def of_the_session(session: Session) -> Iterator[Assignment]:
    """Give what tells the session where it is."""
    if session.setting("interop_enabled") is not False:
        yield Assignment("WSL_INTEROP", (Absent("opaque", "each session has a socket of its own"),))
    name = session.setting("hostname")
    if isinstance(name, str):
        yield Assignment("NAME", (cleaned(name),), line=session.conf["hostname"].line)
    else:
        unnamed = Absent("opaque", "it is the name of the Windows machine")
        yield Assignment("NAME", (name if isinstance(name, Absent) else unnamed,))
    hole = Absent("opaque", "only Windows knows the distribution's name")
    yield Assignment("WSL_DISTRO_NAME", (session.distribution or hole,))


def of_the_account(account: Account | Absent) -> Iterator[Assignment]:
    """Give what the passwd database says of the user."""
    fields: tuple[tuple[str, Part | None], ...]
    if isinstance(account, Absent):
        fields = tuple((name, account) for name in ("HOME", "USER", "LOGNAME", "SHELL"))
    else:
        fields = (
            ("HOME", account.home), ("USER", account.name), ("LOGNAME", account.name),
            ("SHELL", account.shell),
        )  # fmt: skip
    unknown = Absent("missing", "the passwd database does not say it")
    for name, value in fields:
        yield Assignment(name, (unknown if value is None else value,))


def of_systemd(session: Session) -> Iterator[Assignment]:
    """Give the addresses of the user's systemd, which WSL sets where it started one."""
    started = _starts_systemd(session)
    account = session.account
    uid = None if isinstance(account, Absent) else account.uid
    for name, before, after in (
        ("DBUS_SESSION_BUS_ADDRESS", "unix:path=", "/bus"),
        ("XDG_RUNTIME_DIR", "", ""),
    ):
        if started is None or (started and uid is None):
            yield _perhaps(name)
        elif started:
            line = session.conf["boot_systemd"].line
            yield Assignment(name, (f"{before}/run/user/{uid}{after}",), line=line)


def cleaned(name: str) -> str:
    """Give what WSL makes of a host's name (`CleanHostname` in stringshared.h)."""
    result = ""
    for sign in name:
        may_follow = bool(result) and result[-1] != "-"
        if (
            (sign == "." and "." not in result and may_follow)
            or (sign == "-" and may_follow and result[-1] != ".")
            or (sign.isascii() and sign.isalnum())
        ):
            result += sign
    return result[:64].rstrip(".-") or "localhost"


def is_virtual_machine(host: Host) -> bool | None:
    """Say whether this is WSL 2 by the name of its kernel; None for a kernel of the user's."""
    try:
        release = host.read(RELEASE).decode("utf-8", "replace").lower()
    except HostError:
        return None
    if "wsl2" in release or "microsoft-standard" in release:
        return True
    return False if release.strip().endswith("-microsoft") else None


def _perhaps(name: str) -> Assignment:
    return Assignment(name, (), "pass", of=WINDOWS_SETTINGS)


def _behind(folder: Part, line: int | None = None) -> Assignment:
    # Without a PATH, or behind one that is empty, the folder stands alone.
    before = Reference("PATH", then=(Reference("PATH"), ":"), empty_is_unset=True)
    return Assignment("PATH", (before, folder), line=line)


def _has_applications(session: Session, root: Json) -> bool | None:
    asked = session.setting("gui_applications")
    if asked is True:
        return True
    if isinstance(root, Absent) or isinstance(asked, Absent) or not session.host.is_live:
        return None
    try:
        session.host.status(f"{root}wslg/runtime-dir")
    except HostError as error:
        return False if error.cause == "missing" else None
    return True


def _gpu_folder(session: Session) -> Part | None:
    wanted = [session.setting(name) for name in ("gpu_enabled", "append_gpu_path")]
    virtual = is_virtual_machine(session.host)
    if False in wanted or virtual is False:
        return None
    hole = next((value for value in wanted if isinstance(value, Absent)), None)
    if hole is not None:
        return hole
    if virtual is None:
        return Absent("opaque", f"only WSL 2 appends {_GPU_FOLDER}, and the kernel does not say it")
    return _GPU_FOLDER


def _starts_systemd(session: Session) -> bool | None:
    wanted = session.setting("boot_systemd")
    virtual = is_virtual_machine(session.host)
    if wanted is False or virtual is False:
        return False
    if isinstance(wanted, Absent) or virtual is None:
        return None
    try:
        return session.host.can_execute(_INIT)
    except HostError as error:
        return False if error.cause == "missing" else None
