"""A docker daemon and a podman of our own, with images made of nothing but busybox.

    apt-get install docker.io podman buildah busybox-static
    python -m tests.real.real_images     # as root: writes tests/gather/images/answers again

No registry is asked. The daemon has its data, its socket and its processes in a folder that goes
away, makes no network and no rules of a firewall.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ANSWERS = Path(__file__).parents[1] / "gather" / "images" / "answers"
BUSYBOX = "/bin/busybox"

FULL = r"""
FROM scratch
COPY busybox /bin/sh
ENV GOTOOLCHAIN=local GOPATH=/go API_TOKEN=hunter2hunter2
ENV PATH=/go/bin:/usr/local/go/bin:/bin EMPTY= QUOTED="a b = c"
SHELL ["/bin/sh", "-eu", "-c"]
WORKDIR /src
USER 1000:1000
ENTRYPOINT ["/bin/sh"]
CMD ["-c", "echo $GOPATH"]
"""
SHORT = "FROM scratch\nCOPY busybox /bin/sh\nCMD echo text\n"
BARE = "FROM scratch\nCOPY busybox /bin/sh\n"

IMAGES = (
    (FULL, ("golang:1.22", "example.com:5000/team/tool:v1")),
    (SHORT, ("golang",)),
    (BARE, ("dana/bare:1", "localhost/mine", "docker.io/library/hub", "docker.io/dana/hub:2")),
    (BARE + "ENV A=1\n", ()),
)


class Tool:
    """A tool, and the environment in which it has the images of this file."""

    def __init__(self, program: str, environment: dict[str, str], build: tuple[str, ...]) -> None:
        self.program, self.environment, self._build = program, environment, build

    def run(self, *words: str) -> bytes:
        path = f"{os.path.dirname(self.program)}:/usr/sbin:/usr/bin:/sbin:/bin"
        done = subprocess.run(
            [self.program, *words],
            env=self.environment | {"PATH": path, "LC_ALL": "C"},
            capture_output=True,
            check=True,
            timeout=300,
        )
        return done.stdout

    def make_images(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            shutil.copy(BUSYBOX, Path(folder) / "busybox")
            for content, tags in IMAGES:
                file = Path(folder) / "Dockerfile"
                file.write_text(content)
                named = [word for tag in tags for word in ("-t", tag)]
                self.run(*self._build, "-q", "-f", str(file), *named, folder)


@contextlib.contextmanager
def docker(folder: Path, program: str):
    """Give docker with a daemon of its own, which ends with the block."""
    socket = f"unix://{folder}/docker.sock"
    with (folder / "log").open("wb") as log:
        daemon = subprocess.Popen(
            [
                "dockerd", "--iptables=false", "--bridge=none", "--storage-driver=vfs",
                "--data-root", str(folder / "data"), "--exec-root", str(folder / "exec"),
                "--pidfile", str(folder / "pid"), "--host", socket,
            ],
            stdout=log,
            stderr=log,
        )  # fmt: skip
    # BuildKit would need a plugin, which not every distribution has.
    environment = {"HOME": str(folder), "DOCKER_HOST": socket, "DOCKER_BUILDKIT": "0"}
    tool = Tool(program, environment, ("build",))
    try:
        for _ in range(150):
            with contextlib.suppress(subprocess.CalledProcessError):
                tool.run("version")
                break
            if daemon.poll() is not None:
                break
            time.sleep(0.2)
        yield tool
    finally:
        daemon.terminate()
        daemon.wait(60)


@contextlib.contextmanager
def podman(folder: Path, program: str):
    """Give podman with a storage of its own."""
    storage = folder / "storage.conf"
    places = f'graphroot = "{folder}/data"\nrunroot = "{folder}/run"\n'
    storage.write_text(f'[storage]\ndriver = "vfs"\n{places}')
    # A daemon of docker's that runs here by chance shall not answer instead.
    environment = {
        "HOME": str(folder),
        "CONTAINERS_STORAGE_CONF": str(storage),
        "DOCKER_HOST": f"unix://{folder}/nobody",
    }
    # As docker writes it: podman's own format has no shell.
    yield Tool(program, environment, ("build", "--isolation", "chroot", "--format", "docker"))


def why_not(tool: str) -> str | None:
    """Say why a tool cannot be had here, or None."""
    if os.geteuid() != 0:
        return "only root can start a docker daemon and make images without more ado"
    needed = {"docker": ("docker", "dockerd"), "podman": ("podman",)}[tool]
    missing = [name for name in needed if shutil.which(name) is None]
    missing += [] if os.path.exists(BUSYBOX) else ["busybox"]
    return f"no {missing[0]} here (see tests/real/real_images.py)" if missing else None


def main() -> None:
    """Record what every docker and podman on PATH answers."""
    for name, make in (("docker", docker), ("podman", podman)):
        programs = [
            os.path.realpath(os.path.join(folder, name))
            for folder in os.environ["PATH"].split(":")
            if os.access(os.path.join(folder, name), os.X_OK)
        ]
        for program in dict.fromkeys(programs) if why_not(name) is None else ():
            with tempfile.TemporaryDirectory() as folder, make(Path(folder), program) as tool:
                tool.make_images()
                record(name, tool)


def record(name: str, tool: Tool) -> None:
    """Write down what a tool answers to what we ask."""
    said = tool.run("--version").decode().strip()
    version = re.findall(r"\d+\.\d+\.\d+", said)[0]
    listed = tool.run("image", "ls", "--quiet", "--no-trunc").decode()
    inspected = tool.run("image", "inspect", *dict.fromkeys(listed.split())).decode()
    answer = {"version": said, "ls": listed, "inspect": inspected}
    (ANSWERS / f"{name}-{version}.json").write_text(json.dumps(answer, indent=1) + "\n")
    sys.stdout.write(f"{name} {version}\n")


if __name__ == "__main__":
    main()
