"""What an account finds at a path and may do with it, told by owners, groups and mode bits."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.gather.opening import LINKS
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.gather.host import Account, Host, Status

_READ, _WRITE, _EXECUTE = 4, 2, 1


@record
class Sight:
    """What an account sees at a path, and the path without links."""

    path: str
    status: Status
    readable: bool
    writable: bool
    executable: bool


class Permissions:
    """What one account may do on a host.

    Who gathers may be another, root even, so the system is asked only where they are the same.
    Access control lists and read-only file systems are seen only then.
    """

    def __init__(self, host: Host, account: Account) -> None:
        """Take the account; statuses are asked once."""
        self._host = host
        self._account = account
        self._is_self = host.is_live and account.uid == host.uid
        self._known: dict[str, Status] = {}

    def at(self, path: str) -> Sight:
        """Give what an account finds at a path; may raise `HostError`.

        Where it may not search a folder on the way, the cause is `permission`.
        """
        if self._is_self:
            status = self._host.status(path)
            return Sight(self._host.resolve(path), status, *self._host.access(path))
        return self._walked(path)

    def allow(self, status: Status) -> tuple[bool, bool, bool]:
        """Say whether the account may read, write and execute a file of this status."""
        account = self._account
        if account.uid == 0:
            may_run = status.kind == "directory" or bool(status.mode & 0o111)
            return True, True, may_run
        if status.uid == account.uid:
            bits = status.mode >> 6
        elif status.gid in account.groups:
            bits = status.mode >> 3
        else:
            bits = status.mode
        return bool(bits & _READ), bool(bits & _WRITE), bool(bits & _EXECUTE)

    def _walked(self, path: str) -> Sight:
        todo, here, links = _names(path), "/", 0
        while todo:
            name = todo.pop()
            if name == "..":
                here = os.path.dirname(here)
                continue
            status = self._status(here)
            if status.kind != "directory":
                raise HostError("missing", f"{path}: not a directory")
            if not self.allow(status)[2]:
                raise HostError("permission", f"{self._account.name} may not search {here}")
            step = os.path.join(here, name)
            if self._status(step, todo).kind != "link":
                here = step
                continue
            links += 1
            if links > LINKS:
                raise HostError("unsupported", f"{path}: too many levels of symbolic links")
            target = self._host.link_target(step)
            todo += _names(target)
            here = "/" if os.path.isabs(target) else here
        status = self._status(here)
        return Sight(here, status, *self.allow(status))

    def _status(self, path: str, further: Sequence[str] = ()) -> Status:
        if path not in self._known:
            try:
                self._known[path] = self._host.status(path, follow=False)
            except HostError as error:
                if further and error.cause == "not_collected":
                    # Of /usr nothing may be known, and of /usr/local in it everything.
                    self._host.status(os.path.join(path, *reversed(further)))
                raise
        return self._known[path]


def _names(path: str) -> list[str]:
    return [name for name in path.split("/") if name not in {"", "."}][::-1]
