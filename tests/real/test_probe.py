"""Real shells, started with start-up files of a test: `apt-get install zsh fish ksh mksh`."""

from __future__ import annotations

import os
import shutil

import pytest

from engine.gather.collectors import probe as module
from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions

FILES = {
    "bash": (".bashrc", "export A='1\n2'\nalias go=echo\n"),
    "zsh": (".zshrc", "export A='1\n2'\ngo() { :; }\n"),
    "fish": (".config/fish/config.fish", "set -gx A '1\n2'\nfunction go; end\n"),
    "mksh": (".mkshrc", "export A='1\n2'\nalias go=echo\n"),
    "ksh": (".kshrc", "export A='1\n2'\nalias go=echo\n"),
    "dash": (".shinit", "export A='1\n2'\nalias go=echo\n"),
}
KINDS = {"bash": "alias", "zsh": "function", "fish": "function", "mksh": "alias", "dash": "alias"}


@pytest.fixture
def observe(tmp_path):
    """Start a shell, interactive, with this in its file."""

    def make(shell, text=None, **given):
        if shutil.which(shell) is None:
            pytest.skip(f"no {shell} here: apt-get install {shell}")
        name, usual = FILES[shell]
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(usual if text is None else text)
        plan = {
            "sources": {},
            "processes": {
                "session": {"inherits": [{"mode": "nothing"}], "reads": []},
                "it": {
                    "inherits": [{"from": "session", "mode": "all"}],
                    "shell": {"name": shell, "interactive": True, "via": "c"},
                },
            },
            "contexts": ["it"],
            "tracks": {"commands": ["go", "cat", "no-such-command"]},
        }
        environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
        environment |= {"ENV": str(file)} if shell == "dash" else {}
        launch = LaunchOptions(
            plan=plan, probe=True, home=str(tmp_path), environment=environment | given
        )
        document = gather(
            Machine(os.environ),
            subject="workstation",
            directory="/",
            redaction=Redaction(b"x" * 16),
            only=("probe",),
            launch=launch,
        )
        return document["facts"].get("observed", {}).get("it"), document["absent"]

    return make


@pytest.mark.parametrize("shell", FILES)
def test_a_shell_says_what_it_came_to(observe, shell):
    observed, _ = observe(shell)
    assert observed["env"]["A"]["value"] == "1\n2"
    commands = observed["commands"]
    assert commands["cat"] == {"state": "found", "kind": "file", "path": commands["cat"]["path"]}
    assert commands["no-such-command"] == {"state": "missing"}
    if shell in KINDS:
        assert commands["go"] == {"state": "found", "kind": KINDS[shell]}


def test_noise_another_locale_and_broken_tools_do_not_matter(observe):
    noise = (
        "echo hello; printf() { :; }; alias env=false; export PATH=; export LC_ALL=zh_CN.UTF-8\n"
    )
    observed, _ = observe("bash", noise)
    assert observed["env"]["LC_ALL"]["value"] == "zh_CN.UTF-8"


def test_a_file_that_never_ends_is_given_up(observe, monkeypatch):
    monkeypatch.setattr(module, "TIMEOUT", 1.0)
    _, absent = observe("bash", "while :; do :; done\n")
    assert absent["/observed/it"]["reason"] == "timeout"


@pytest.mark.parametrize("text", ["exit 3\n", "exec /bin/true\n"])
def test_a_file_that_leaves_its_shell_is_opaque(observe, text):
    _, absent = observe("bash", text)
    assert absent["/observed/it"]["reason"] == "opaque"
