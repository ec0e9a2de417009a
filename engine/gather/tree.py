"""Another file tree, read as if it were `/`: a container's, a mounted disk, an unpacked archive.

Three rules make such a tree mean what the machine would mean that runs it:

* Links stay inside: an absolute one starts at the tree's root, and `..` ends there.
* Owners: a tree that somebody unpacked belongs to that person as a whole. Where the root folder is
  not root's, or the home belongs to whoever owns the root folder, that owner's files count as the
  user's own inside the home, and as root's everywhere else. Modes that only show that the tree was
  unpacked in private (a root folder or an /etc that nobody else may enter) count for nothing.
* What is not there: a tree without programs (nothing in /bin or /usr/bin) holds configuration only,
  so what the system's own folders would hold is unknown, not missing. What the kernel shows in
  /proc, /sys and /dev is unknown in every tree.
"""

from __future__ import annotations

import contextlib
import os
from functools import cached_property
from typing import TYPE_CHECKING

from engine.gather.accounts import accounts_of, likeliest
from engine.gather.elf import architecture
from engine.gather.ground import Ground
from engine.gather.host import FILE_LIMIT, Account, HostError, Status, User
from engine.gather.opening import FileWindow, content, failures, status_of
from engine.gather.permissions import Permissions
from engine.model.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from contextlib import AbstractContextManager

    from engine.gather.host import Answer


