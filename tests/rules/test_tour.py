"""The machine of docs/tour.md: what GOROOT is in each launch context, worked out by hand."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from engine.cli import main
from tests.gather.binaries import go_command

TOUR = Path(__file__).parents[2] / "examples" / "tour"
SHOP = "/home/dana/shop"

PROFILE = ("/opt/acme/go", "/etc/profile.d/acme-go.sh", 2)
BASHRC = ("/home/dana/sdk/go1.21.13", "/home/dana/.bashrc", 9)
SETTINGS = ("/usr/local/go1.22", "/home/dana/.config/Code/User/settings.json", 4)
DOCKERFILE = ("/usr/lib/go", f"{SHOP}/Dockerfile", 3)
WORKFLOW = ("/opt/hostedtoolcache/go/1.22.12/x64", f"{SHOP}/.github/workflows/ci.yml", 7)

SET = {
    # bash -l reads /etc/profile and ~/.bash_profile, which does not lead to ~/.bashrc.
    "login-shell": PROFILE,
    "ssh-interactive": PROFILE,
    "bash-login-command": PROFILE,
    "su-login": PROFILE,
    "dash-login": PROFILE,
    # VS Code asks `bash -i -l -c`, which is a login shell.
    "vscode-desktop": PROFILE,
    # Interactive bash that is no login reads ~/.bashrc, beyond its guard.
    "terminal-shell": BASHRC,
    "su": BASHRC,
    "vscode-cli": BASHRC,
    "git-hook": BASHRC,
    "pre-commit-hook:vet": BASHRC,
    # Whatever the window has, the shell in its terminal reads ~/.bashrc.
    "vscode-terminal": BASHRC,
    # go.goroot replaces GOROOT in the extension, and all that it starts has it.
    "vscode-go-tools": SETTINGS,
    "vscode-gopls": SETTINGS,
    "vscode-go-test": SETTINGS,
    # env of the launch configuration comes last; ${env:HOME} is that of the window.
    "vscode-debug:shop": ("/home/dana/go1.20", f"{SHOP}/.vscode/launch.json", 11),
    "docker-build:Dockerfile": DOCKERFILE,
    "docker-run:Dockerfile": DOCKERFILE,
    "docker-exec:Dockerfile": DOCKERFILE,
    # ${GOROOT} is that of the shell that runs compose, before that of .env.
    "compose-service:web": (BASHRC[0], f"{SHOP}/compose.yaml", 6),
    "devcontainer-start:.devcontainer": (
        "/usr/local/go",
        f"{SHOP}/.devcontainer/devcontainer.json",
        5,
    ),
    # env of the job; setup-go exports no GOROOT for a Go that is newer than 1.8.
    "github-step:.github/workflows/ci.yml/test/1": WORKFLOW,
    "github-step:.github/workflows/ci.yml/test/3": WORKFLOW,
}
UNSET = {
    "session",
    "sudo",  # env_reset
    "cron",
    "ssh-command",  # ~/.bashrc returns at its guard
    "bash-command",
    "dash-command",
    "systemd-user",
}
UNKNOWN = {
    "compose-service:lint": "`golang:1.23`: only a running machine can be asked",
    "docker-run-login:Dockerfile": "the files of `Dockerfile` are not at hand",
    "devcontainer-remote:.devcontainer": "the image was not looked at",
    "devcontainer-terminal:.devcontainer": "the user's login shell is not known",
    # Started from the desktop it has /opt/acme/go, started by `code` what the terminal has.
    "vscode-extension-host": "only a running editor can tell",
    "vscode-task:vet": "only a running editor can tell",
    "wsl-shell": "WSLENV of Windows may set it",
    "wsl-command": "/proc/sys/kernel/osrelease is not part of the tree",
    "wsl-exec": "/proc/sys/kernel/osrelease is not part of the tree",
}
OF_IMAGES = {
    "docker-build:Dockerfile",
    "docker-run:Dockerfile",
    "docker-exec:Dockerfile",
    "compose-service:web",
    "devcontainer-start:.devcontainer",
}
OF_A_RUNNER = {f"github-step:.github/workflows/ci.yml/test/{step}" for step in (1, 2, 3)}


@pytest.fixture
def why(capsys):
    """Give what `engine why GOROOT` says of each context of a tree."""

    def ask(root, *more):
        where = ["--root", str(root), "--user", "dana", SHOP] if root else []
        assert main(["why", "GOROOT", "--format", "json", *where, *more]) == 0
        contexts = json.loads(capsys.readouterr().out)["contexts"]
        return {one["context"]: one for one in contexts}

    return ask


@pytest.fixture
def copy(tmp_path):
    """Give a copy of the machine to change."""
    return Path(shutil.copytree(TOUR / "machine", tmp_path / "machine", symlinks=True))


def found(context):
    setter = context["set_by"] or {}
    return context["value"], setter.get("file"), setter.get("line")


def in_state(contexts, state):
    return {name for name, one in contexts.items() if one["state"] == state}


def test_goroot_is_in_each_context_what_its_files_make_it(why):
    contexts = why(TOUR / "machine")

    assert {name: found(contexts[name]) for name in SET} == SET
    assert in_state(contexts, "unset") >= UNSET
    assert in_state(contexts, "unknown") == UNKNOWN.keys()
    details = {name: contexts[name]["detail"] for name in UNKNOWN}
    assert {name for name, said in UNKNOWN.items() if said not in details[name]} == set()
    assert "`/opt/acme/go`" in details["vscode-extension-host"]
    assert "go1.21.13`" in details["vscode-extension-host"]


def test_the_shell_that_runs_compose_comes_before_its_env_file(why, copy):
    bashrc = copy / "home/dana/.bashrc"
    bashrc.write_text(bashrc.read_text("utf-8").replace("export GOROOT=", "export OTHER="), "utf-8")

    contexts = why(copy)

    assert contexts["terminal-shell"]["state"] == "unset"
    assert contexts["compose-service:web"]["value"] == "/usr/local/go"


def test_a_goroot_of_the_settings_that_is_no_folder_is_ignored(why, copy):
    shutil.rmtree(copy / "usr/local/go1.22")

    contexts = why(copy)

    assert contexts["vscode-gopls"]["state"] == "unknown"
    assert contexts["vscode-gopls"]["detail"] == contexts["vscode-extension-host"]["detail"]


def test_images_that_were_looked_at_leave_nothing_open_about_them(why, tmp_path, capsys):
    assert main(["gather", "--root", str(TOUR / "machine"), "--user", "dana", SHOP]) == 0
    document = json.loads(capsys.readouterr().out)
    named = {"id": "golang:1.23", "names": ["golang:1.23"], "env": []}
    document["facts"]["images"] = {"state": "answered", "tool": "docker", "list": [named]}
    document["absent"] = {
        pointer: hole
        for pointer, hole in document["absent"].items()
        if not pointer.startswith("/images")
    }
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(document), "utf-8")

    assert why(None, "--facts", str(facts))["compose-service:lint"]["state"] == "unset"


def test_the_sandboxes_of_the_page_on_contexts_are_what_their_file_says(why, copy, tmp_path):
    page = (TOUR.parents[1] / "docs" / "launch-contexts.md").read_text("utf-8")
    pack = re.search(
        r"^```yaml pack\n(pack: acme-sandbox\n.*?)^```$", page, re.DOTALL | re.MULTILINE
    )
    (tmp_path / "acme-sandbox").mkdir()
    (tmp_path / "acme-sandbox" / "pack.yaml").write_text(pack[1], "utf-8")
    taken = {"name": "GOROOT", "parts": [{"variable": "HOME", "of": "caller"}, "/go"]}
    listed = [
        {"id": "build", "base": "terminal", "env": [{"name": "GOFLAGS", "value": "-v"}]},
        {"id": "bare", "base": "nothing", "env": [taken]},
        {"id": "odd", "env": [{"name": "GOFLAGS", "value": "-v"}]},
        {"id": "sure", "env": [{"name": "GOROOT", "how": "unset"}]},
    ]
    (copy / SHOP.lstrip("/") / "sandboxes.json").write_text(json.dumps(listed), "utf-8")

    contexts = why(copy, "--rules", str(tmp_path / "acme-sandbox"))

    assert contexts["acme-sandbox:build"]["value"] == BASHRC[0]
    assert contexts["acme-sandbox:bare"]["value"] == "/home/dana/go"
    assert contexts["acme-sandbox:odd"]["state"] == "unknown"
    assert contexts["acme-sandbox:sure"]["state"] == "unset"


def test_nobody_sets_it_on_the_mended_machine(why):
    contexts = why(TOUR / "mended")

    unknown = (UNKNOWN.keys() | OF_IMAGES | OF_A_RUNNER) - {
        "vscode-extension-host",
        "vscode-task:vet",
    }
    assert in_state(contexts, "set") == set()
    assert in_state(contexts, "unknown") == unknown


def test_the_go_commands_of_the_tour_are_made_for_tests():
    found = {file for file in TOUR.rglob("bin/go") if file.is_file()}

    assert len(found) == 8
    for file in found:
        version = (file.parents[1] / "VERSION").read_text("utf-8").split("\n")[0]
        assert file.read_bytes() == go_command(version)
