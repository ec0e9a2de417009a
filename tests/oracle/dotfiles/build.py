"""Cases out of tests/oracle/dotfiles/trees: start-up files as people and installers write them.

A tree is one text file. Its head says `shell:`, `modes:` and, if wanted, `env:` and `debian:`
(the distribution's own files lie beneath). Each part begins with `== PATH`, and with `+` after the
path adds to Debian's file of that name; `0755` is a mode, `->/path` a link, and a path that ends
in `/` a folder.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.oracle.truth.matrix import DEBIAN
from tests.oracle.truth.shells import HOME, TRACKED, default_env

TREES = Path(__file__).parent / "trees"

MODES = {
    "-": {},
    "l": {"login": True},
    "i": {"interactive": True},
    "li": {"login": True, "interactive": True},
    "pty": {"via": "pty", "interactive": True},
    "pty-l": {"via": "pty", "interactive": True, "login": True, "argv0": True},
    "script": {"via": "script"},
    "ssh": {},
}
_SSH = {"SSH_CLIENT": "10.0.0.1 50000 22", "SSH_CONNECTION": "10.0.0.1 50000 10.0.0.2 22"}
ABSENT = [
    *("nvim", "hx", "micro", "nano", "emacs", "code", "zellij", "fzf", "starship", "helm"),
    *("brew", "pyenv", "rbenv", "goenv", "asdf", "mise", "rg", "conda", "ed-none", "vim-none"),
    *("startx", "wslview", "nosuchprogram", "resizewin"),
]
"""Programs that start-up files ask for, and that are not there where answers are recorded."""
_EXPORTED = re.compile(r"^\s*(?:export|set -\w*x\w*|typeset -x) (\w+)", re.MULTILINE)
_ALSO = re.compile(r"\b([A-Z][A-Z0-9_]{2,})=")


def cases():
    """Give every tree in every one of its modes."""
    for file in sorted(TREES.glob("*.txt")):
        head, files = parsed(file.read_text())
        env = dict(pair.split("=", 1) for pair in head.get("env", []))
        for mode in head["modes"][0].split():
            yield {
                "id": f"{file.stem} {mode}",
                "level": "dotfiles",
                "shell": head["shell"][0],
                "mode": {"via": "c", "login": False, "interactive": False} | MODES[mode],
                "env": default_env() | env | (_SSH if mode == "ssh" else {}),
                "uid": 1000,
                "files": files,
                "absent": [f"/usr/bin/{name}" for name in ABSENT],
                "track": _tracked(files),
            }


def parsed(text):
    """Give the head of a tree, and its files."""
    start, *parts = re.split(r"^== ", text, flags=re.MULTILINE)
    head = {}
    for line in start.splitlines():
        key, _, value = line.partition(": ")
        head.setdefault(key, []).append(value)
    files = _debian(head["shell"][0]) if head.get("debian") else {}
    for part in parts:
        first, _, body = part.partition("\n")
        path, *more = first.replace("~", HOME, 1).split()
        if path.endswith("/"):
            files[path] = {"dir": True}
        elif more and more[0].startswith("->"):
            files[path] = {"link": more[0].removeprefix("->")}
        elif more == ["+"]:
            files[path] += body
        elif more:
            files[path] = {"text": body, "mode": int(more[0], 8)}
        else:
            files[path] = body
    return head, files


def _debian(shell):
    """Debian's files, less those of other shells, which are long."""
    zsh_only = ("/etc/zsh/zshrc",) if shell != "zsh" else ()
    mksh_only = (f"{HOME}/.mkshrc", "/etc/mkshrc") if shell != "mksh" else ()
    files = json.loads(DEBIAN.read_text())
    return {path: text for path, text in files.items() if path not in zsh_only + mksh_only}


def _tracked(files):
    """What is always followed, and all that these files set by a name in capitals."""
    texts = [content for content in files.values() if isinstance(content, str)]
    found = {name for text in texts for name in _EXPORTED.findall(text) + _ALSO.findall(text)}
    own = {name for name in found if not name.startswith(("LS_COLORS", "PS1", "_"))}
    return TRACKED + sorted(own - set(TRACKED))
