"""How each program is asked about many files at once."""

from __future__ import annotations

import base64
import glob
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from tests.real.env_readers.docker_daemon import Daemon

HERE = Path(__file__).parent
FOLDER = Path(os.environ.get("PRECEDENT_ENV_READERS", "/nowhere"))
_NAME = re.compile("[A-Za-z_][A-Za-z0-9_]*")
_NAMES_OF_SHELLS = ("PWD", "OLDPWD", "SHLVL", "_")


def readers():
    """Give a function for each program that is here; by name, it answers about files."""
    return {**_on_path(), **_of_go(), **_of_python(), **_of_node(), **_systemd()}


def _on_path():
    ways = {
        "docker": _docker,
        "direnv": lambda program, files: _each(files, [program, "dotenv", "json"], _direnv),
        "bash": lambda program, files: _each(files, [program, "-c", _BASH, "bash"], _zeros),
    }
    found = {name: shutil.which(name) for name in ways}
    return {name: partial(ways[name], program) for name, program in found.items() if program}


def _of_go():
    found = {}
    if (FOLDER / "compose-dotenv").exists():
        found["compose"] = _asking([str(FOLDER / "compose-dotenv")])
    if (FOLDER / "direnv-dotenv").exists():
        ask = _asking([str(FOLDER / "direnv-dotenv")])
        found["direnv new"] = lambda files: [_exported(answer) for answer in ask(files)]
    return found


def _of_python():
    found = {
        path.name.replace("-dotenv-", "-dotenv "): _asking(
            [sys.executable, _helper("python_dotenv.py"), str(path)]
        )
        for path in sorted(FOLDER.glob("python-dotenv*"))
    }
    if os.path.isdir("/usr/lib/python3/dist-packages/compose"):
        found["compose-v1"] = _asking(["/usr/bin/python3", _helper("compose_v1.py")])
    return found


def _of_node():
    node, helper = shutil.which("node"), _helper("node.js")
    found = {
        f"node {path.name.removeprefix('node-')}": _asking([str(path), helper])
        for path in sorted(FOLDER.glob("node-*"))
    }
    if node:
        if _version(node) >= (20, 20):  # no older one is told of
            found["node"] = _asking([node, helper])
        for path in sorted(FOLDER.glob("node_modules/dotenv*")):
            name = f"node-dotenv {path.name.removeprefix('dotenv')}".strip()
            found[name] = _asking([node, helper, str(path)])
    return found


def _version(program):
    done = subprocess.run([program, "--version"], capture_output=True, text=True, check=True)
    return tuple(int(number) for number in re.findall(r"\d+", done.stdout)[:2])


def _systemd():
    libraries = glob.glob("/usr/lib/*/systemd/libsystemd-shared-*.so")
    command = [sys.executable, _helper("systemd.py"), *libraries[:1]]
    return {"systemd": _asking(command)} if libraries else {}


_BASH = 'set -a; . "$1"; exec /usr/bin/env -0'


def _helper(name):
    return str(HERE / f"ask_{name}")


def _asking(command):
    return lambda files: _lines(command, files)


def _lines(command, files):
    """Ask a program that answers one line of JSON for each."""
    questions = [
        json.dumps({"content": base64.b64encode(content).decode(), "environment": client})
        for content, client in files
    ]
    done = subprocess.run(
        command,
        input="\n".join(questions) + "\n",
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
    )
    return [_decoded(json.loads(line)) for line in done.stdout.split("\n")[:-1]]


def _decoded(answer):
    if "refused" in answer:
        return {"refused": True}
    values = {
        name: base64.b64decode(value).decode("utf-8", "surrogateescape")
        for name, value in answer["read"].items()
    }
    return {"set": values}


def _each(files, command, answer):
    """Run a program for each file, with nothing but the environment of its case."""
    answers = []
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, ".env")
        for content, client in files:
            Path(path).write_bytes(content)
            done = subprocess.run(
                [*command, path], capture_output=True, env=client, cwd=folder, check=False
            )
            answers.append(answer(done))
    return answers


def _direnv(done):
    if done.returncode:
        return {"refused": True}
    return _exported({"set": json.loads(done.stdout)})


def _exported(answer):
    """Give what bash exports of what direnv tells it to; it names no variable in another way."""
    if "refused" in answer:
        return answer
    named = {name: value for name, value in answer["set"].items() if _NAME.fullmatch(name)}
    return {"set": named}


def _zeros(done):
    if done.returncode:
        return {"refused": True}
    pairs = [
        each.partition("=") for each in done.stdout.decode("utf-8", "surrogateescape").split("\0")
    ]
    return {
        "set": {name: value for name, _, value in pairs if name and name not in _NAMES_OF_SHELLS}
    }


def _docker(docker, files):
    with Daemon() as daemon:
        command = [docker, "-H", f"unix://{daemon.path}", "create", "--env-file"]

        def answer(done):
            given = daemon.environment()
            if given is None:
                assert done.returncode, done
                return {"refused": True}
            pairs = [each.partition("=") for each in given]
            return {"set": {name: value for name, _, value in pairs}}

        return _each(files, [*command, ".env", "image"], answer)
