"""The machine of a case as gathering sees it: the case's own folders, beneath them this machine."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from pathlib import Path

from engine.gather.host import HostError, Status
from engine.gather.machine import Machine
from engine.gather.tree import Tree
from tests.oracle.truth.running import memory
from tests.oracle.truth.shells import HIDE, PLACES
from tests.oracle.truth.staging import stage

_OWN = re.compile(rf"{PLACES}(/|$)")
_EMPTY = ("/run", "/mnt", "/var/tmp")
_HOSTNAME = "/proc/sys/kernel/hostname"
RECORDED_ON = "vm"


class Sandbox:
    """A host. Use it as a context: its files lie in a temporary folder."""

    is_live = True
    uid = 0  # who looks is not who is meant

    def __init__(self, case):
        self._hostname = case.get("expect", {}).get("hostname", RECORDED_ON)
        hidden = case.get("expect", {}).get("hidden", HIDE)
        self._hidden = {*hidden, *map(os.path.realpath, hidden)}
        # What was not hidden where the case was recorded was not there at all.
        never = set(HIDE) - set(hidden)
        self._absent = {*case.get("absent", ()), *never, *map(os.path.realpath, never)}
        self._machine = Machine({})
        self.environment = case.get("env", {})
        self._folder = tempfile.mkdtemp(prefix="orc-", dir=memory())
        root = Path(self._folder) / "root"
        root.mkdir()
        stage({**case, "absent": ()}, root)
        name = "user" if case.get("uid", 1000) else "root"
        self._tree = Tree(str(root), user=name)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self._folder, ignore_errors=True)

    platform = "linux/amd64"

    def user(self):
        return self._tree.user()

    def account(self, name):
        return self._tree.account(name)

    def user_name(self, uid):
        return self._tree.user_name(uid)

    def status(self, path, *, follow=True):
        if path in self._hidden:
            return Status(kind="device", mode=0o666, uid=65534, gid=65534, size=0, identity=(0, 0))
        return self._at(path).status(path, follow=follow)

    def resolve(self, path):
        return self._at(path).resolve(path)

    def link_target(self, path):
        return self._at(path).link_target(path)

    def names_in(self, path):
        if path.rstrip("/") in _EMPTY:
            return ()
        names = self._at(path).names_in(path)
        return tuple(name for name in names if os.path.join(path, name) not in self._absent)

    def can_execute(self, path):
        return self.access(path)[2]

    def access(self, path):
        return path not in self._hidden and self._at(path).access(path)

    def read(self, path, **limits):
        if path == _HOSTNAME:
            return f"{self._hostname}\n".encode()
        return self._at(path).read(path, **limits)

    def window(self, path):
        return self._at(path).window(path)

    def scratch(self, files):  # noqa: ARG002 - as every host
        raise HostError("not_collected", "nothing is run here")

    def run(self, argv, **_):
        raise HostError("not_collected", f"{argv[0]} was not run")

    def stop(self):
        """Do nothing: nothing is run."""

    def _at(self, path):
        """Who knows a path; what the sandbox has not is missing."""
        if path in self._absent or path.startswith(tuple(f"{folder}/" for folder in _EMPTY)):
            raise HostError("missing", f"{path}: no such file or directory")
        return self._tree if _OWN.match(path) else self._machine
