"""Homes in which a real version manager stands behind `go`, and what it then runs.

`PRECEDENT_MANAGERS` names a folder with what there is of these; each that is missing is skipped:

    asdf          the program, 0.16 or later          asdf-0.15/     a checkout of that version
    asdf-golang/  a checkout of the plugin            goenv/         a checkout of go-nv's
    goenv-old/    a checkout of syndbg's              mise           the program
    go1.22.10     built from golang.org/dl            gos/1.22.10/   a GOROOT, for each of VERSIONS

`python -m tests.real.real_homes` asks them all again and records their answers.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.precedence.go.managers.cases import FOLDER, KEYS, cases, managers
from tests.precedence.go.managers.homes import PATH, SHIMS, VERSIONS

SOURCES = Path(os.environ.get("PRECEDENT_MANAGERS", "/nowhere"))
SAFE = {"GOFLAGS": "-v", "GOTOOLCHAIN": "local"}
_NEEDS = {
    "asdf": ("asdf", "asdf-golang"),
    "asdf-bash": ("asdf-0.15", "asdf-golang"),
    "goenv": ("goenv",),
    "goenv-old": ("goenv-old",),
    "mise": ("mise",),
    "dl": ("go1.22.10",),
}


def missing(manager):
    """Name what a manager's home needs and is not there."""
    needed = (*_NEEDS[manager], *(f"gos/{version}" for version in VERSIONS))
    return [each for each in needed if not (SOURCES / each).exists()]


class Home:
    """A home on a disk, with the manager's own files in it, put there by its own commands."""

    def __init__(self, folder: Path, manager: str) -> None:
        self.folder = folder
        self.shim = self.path(SHIMS[manager])
        (folder / "shop" / "cmd").mkdir(parents=True)
        for version in VERSIONS:
            self.link(f"~/gos/{version}", SOURCES / "gos" / version)
        self.link("~/system/bin/go", self.path("~/gos/1.21.13/bin/go"))
        getattr(self, manager.replace("-", "_"))()

    def path(self, text):
        return Path(text.replace("~", str(self.folder)))

    def link(self, path, target):
        where = self.path(path)
        where.parent.mkdir(parents=True, exist_ok=True)
        where.symlink_to(target)

    def copy(self, name, path):
        shutil.copytree(SOURCES / name, self.path(path), symlinks=True, ignore=_NO_HISTORY)

    def asdf(self):
        self.link("~/bin/asdf", SOURCES / "asdf")
        self._plugin()
        self.run("asdf", "reshim", "golang")

    def asdf_bash(self):
        self.copy("asdf-0.15", "~/.asdf")
        self._plugin()
        self.run("~/.asdf/bin/asdf", "reshim", "golang")

    def _plugin(self):
        self.copy("asdf-golang", "~/.asdf/plugins/golang")
        for version in VERSIONS:
            self.link(f"~/.asdf/installs/golang/{version}/go", self.path(f"~/gos/{version}"))

    def goenv(self, source="goenv"):
        self.copy(source, "~/.goenv")
        for version in VERSIONS:
            self.link(f"~/.goenv/versions/{version}", self.path(f"~/gos/{version}"))
        self.run("~/.goenv/bin/goenv", "rehash")

    def goenv_old(self):
        self.goenv("goenv-old")

    def mise(self):
        self.link("~/.local/bin/mise", SOURCES / "mise")
        for version in VERSIONS:
            self.run("~/.local/bin/mise", "link", f"go@{version}", f"~/gos/{version}")
        self.run("~/.local/bin/mise", "reshim")

    def dl(self):
        shutil.copytree(SOURCES / "gos" / "1.22.10", self.path("~/sdk/go1.22.10"), symlinks=True)
        self.path("~/sdk/go1.22.10/.unpacked-success").touch()
        self.link("~/go/bin/go1.22.10", SOURCES / "go1.22.10")

    def environment(self, more=None):
        whole = {"HOME": "~", "PATH": PATH, **(more or {})}
        return {name: value.replace("~", str(self.folder)) for name, value in whole.items()}

    def run(self, *argv, more=None, directory="~"):
        return subprocess.run(
            [each.replace("~", str(self.folder)) for each in argv],
            env=self.environment(more),
            cwd=self.path(directory),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def lay(self, files):
        """Put a case's files in place, and take away those of the one before."""
        shutil.rmtree(self.path("~/shop"))
        self.path("~/shop/cmd").mkdir(parents=True)
        for path, text in files.items():
            where = self.path(path)
            where.parent.mkdir(parents=True, exist_ok=True)
            where.write_bytes(text.replace("~", str(self.folder)).encode())

    def clear(self, files):
        for path in files:
            self.path(path).unlink(missing_ok=True)
            if path.startswith("~/.goenv/goenv.d"):
                shutil.rmtree(self.path("~/.goenv/goenv.d"))

    def says(self, more=None, directory="~/shop/cmd"):
        """Give what `go env` says through the shim, None where the shim stops."""
        done = self.run(str(self.shim), "env", *KEYS, more=SAFE | (more or {}), directory=directory)
        said = done.stdout.splitlines()
        if done.returncode or len(said) != len(KEYS):
            return None
        return {key: self.told(value) for key, value in zip(KEYS, said, strict=True)}

    def told(self, text):
        """Give a text as it would be in any home: `~`, and each Go where it stands once."""
        for version in VERSIONS:
            text = text.replace(str((SOURCES / "gos" / version).resolve()), f"~/gos/{version}")
        return text.replace(str(self.folder), "~")


_NO_HISTORY = shutil.ignore_patterns(".git")


def main():
    (FOLDER / "answers").mkdir(exist_ok=True)
    for manager in managers():
        lacking = missing(manager)
        if lacking:
            sys.stdout.write(f"{manager}: not asked, {', '.join(lacking)} missing\n")
            continue
        with tempfile.TemporaryDirectory() as folder:
            home = Home(Path(folder).resolve() / "home", manager)
            found = {}
            for case in cases(manager):
                home.lay(case.laid())
                found[case.name] = home.says(case.environment)
                home.clear(case.laid())
        text = json.dumps(found, indent=1, sort_keys=True) + "\n"
        (FOLDER / "answers" / f"{manager}.json").write_text(text)
        sys.stdout.write(
            f"{manager}: {len(found)} answers, {list(found.values()).count(None)} stop\n"
        )


if __name__ == "__main__":
    main()
