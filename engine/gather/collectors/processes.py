"""Running processes of this account, with the environment that each was started with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.collector import MORE, Fact, Sourced, collector
from engine.gather.collectors.env import matters, variable
from engine.gather.declare import flag, group, listing, number, table, text, text_or_secret
from engine.gather.host import HostError
from engine.gather.processes import (
    boot_time,
    environment_at_exec,
    own_pid,
    pids,
    process,
    started,
)
from engine.gather.roles import ROLES, role_of
from engine.model.facts import Absent
from engine.model.place import Provenance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.gather.processes import Process
    from engine.gather.survey import Survey
    from engine.model.json_value import Json, JsonObject

LISTED = 128
"""How many processes are told of; whoever gathers and its ancestors come first."""

_FACTS = {
    "processes": listing(
        "Running processes of this account that matter to a developer, and the ancestors of the "
        "one that gathered, by number",
        group(
            "One process",
            pid=number("Its number", 4242),
            ppid=number("The number of its parent; 0 for one without a parent", 4200),
            name=text("Its name, as the kernel has it: 15 characters at most", "gopls"),
            role=text("What it is", among=ROLES),
            is_ancestor=flag("Whether it gathered, or is an ancestor of the one that did"),
            exe=text("The file that it runs", "/home/dana/go/bin/gopls", form="path"),
            exe_deleted=flag("Whether that file was removed or replaced since it started"),
            argv0=text("The name that it was started by; a login shell's begins with `-`", "-bash"),
            started=number("When it started, since the start of 1970", 1767225600, unit="seconds"),
            environment_at_exec=table(
                "The variables that it was given when it began to run its file. What it has "
                "changed since cannot be seen",
                group(
                    "One variable",
                    state=text("Whether it was there", among=("set", "unset")),
                    value=text_or_secret("Its value, if it was set", "/usr/local/go"),
                ),
            ),
        ),
    )
}
_UNTOLD = Absent("not_collected", "only variables that matter to Go are gathered")


@collector("processes", subjects=("workstation",), facts=_FACTS, live=True)
def processes(survey: Survey) -> Iterator[Fact]:
    """Editors, shells and tools of Go that run, and the environment that each was started with."""
    host = survey.host
    if not host.platform.startswith("linux/"):
        raise HostError("unsupported", "only Linux shows the environment of processes")
    running = {pid: found for pid in pids(host) if (found := process(host, pid)) is not None}
    ancestors, hole = _ancestors(running, own_pid(host))
    roles = {pid: role_of(each) for pid, each in running.items()}
    chosen = [*ancestors] + [
        pid
        for pid, each in sorted(running.items())
        if each.is_own and roles[pid] != "other" and pid not in ancestors
    ]
    boot = boot_time(host)
    rows: list[Json] = [
        Sourced(
            _described(survey, running[pid], boot)
            | {"role": roles[pid], "is_ancestor": pid in ancestors},
            Provenance(None, "the kernel", f"/proc/{pid}"),
        )
        for pid in sorted(chosen[:LISTED])
    ]
    rows += [hole] if hole else []
    if len(chosen) > LISTED:
        rows.append(Absent("too_large", f"more than {LISTED} processes matter"))
    yield Fact("processes", rows, Provenance(origin="/proc"))


def _ancestors(running: dict[int, Process], pid: int) -> tuple[list[int], Absent | None]:
    """Give a process and its ancestors, and what is missing if the first of them is not reached.

    The parent of the first is 0; so is that of one whose parent lives outside of a container.
    """
    way: list[int] = []
    while pid in running and pid not in way:
        way.append(pid)
        pid = running[pid].ppid
    hidden = Absent("permission", f"process {pid}, an ancestor, cannot be seen")
    return way, None if pid == 0 else hidden


def _described(survey: Survey, process: Process, boot: int | Absent) -> JsonObject:
    exe = process.exe
    if not process.is_own and isinstance(exe, Absent):
        exe = Absent("permission", "it belongs to another account")
    return {
        "pid": process.pid,
        "ppid": process.ppid,
        "name": process.name,
        "exe": exe,
        "exe_deleted": process.is_deleted if isinstance(exe, str) else exe,
        "argv0": _name_given(process),
        "started": boot if isinstance(boot, Absent) else started(process, boot),
        "environment_at_exec": _environment(survey, process),
    }


def _name_given(process: Process) -> str | Absent:
    """Give the first word of a command, unless a process may have put a whole line in its place."""
    if isinstance(process.command, Absent):
        return process.command
    first = process.command[0]
    if any(character.isspace() for character in first):
        return Absent("opaque", "it holds blanks, so it may be a whole command line")
    return first


def _environment(survey: Survey, process: Process) -> Json:
    given = environment_at_exec(survey.host, process)
    if isinstance(given, Absent):
        return given
    file = Provenance(None, "environment at exec", f"/proc/{process.pid}/environ")
    found: JsonObject = {name: variable(survey, name, given.get(name)) for name in matters(given)}
    return Sourced(found | {MORE: _UNTOLD}, file)
