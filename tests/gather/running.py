"""A process of a fake machine."""

from __future__ import annotations

from tests.gather.fake_host import Node, folder, link


def running(pid, exe, environ, command=b"code\0"):
    """Give the files of a process in /proc."""
    stat = f"{pid} ({exe.rpartition('/')[2]}) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 500 0 0\n"
    return {
        f"/proc/{pid}": folder(uid=1000),
        f"/proc/{pid}/stat": stat,
        f"/proc/{pid}/cmdline": command,
        f"/proc/{pid}/environ": environ,
        f"/proc/{pid}/exe": link(exe),
        exe: Node(),
    }
