"""The completion scripts in the shells themselves, asked as a person asks: with the tab key."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cli.main import COMMANDS
from tests.cli.conftest import ROOT

BASH = """\
source ./engine.bash
COMP_WORDS=({words})
COMP_CWORD=$(({count} - 1))
$(complete -p engine | sed 's/.*-F \\([^ ]*\\).*/\\1/')
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
# A terminal of zsh's own, in which the line is typed; what is offered is written down. The line is
# taken back by a key of ours, since ^U would mean something while the terminal is not yet zsh's.
ZSH = """\
rm -f ready found done
zmodload zsh/zpty zsh/zselect
zpty -b inner zsh -f -i
wait_for() {{ repeat 600; do [[ -e $1 ]] && return; zselect -t 5; done; print -u2 "no $1" }}
note='compadd() {{ builtin compadd -O all "$@"; print -l -- $all >> found; builtin compadd "$@" }}'
zpty -w inner "autoload -U compinit; compinit -u -D; source ./engine.zsh; LISTMAX=9999"
zpty -w inner "$note; bindkey '^Xk' kill-whole-line; touch ready"
wait_for ready
zpty -w -n inner '{line}'$'\\t'$'\\x18k'
zpty -w inner "touch done"
wait_for done
zpty -d inner
[[ ! -e found ]] || sort -u found
"""


@pytest.fixture(params=["bash", "zsh", "fish"])
def complete(request, engine):
    """Give a way to ask a shell what may follow a line."""
    shell = request.param
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    Path(f"engine.{shell}").write_text(engine("completion", shell).out)
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm"}

    def ask(line):
        words = line.split(" ")
        if shell == "bash":
            script = BASH.format(words=" ".join(f"'{word}'" for word in words), count=len(words))
        elif shell == "zsh":
            script = ZSH.format(line=line)
        else:
            script = f"source ./engine.fish; complete -C '{line}'"
        options = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
        ran = subprocess.run(
            [shell, *options, "-c", script],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env=environment,
        )
        assert ran.stderr == ""
        return sorted(
            {row.split("\t")[0].strip() for row in ran.stdout.splitlines() if row.strip()}
        )

    return ask


def test_commands_are_completed(complete):
    assert complete("engine ev") == ["eval"]


def test_every_command_is_offered(complete):
    assert complete("engine ") == sorted(COMMANDS)


def test_the_options_of_a_command_are_completed(complete):
    assert complete("engine eval --for") == ["--format"]
    assert "--fail-on" in complete("engine check --f")
    assert complete("engine lint --fail") == []


def test_files_are_completed(complete):
    Path("facts.json").touch()

    assert "facts.json" in complete("engine eval fac")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_is_right_in_the_eyes_of_its_shell(engine, shell):
    if shutil.which(shell) is None:
        pytest.skip(f"needs {shell}")
    script = engine("completion", shell).out

    ran = subprocess.run([shell, "-n"], input=script, capture_output=True, text=True, check=False)

    assert (ran.returncode, ran.stderr) == (0, "")
    assert sys.executable not in script
