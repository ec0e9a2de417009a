"""The first process of the session that gathers, whose environment is as WSL made it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.gather.processes import environment_at_exec, own_pid, process
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.host import Host

_GENERATIONS = 64


def first_environment(host: Host) -> dict[str, str] | None:
    """Give what the first process was started with; None where it cannot be found or seen.

    Its parent is a process of WSL's init that calls itself `Relay(PID)` after its child
    (`InitCreateProcessUtilityVm` in src/linux/init/init.cpp), on WSL 2.
    """
    if not host.is_live:
        return None
    try:
        current = process(host, own_pid(host))
    except HostError:
        return None
    for _ in range(_GENERATIONS):
        parent = None if current is None else process(host, current.ppid)
        if current is None or parent is None:
            return None
        if parent.name == f"Relay({current.pid})":
            found = environment_at_exec(host, current)
            return None if isinstance(found, Absent) else found
        current = parent
    return None