class Tree:
    """A file tree as a host; nothing in it is ever run."""

    is_live = False

    def __init__(
        self,
        root: str,
        *,
        user: str | None = None,
        home: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Take the tree's root, and whose environment is asked for: a name, a home in the tree."""
        self._ground = Ground(root)
        self._user, self._home = user, home
        self.environment = dict(environment or {})

    @cached_property
    def platform(self) -> str:
        """Linux, and for which processor the tree's programs are."""
        found = next(filter(None, (architecture(self, path) for path in _SAMPLES)), None)
        return f"linux/{found}" if found else "linux"

    @property
    def uid(self) -> int:
        """The number of the account."""
        uid = self._account.uid
        return _STRANGER if uid is None else uid

    def user(self) -> User:
        """Give the account, if the tree has a passwd entry for it."""
        account = self._account
        if account.uid is None or account.home is None or account.shell is None:
            raise HostError("missing", f"the tree has no passwd entry for {account.name}")
        return User(account.name, account.uid, account.home, account.shell)

    def account(self, name: str | None) -> Account:
        """Give an account by name, or the one that the tree is asked for."""
        if name is None or name == self._account.name:
            return self._account
        found = accounts_of(self).get(name)
        if found is None:
            raise HostError("missing", f"the tree has no user `{name}`")
        return found

    def user_name(self, uid: int) -> str | None:
        """Give the name of an account in the tree's passwd file."""
        try:
            known = accounts_of(self)
        except HostError:
            return None
        return next((account.name for account in known.values() if account.uid == uid), None)

    def status(self, path: str, *, follow: bool = True) -> Status:
        """Give the status of what a path names in the tree, with the owner that is meant."""
        with self._ground.found(path, follow=follow) as found:
            return self._meant(status_of(found.status), found.path)

    def resolve(self, path: str) -> str:
        """Give the path in the tree without links."""
        with self._ground.found(path) as found:
            return found.path

    def link_target(self, path: str) -> str:
        """Give what a link says."""
        with self._ground.found(path, follow=False) as found, failures(path):
            return os.readlink(found.name, dir_fd=found.folder)

    def names_in(self, path: str) -> tuple[str, ...]:
        """Give the names in a directory, if it is known to hold no others."""
        return self._ground.names_in(path)

    def can_execute(self, path: str) -> bool:
        """Say whether the account may execute a file."""
        return self.access(path)[2]

    def access(self, path: str) -> tuple[bool, bool, bool]:
        """Say whether the account may read, write and execute a file."""
        seen = Permissions(self, self._account).at(path)
        return seen.readable, seen.writable, seen.executable

    def read(self, path: str, *, limit: int = FILE_LIMIT, within: str | None = None) -> bytes:
        """Give a regular file's content."""
        with self._ground.opened(path, within) as descriptor, failures(path):
            return content(descriptor, path, limit)

    @contextlib.contextmanager
    def window(self, path: str) -> Iterator[FileWindow]:
        """Open a regular file to read it in pieces."""
        with self._ground.opened(path, None) as descriptor:
            yield FileWindow(descriptor)

    def scratch(self, files: Mapping[str, bytes]) -> AbstractContextManager[str]:  # noqa: ARG002
        """Refuse: what would run there is refused as well."""
        raise HostError("not_collected", "nothing is run in a tree")

    def run(
        self,
        argv: tuple[str, ...],
        *,
        environment: Mapping[str, str],  # noqa: ARG002 - a host's methods have a host's arguments
        directory: str,  # noqa: ARG002
        timeout: float,  # noqa: ARG002
        limit: int,  # noqa: ARG002
    ) -> Answer:
        """Refuse: a tree's programs are another machine's."""
        raise HostError("not_collected", f"{argv[0]} was not run: nothing is run in a tree")

    def stop(self) -> None:
        """Do nothing: no program runs."""

    @cached_property
    def _account(self) -> Account:
        """The account that is meant: the one named, or the only one that can be."""
        try:
            known = accounts_of(self)
        except HostError:
            known = {}
        if known and self._user is not None and self._user not in known:
            raise HostError("missing", f"the tree has no user `{self._user}`")
        candidates = [known[self._user]] if self._user in known else []
        if self._user is None:
            candidates = likeliest(known)
            if self._home is not None:
                candidates = [each for each in candidates if each.home == self._home]
        if len(candidates) > 1:
            names = ", ".join(sorted(account.name for account in candidates))
            raise HostError("ambiguous", f"the tree has several users: {names}")
        if candidates:
            return replace(candidates[0], home=self._home or candidates[0].home)
        home = self._home or (self._only_home() if not self._user else f"/home/{self._user}")
        name = self._user or os.path.basename(home or "") or "somebody"
        return Account(name, None, None, frozenset((_STRANGER,)), home, None)

    def _only_home(self) -> str | None:
        try:
            names = self.names_in("/home")
        except HostError:
            names = ()
        return f"/home/{names[0]}" if len(names) == 1 else None

    @cached_property
    def _unpacked_by(self) -> tuple[int, int] | None:
        """Who owns the whole tree, user and group, if its owners are not those it will have."""
        root = self._ground.top()
        if root.st_uid != 0:
            return root.st_uid, root.st_gid
        try:
            with self._ground.found(self._account.home or "/home") as home:
                is_whole = home.status.st_uid == 0 and self._account.uid != 0
                return (root.st_uid, root.st_gid) if is_whole else None
        except HostError:
            return None

    @cached_property
    def _real_home(self) -> str | None:
        try:
            return self.resolve(self._account.home) if self._account.home else None
        except HostError:
            return None

    @cached_property
    def _is_private(self) -> bool:
        """Whether the tree was unpacked so that nobody else may read any of it."""
        try:
            with self._ground.found("/etc") as folder:
                return not folder.status.st_mode & 0o001
        except HostError:
            return False

    def _meant(self, status: Status, path: str) -> Status:
        """Give a status with the owner that the running machine would show."""
        home, account = self._real_home, self._account
        is_inside = home is not None and (path == home or path.startswith(home.rstrip("/") + "/"))
        uid = _STRANGER if account.uid is None else account.uid
        gid = _STRANGER if account.gid is None else account.gid
        if self._unpacked_by is None:
            # Nobody knows the account's number, but the home tells by whom it is meant.
            is_own = account.uid is None and is_inside
            return replace(status, uid=uid, gid=gid) if is_own else status
        owner, group = self._unpacked_by
        mode = status.mode
        if path == "/":
            mode |= 0o555
        elif self._is_private and not is_inside:
            mode |= (mode >> 6 & 0o7) * 0o011 & ~0o022
        return replace(
            status,
            mode=mode,
            uid=(uid if is_inside else 0) if status.uid == owner else status.uid,
            gid=(gid if is_inside else 0) if status.gid == group else status.gid,
        )


_SAMPLES = ("/bin/sh", "/usr/bin/env", "/bin/bash", "/sbin/init", "/bin/busybox")
_STRANGER = -1
"""The number of an account that the tree does not tell."""
