"""Our reader and the real fish agree on what is fish."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from engine.gather.fish.reader import read_fish
from tests.gather.fish.sources import ACCEPTED, REFUSED, source

FISH = shutil.which("fish")
needs_fish = pytest.mark.skipif(FISH is None, reason="fish is not installed")
SHARE = Path("/usr/share/fish")


def is_broken(text):
    script = read_fish(text.encode())
    return len(script) == 1 and script[0][0] == "broken"


def fish_takes(path):
    done = subprocess.run(
        [FISH, "--no-config", "--no-execute", str(path)], capture_output=True, check=False
    )
    return done.returncode == 0


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_fish_takes_is_read(case):
    assert not is_broken(source(case))


@pytest.mark.parametrize("case", REFUSED)
def test_what_fish_refuses_is_one_broken_statement(case):
    assert is_broken(source(case))


@needs_fish
def test_the_lists_are_true_of_the_real_fish(tmp_path):
    file = tmp_path / "case.fish"
    wrong = []
    for case in ACCEPTED + REFUSED:
        file.write_text(source(case))
        if fish_takes(file) is not (case in ACCEPTED):
            wrong.append(case)
    assert wrong == []


@pytest.mark.skipif(not SHARE.is_dir(), reason="fish's own files are not here")
def test_every_file_that_comes_with_fish_is_read():
    broken = [path for path in SHARE.rglob("*.fish") if is_broken(path.read_text())]
    assert broken == []
