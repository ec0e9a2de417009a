"""Lay a case out on the disk, for a real Go to be asked in it."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.real.go_env.case import GO, ROOT

SHARED = ("pkg", "src", "lib", "api", "misc", "test")
"""What a GOROOT of a case only links to: it is big, and nobody changes it."""
STUB = "#!/bin/sh\nexit 1\n"


class NoGo(Exception):  # noqa: N818 - it says what is missing
    """The PATH of a case has no `go`: nobody can ask it."""


@dataclass(frozen=True)
class Laid:
    """A case on the disk."""

    root: str
    environment: dict[str, str]
    directory: str
    command: str


@contextmanager
def laid(case, base, go, gos):
    """Lay a case out below a folder, for one Go out of those that are here; then clear it away."""
    root = os.path.join(os.path.realpath(base), f"{case.key()[:12]}-{os.getpid()}")
    _clear(root)
    try:
        yield _lay(case, root, go, {each.version: each for each in gos})
    finally:
        _clear(root)


def _lay(case, root, go, by_version):
    place = _Place(root, go, by_version)
    for folder in case.folders:
        place.path(folder).mkdir(parents=True, exist_ok=True)
    for name, tree in case.trees.items():
        _tree(place.path(name), Path(place.go(tree["of"]).root), tree, place.spelled)
    for name, text in case.files.items():
        place.path(name).write_bytes(_raw(place.spelled(text)))
    for name in case.programs:
        place.path(name).write_text(STUB, "utf-8")
        place.path(name).chmod(0o755)
    for name, version in case.gos.items():
        place.path(name).symlink_to(os.path.realpath(place.go(version).command))
    for name, target in case.links.items():
        place.path(name).symlink_to(place.spelled(target))
    directory = place.spelled(case.directory)
    os.makedirs(directory, exist_ok=True)
    environment = {name: place.spelled(value) for name, value in case.environment.items()}
    return Laid(root, environment, directory, first_go(environment["PATH"], directory))


@dataclass(frozen=True)
class _Place:
    """What the signs of a case stand for."""

    root: str
    asked: object
    by_version: dict

    def go(self, version):
        return self.asked if version == GO else self.by_version[version]

    def spelled(self, text):
        text = text.replace(ROOT, self.root).replace(GO, str(self.asked.root))
        for version, go in self.by_version.items():
            text = text.replace(f"@{version}@", str(go.root))
        return text

    def path(self, name):
        made = Path(self.root, name)
        made.parent.mkdir(parents=True, exist_ok=True)
        return made


def _raw(text):
    return text.encode("utf-8", "surrogateescape")


def _tree(where, source, tree, spelled):
    """Make a GOROOT: its `go` finds it by its own place, so that is no symbolic link."""
    command = where / tree.get("bin", "bin") / "go"
    command.parent.mkdir(parents=True)
    real = os.path.realpath(source / "bin" / "go")
    try:
        os.link(real, command)
    except OSError:
        shutil.copy2(real, command)
    for name in SHARED:
        if (source / name).exists() and name not in tree.get("without", ()):
            (where / name).symlink_to(source / name)
    shutil.copyfile(source / "VERSION", where / "VERSION")
    if tree["env"] is not None:
        (where / "go.env").write_bytes(_raw(spelled(tree["env"])))


def first_go(search_path, directory):
    """The first `go` that a shell would find in that folder."""
    for element in search_path.split(":"):
        found = os.path.normpath(os.path.join(directory, element, "go"))
        if os.path.isfile(found) and os.access(found, os.X_OK):
            return found
    raise NoGo(search_path)


def _clear(root):
    """Remove it, though go's telemetry may still be writing there in the background."""
    for _ in range(3):
        shutil.rmtree(root, ignore_errors=True)
        if not os.path.lexists(root):
            return
