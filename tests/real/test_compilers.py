"""What is told of real compilers against what they say themselves, and against Go's choice."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather

PATH = "/usr/local/bin:/usr/bin:/bin"
COMPILERS = [
    name
    for name in (
        "gcc", "cc", "g++", "clang", "clang++", "musl-gcc", "x86_64-linux-gnu-gcc",
        "aarch64-linux-gnu-gcc", "arm-linux-gnueabihf-gcc", "x86_64-w64-mingw32-gcc",
    )
    if shutil.which(name, path=PATH)
]  # fmt: skip


def compiler(cc, directory, path=PATH):
    document = gather(
        Machine({"PATH": path, "HOME": "/nowhere", "CC": cc}),
        subject="workstation",
        directory=str(directory),
        redaction=Redaction(b"0123456789abcdef"),
        only=("compilers",),
    )
    return document["facts"]["compilers"]["c"]


@pytest.mark.parametrize("name", COMPILERS or [None])
def test_a_compiler_says_of_itself_what_we_say(name, tmp_path):
    if name is None:
        pytest.skip("no C compiler here")
    said = subprocess.run(
        [name, "-dumpmachine"], capture_output=True, text=True, env={"PATH": PATH}, check=True
    ).stdout.strip()
    told = compiler(name, tmp_path)
    if name == "musl-gcc":
        # It is a script around a gcc that says what it was made for, not what the script makes.
        assert (told["machine"], told["machine_from"]) == ("x86_64-linux-musl", "link")
        return
    assert told["machine"] == said
    assert told["resolved"] == os.path.realpath(shutil.which(name, path=PATH))


def test_a_triple_as_clang_spells_it_is_read_as_well(tmp_path):
    if "clang" not in COMPILERS:
        pytest.skip("no clang here")
    for target in ("aarch64-linux-gnu", "i686-w64-mingw32", "armv7a-linux-androideabi24"):
        said = subprocess.run(
            ["clang", f"--target={target}", "-dumpmachine"],
            capture_output=True, text=True, env={"PATH": PATH}, check=True,
        ).stdout.strip()  # fmt: skip
        short, spelled = (compiler(f"clang --target={t}", tmp_path) for t in (target, said))
        assert spelled["machine"] == said
        assert [short[key] for key in ("os", "archs")] == [spelled[key] for key in ("os", "archs")]


def test_go_switches_cgo_off_where_we_say_that_it_refuses(go, tmp_path):
    if go.release < (1, 20):
        pytest.skip("before Go 1.20 cgo was on without a compiler as well")
    stub = tmp_path / "gcc"
    stub.write_text("#!/bin/sh\n")
    stub.chmod(0o755)
    for path, on in (
        (f"{tmp_path}", "1"),
        (f".:{tmp_path}", "0"),
        (f":{tmp_path}", "0"),
        ("", "0"),
    ):
        environment = {"PATH": path, "HOME": str(tmp_path), "GOROOT": str(go.root)}
        said = go.says("CGO_ENABLED", "CC", environment=environment, directory=tmp_path)
        assert said == {"CGO_ENABLED": on, "CC": "gcc"}
        state = compiler("gcc", tmp_path, path)["state"]
        assert (state == "found") == (on == "1"), path
