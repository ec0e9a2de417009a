"""A machine and a repository full of traps, on the real file system, through the command line.

Whatever stands there, a run ends soon, reads no more than it may, runs nothing, tells nothing of
what it may not read, and writes nothing that would steer a terminal.
"""

from __future__ import annotations

import json
import os
import re
import resource
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ordinary_user import ordinary_user

ROOT = Path(__file__).parents[2]
CANARY = "canary-hunter2"
SECONDS = 60
SPARSE = 10 << 30

# Where a run expects files: in a repository, and in a home.
REPOSITORY = ("go.mod", "go.work", ".tool-versions", ".go-version", "mise.toml", ".envrc",
              ".vscode/settings.json", ".git/config", ".git/HEAD", "Dockerfile", "go/env",
              ".devcontainer/devcontainer.json", ".env")  # fmt: skip
HOME = (".bashrc", ".profile", ".bash_profile", ".zshenv", ".zshrc", ".config/go/env",
        ".config/fish/config.fish", ".config/fish/fish_variables", ".tool-versions",
        ".pam_environment", ".ssh/environment", ".config/environment.d/x.conf",
        ".config/Code/User/settings.json",
        ".netrc", ".docker/config.json", ".npmrc", ".gitconfig")  # fmt: skip
COMMANDS = (("gather",), ("check", "--repository"), ("why", "PATH", "--all"))


def _with_little_memory() -> None:
    """Leave an address space of 3 GB: a file of 10 GB cannot be read into it."""
    resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))


