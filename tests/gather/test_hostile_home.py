"""A home full of traps, on the real file system: gathering says what is there and goes on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time

import pytest

from engine.gather.machine import Machine
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from engine.loading.facts import read_facts
from tests.gather.small_fold import SmallFold
from tests.ordinary_user import ordinary_user


@pytest.fixture
def files_of(redaction, tmp_path):
    """Gather what a fold asks for in the home of a test."""

    def make(*names, tail=""):
        paths = [str(tmp_path / name) for name in names]
        document = gather(
            Machine({"HOME": str(tmp_path)}),
            subject="workstation",
            directory="/",
            redaction=redaction,
            only=("startup",),
            launch=LaunchOptions(resolve=SmallFold(*paths), home=str(tmp_path)),
        )
        root = read_facts(json.dumps(document).encode(), "facts").root
        return [root["files"].get(path) for path in paths]

    return make


def script_of(entry):
    return entry["scripts"]["bash"]


def test_a_pipe_is_not_waited_for(files_of, tmp_path):
    os.mkfifo(tmp_path / ".bashrc")
    begin = time.monotonic()
    (entry,) = files_of(".bashrc")
    assert time.monotonic() - begin < 10
    assert entry["kind"] == "fifo"
    assert script_of(entry).cause == "unsupported"


def test_a_device_without_end_is_not_read(files_of, tmp_path):
    (tmp_path / ".bashrc").symlink_to("/dev/zero")
    (entry,) = files_of(".bashrc")
    assert (entry["kind"], entry["target"]) == ("device", "/dev/zero")
    assert script_of(entry).cause == "unsupported"


def test_a_file_of_a_hundred_megabytes_is_too_large(files_of, tmp_path):
    with (tmp_path / ".bashrc").open("wb") as file:
        file.truncate(100 << 20)
    (entry,) = files_of(".bashrc")
    assert entry["size"] == 100 << 20
    assert script_of(entry).cause == "too_large"


def test_rings_of_links_lead_nowhere(files_of, tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "c").symlink_to(".")
    entries = files_of("a", "c/c/c/c/x")
    assert entries[0].cause == "unsupported"
    assert entries[1] == {"kind": "missing"}


def test_a_name_that_is_no_text_does_not_reach_the_document(files_of, tmp_path):
    name = os.fsdecode(b"\xffrc")
    (tmp_path / name).write_text("export A=1\n")
    (tmp_path / ".bashrc").write_text(f"ls {tmp_path}\n")
    entry, odd = files_of(".bashrc", name)
    assert script_of(entry)[0][0] == "cmd"
    assert odd is None


def test_files_that_source_each_other_end(files_of, tmp_path):
    (tmp_path / "a").write_text(f". {tmp_path}/b\n" * 50)
    (tmp_path / "b").write_text(f". {tmp_path}/a\n" * 50)
    first, second = files_of("a", "b")
    assert len(script_of(first)) == len(script_of(second)) == 50


@pytest.mark.parametrize(
    "content", [b"\0" * 1000, b"\xff" * 1000, b"(" * 5000, b"`" * 501, b"$(" * 3000]
)
def test_whatever_is_written_in_a_file_it_is_read_or_said_not_to_be(files_of, tmp_path, content):
    (tmp_path / ".bashrc").write_bytes(b"export A=1\n" + content)
    (entry,) = files_of(".bashrc")
    assert entry["kind"] == "file"
    assert script_of(entry) is not None


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become an ordinary user")
def test_an_ordinary_user_is_told_what_it_may_not_read(tmp_path):
    for folder in (tmp_path, *tmp_path.parents):
        folder.chmod(folder.stat().st_mode | 0o005)
    (tmp_path / ".bashrc").write_text("secret")
    (tmp_path / ".bashrc").chmod(0)
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed/rc").write_text("secret")
    (tmp_path / "closed").chmod(0o700)
    code = f"""
import json, os
from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from tests.gather.small_fold import SmallFold
fold = SmallFold({str(tmp_path / ".bashrc")!r}, {str(tmp_path / "closed/rc")!r})
document = gather(
    Machine(dict(os.environ)), subject="workstation", directory="/", only=("startup",),
    redaction=Redaction(b"x" * 16), launch=LaunchOptions(resolve=fold),
)
print(json.dumps([document["facts"]["files"], document["absent"]]))
"""
    done = subprocess.run(
        [*ordinary_user(), sys.executable, "-c", code],
        capture_output=True, text=True, check=False, cwd=os.getcwd(),
    )  # fmt: skip
    files, absent = json.loads(done.stdout)
    assert files[f"{tmp_path}/.bashrc"]["readable"] is False
    pointer = f"/files/{str(tmp_path).replace('/', '~1')}~1"
    assert absent[f"{pointer}.bashrc/scripts/bash"]["reason"] == "permission"
    assert absent[f"{pointer}closed~1rc"]["reason"] == "permission"
