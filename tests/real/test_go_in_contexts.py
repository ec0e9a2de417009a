"""What `go env` says in a launch context, asked of the real shell and the real command."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from engine.cli.main import main
from engine.compile.build import Request, build
from engine.evaluate.contexts import resolved
from engine.loading.facts import read_facts

SHELLS = {
    "bash-login-command": ("bash", "-lc"),
    "bash-interactive-command": ("bash", "-ic"),
    "bash-command": ("bash", "-c"),
    "zsh-command": ("zsh", "-c"),
    "zsh-login-command": ("zsh", "-lc"),
    "fish-command": ("fish", "-c"),
    "sh-login-command": ("sh", "-lc"),
}
ENV_FILE = (
    "GOPROXY=https://proxy.acme.example,direct\nGOFLAGS=-mod=readonly\nGOPRIVATE=acme.example/*\n"
)
FILES = {
    ".config/go/env": ENV_FILE,
    ".profile": 'export GOFLAGS=-mod=mod\nexport PATH="{go}:$PATH"\n',
    ".bashrc": 'export GOBIN="$HOME/tools"\nexport PATH="$PATH:{go}"\nexport GOSUMDB=\n',
    ".zshenv": "export GONOSUMDB=none PATH={go}:$PATH\n",
    ".zprofile": "export GOENV=off\n",
    ".config/fish/config.fish": "set -gx GOPATH /srv/go\nfish_add_path -g {go}\n",
    "shop/go.mod": "module example.com/shop\n\ngo 1.20\n",
    "shop/api/main.go": "package main\n",
}
# What is made anew for each run, or runs the compiler of C.
RANDOM = {"GOGCCFLAGS"}


@pytest.fixture
def tree(go, tmp_path):
    """A home whose start-up files put a real Go on PATH and set what it reads."""
    home = tmp_path / "home"
    for name, text in FILES.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{go}", str(go.root / "bin")))
    return home


@pytest.fixture
def session(tree):
    return {"HOME": str(tree), "PATH": "/usr/local/bin:/usr/bin:/bin", "USER": "ada", "LANG": "C"}


@pytest.fixture
def contexts(tree, session, tmp_path):
    """The contexts of a document that was gathered in the module's folder."""
    return gathered(tree, tree / "shop/api", session, tmp_path)


def gathered(tree, folder, session, tmp_path):
    given = tmp_path / "session.json"
    given.write_text(json.dumps(session))
    document = tmp_path / "facts.json"
    arguments = ["gather", str(folder), "--home", str(tree), "--env", str(given)]
    assert main([*arguments, "--only", "startup", "-o", str(document)]) == 0
    program = build(Request(rules=("go",)))[0]
    return resolved(program, read_facts(document.read_bytes(), str(document))).root["contexts"]


@pytest.mark.parametrize("name", SHELLS)
def test_go_env_is_what_the_real_one_says_in_the_real_shell(name, tree, session, contexts):
    done = really_asked(name, tree / "shop/api", session)
    told = contexts[name]["go"]
    if done.returncode:
        assert told["state"] == "missing" or told["error"]
        return
    said = {key: value for key, value in json.loads(done.stdout).items() if key not in RANDOM}
    known = {key: entry.get("value") for key, entry in told["env"].items()}
    assert wrong(told, said) == {}
    assert set(known) == set(said)
    assert sum(isinstance(value, str) for value in known.values()) >= len(said) - 1


def really_asked(name, folder, session):
    """What the real command says in the real shell."""
    shell, flag = SHELLS[name]
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here: apt-get install {shell}")
    command = f"cd {folder}; command -v go >/dev/null && go env -json"
    return subprocess.run(
        [shell, flag, command], env=session, capture_output=True, text=True, check=False
    )


def wrong(told, said):
    """The keys that are known and something else, each with both values."""
    if not isinstance(told["env"], dict):
        return {}
    known = {key: entry.get("value") for key, entry in told["env"].items()}
    return {
        key: (known[key], value)
        for key, value in said.items()
        if key not in RANDOM and isinstance(known.get(key), str) and known[key] != value
    }


@pytest.fixture
def odd_tree(tree, go):
    """A home with another go in ~/bin, settings behind a link, and a link to its module."""
    settings = tree / ".config/go/env"
    settings.unlink()
    (tree / "dotfiles").mkdir()
    settings.symlink_to(tree / "dotfiles/go.env")
    settings.write_text(ENV_FILE)
    (tree / "bin").mkdir()
    (tree / "bin/go").symlink_to(go.command)
    link = tree.parent / "link"
    link.symlink_to(tree / "shop")
    return tree, link


ODD = {
    "a `~` on PATH, which only bash expands": "export PATH='~/bin:/usr/bin:/bin'",
    "a PATH that programs are not told": "unset PATH; PATH={go}:/usr/bin",
    "a directory that programs are not told the name of": "unset PWD; export PATH={go}:$PATH",
    "a directory without links": "set -o physical; export PATH={go}:$PATH",
    "a setting that is written again": "export PATH={go}:$PATH; go env -w GOFLAGS=-x",
    "a setting behind a link": "export PATH={go}:$PATH; echo GOFLAGS=-x >~/dotfiles/go.env",
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("name", ["bash-interactive-command", "sh-login-command"])
def test_nothing_known_is_wrong_where_something_is_odd(name, odd, odd_tree, session, go):
    tree, link = odd_tree
    line = ODD[odd].replace("{go}", str(go.root / "bin")) + "\n"
    for file in (".bashrc", ".profile"):
        (tree / file).write_text(line)
    told = gathered(tree, link, session, tree.parent)[name]["go"]
    done = really_asked(name, link, session)
    if done.returncode:
        assert told["state"] != "found" or told["error"]
        return
    assert told["state"] != "missing"
    if told["state"] == "found":
        assert wrong(told, json.loads(done.stdout)) == {}