class Trap:
    """A home and a repository, and a way to run commands there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home, self.repository = folder / "home", folder / "repository"
        self.outside = folder / "outside"
        for each in (self.home, self.repository / ".git", self.outside, folder / "state"):
            each.mkdir(parents=True)
        self.path = "/usr/bin:/bin"

    def everywhere(self, make) -> None:
        """Put a trap where every file is expected."""
        for base, names in ((self.home, HOME), (self.repository, REPOSITORY)):
            for name in names:
                (base / name).parent.mkdir(parents=True, exist_ok=True)
                make(base / name)

    def run(self, *words, before=(), cwd=None, home=None, **environment):
        """Run a command with little memory and little time; what it prints must be harmless."""
        whole = {
            "HOME": str(self.home),
            "PATH": self.path,
            "SHELL": "/bin/bash",
            "XDG_STATE_HOME": str(self.folder / "state"),
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "LANG": "C.UTF-8",
        }
        of_home = () if "--repository" in words else ("--home", home or str(self.home))
        ran = subprocess.run(
            [*before, sys.executable, str(ROOT / "cli.py"), *words, *of_home],
            preexec_fn=_with_little_memory,
            cwd=cwd or self.repository,
            env=whole | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        out, err = ran.stdout.decode("utf-8"), ran.stderr.decode("utf-8")
        assert "Traceback" not in err, err
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", out + err)
        assert CANARY not in out + err
        return ran.returncode, out, err

    def all_commands(self, **options) -> None:
        """Run every command that gathers; each must come to an answer."""
        for words in COMMANDS:
            code, out, err = self.run(*words, **options)
            assert code in {0, 1}, (words, err)
            assert out


@pytest.fixture
def trap(tmp_path):
    made = Trap(tmp_path)
    yield made
    for folder, _, _ in os.walk(tmp_path):
        Path(folder).chmod(0o755)


def sparse(path):
    with path.open("wb") as file:
        file.truncate(SPARSE)


def a_socket(path):
    here = os.getcwd()
    os.chdir(path.parent)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)
    finally:
        os.chdir(here)


TRAPS = {
    "a pipe": os.mkfifo,
    "a socket": a_socket,
    "ten gigabytes": sparse,
    "a folder": Path.mkdir,
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a link to a device without end": lambda path: path.symlink_to("/dev/zero"),
    "a link to the terminal": lambda path: path.symlink_to("/dev/tty"),
    "a link to itself through /proc": lambda path: path.symlink_to("/proc/self/root"),
    "bytes": lambda path: path.write_bytes(bytes(range(256)) * 64),
    "control characters": lambda path: path.write_text(
        "\x1b]0;x\x07\x9b2J\u202e {\x1b[2J = \n" * 20
    ),
    "deep brackets": lambda path: path.write_text("([{" * 20_000),
    "one long line": lambda path: path.write_text("a" * 1_000_000),
}


@pytest.mark.parametrize("kind", TRAPS)
def test_whatever_stands_where_a_file_is_expected_a_run_comes_to_its_end(trap, kind):
    trap.everywhere(TRAPS[kind])
    for words in (("gather",), ("check", "--repository")):
        code, out, err = trap.run(*words)
        assert code in {0, 1}, err
        assert out


# A folder may well stand among rules, and a text that is no rule has errors of its own.
RULE_TRAPS = [kind for kind in TRAPS if kind not in {"a folder", "one long line"}]


@pytest.mark.parametrize("kind", TRAPS)
def test_a_tree_of_another_machine_may_be_full_of_them_too(trap, kind):
    trap.everywhere(TRAPS[kind])
    for name in ("etc/passwd", "etc/profile", "etc/environment", "etc/sudoers", "usr/bin/go"):
        (trap.folder / name).parent.mkdir(parents=True, exist_ok=True)
        TRAPS[kind](trap.folder / name)
    code, out, err = trap.run("gather", "--root", str(trap.folder), "/repository", home="/home")
    assert code == 0, err
    assert json.loads(out)["facts"]["project"]["directory"] == "/repository"


@pytest.mark.parametrize("kind", RULE_TRAPS)
@pytest.mark.parametrize(
    "name", ["engine.yaml", "pack/pack.yaml", "pack/rule.yaml", "waivers.yaml"]
)
def test_whatever_stands_for_rules_is_refused_with_its_name(trap, kind, name):
    (trap.repository / "pack").mkdir()
    (trap.repository / "pack/pack.yaml").write_text("pack: demo\n")
    (trap.repository / name).unlink(missing_ok=True)
    TRAPS[kind](trap.repository / name)
    rules = () if name == "engine.yaml" else ("--rules", "pack")
    waivers = ("--waivers", "waivers.yaml") if name == "waivers.yaml" else ()
    code, _, err = trap.run("check", "--repository", *rules, *waivers)
    assert code == 2
    assert name in err


def test_a_link_out_of_a_repository_is_not_followed(trap):
    (trap.outside / "secret").write_text(f"module {CANARY}\ngo 1.22 // {CANARY}\n{CANARY}=1\n")
    for name in REPOSITORY:
        (trap.repository / name).parent.mkdir(parents=True, exist_ok=True)
        (trap.repository / name).symlink_to(trap.outside / "secret")
    code, out, _ = trap.run("gather", "--repository")
    assert code == 0
    assert json.loads(out)["absent"]["/project/go_mod"]["reason"] == "not_collected"
    (trap.repository / "engine.yaml").symlink_to(trap.outside / "secret")
    for command in ("gather", "check"):
        code, out, err = trap.run(command, "--repository")
        assert (code, out) == (2, "")
        assert "engine.yaml" in err


def test_a_folder_that_leads_out_of_a_repository_is_not_entered(trap):
    (trap.outside / "go.mod").write_text(f"module {CANARY}\n")
    (trap.repository / "go.work").write_text("go 1.22\nuse ./inner\nuse ../outside\nuse /etc\n")
    (trap.repository / "inner").symlink_to(trap.outside)
    code, out, _ = trap.run("gather", "--repository")
    assert code == 0
    assert {use["dir"] for use in json.loads(out)["facts"]["project"]["go_work"]["uses"]} == {
        "./inner", "../outside", "/etc",
    }  # fmt: skip


def test_shadow_is_told_to_nobody_though_root_may_read_it(trap):
    for base, names in ((trap.home, HOME), (trap.repository, REPOSITORY)):
        for name in names:
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            (base / name).symlink_to("/etc/shadow")
    first = Path("/etc/shadow").read_text().splitlines()[0]
    for words in COMMANDS:
        user = () if "--repository" in words else ("--user", "nobody")
        code, out, err = trap.run(*words, *user)
        assert code in {0, 1}, err
        assert first[:8] not in out + err


ODD = (
    *(b"a\nb", b"\x1b[2J\x1b]0;x\x07", b"\xff\xfe", b"\xc2\x9b2J", "\u202e".encode()),
    *(b"'\"`$(x)", b"-rf", b" ", b"~"),
)


def test_names_that_are_no_text_or_steer_terminals_are_harmless(trap):
    for name in ODD:
        folder = os.path.join(os.fsencode(trap.repository), name)
        os.makedirs(folder)
        for tool in ("go", "gofmt", "gopls"):
            path = os.path.join(folder, os.fsencode(tool))
            Path(os.fsdecode(path)).write_bytes(b"#!/bin/sh\n: " + name + b"\n")
            os.chmod(path, 0o755)
        Path(os.fsdecode(folder), "go.mod").write_bytes(b"module " + name + b"\n\ngo 1.22\n")
        (trap.home / os.fsdecode(name)).write_text("export A=1\n")
    odd = [os.fsdecode(os.path.join(os.fsencode(trap.repository), name)) for name in ODD]
    (trap.home / ".bashrc").write_bytes(
        b'for f in ~/*; do . "$f"; done\n'
        + b"".join(b"export X='" + name.replace(b"'", b"") + b"'\n" for name in ODD)
    )
    trap.path = ":".join((*odd, "/usr/bin", "/bin"))
    trap.all_commands()
    for folder in odd:
        code, _, err = trap.run("gather", "--repository", cwd=folder)
        assert code == 0, err


def test_what_an_ordinary_user_may_not_read_is_told_as_such(trap):
    for folder in (trap.folder, *trap.folder.parents):
        folder.chmod(folder.stat().st_mode | 0o005)
    trap.everywhere(lambda path: (path.write_text(CANARY), path.chmod(0)))
    (trap.home / "closed").mkdir(mode=0)
    (trap.home / ".config").chmod(0)
    (trap.repository / ".vscode").chmod(0)
    (trap.folder / "state").chmod(0o777)
    trap.path = f"{trap.home}/closed:{trap.home}/closed/bin:/usr/bin:/bin"
    drop = ordinary_user()
    trap.all_commands(before=drop)
    _, out, _ = trap.run("gather", "--repository", before=drop)
    assert json.loads(out)["absent"]["/project/go_mod"]["reason"] == "permission"
    # A work tree that may not even be entered.
    trap.repository.chmod(0o711)
    assert trap.run("gather", "--repository", before=drop)[0] == 0


def test_a_folder_of_twenty_thousand_names_is_not_told_whole(trap):
    many = trap.home / "many"
    many.mkdir()
    for number in range(20_000):
        (many / f"f{number}.sh").touch()
    (trap.home / ".bashrc").write_text("for f in ~/many/*.sh; do . $f; done\nexport AFTER=1\n")
    (trap.home / ".profile").write_text(". ~/.bashrc\n")
    trap.path = f"{many}:/usr/bin:/bin"
    trap.all_commands()
    _, out, _ = trap.run("gather")
    assert json.loads(out)["absent"][f"/files/{str(many).replace('/', '~1')}/names"]["reason"] == (
        "too_large"
    )


def test_a_folder_deeper_than_paths_are_long_is_no_way_to_hang(trap):
    deep = trap.repository
    here = os.open(deep, os.O_RDONLY)
    for _ in range(300):
        os.mkdir("a" * 20, dir_fd=here)
        inner = os.open("a" * 20, os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    try:
        for words in COMMANDS:
            code, _, err = trap.run(*words, cwd=f"/proc/{os.getpid()}/fd/{here}")
            assert code in {0, 1, 2}, err
    finally:
        os.close(here)
        subprocess.run(["rm", "-rf", str(trap.repository / ("a" * 20))], check=True)


def test_a_folder_that_was_removed_is_told(trap):
    gone = trap.repository / "gone"
    gone.mkdir()
    here = os.open(gone, os.O_RDONLY)
    gone.rmdir()
    try:
        for words in COMMANDS:
            code, _, err = trap.run(*words, cwd=f"/proc/{os.getpid()}/fd/{here}")
            assert code == 2
            assert "folder" in err
    finally:
        os.close(here)


def test_a_repository_does_not_get_anything_to_run(trap):
    made = trap.folder / "made"
    made.mkdir()

    def attempt(name):
        return f"touch {made}/{name.replace('/', '-')}"

    for name in ("go", "gofmt", "gopls", "git", "bash", "sh", "zsh", "fish", "shfmt", "id",
                 "uname", "direnv", "mise", "asdf", "goenv", "docker", "env", "python3",
                 "bin/go"):  # fmt: skip
        path = trap.repository / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"#!/bin/sh\n{attempt(name)}\n")
        path.chmod(0o755)
    for name in ("json.py", "sitecustomize.py", "usercustomize.py", "engine.py", "pwd.py", "os.py"):
        (trap.repository / name).write_text(f"open({str(made / name)!r}, 'w')\n")
    (trap.repository / ".envrc").write_text(attempt("envrc"))
    (trap.repository / ".git/config").write_text(
        "[core]\n\trepositoryformatversion = 0\n"
        + "".join(
            f'\t{key} = "{attempt(key)}; false"\n'
            for key in ("fsmonitor", "pager", "sshCommand", "editor", "hooksPath")
        )
        + f'[alias]\n\tstatus = "!{attempt("alias")}"\n'
    )
    (trap.repository / ".git/HEAD").write_text("ref: refs/heads/main\n")
    (trap.repository / ".git/hooks").mkdir()
    (trap.repository / ".git/hooks/post-checkout").write_text(f"#!/bin/sh\n{attempt('hook')}\n")
    (trap.repository / "go.mod").write_text(
        "module example.com/x\n\ngo 1.99\n\ntoolchain go1.99.9\n\ntool example.com/x/tool\n"
    )
    (trap.repository / "x.go").write_text("package x\n\n//go:generate touch made\n")
    (trap.repository / "mise.toml").write_text(f"[hooks]\nenter = '{attempt('mise')}'\n")
    for name in (".bashrc", ".profile", ".bash_profile", ".zshenv", ".zshrc"):
        (trap.home / name).write_text(f"{attempt(name)}\n`{attempt(name + 2 * 'x')}`\n")
    (trap.home / ".config/go").mkdir(parents=True)
    (trap.home / ".config/go/env").write_text("GOTOOLCHAIN=go1.99.9\nGOFLAGS=-toolexec=./go\n")
    for path in (
        ".:/usr/bin:/bin",
        f":{trap.repository}:/usr/bin:/bin",
        f"{trap.repository}/bin:/usr/bin:/bin",
    ):
        trap.path = path
        trap.all_commands(
            BASH_ENV=str(trap.repository / "sh"), ENV=str(trap.repository / "sh"),
            GIT_DIR=str(trap.repository / ".git"), PAGER="./go", EDITOR="./go", SHELL="./bash",
            CC="./go", GOFLAGS="-toolexec=./go",
        )  # fmt: skip
    assert os.listdir(made) == []
