"""The engine as users get it: a wheel, built from the source distribution, and installed.

`PRECEDENT_INSTALLED` names an environment that has one already, as `.ci/run` makes it with pip.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def build(target, source, out):
    """Build a distribution as pip does, without asking any network."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", out],
        cwd=source,
        check=True,
        capture_output=True,
        timeout=120,
    )
    (built,) = Path(out).iterdir()
    return built


@pytest.fixture(scope="session")
def sdist(tmp_path_factory):
    """Give the source distribution."""
    return build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))


@pytest.fixture(scope="session")
def unpacked(sdist, tmp_path_factory):
    """Give the folder that the source distribution unpacks to."""
    folder = tmp_path_factory.mktemp("source")
    subprocess.run(["tar", "-xzf", sdist, "-C", folder], check=True)
    (source,) = folder.iterdir()
    return source


@pytest.fixture(scope="session")
def wheel(unpacked, tmp_path_factory):
    """Give the wheel, built from the unpacked source distribution."""
    return build("wheel", unpacked, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="session")
def scripts(tmp_path_factory, request):
    """Give the folder of an environment's commands, `engine` among them."""
    given = os.environ.get("PRECEDENT_INSTALLED")
    if given:
        return Path(given, "bin")
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, symlinks=True)
    wheel = request.getfixturevalue("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", folder]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-deps", "--no-index", wheel],
        check=True,
        capture_output=True,
        timeout=120,
    )
    # The libraries are those of this environment; what is editable in it is not found this way.
    (site,) = folder.glob("lib/python*/site-packages")
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "bin"


@pytest.fixture
def run(scripts, tmp_path, monkeypatch):
    """Give a way to run the installed engine in an empty folder, far from the checkout."""
    monkeypatch.chdir(tmp_path)
    for name in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"):
        monkeypatch.delenv(name, raising=False)

    def command(*words, name="engine"):
        return subprocess.run(
            [scripts / name, *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)},
        )

    return command
