"""Standard output as it may be: a pipe that closes, a full disk, any locale, a terminal."""

from __future__ import annotations

import contextlib
import io
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

from engine.cli import main
from engine.cli.terminal import Terminal, counted
from tests.cli.conftest import ROOT

ENVIRONMENT = {"PYTHONPATH": str(ROOT)}


def shell(line, **environment):
    """Run a line of bash in which `engine` is ours."""
    function = f'engine() {{ {sys.executable} -m engine "$@"; }}; set -o pipefail; '
    return subprocess.run(
        ["bash", "-c", function + line],
        capture_output=True,
        check=False,
        timeout=60,
        env=os.environ | ENVIRONMENT | environment,
    )


def test_a_reader_that_leaves_early_changes_neither_verdict_nor_manners(demo, write):
    many = "".join(f"  - {{id: r{n}, require: {{a: 1}}}}\n" for n in range(2000))
    write(many_yaml=f"rules:\n{many}", a_json={"a": 1}, b_json={"a": 2})

    good = shell("engine eval a.json --rules many.yaml --verbose | head -1")
    bad = shell("engine eval b.json --rules many.yaml | head -1")
    unread = shell("engine eval bad.json --rules rule.yaml | true")

    assert (good.returncode, good.stderr) == (0, b"")
    assert (bad.returncode, bad.stderr) == (1, b"")
    assert bad.stdout.count(b"\n") == 1
    assert (unread.returncode, unread.stderr) == (1, b"")


def test_a_full_disk_is_said(demo):
    ran = shell("engine eval bad.json --rules rule.yaml > /dev/full")

    assert ran.returncode == 2
    assert ran.stderr == (b"cannot write to standard output: no space left on device\n")


def test_closed_streams_leave_the_exit_code(demo):
    assert shell("engine eval bad.json --rules rule.yaml >&-").returncode == 1
    assert shell("engine eval good.json --rules rule.yaml >&- 2>&-").returncode == 0
    assert shell("engine eval gone.json --rules rule.yaml 2>&-").returncode == 2
    assert shell("engine eval gone.json --rules rule.yaml 2>/dev/full").returncode == 2


@pytest.mark.parametrize(
    "locale",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "POSIX"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=" ".join,
)
def test_output_is_utf_8_in_any_locale(write, demo, locale):
    write(a_yaml='id: "a"\nrequire: {a: 1}\nmessage: "größer → {a}"\n', a_json={"a": "ß"})

    ran = shell(
        "engine eval a.json --rules a.yaml; engine explain a a.json --rules a.yaml", **locale
    )

    assert ran.stderr == b""
    assert "größer → ß" in ran.stdout.decode("utf-8")
    assert "✗" in ran.stdout.decode("utf-8")


def test_an_interrupt_ends_with_130(demo):
    os.mkfifo("pipe")
    # Somebody holds the pipe open and never writes, so that the run waits.
    holder = os.open("pipe", os.O_RDWR)
    try:
        run = subprocess.Popen(
            [sys.executable, "-m", "engine", "eval", "pipe", "--rules", "rule.yaml"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | ENVIRONMENT,
        )
        _wait_until_it_reads(run.pid)
        run.send_signal(signal.SIGINT)
        out, err = run.communicate(timeout=30)
    finally:
        os.close(holder)

    assert (run.returncode, out, err) == (130, b"", b"")


def _wait_until_it_reads(pid):
    """Wait until a process has the pipe open."""
    for _ in range(600):
        time.sleep(0.05)
        links = Path(f"/proc/{pid}/fd").iterdir()
        if any(os.path.realpath(link).endswith("/work/pipe") for link in links):
            time.sleep(0.1)
            return
    raise TimeoutError


def on_a_terminal(*words, **environment):
    """Give what a command line writes to a terminal."""
    ours, its = pty.openpty()
    run = subprocess.Popen(
        [sys.executable, "-m", "engine", *words],
        stdin=subprocess.DEVNULL,
        stdout=its,
        stderr=its,
        env=os.environ | ENVIRONMENT | {"TERM": "xterm"} | environment,
    )
    os.close(its)
    written = b""
    while select.select([ours], [], [], 30)[0]:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        written += piece
    os.close(ours)
    run.wait(timeout=30)
    return written.decode()


def test_a_terminal_gets_colour_unless_somebody_says_no(demo):
    words = ("eval", "bad.json", "--rules", "rule.yaml")

    assert "\x1b[" in on_a_terminal(*words)
    assert "\x1b[" not in on_a_terminal(*words, NO_COLOR="1")
    assert "\x1b[" in on_a_terminal(*words, NO_COLOR="")  # empty counts as unset
    assert "\x1b[" not in on_a_terminal(*words, TERM="dumb")
    assert "\x1b[" not in on_a_terminal(*words, "--colour", "never")


def test_what_is_no_terminal_gets_colour_only_on_demand(process, demo):
    words = ("eval", "bad.json", "--rules", "rule.yaml")

    assert "\x1b[" not in process(*words).out
    assert "\x1b[" in process(*words, "--color", "always").out
    assert "\x1b[" not in process(*words, "--colour", "always", "--output", "/dev/stdout").out


def test_facts_and_rules_never_steer_the_terminal(process, demo, write):
    write(evil_json={"demo": {"version": "\x1b[2J\x07\u202e1"}})

    for name in ("text", "json", "junit", "sarif"):
        ran = process("eval", "evil.json", "--rules", "rule.yaml", "--format", name)
        assert ran.code == 1
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", ran.out)


def test_a_text_in_memory_may_stand_for_standard_output(demo):
    written = io.StringIO()

    with contextlib.redirect_stdout(written):
        code = main(["eval", "bad.json", "--rules", "rule.yaml"])

    assert code == 1
    assert "demo-version" in written.getvalue()


def test_without_a_terminal_there_are_80_columns():
    assert Terminal({}).width == 80


def test_a_number_goes_with_its_noun():
    assert [counted(number, "rule") for number in (0, 1, 2)] == ["0 rules", "1 rule", "2 rules"]
