"""What the tests of the command line share: an empty folder, a home, a way to run it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from engine.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
RULE = """\
id: demo-version
title: The tool is the one that we test with
severity: high
require: {demo.version: "1"}
message: the tool is {demo.version}
remedy: install version 1
examples:
  - {name: the tested one, facts: {demo: {version: "1"}}, expect: pass}
  - {name: another one, facts: {demo: {version: "2"}}, expect: fail}
  - {name: nobody knows, facts: {}, expect: unknown}
"""
FACTS = """\
facts:
  demo: {type: object, properties: {version: {type: string}}}
"""
GOOD = {"demo": {"version": "1"}}
BAD = {"demo": {"version": "2"}}


@dataclass
class Ran:
    """How a command line ended and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a cache folder that tests share which do not look at it."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def home(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home and an empty folder to work in, which is the current one."""
    folder = tmp_path / "home"
    folder.mkdir()
    (tmp_path / "work").mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    for name in ("XDG_STATE_HOME", "NO_COLOR", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path / "work")
    return folder


@pytest.fixture
def write(home: Path) -> Callable[..., None]:
    """Give a way to write files into the current folder: texts, bytes, or JSON of anything else."""

    def files(**contents: object) -> None:
        for name, content in contents.items():
            path = Path(name.replace("__", "/").replace("_", "."))
            path.parent.mkdir(parents=True, exist_ok=True)
            text = content if isinstance(content, str | bytes) else json.dumps(content)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())

    return files


@pytest.fixture
def engine(
    home: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Ran]:
    """Give a way to run a command line in this process."""

    def run(*words: str, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(list(words))
        out, err = capsysbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run


@pytest.fixture
def process(home: Path) -> Callable[..., Ran]:
    """Give a way to run a command line in a process of its own."""

    def run(*words: str, stdin: bytes | None = b"", **environment: str) -> Ran:
        ran = subprocess.run(
            [sys.executable, "-m", "engine", *words],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=60,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        )
        return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())

    return run


@pytest.fixture
def demo(write: Callable[..., None]) -> None:
    """Write a rule and documents that pass, fail and tell nothing about it."""
    write(rule_yaml=RULE + FACTS, good_json=GOOD, bad_json=BAD, silent_json={})
