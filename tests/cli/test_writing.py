"""Files that commands write: whole or not at all, for their owner, and only where it was said."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from engine.cli.writing import require_writable, write_file
from engine.errors import OutputError
from tests.cli.conftest import ROOT
from tests.ordinary_user import let_in, ordinary_user


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def mode(path):
    return os.stat(path).st_mode & 0o7777


def test_a_new_file_is_its_owners_alone():
    write_file("facts.json", "{}")

    assert Path("facts.json").read_text() == "{}"
    assert mode("facts.json") == 0o600
    assert os.listdir() == ["facts.json"]


def test_a_file_that_was_there_is_replaced_and_keeps_its_mode():
    Path("facts.json").write_text("a longer text than the new one")
    Path("facts.json").chmod(0o640)

    with Path("facts.json").open() as opened_before:
        write_file("facts.json", "{}")
        assert opened_before.read() == "a longer text than the new one"

    assert (Path("facts.json").read_text(), mode("facts.json")) == ("{}", 0o640)


def test_a_link_stays_and_what_it_leads_to_is_replaced():
    Path("there").mkdir()
    Path("there/real.txt").write_text("old")
    Path("link").symlink_to("there/real.txt")

    write_file("link", "new")

    assert Path("link").is_symlink()
    assert Path("there/real.txt").read_text() == "new"
    assert os.listdir("there") == ["real.txt"]


def test_a_link_that_leads_nowhere_is_not_followed():
    Path("link").symlink_to("elsewhere")

    with pytest.raises(OutputError) as caught:
        write_file("link", "new")

    assert str(caught.value) == (
        "cannot write `link`: it is a link that leads nowhere; remove it, or write to where it "
        "should lead"
    )
    assert os.listdir() == ["link"]


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("folder", "is a directory"),
        ("folder/", "is a directory"),
        ("gone/x", "no such file or directory"),
        ("file/x", "not a directory"),
        ("ring", "too many levels of symbolic links"),
        ("a\0b", "the path is not one"),
        ("n" * 256, "file name too long"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_early(path, why):
    Path("folder").mkdir()
    Path("file").touch()
    Path("ring").symlink_to("ring")
    before = sorted(os.listdir())

    for attempt in (require_writable, lambda path: write_file(path, "new")):
        with pytest.raises(OutputError) as caught:
            attempt(path)
        assert str(caught.value).endswith(f"`: {why}")
    assert sorted(os.listdir()) == before


def test_a_socket_is_not_written_to():
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        with pytest.raises(OutputError, match="cannot write `socket`"):
            write_file("socket", "new")


def test_a_name_as_long_as_names_can_be_is_written():
    write_file("n" * 255, "new")
    assert os.listdir() == ["n" * 255]


def test_a_pipe_gets_the_text_and_stays_a_pipe():
    os.mkfifo("pipe")
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(Path("pipe").read_text()))
    reader.start()

    write_file("pipe", "new")

    reader.join(10)
    assert read == ["new"]
    assert Path("pipe").is_fifo()


@pytest.mark.parametrize("failing", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_an_interrupt_or_a_full_disk_leaves_the_old_file_and_nothing_else(monkeypatch, failing):
    Path("facts.json").write_text("old")

    def fails(_descriptor):
        raise failing

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises((KeyboardInterrupt, OutputError)):
        write_file("facts.json", "new")

    assert os.listdir() == ["facts.json"]
    assert Path("facts.json").read_text() == "old"


def test_a_file_that_one_may_not_write_is_not_replaced_beside_its_owner(tmp_path):
    let_in(tmp_path)
    Path("open").mkdir(mode=0o777)
    Path("open").chmod(0o777)
    Path("open/facts.json").write_text("root's own")
    code = "from engine.cli.writing import write_file; write_file('open/facts.json', 'new')"

    ran = subprocess.run(
        [*ordinary_user(), sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert "cannot write `open/facts.json`: permission denied" in ran.stderr
    assert os.listdir("open") == ["facts.json"]
    assert Path("open/facts.json").read_text() == "root's own"


def test_a_command_says_where_it_cannot_write(engine, demo):
    Path("folder").mkdir()
    for name, why in (("folder", "is a directory"), ("gone/x", "no such file or directory")):
        ran = engine("eval", "bad.json", "--rules", "rule.yaml", "--output", name)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == f"cannot write `{name}`: {why}\n"
    assert not list(Path().glob("*.tmp"))


def test_a_full_disk_leaves_the_old_report_and_no_half_of_the_new_one(demo):
    Path("out.txt").write_text("old")
    limit = f"ulimit -f 0; exec {sys.executable} -m engine eval bad.json --rules rule.yaml"

    ran = subprocess.run(
        ["bash", "-c", f"trap '' XFSZ; {limit} --no-cache --output out.txt"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )

    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "cannot write `out.txt`: file too large\n"
    assert Path("out.txt").read_text() == "old"
    assert not list(Path().glob("*.tmp"))
