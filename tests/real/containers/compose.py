"""Asks docker-compose what environment the containers of services get, and records the answers.

`python -m tests.real.containers.compose ADDRESS` writes `compose.json` here; ADDRESS is that of a
daemon as `ask.py` starts one. As root on Debian 12: `apt-get install docker-compose busybox-static`
beside what `ask.py` needs. An answer has the variables of a service's first process, or `refused`.
`<home>` stands for the client's HOME, `<address>` for the daemon's, `<id>` for the container's.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ANSWERS = Path(__file__).parent / "compose.json"
IMAGES = {
    "case": {"GOFLAGS": "-image", "IMAGE_ONLY": "1", "PATH": "/bin:/go/bin"},
    "bare": {},
    "homed": {"HOME": "/image", "PATH": "/bin"},
    "proxied": {"HTTP_PROXY": "image", "PATH": "/bin"},
}
PASSWD = "root:x:0:0:root:/root:/bin/sh\ndana:x:1000:1000:Dana:/home/dana:/bin/sh\n"
OUTSIDE = {"PATH": "/usr/bin:/bin", "DOCKER_BUILDKIT": "0", "COMPOSE_DOCKER_CLI_BUILD": "0"}
_PROXIES = {"httpProxy": "http://config:1", "noProxy": "localhost"}


def _case(body="", *, config=None, client=None, **files):
    lines = [f"    {line}" for line in body.splitlines()]
    if "image:" not in body and "build:" not in body:
        lines.append("    image: case")
    if "command:" not in body:
        lines.append("    command: [/bin/env, '-0']")
    head = ["version: '3'", "services:", "  web:", "    network_mode: none"]
    names = {"env": ".env", "a": "a.env", "b": "b.env", "dockerfile": "Dockerfile"}
    return {
        "files": {"compose.yaml": "\n".join([*head, *lines, ""])}
        | {names[key]: text for key, text in files.items()},
        "client": client or {},
        "config": {"proxies": config} if config else {},
    }


CASES = {
    "nothing": _case(),
    "a mapping": _case("environment: {A: '1', N: 2, T: 'true', E: '', GOFLAGS: -x}"),
    "a list": _case("environment: [A=1, E=, 'B=a b', GOFLAGS=-x]"),
    "null, not set outside": _case("environment: {IMAGE_ONLY: , GOFLAGS: }"),
    "null, set outside": _case("environment: {IMAGE_ONLY: , GOFLAGS: }", client={"GOFLAGS": "-o"}),
    "a name alone": _case("environment: [IMAGE_ONLY, GOFLAGS]", client={"GOFLAGS": "-o"}),
    "null PATH": _case("environment: {PATH: }"),
    "null PATH, not set outside": _case("environment: {PATH: }", client={"PATH": None}),
    "null HOME": _case("environment: {HOME: }"),
    "null HOME, not set outside": _case("environment: {HOME: }", client={"HOME": None}),
    "empty HOME": _case("environment: {HOME: ''}"),
    "HOSTNAME": _case("environment: {HOSTNAME: x}"),
    "null HOSTNAME": _case("environment: {HOSTNAME: }"),
    "hostname": _case("hostname: web"),
    "tty": _case("tty: true"),
    "tty and TERM": _case("tty: true\nenvironment: {TERM: dumb}"),
    "tty and null TERM": _case("tty: true\nenvironment: {TERM: }"),
    "tty that a variable decides": _case("tty: ${TTY}", client={"TTY": "true"}),
    "stdin_open": _case("stdin_open: true"),
    "env_file": _case(
        "env_file: a.env", a="A=file\nGOFLAGS=-file\nQ=\"x y\"\nS='z'\nE=\nB=a b # c\n"
    ),
    "env_file and environment": _case(
        "env_file: a.env\nenvironment: {A: env}", a="A=file\nB=file\n"
    ),
    "env_file and null": _case(
        "env_file: a.env\nenvironment: {A: , B: }", a="A=file\nB=file\n", client={"B": "outside"}
    ),
    "two env_files": _case("env_file: [a.env, b.env]", a="A=1\nB=1\n", b="B=2\nC=2\n"),
    "env_file, names alone": _case(
        "env_file: a.env", a="A\nIMAGE_ONLY\nGOFLAGS\n", client={"GOFLAGS": "-o"}
    ),
    "env_file with PATH": _case("env_file: a.env", a="PATH=/bin:/file\n"),
    "dotenv": _case(
        "environment: {A: '${A}', B: '${B:-d}', C: 'x${C-d}y', D: $$A}", env="A=dot\nGOFLAGS=-dot\n"
    ),
    "dotenv and the shell": _case(
        "environment: {A: '${A}', GOFLAGS: }", env="A=dot\nGOFLAGS=-dot\n", client={"A": "outside"}
    ),
    "dotenv and null": _case("environment: {A: , GOFLAGS: }", env="A=dot\nGOFLAGS=-dot\n"),
    "proxies": _case(config={"default": _PROXIES | {"httpsProxy": "s", "ftpProxy": "f"}}),
    "proxies, all": _case(config={"default": {"allProxy": "a"}}),
    "proxies and environment": _case(
        "environment: {HTTP_PROXY: mine, no_proxy: ''}", config={"default": _PROXIES}
    ),
    "proxies and null": _case(
        "environment: {HTTP_PROXY: , http_proxy: }", config={"default": _PROXIES}
    ),
    "proxies and env_file": _case(
        "env_file: a.env", a="HTTP_PROXY=file\n", config={"default": _PROXIES}
    ),
    "proxies of this daemon": _case(
        config={"default": _PROXIES, "<address>": {"httpProxy": "own"}}
    ),
    "proxies of the shell": _case(client={"HTTP_PROXY": "shell", "http_proxy": "shell"}),
    "proxies over the image": _case("image: proxied", config={"default": _PROXIES}),
    "user": _case("user: dana"),
    "user, a number": _case("user: '1000'"),
    "user, unknown": _case("user: '1234'"),
    "user and HOME of the image": _case("image: homed\nuser: dana"),
    "working_dir": _case("working_dir: /tmp"),
    "build": _case("build: .", dockerfile="FROM case\nENV A=built PATH=/built:$PATH\n"),
    "build with args": _case(
        "build: {context: ., args: {V: given}}",
        dockerfile="FROM case\nARG V=default\nENV A=$V B=b\n",
    ),
    "build with args of the base": _case(
        "build: {context: ., args: {BASE: homed}}",
        dockerfile="ARG BASE=case\nFROM $BASE\nENV B=b\n",
    ),
    "build of a target": _case(
        "build: {context: ., target: one}",
        dockerfile="FROM case AS one\nENV A=one\nFROM case\nENV A=two\n",
    ),
    "profile": _case("profiles: [x]\nenvironment: {A: '1'}", client={"COMPOSE_PROFILES": "x"}),
    "an image without variables": _case("image: bare"),
}


def make_images(address):
    """Make images out of busybox, with variables of their own."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        for folder in ("bin", "etc", "tmp", "root"):
            entry = tarfile.TarInfo(folder)
            entry.type, entry.mode = tarfile.DIRTYPE, 0o755
            tar.addfile(entry)
        tar.add(shutil.which("busybox"), "bin/busybox")
        link = tarfile.TarInfo("bin/env")
        link.type, link.linkname = tarfile.SYMTYPE, "busybox"
        tar.addfile(link)
        passwd = tarfile.TarInfo("etc/passwd")
        passwd.size = len(PASSWD)
        tar.addfile(passwd, io.BytesIO(PASSWD.encode()))
    for name, variables in IMAGES.items():
        words = [word for pair in variables.items() for word in ("-c", "ENV {}={}".format(*pair))]
        _docker(address, "import", *words, "-", name, given=content.getvalue())


