"""What a program sees on a machine that is a mapping of texts, with Go installed as a case says."""

from __future__ import annotations

import posixpath

from engine.gather.syntaxes import SYNTAXES
from engine.model.facts import Absent
from engine.precedence.view import View
from engine.precedence.world import World
from tests.gather.binaries import SETTINGS, go_binary

HOME = "/home/ada"
DIRECTORY = "/home/ada/shop"
ROOT = "/usr/local/go"
FOLDERS = ("/", "/home", HOME, DIRECTORY, "/tmp", "/usr", "/usr/local", "/usr/bin")
ENVIRONMENT = {"HOME": HOME, "PATH": f"{ROOT}/bin:/usr/bin"}


class Disk:
    """Answers questions about files out of a mapping; what it does not hold is not there."""

    def __init__(self, files):
        self.files = files
        self.facts = {}
        self.asked = set()

    def answer(self, question):
        kind, path, *more = question
        self.asked.add(path)
        entry = self.facts.setdefault(path, self._entry(path))
        if kind == "script" and isinstance(entry, dict):
            content = self.files[entry.get("target", path)]
            data = content if isinstance(content, bytes) else content.encode()
            entry.setdefault("scripts", {})[more[0]] = SYNTAXES[more[0]].read(data, None)
        return True

    def _entry(self, path):
        found = self.files.get(path)
        if isinstance(found, (Absent, dict)):
            return found
        if isinstance(found, str) and found.startswith("-> "):
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), found[3:]))
            inner = self._entry(target)
            return {"leads_to" if inner["kind"] == "missing" else "target": target} | inner
        if found is not None:
            return {"kind": "file", "readable": True, "writable": True, "executable": True}
        is_folder = path in FOLDERS or any(one.startswith(f"{path}/") for one in self.files)
        if not is_folder:
            return {"kind": "missing"}
        return {"kind": "directory", "readable": True, "writable": True, "executable": True}


def installed(
    version="go1.27.3",
    root=ROOT,
    go_env="GOPROXY=https://proxy.golang.org,direct\nGOSUMDB=sum.golang.org\nGOTOOLCHAIN=auto\n",
):
    """Give the files of a Go installation; without `go_env` it has no go.env."""
    files = {f"{root}/bin/go": binary(version), f"{root}/pkg/tool/vet": ""}
    return files | ({f"{root}/go.env": go_env} if go_env is not None else {})


def binary(version, package="cmd/go"):
    """Give a go command that says what Go's own releases say of themselves."""
    return go_binary(version, package, settings=SETTINGS)


def view(files, environment, directory=DIRECTORY):
    """Give the view, and the disk behind it."""
    disk = Disk(files)
    return View(World({"files": disk.facts}, disk.answer), environment.get, directory), disk
