"""Every way to start every shell, with a marker in every file that one might read."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.oracle.truth.running import run_case
from tests.oracle.truth.shells import HOME, default_env

DEBIAN = Path(__file__).parents[1] / "debian_defaults.json"

_BENV = f"{HOME}/.benv"
_ZD = f"{HOME}/zd"

ALL_FILES = [
    *("/etc/environment", "/etc/profile", "/etc/profile.d/a.sh", "/etc/bash.bashrc"),
    *("/etc/bashrc", "/etc/ksh.kshrc", "/etc/mkshrc"),
    *("/etc/zshenv", "/etc/zprofile", "/etc/zshrc"),
    *("/etc/zsh/zshenv", "/etc/zsh/zprofile", "/etc/zsh/zshrc", "/etc/zsh/zlogin"),
    *("/etc/fish/config.fish", "/etc/fish/conf.d/s.fish"),
    *("~/.bash_profile", "~/.bash_login", "~/.profile", "~/.bashrc"),
    *("~/.zshenv", "~/.zprofile", "~/.zshrc", "~/.zlogin"),
    *("~/.kshrc", "~/.mkshrc", "~/.shrc", "~/.pam_environment"),
    *("~/.config/fish/config.fish", "~/.config/fish/conf.d/u.fish", "~/.benv"),
    *("~/zd/.zshenv", "~/zd/.zprofile", "~/zd/.zshrc", "~/zd/.zlogin"),
]

_BASE = [
    ("-c", {}),
    ("-l -c", {"login": True}),
    ("-i -c", {"interactive": True}),
    ("-l -i -c", {"login": True, "interactive": True}),
    ("script", {"via": "script"}),
    ("-l script", {"login": True, "via": "script"}),
    ("stdin(file)", {"via": "stdin"}),
    ("pty", {"via": "pty", "interactive": True}),
    ("pty -l", {"via": "pty", "interactive": True, "login": True}),
    ("pty argv0=-sh", {"via": "pty", "interactive": True, "login": True, "argv0": True}),
    ("argv0=-sh -c", {"login": True, "argv0": True}),
]
_LOGIN_INTERACTIVE = {"login": True, "interactive": True}


def _marker(path):
    if path.endswith(".fish"):
        return f"set -gx MARKS $MARKS {path}\n"
    if "environment" in path:
        return f"PAMMARK={path}\n"
    return f'MARKS="${{MARKS:+$MARKS,}}{path}"; export MARKS\n'


def marker_files(paths=ALL_FILES):
    """Files that each add their own name to MARKS."""
    return {path.replace("~", HOME): _marker(path) for path in paths}


def launches():
    """Give (name, shell, mode, files, more environment) of every row."""
    yield from _ways()
    yield from _environments()
    yield from _of_bash()
    yield from _of_zsh()
    yield "--no-config -c", "fish", {"flags": ["--no-config"]}, None, {}
    yield "-c XDG_CONFIG_HOME=~/x", "fish", {}, None, {"XDG_CONFIG_HOME": f"{HOME}/x"}
    yield from _without()
    yield from _with_debian()
    for shell in ("bash", "sh", "zsh", "fish"):
        yield "su user -c", shell, {"via": "su", "login": False}, None, {}
        yield "su -l user -c", shell, {"via": "su", "login": True}, None, {}


def _ways():
    for shell in ("bash", "bash-sh", "sh", "zsh", "fish", "ksh", "mksh", "ash"):
        for name, mode in _BASE:
            yield name, shell, mode, None, {}


def _environments():
    ways = [*_BASE[:5], _BASE[7]]
    for shell in ("bash", "bash-sh", "sh", "ksh", "mksh", "ash", "zsh"):
        for variable in ("BASH_ENV", "ENV"):
            for name, mode in ways:
                yield f"{name} {variable}=~/.benv", shell, mode, None, {variable: _BENV}


def _of_bash():
    both = {"BASH_ENV": _BENV, "ENV": _BENV}
    ssh = {"SSH_CLIENT": "127.0.0.1 1 22"}
    interactive = {"interactive": True}
    rows = [
        ("--posix -c BASH_ENV+ENV", {"posix": True}, both),
        ("--posix -i -c BASH_ENV+ENV", interactive | {"posix": True}, both),
        ("--posix -l -c", {"posix": True, "login": True}, {}),
        ("-c stdin=socket", {"stdin": "socket"}, {}),
        ("-c stdin=socket SHLVL=1", {"stdin": "socket"}, {"SHLVL": "1"}),
        ("-c SSH_CLIENT", {}, ssh),
        ("-c SSH2_CLIENT", {}, {"SSH2_CLIENT": "127.0.0.1 1 22"}),
        ("-c SSH_CONNECTION only", {}, {"SSH_CONNECTION": "127.0.0.1 1 127.0.0.1 22"}),
        ("-c SSH_CLIENT SHLVL=0", {}, ssh | {"SHLVL": "0"}),
        ("-c SSH_CLIENT SHLVL=1", {}, ssh | {"SHLVL": "1"}),
        ("-c SSH_CLIENT SHLVL=2", {}, ssh | {"SHLVL": "2"}),
        ("-l -c SSH_CLIENT", {"login": True}, ssh),
        ("script SSH_CLIENT", {"via": "script"}, ssh),
        ("-c SSH_CLIENT BASH_ENV", {}, ssh | {"BASH_ENV": _BENV}),
    ]
    yield from ((name, "bash", mode, None, env) for name, mode, env in rows)
    yield "as sh -c SSH_CLIENT", "bash-sh", {}, None, ssh
    rcfile = {"flags": ["--rcfile", _BENV]}
    rows = [
        ("--norc -c SSH_CLIENT", {"flags": ["--norc"]}, ssh),
        ("--norc -i -c", interactive | {"flags": ["--norc"]}, {}),
        ("--noprofile -l -c", {"login": True, "flags": ["--noprofile"]}, {}),
        ("--rcfile ~/.benv -i -c", interactive | rcfile, {}),
        ("--rcfile ~/.benv pty", interactive | rcfile | {"via": "pty"}, {}),
    ]
    yield from ((name, "bash", mode, None, env) for name, mode, env in rows)


def _of_zsh():
    yield "-c stdin=socket", "zsh", {"stdin": "socket"}, None, {}
    for name, mode in _BASE[:4]:
        yield f"{name} ZDOTDIR=~/zd", "zsh", mode, None, {"ZDOTDIR": _ZD}
    for path, line in (
        ("/etc/zsh/zshenv", f"export ZDOTDIR={_ZD}"),
        ("~/.zshenv", f"export ZDOTDIR={_ZD}"),
        ("~/.zshenv", "setopt no_global_rcs"),
        ("~/.zshenv", "unsetopt rcs"),
    ):
        files = marker_files()
        files[path.replace("~", HOME)] += f"{line}\n"
        says = "sets ZDOTDIR" if "ZDOTDIR" in line else line
        yield f"-l -i -c {path} {says}", "zsh", _LOGIN_INTERACTIVE, files, {}
    yield "-f -l -i -c", "zsh", _LOGIN_INTERACTIVE | {"flags": ["-f"]}, None, {}


def _without():
    for shell, gone in (
        ("mksh", "~/.mkshrc"),
        ("ksh", "~/.kshrc"),
        ("bash", "~/.bashrc"),
        ("zsh", "~/.zshenv"),
    ):
        files = marker_files([path for path in ALL_FILES if path != gone])
        yield f"-i -c without {gone}", shell, {"interactive": True}, files, {}
    profiles = ["~/.bash_profile", "~/.bash_login", "~/.profile"]
    for count in (1, 2, 3):
        gone = profiles[:count]
        files = marker_files([path for path in ALL_FILES if path not in gone])
        yield f"-l -c without {','.join(gone)}", "bash", {"login": True}, files, {}


def _with_debian():
    files = json.loads(DEBIAN.read_text())
    files["/etc/profile.d/a.sh"] = _marker("/etc/profile.d/a.sh")
    at_terminal = {"via": "pty", "interactive": True}
    for shell, mode in (
        ("bash", {"login": True}),
        ("bash", _LOGIN_INTERACTIVE),
        ("bash", at_terminal),
        ("bash", at_terminal | {"login": True}),
        ("sh", {"login": True}),
        ("sh", _LOGIN_INTERACTIVE),
        ("bash-sh", _LOGIN_INTERACTIVE),
        ("ksh", _LOGIN_INTERACTIVE),
        ("zsh", _LOGIN_INTERACTIVE),
        ("fish", _LOGIN_INTERACTIVE),
        ("fish", {}),
    ):
        words = " ".join(key if value is True else value for key, value in mode.items())
        yield f"DEBIAN FILES {words}", shell, mode, dict(files), {}


def cases():
    """Give every row as a case."""
    for number, (name, shell, mode, files, more) in enumerate(launches()):
        yield {
            "id": f"row-{number:03d}",
            "row": name,
            "level": "matrix",
            "shell": shell,
            "mode": {"via": "c"} | mode,
            "env": default_env(**more),
            "uid": 1000,
            "files": marker_files() if files is None else files,
            "track": ["MARKS", "PAMMARK"],
        }


def answered(case):
    """Run a row, and give what it showed, with `~` for the home folder."""
    found = run_case(case, timeout=15)
    loaded = [path.replace(HOME, "~") for path in found["loaded"]]
    marks = re.split(r"[ ,]", found["env"].get("MARKS", ""))
    marks = [path.replace(HOME, "~") for path in marks if path]
    return {
        "shell": case["shell"],
        "mode": case["row"],
        "loaded": loaded,
        "attempted": [path.replace(HOME, "~") for path in found["attempted"]],
        "marks": marks,
        "agree": marks == loaded,
        "status": found["status"],
        "flags": found["flags"],
        "pam": found["env"].get("PAMMARK"),
    }


def as_line(row):
    """The row as matrix.txt has it."""
    marks = "" if row["agree"] else f"[marks {','.join(row['marks'])}] "
    pam = f"  PAM:{row['pam']}" if row["pam"] else ""
    lost = "" if row["status"] == "ok" else f"  !{row['status']}"
    loaded = " ".join(row["loaded"]) or "(none)"
    return f"{row['shell']:8} {row['mode']:48} {marks}{loaded}{pam}{lost}"
