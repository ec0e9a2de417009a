"""What docker makes of the corpus: what its client orders, and what programs find in containers.

`python -m tests.gather.docker_run.answers` asks again and records the answers. The client is asked
with a daemon of our own, which notes the order and refuses it; that needs no more than `docker`.
Environments need a real daemon: where DOCKER_HOST names one, they are asked as well, in an image
made of `busybox`. PRECEDENT_DOCKER names clients to ask, separated by `:`.
"""

from __future__ import annotations

import http.server
import io
import json
import os
import re
import shutil
import socketserver
import subprocess
import sys
import tarfile
import threading
from pathlib import Path

from tests.gather.docker_run.corpus import (
    CLIENT,
    COMMANDS,
    ENVIRONMENTS,
    FILES,
    FOLDER,
    IMAGE,
    IMAGE_ENV,
    PROXIES,
    STARTED,
)

ORDERED = Path(__file__).parent / "answers-ordered.json"
FOUND = Path(__file__).parent / "answers-found.json"
ID = "(the container's id)"
_API = "1.41"
_KEPT = ("Image", "Cmd", "Entrypoint", "User", "WorkingDir", "Tty", "OpenStdin")
_BASH = "/bin/bash"


def clients():
    """Give the clients to ask."""
    named = os.environ.get("PRECEDENT_DOCKER") or shutil.which("docker") or ""
    return [client for client in named.split(":") if client]


def version(client):
    """Give the version of a client: `28.2.2`."""
    said = subprocess.run([client, "--version"], capture_output=True, text=True, check=True)
    return re.search(r"version ([0-9.]+)", said.stdout)[1]


def lay(*, proxies=False):
    """Make the folder with the files of the corpus, and a home."""
    away()
    for name, content in FILES.items():
        file = Path(FOLDER) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    config = Path(CLIENT["HOME"]) / ".docker/config.json"
    config.parent.mkdir(parents=True)
    config.write_text(json.dumps(PROXIES if proxies else {}))


def away():
    """Remove it again."""
    shutil.rmtree(Path(FOLDER).parent, ignore_errors=True)


class _Daemon(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self._say(200)

    def do_GET(self):
        is_container = re.search(r"/containers/\w+/json$", self.path)
        self._say(200, {"Id": "web", "State": {"Running": True}} if is_container else {})

    def do_POST(self):
        order = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"{}")
        if re.search(r"/containers/(create|\w+/exec)(\?|$)", self.path):
            self.server.order = order
        self._say(500, {"message": "noted"})

    def _say(self, code, body=None):
        content = json.dumps(body or {}).encode()
        self.send_response(code)
        self.send_header("Api-Version", _API)
        self.send_header("Ostype", "linux")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, *_):
        pass


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    order = None

    def get_request(self):
        request, _ = super().get_request()
        return request, ("client", 0)


def ordered(client, command):
    """Give what a client orders from the daemon, or None where it refuses the command."""
    lay()
    path = f"{CLIENT['HOME']}/daemon.sock"
    server = _Server(path, _Daemon)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        _typed(client, command.replace("IMAGE", IMAGE), f"unix://{path}")
    finally:
        server.shutdown()
        server.server_close()
        away()
    if server.order is None:
        return None
    order = {key: server.order.get(key) for key in _KEPT}
    return {key: value for key, value in order.items() if value not in (None, "", False)}


def _typed(client, command, host):
    """Run a command line as a person types it, at a terminal."""
    master, slave = os.openpty()
    tools = Path(CLIENT["HOME"]) / "bin"
    tools.mkdir(exist_ok=True)
    (tools / "docker").unlink(missing_ok=True)
    (tools / "docker").symlink_to(client)
    try:
        return subprocess.run(
            [_BASH, "--norc", "-c", command],
            cwd=FOLDER,
            env=CLIENT | {"DOCKER_HOST": host},
            stdin=slave,
            capture_output=True,
            check=False,
            timeout=60,
        )
    finally:
        os.close(master)
        os.close(slave)


def make_image(client):
    """Make the image of the corpus out of busybox."""
    busybox = shutil.which("busybox")
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as tar:
        tar.add(busybox, "bin/busybox")
        for name in ("sh", "env"):
            link = tarfile.TarInfo(f"bin/{name}")
            link.type, link.linkname = tarfile.SYMTYPE, "busybox"
            tar.addfile(link)
        passwd = tarfile.TarInfo("etc/passwd")
        line = b"root:x:0:0:root:/root:/bin/sh\n"
        passwd.size = len(line)
        tar.addfile(passwd, io.BytesIO(line))
    changes = [word for pair in IMAGE_ENV.items() for word in ("-c", "ENV {}={}".format(*pair))]
    subprocess.run(
        [client, "import", *changes, "-", IMAGE],
        input=content.getvalue(),
        capture_output=True,
        check=True,
    )


def found(client, options, *, proxies, inside=None):
    """Give the environment of a program in a container, or None where docker refuses.

    With the options `inside`, of a program that is run in a container by `docker exec`.
    """
    lay(proxies=proxies)
    host = os.environ["DOCKER_HOST"]
    start = f"docker run --rm --network none {options} {IMAGE}"
    try:
        if inside is None:
            said = _typed(client, f"{start} /bin/env -0", host)
        else:
            wait = "sh -c 'while :; do read x || exit; done'"
            _typed(client, start.replace("--rm", "-dt --name precedent-env") + f" {wait}", host)
            said = _typed(client, f"docker exec {inside} precedent-env /bin/env -0", host)
    finally:
        _typed(client, "docker rm -f precedent-env", host) if inside is not None else None
        away()
    if said.returncode:
        return None
    lines = said.stdout.decode().replace("\r\n", "\n").split("\0")
    variables = dict(line.split("=", 1) for line in lines if "=" in line)
    if re.fullmatch("[0-9a-f]{12}", variables.get("HOSTNAME", "")):
        variables["HOSTNAME"] = ID
    return variables


def record():
    """Ask all there is to ask."""
    orders = {
        version(client): {command: ordered(client, command) for command in COMMANDS}
        for client in clients()
    }
    _write(ORDERED, orders)
    if "DOCKER_HOST" not in os.environ:
        sys.stderr.write("DOCKER_HOST names no daemon: environments were not asked for\n")
        return
    answers = {}
    for client in clients():
        make_image(client)
        answers[version(client)] = {
            "run": {each: found(client, each, proxies=False) for each in ENVIRONMENTS},
            "proxies": {each: found(client, each, proxies=True) for each in ENVIRONMENTS},
            "exec": {
                each: found(client, STARTED, proxies=False, inside=each) for each in ENVIRONMENTS
            },
        }
    _write(FOUND, answers)


def _write(file, answers):
    file.write_text(json.dumps(answers, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    record()
