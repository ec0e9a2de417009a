from __future__ import annotations

import pytest

from engine.gather.assignments import Reference
from engine.gather.docker_run.shells import Shell, shell_of
from engine.model.facts import Absent


def found(text, *, tty=False):
    return shell_of([(word,) for word in text.split()], tty=tty)


@pytest.mark.parametrize(
    ("text", "shell"),
    [
        ("sh -c x", ("sh", False, False, "command", ("x",), ())),
        ("/bin/bash -lc x y", ("bash", True, False, "command", ("x",), ())),
        ("bash -l -c x", ("bash", True, False, "command", ("x",), ())),
        ("bash --login -c x", ("bash", True, False, "command", ("x",), ())),
        ("bash -c -l x", ("bash", True, False, "command", ("x",), ())),
        ("zsh -ilc x", ("zsh", True, True, "command", ("x",), ())),
        ("bash -i", ("bash", False, True, "input", None, ())),
        ("-bash", ("bash", True, False, "input", None, ())),
        ("dash", ("dash", False, False, "input", None, ())),
        ("bash build.sh -l", ("bash", False, False, "file", None, ())),
        ("bash -e build.sh", ("bash", False, False, "file", None, ("-e",))),
        ("bash -s -- a", ("bash", False, False, "input", None, ("-s",))),
        ("bash -- -c", ("bash", False, False, "file", None, ())),
        ("bash -eo posix -c x", ("bash", False, False, "command", ("x",), ("-o", "posix", "-e"))),
        ("bash -o pipefail -lc x", ("bash", True, False, "command", ("x",), ("-o", "pipefail"))),
        ("bash --norc --posix x", ("bash", False, False, "file", None, ("--norc", "--posix"))),
        ("bash --rcfile /r -i", ("bash", False, True, "input", None, ("--rcfile", "/r"))),
        ("sh -ec x", ("sh", False, False, "command", ("x",), ("-e",))),
        ("fish -lc x", ("fish", True, False, "command", ("x",), ())),
        ("fish --login --command x", ("fish", True, False, "command", ("x",), ())),
        ("bash +x -c x", ("bash", False, False, "command", ("x",), ("+x",))),
    ],
)  # fmt: skip
def test_a_shell_is_told_by_its_words(text, shell):
    assert found(text) == Shell(*shell)


def test_a_shell_that_reads_a_terminal_is_interactive():
    assert found("bash", tty=True).interactive
    assert found("bash -l", tty=True).login
    assert not found("bash -c x", tty=True).interactive
    assert not found("bash x.sh", tty=True).interactive


@pytest.mark.parametrize("text", ["go build", "env bash -c x", "/bin/busybox sh", "bashful"])
def test_other_programs_are_no_shells(text):
    assert found(text) is None


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("bash --nosuch -c x", "unsupported"),
        ("sh --login", "unsupported"),
        ("bash -c", "parse_error"),
        ("bash -o", "unsupported"),
        ("fish -C a -c b", "unsupported"),
        ("bash -1", "unsupported"),
    ],
)
def test_options_that_are_not_known_leave_it_open(text, cause):
    answer = found(text)
    assert isinstance(answer, Absent)
    assert answer.cause == cause


def test_a_command_may_be_put_together():
    reference = Reference("X", "client")
    shell = shell_of([("bash",), ("-c",), ("echo ", reference)], tty=False)
    assert shell.command == ("echo ", reference)
    assert isinstance(shell_of([("bash",), (reference,)], tty=False), Absent)
    assert isinstance(shell_of([(reference,)], tty=False), Absent)
    assert shell_of([], tty=False) is None
