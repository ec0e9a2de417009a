"""Asks the shells of this machine, many questions at a time."""

from __future__ import annotations

import functools
import shutil
import subprocess

import pytest

PROGRAMS = {
    "bash": ["bash", "--norc", "--noprofile"],
    "sh": ["dash"],
    "zsh": ["zsh", "-f"],
    "ksh": ["ksh93"],
    "mksh": ["mksh"],
}
END = "\036"


def answers(dialect: str, scripts: list[str]) -> list[str | None]:
    """Give what each script prints, or None where it fails; each runs in a subshell."""
    program = PROGRAMS[dialect]
    if shutil.which(program[0]) is None:
        pytest.skip(f"{program[0]} is not installed here")
    whole = "".join(
        f"( eval {quoted(script)} ) && printf '+\\036' || printf -- '-\\036'\n"
        for script in scripts
    )
    done = subprocess.run(
        [*program],
        input=whole.encode(),
        capture_output=True,
        timeout=60,
        check=False,
        env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
    )
    parts = done.stdout.decode(errors="surrogateescape").split(END)[:-1]
    assert len(parts) == len(scripts), (done.stderr.decode(), whole)
    return [part[:-1] if part.endswith("+") else None for part in parts]


@functools.cache
def quoted(text: str) -> str:
    """Quote a text for every shell."""
    return "'" + text.replace("'", "'\\''") + "'"
