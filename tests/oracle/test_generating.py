"""A seed means the same case for ever, and a tree of dotfiles what its text says."""

from __future__ import annotations

import pytest

from tests.oracle import store, traps
from tests.oracle.conftest import CASES, SHELLS
from tests.oracle.dotfiles import build as dotfiles
from tests.oracle.generating.assembly import gen_case
from tests.oracle.snippets import build as snippets
from tests.oracle.truth.strace import read_trace
from tests.oracle.truth.xtrace import setters_from_xtrace


def asked(case):
    return {key: value for key, value in case.items() if key not in ("id", "expect")}


@pytest.mark.parametrize("shell", SHELLS)
def test_a_recorded_seed_still_means_its_case(shell):
    for case in store.read(CASES / f"{shell}.jsonl.gz"):
        assert gen_case(case["seed"], shell, case["level"]) == asked(case), case["id"]


@pytest.mark.parametrize("source", [dotfiles, snippets])
def test_what_is_recorded_is_what_is_written(source):
    name = source.__name__.split(".")[-2]
    recorded = [asked(case) for case in store.read(CASES / f"{name}.jsonl.gz")]
    assert recorded == [asked(case) for case in source.cases()]


def test_the_recorded_traps_are_those_that_are_written():
    # zcompile writes the time into what it compiles.
    def plain(case):
        return asked(case) | {"files": set(case["files"])}

    recorded = [plain(case) for case in store.read(CASES / "traps.jsonl.gz")]
    assert recorded == [plain(case) for case in traps.cases()]


def test_a_tree_says_its_modes_and_its_files():
    head, files = dotfiles.parsed(
        "shell: zsh\nmodes: l -\nenv: A=b\n== ~/.zshrc\nx=1\n== ~/bin/\n== /opt/t 0755\n#!\n"
    )
    assert head == {"shell": ["zsh"], "modes": ["l -"], "env": ["A=b"]}
    assert files == {
        "/home/user/.zshrc": "x=1\n",
        "/home/user/bin/": {"dir": True},
        "/opt/t": {"text": "#!\n", "mode": 0o755},
    }


TRACE = """\
1 execve("/usr/bin/perl", ["perl"], 0x1) = 0
2 execve("/bin/bash", ["-bash"], 0x1) = 0
2 openat(AT_FDCWD</home/user>, "/etc/profile", O_RDONLY) = -1 ENOENT (No such file)
2 openat(AT_FDCWD</home/user>, "/etc/passwd", O_RDONLY) = 3</etc/passwd>
2 openat(AT_FDCWD</home/user>, ".bashrc", O_RDONLY <unfinished ...>
3 openat(AT_FDCWD</home/user>, "/home/user/.sub", O_RDONLY) = 3</home/user/.sub>
2 <... openat resumed>) = 3</home/user/.bashrc>
4 execve("/bin/cat", ["cat"], 0x1) = 0
4 openat(AT_FDCWD</home/user>, "/home/user/.data", O_RDONLY) = 3</home/user/.data>
2 openat(AT_FDCWD</home/user>, "/run/oracle/out/begin", O_WRONLY|O_CREAT) = 3
2 openat(AT_FDCWD</home/user>, "/home/user/.later", O_RDONLY) = 3</home/user/.later>
2 openat(AT_FDCWD</home/user>, "/run/oracle/out/end", O_WRONLY|O_CREAT) = 3
2 openat(AT_FDCWD</home/user>, "/home/user/.never", O_RDONLY) = 3</home/user/.never>
"""


def test_strace_tells_what_the_shell_itself_opened_before_the_probe():
    assert read_trace(TRACE, "/bin/bash", "-bash") == {
        "loaded": ["/home/user/.bashrc"],
        "attempted": ["/etc/profile"],
        "subshell_read": ["/home/user/.sub"],
        "state_files": [],
        "probe_loaded": ["/home/user/.later"],
        "execs": [],
        "started": True,
    }


def test_a_trace_tells_who_set_what():
    text = (
        "+|0|/home/user/.bashrc|3|export PATH=/a:/b\n"
        "++|1|/home/user/.bashrc|4|FOO=sub\n"
        "+|0|/run/oracle/probe|1|FOO=probe\n"
    )
    assert setters_from_xtrace(text, ["PATH", "FOO"], "bash") == {
        "PATH": [["/home/user/.bashrc", 3, "export PATH=/a:/b"]]
    }
    text = "> set -gx FOO 1\n> fish_add_path /x\n> set -q FOO\n"
    assert setters_from_xtrace(text, ["PATH", "FOO"], "fish") == {
        "FOO": [[None, None, "set -gx FOO 1"]],
        "PATH": [[None, None, "fish_add_path /x"]],
    }
