"""Dev containers that were started, and what programs in them found in their environment.

`python -m tests.gather.devcontainer.starts` starts them again and records it. It needs, besides
what `answers.py` needs, a daemon that DOCKER_HOST names, `docker` and `busybox`.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from tests.gather.devcontainer.answers import _NODE_MODULES, CLI
from tests.gather.devcontainer.corpus import _TEXTS, FOLDER, LOCAL

STARTED = Path(__file__).parent / "answers-started.json"
IMAGE = "precedent/dev"
IMAGE_ENV = {"GOFLAGS": "-image", "IMAGE_ONLY": "1", "PATH": "/bin:/go/bin"}
FILES = {"run.env": "A=file\nGOFLAGS=-file\nUSER\nNOPE\nD=file\n"}
_LEFT_OUT = {"HOSTNAME", "PWD", "SHLVL"}  # of the runtime and of the shell that tells them


def _config(*run_args, **keys):
    return json.dumps(
        {
            "image": IMAGE,
            "runArgs": ["--network", "none", *run_args],
            "userEnvProbe": "none",
            # The workspace may lie on another machine than the daemon.
            "workspaceMount": "",
            "workspaceFolder": "/tmp",
        }
        | keys
    )


# Two of them end in a variable without a name, which the CLI gives up at.
_FINE = {f"V{at}": text for at, text in enumerate(_TEXTS) if text.count("${") < 2 or "}$" in text}

CONFIGS = {
    "nothing": _config(),
    "container": _config(containerEnv={"A": "1", "GOFLAGS": "-container", "E": ""}),
    "container-texts": _config(containerEnv=_FINE),
    "remote": _config(remoteEnv={"A": "1", "GOFLAGS": "-remote", "E": ""}),
    "remote-texts": _config(containerEnv={"A": "x"}, remoteEnv=_FINE),
    "both": _config(containerEnv={"A": "container"}, remoteEnv={"A": "remote"}),
    "remote-of-container": _config(
        containerEnv={"A": "a", "B": "${containerEnv:A}"},
        remoteEnv={
            "A": "[${containerEnv:A}]",
            "PATH": "/x:${containerEnv:PATH}",
            "H": "[${containerEnv:HOME}]",
            "I": "${containerEnv:IMAGE_ONLY}",
            "C": "${containerEnv:A:d}",
            "R": "${containerEnv:S:d}",
            "S": "1",
        },
    ),
    "scalars": _config(
        containerEnv={"N": 1, "F": 1.5, "T": True}, remoteEnv={"M": -3, "W": 2.0, "X": False}
    ),
    "nulls": _config(containerEnv={"A": None}, remoteEnv={"GOFLAGS": None, "B": None}),
    "run-args": _config("-e", "A=1", "-eB=2", "--env=C=3", "-e", "GOFLAGS", "-e", "NOPE"),
    "run-args-over": _config("-e", "A=run", containerEnv={"A": "container"}),
    "run-args-files": _config(
        "--env-file", "run.env", "-e", "D=run", containerEnv={"A": "container"}
    ),
    "run-args-files-back": _config("--env-file", "run.env", "-e", "A", "-e", "NOPE"),
    "run-args-unset": _config("-e", "IMAGE_ONLY", containerEnv={"A": "1"}),
    "run-args-takes-away": _config("-e", "A", containerEnv={"A": "1"}),
    "run-args-local": _config("--env", "A=${localEnv:USER}", "-e", "B=${localEnv:NOPE:d:e}"),
}


def make_image():
    """Make an image with the tools that the CLI asks for, out of busybox."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        tar.add(shutil.which("busybox"), "bin/busybox")
        names = subprocess.run(["busybox", "--list"], capture_output=True, text=True, check=True)
        for name in names.stdout.split():
            if name != "busybox":
                link = tarfile.TarInfo(f"bin/{name}")
                link.type, link.linkname = tarfile.SYMTYPE, "busybox"
                tar.addfile(link)
        for path, text in {
            "etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
            "etc/os-release": "ID=made\nVERSION_ID=1\n",
        }.items():
            file = tarfile.TarInfo(path)
            file.size = len(text)
            tar.addfile(file, io.BytesIO(text.encode()))
        for path in ("tmp", "var", "root"):
            folder = tarfile.TarInfo(path)
            folder.type, folder.mode = tarfile.DIRTYPE, 0o777
            tar.addfile(folder)
    changes = [word for pair in IMAGE_ENV.items() for word in ("-c", "ENV {}={}".format(*pair))]
    _docker("import", *changes, "-", IMAGE, given=content.getvalue())


def started(text):
    """Give the environments of a container and of a program that the CLI runs in it, or None."""
    folder = Path(FOLDER)
    shutil.rmtree(folder.parent, ignore_errors=True)
    (folder / ".devcontainer").mkdir(parents=True)
    (folder / ".devcontainer/devcontainer.json").write_text(text, encoding="utf-8")
    for name, content in FILES.items():
        (folder / name).write_text(content)
    container = None
    try:
        said = _cli("up", "--remove-existing-container")
        if said.returncode:
            return None
        container = json.loads(said.stdout.splitlines()[-1])["containerId"]
        config = json.loads(_docker("inspect", container))[0]["Config"]["Env"]
        ran = _cli("exec", "sh", "-c", "env -0")
        return {"container": _pairs(config), "remote": _pairs(ran.stdout.split("\0"))}
    finally:
        if container is not None:
            _docker("rm", "-f", container)
        shutil.rmtree(folder.parent, ignore_errors=True)


def _cli(command, *words):
    options = ["--docker-path", shutil.which("docker"), "--workspace-folder", FOLDER]
    first, rest = (words, ()) if command == "up" else ((), words)
    return subprocess.run(
        ["node", _NODE_MODULES / CLI, command, *options, *first, *rest],
        env=LOCAL | {"PATH": os.environ["PATH"], "DOCKER_HOST": os.environ["DOCKER_HOST"]},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _docker(*words, given=None):
    return subprocess.run(
        ["docker", *words], input=given, capture_output=True, check=True
    ).stdout.decode()


def _pairs(lines):
    pairs = dict(line.split("=", 1) for line in lines if "=" in line)
    return {name: value for name, value in pairs.items() if name not in _LEFT_OUT}


if __name__ == "__main__":
    make_image()
    answers = {name: started(text) for name, text in CONFIGS.items()}
    STARTED.write_text(json.dumps(answers, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