def ask(case, address):
    """Give the variables of a service's first process, or that compose refuses it."""
    with tempfile.TemporaryDirectory(prefix="ask-") as made:
        home, shop = Path(made, "home"), Path(made, "shop")
        home.mkdir()
        shop.mkdir()
        for name, text in case["files"].items():
            (shop / name).write_text(text)
        config = json.dumps(case["config"]).replace("<address>", address)
        (home / "config.json").write_text(config)
        own = {"DOCKER_HOST": address, "DOCKER_CONFIG": str(home), "HOME": str(home)}
        client = {name: text for name, text in (OUTSIDE | own | case["client"]).items() if text}
        done = subprocess.run(
            [shutil.which("docker-compose"), "-f", "compose.yaml", "up", "-d", "--build"],
            cwd=shop,
            env=client,
            capture_output=True,
            check=False,
        )
        try:
            if done.returncode:
                return {"refused": True}
            container = _docker(address, "ps", "-aq").split()[0]
            _docker(address, "wait", container)
            told = _docker(address, "logs", container).replace(str(home), "<home>")
        finally:
            if found := _docker(address, "ps", "-aq").split():
                _docker(address, "rm", "-f", *found)
    named = re.sub(r"\bHOSTNAME=[0-9a-f]{12}(?=\0)", "HOSTNAME=<id>", told)
    return {"environment": dict(line.split("=", 1) for line in named.split("\0") if "=" in line)}


def _docker(address, *words, given=None):
    done = subprocess.run(
        ["docker", "-H", address, *words], input=given, capture_output=True, check=True
    )
    return done.stdout.decode()


def main(address):
    """Ask about all cases."""
    os.environ.pop("DOCKER_CONFIG", None)
    make_images(address)
    rows = {name: case | {"answer": ask(case, address)} for name, case in CASES.items()}
    text = json.dumps({"engine": "docker-compose 1.29.2", "cases": rows}, indent=1)
    ANSWERS.write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
