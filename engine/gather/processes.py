"""Running processes, as /proc tells of them: proc_pid_stat(5), proc_pid_environ(5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.model.facts import Absent
from engine.model.record import record

if TYPE_CHECKING:
    from engine.gather.host import Host

PIDS = 4096
"""How many processes are looked at."""
ENVIRONMENT_BYTES = 1 << 20
_COMMAND_BYTES = 1 << 20
_STAT_BYTES = 4096
# In which unit the kernel counts for programs; the same everywhere but on machines long gone.
_TICKS = 100
_DELETED = " (deleted)"


@record
class Process:
    """One process; `command` is its words, of which none but the first may be told."""

    pid: int
    ppid: int
    name: str
    is_zombie: bool
    ticks: int
    """When it started, in ticks since the system did."""
    is_own: bool
    exe: str | Absent
    is_deleted: bool
    command: tuple[str, ...] | Absent


def own_pid(host: Host) -> int:
    """Give the number of the process that gathers, as the mounted /proc counts."""
    return int(host.link_target("/proc/self"))


def pids(host: Host) -> list[int]:
    """Give the numbers of all processes that can be seen."""
    found = sorted(int(name) for name in host.names_in("/proc") if name.isdigit())
    if len(found) > PIDS:
        raise HostError("too_large", f"more than {PIDS} processes run")
    return found


def process(host: Host, pid: int) -> Process | None:
    """Give a process, or None for one that has ended, or cannot be seen."""
    folder = f"/proc/{pid}"
    try:
        stat = host.read(f"{folder}/stat", limit=_STAT_BYTES)
        uid = host.status(folder).uid
    except HostError:
        return None
    # A name may hold blanks and brackets, and what follows it does not.
    head, _, rest = stat.decode("utf-8", "surrogateescape").rpartition(")")
    fields = rest.split()
    exe, is_deleted = _executable(host, folder)
    return Process(
        pid,
        int(fields[1]),
        head.partition("(")[2],
        fields[0] in {"Z", "X"},
        int(fields[19]),
        uid == host.uid,
        exe,
        is_deleted,
        _command(host, folder),
    )


def environment_at_exec(host: Host, process: Process) -> dict[str, str] | Absent:
    """Give what exec was given: what the process has made of it since is nowhere to be seen."""
    folder = f"/proc/{process.pid}"
    if process.is_zombie:
        return Absent("missing", "it has ended, and nobody has asked how")
    try:
        raw = host.read(f"{folder}/environ", limit=ENVIRONMENT_BYTES)
    except HostError as error:
        return error.hole()
    # Whoever exec'd meanwhile, or took the number, has another environment than the one described.
    if _executable(host, folder)[0] != process.exe or not _is_still(host, process):
        return Absent("ambiguous", "it became another program while it was read")
    if not raw and process.command == ("",):
        return Absent("opaque", "it has neither words nor an environment to show")
    return _variables(raw.decode("utf-8", "surrogateescape"))


def boot_time(host: Host) -> int | Absent:
    """Give when the system started, in seconds since 1970."""
    try:
        lines = host.read("/proc/stat").decode("ascii", "replace").split("\n")
    except HostError as error:
        return error.hole()
    found = next((line.split()[1] for line in lines if line.startswith("btime ")), None)
    return int(found) if found else Absent("missing", "/proc/stat has no `btime`")


def started(process: Process, boot: int) -> int:
    """Give when a process started, in seconds since 1970; it may be off by one."""
    return boot + process.ticks // _TICKS


def _executable(host: Host, folder: str) -> tuple[str | Absent, bool]:
    """Give the file that a process runs, and whether it has been removed since."""
    try:
        target = host.link_target(f"{folder}/exe")
    except HostError as error:
        return error.hole(), False
    is_deleted = target.endswith(_DELETED)
    return target.removesuffix(_DELETED), is_deleted


def _command(host: Host, folder: str) -> tuple[str, ...] | Absent:
    try:
        raw = host.read(f"{folder}/cmdline", limit=_COMMAND_BYTES)
    except HostError as error:
        return error.hole()
    return tuple(raw.decode("utf-8", "surrogateescape").rstrip("\0").split("\0"))


def _is_still(host: Host, process: Process) -> bool:
    try:
        stat = host.read(f"/proc/{process.pid}/stat", limit=_STAT_BYTES)
    except HostError:
        return False
    fields = stat.rpartition(b")")[2].split()
    return int(fields[19]) == process.ticks


def _variables(raw: str) -> dict[str, str] | Absent:
    """Take an environment apart; of two variables of one name, most programs see the first.

    Servers write what they do over it, for `ps` to show, and leave the rest empty.
    """
    variables: dict[str, str] = {}
    for entry in raw.removesuffix("\0").split("\0") if raw else ():
        name, equals, value = entry.partition("=")
        if not equals or not name:
            return Absent("opaque", "it wrote something else over its environment")
        variables.setdefault(name, value)
    return variables
