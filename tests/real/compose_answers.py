"""What the real compose says of our cases: `config` of the second, and of the first generation.

`PRECEDENT_COMPOSE` is a command of the second (`docker compose` by default); the first is
`docker-compose` of Debian 12. Neither needs a daemon. `python -m tests.real.compose_answers v2 v1`
asks again, for the cases and for the projects of `SEEDS`, and records the answers.
"""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from ruamel.yaml import YAML

from tests.gather.compose.cases import CASES
from tests.gather.compose.drawing import drawn
from tests.gather.compose.shaping import HOME

ANSWERS = Path(__file__).parent.parent / "gather" / "compose" / "answers"
SEEDS = range(300)
_FIRST = ("docker-compose", "config")
_TOLD = ("image", "user", "working_dir", "command", "entrypoint", "environment", "build")


def command(generation):
    """Give the command that asks one generation."""
    if generation == "v1":
        return _FIRST
    named = os.environ.get("PRECEDENT_COMPOSE", "docker compose")
    return (*shlex.split(named), "config", "--format", "json")


def ask(asking, case):
    """Give what a compose says of a case: its services, or that it refuses the project."""
    with tempfile.TemporaryDirectory() as top:
        home = top + HOME
        for path, content in case.files.items():
            file = Path(home, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode())
        directory = Path(top + case.directory)
        directory.mkdir(parents=True, exist_ok=True)
        base = {"PATH": os.environ["PATH"], "HOME": "/home/dana", "PWD": str(directory)}
        done = subprocess.run(
            asking, cwd=directory, env=base | case.client, capture_output=True, check=False
        )
        output = done.stdout.decode().replace(top, "")
    if done.returncode:
        return {"refused": True}
    said = json.loads(output) if "json" in asking else YAML(typ="safe").load(output)
    services = said.get("services") or {}
    return {"services": {name: _told(service) for name, service in services.items()}}


def _told(service):
    return {key: _unescaped(service[key]) for key in _TOLD if service.get(key) is not None}


def _unescaped(value):
    if isinstance(value, str):
        return value.replace("$$", "$")
    if isinstance(value, dict):
        return {_unescaped(key): _unescaped(child) for key, child in value.items()}
    return [_unescaped(child) for child in value] if isinstance(value, list) else value


def every_case():
    """Give all cases by name, with the drawn ones."""
    return CASES | {f"seed {seed}": drawn(seed) for seed in SEEDS}


def record(generation):
    """Ask one generation about every case, and write its answers."""
    asking = command(generation)
    cases = every_case() if generation == "v2" else CASES
    answers = {name: ask(asking, case) for name, case in cases.items()}
    lines = [
        f"{json.dumps(name)}: {json.dumps(answer, default=str)}" for name, answer in answers.items()
    ]
    ANSWERS.mkdir(exist_ok=True)
    (ANSWERS / f"{generation}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    for each in sys.argv[1:]:
        record(each)
