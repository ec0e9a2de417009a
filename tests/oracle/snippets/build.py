"""Cases out of tests/oracle/snippets: a few lines each, for every shell that its file names.

A file begins with `shells:`; a line `--` begins each snippet, which is what the interactive shell
reads first. Two small files lie beside it, for whoever sources or reads one.
"""

from __future__ import annotations

import re
from pathlib import Path

from tests.oracle.truth.shells import HOME, default_env

_MAIN = {
    "bash": "~/.bashrc",
    "zsh": "~/.zshrc",
    "fish": "~/.config/fish/config.fish",
    "sh": "~/.shrc",
    "ash": "~/.shrc",
    "ksh": "~/.kshrc",
    "mksh": "~/.mkshrc",
}
_BESIDE = {
    "~/.x": "export A=${1:-none}; export X0=$#\nreturn 3\nexport C=9\n",
    "~/.x.fish": "set -gx X (count $argv)\nset -l L 1\nset Y 2\nreturn 3\n",
    "~/.y": "l1\nl2 x\n",
}
_NAMES = re.compile(r"\b([A-Z][A-Z0-9]*)\+?=|set -\w+ ([A-Z]\w*)|export -?\w* ?([A-Z]\w*)")


def cases():
    """Give every snippet for each of its shells."""
    for file in sorted(Path(__file__).parent.glob("*.txt")):
        head, *texts = re.split(r"^--\n", file.read_text(), flags=re.MULTILINE)
        for shell in head.removeprefix("shells:").split():
            for number, text in enumerate(texts):
                yield _case(f"{file.stem}-{number:03d} {shell}", shell, text)


def _case(name, shell, text):
    files = {_MAIN[shell]: text} | _BESIDE
    found = {name for names in _NAMES.findall(" ".join(files.values())) for name in names if name}
    return {
        "id": name,
        "level": "snippets",
        "shell": shell,
        "mode": {"via": "c", "login": False, "interactive": True},
        "env": default_env() | ({"ENV": f"{HOME}/.shrc"} if shell in ("sh", "ash") else {}),
        "uid": 1000,
        "files": {path.replace("~", HOME, 1): content for path, content in files.items()},
        "track": sorted(found - {"PS1", "IFS", "LINENO"} | {"PATH"}),
    }
