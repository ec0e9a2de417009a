"""What a person sees of a gathering, and that nobody else sees it."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.cli.watching import table
from tests.cli.conftest import ROOT

PROBE = ("gather", "--only", "probe", "--probe", "--rules", "go", "-o", "facts.json")
ERASED = re.compile(r"\r +\r\Z")


def started(*words, stderr, **environment):
    return subprocess.Popen(
        [sys.executable, "-m", "engine", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"} | environment,
    )


def errors_on_a_terminal(*words, **environment):
    """Give what a command line writes to standard error, which is a terminal."""
    ours, its = pty.openpty()
    run = started(*words, stderr=its, **environment)
    os.close(its)
    written = b""
    while select.select([ours], [], [], 60)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        written += piece
    os.close(ours)
    assert run.wait(timeout=60) == 0
    return written.decode()


@pytest.fixture
def slow(home):
    """Make the shells that are started take their time."""
    (home / ".bashrc").write_text("sleep 0.7\n")
    return (*PROBE, "--home", str(home))


def test_a_person_sees_who_is_at_work_and_nothing_of_it_stays(slow):
    for environment in ({}, {"NO_COLOR": "1"}):
        seen = errors_on_a_terminal(*slow, **environment)
        assert re.search(r"gathering for \d+ s: probe\r", seen)
        assert "\x1b" not in seen
        assert ERASED.search(seen)


def test_where_nothing_can_be_erased_nothing_is_shown(slow):
    assert errors_on_a_terminal(*slow, TERM="dumb") == ""


def test_a_pipe_gets_nothing_of_it(slow):
    run = started(*slow, stderr=subprocess.PIPE)
    assert (run.communicate(timeout=60)[1], run.returncode) == (b"", 0)


def test_a_gathering_that_is_quick_shows_nothing(home):
    assert errors_on_a_terminal("gather", "--only", "host") == ""


def test_an_interrupt_leaves_no_file_no_program_and_no_line(home, tmp_path):
    (home / ".bashrc").write_text(
        f"echo $$ >{tmp_path}/pid.new; mv {tmp_path}/pid.new {tmp_path}/pid; sleep 60\n"
    )
    (tmp_path / "scratch").mkdir()
    run = started(
        *PROBE, "--home", str(home), stderr=subprocess.PIPE, TMPDIR=str(tmp_path / "scratch")
    )
    begun = time.monotonic()
    while not (tmp_path / "pid").exists() and time.monotonic() - begun < 30:
        time.sleep(0.05)
    shell = int((tmp_path / "pid").read_text())

    run.send_signal(signal.SIGINT)

    assert (run.communicate(timeout=20)[1], run.returncode) == (b"", 130)
    assert not _is_alive(shell)
    assert os.listdir() == []
    assert os.listdir(tmp_path / "scratch") == []


def _is_alive(pid):
    """Say whether a process is there and not just waiting to be buried."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.05)
    return True


def test_who_wants_to_know_is_told_what_each_collector_came_to(engine):
    ran = engine("gather", "--only", "host,env,probe", "--verbose", "-o", "facts.json")

    head, *rows = ran.err.splitlines()
    assert (ran.code, ran.out) == (0, "")
    assert head.split() == ["collector", "time", "outcome"]
    assert sorted(row.split()[0] for row in rows) == ["env", "host", "probe"]
    times = [float(row.split()[1]) for row in rows]
    assert times == sorted(times, reverse=True)
    assert any(re.fullmatch(r"env +\d+\.\d{3} s  1 fact, 1 hole", row) for row in rows)
    assert any("not_collected: it runs start-up files" in row for row in rows)


def test_the_table_tells_failures_and_spells_out_what_would_steer_a_terminal():
    document = {
        "facts": {"path": {"list": "/bin"}},
        "absent": {
            "/path/entries": {"reason": "permission"},
            "/path/executables/0/version": {"reason": "opaque"},
            "/host": {"reason": "unsupported", "detail": "broke at \x1b[2J"},
            "/project": {"reason": "timeout"},
        },
    }

    lines = list(table({"host": 0.5, "path": 2.25, "env": 0.1, "project": 30.0}, document))

    assert lines == [
        "collector      time  outcome",
        "project    30.000 s  timeout",
        "path        2.250 s  1 fact, 2 holes",
        "host        0.500 s  unsupported: broke at \\u001b[2J",
        "env         0.100 s  0 facts",
    ]


def test_check_and_why_show_it_as_well(home, slow):
    for words in (
        ("check", "--only", "probe", "--skip", "startup"),
        ("why", "GOROOT", "--only", "probe"),
    ):
        seen = errors_on_a_terminal(*words, "--probe", "--home", str(home))
        assert "gathering for" in seen
