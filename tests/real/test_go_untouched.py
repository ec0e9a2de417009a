"""Gathering leaves a home as it was, whatever go's settings there would have go do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ENGINE = Path(__file__).parents[2]
SETTINGS = {
    "delete settings": "GOFLAGS=-u\n",
    "write settings": "GOFLAGS=-w\n",
    "delete settings by a word without a dash": "GOFLAGS=xu\n",
    "print only changes": "GOFLAGS=-changed\n",
    "unpack a module of Go": "GOFIPS140=v1.0.0\n",
    "fetch a toolchain": "GOTOOLCHAIN=go1.99.9\n",
    "start a cache": "GOCACHEPROG={home}/trap\nCGO_ENABLED=1\n",
    "run a compiler": "CC={home}/trap\nCXX={home}/trap\nGCCGO={home}/trap\n",
    "fetch with credentials": "GOPACKAGESDRIVER={home}/trap\nGOAUTH={home}/trap\n",
}
FILES = {
    ".config/go/telemetry/local/weekends": "3",
    "go/pkg/mod/cache/lock": "",
    ".cache/go-build/README": "mine",
    "project/go.mod": "module shop.example/shop\n\ngo 1.18\n",
    "project/main.go": "package main\n",
    "trap": "#!/bin/sh\ntouch {home}/sprung\nexit 1\n",
}
COMMON = "# mine\nGOPROXY=https://a.example\nGOBIN=/b\nGOPRIVATE=\n"


def tree(folder):
    """Everything below a folder, as it is on the disk."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else None,
        )
        for path in sorted([folder, *folder.rglob("*")])
    }


def furnish(home, settings):
    for name, text in {**FILES, ".config/go/env": COMMON + settings}.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text.format(home=home))
    (home / "trap").chmod(0o755)
    return tree(home)


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=list(SETTINGS))
def test_a_file_of_settings_cannot_make_gathering_change_anything(go, home, facts_of, settings):
    before = furnish(home, settings)
    document = facts_of(go.root / "bin", "/usr/bin", "/bin")
    assert document["facts"]["go"]["env"]["GOPROXY"] == "https://a.example"
    assert tree(home) == before


@pytest.mark.parametrize("settings", SETTINGS.values(), ids=list(SETTINGS))
def test_nor_can_variables(go, home, facts_of, settings):
    before = furnish(home, "")
    given = dict(line.split("=", 1) for line in settings.format(home=home).splitlines())
    document = facts_of(go.root / "bin", "/usr/bin", "/bin", **given)
    assert document["facts"]["go"]["env"]["GOPROXY"] == "https://a.example"
    assert tree(home) == before


@pytest.mark.parametrize("flags", ["-u", "-w"])
def test_nor_can_they_from_the_command_line(newest_go, home, tmp_path, flags):
    before = furnish(home, f"GOFLAGS={flags}\n")
    command = [sys.executable, "-m", "engine", "gather", "--home", home, "-o", tmp_path / "facts"]
    done = subprocess.run(
        command,
        env={
            "HOME": str(home),
            "PATH": f"{newest_go.root}/bin:/usr/bin:/bin",
            "PYTHONPATH": str(ENGINE),
            "PYTHONDONTWRITEBYTECODE": "1",
            # What the engine keeps for itself is not what this is about.
            "XDG_CACHE_HOME": str(tmp_path / "own"),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "XDG_STATE_HOME": str(tmp_path / "own"),
        },
        cwd=home / "project",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "https://a.example" in (tmp_path / "facts").read_text()
    assert tree(home) == before
