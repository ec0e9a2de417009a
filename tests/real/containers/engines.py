"""Docker and podman, each with storage of its own that is gone afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Nothing here needs a network, a bridge or a firewall, and vfs works on every file system.
DOCKERD = (
    "--iptables=false", "--ip6tables=false", "--bridge=none", "--storage-driver=vfs",
)  # fmt: skip
PODMAN = ("--storage-driver", "vfs", "--cgroup-manager", "cgroupfs", "--events-backend", "file")
_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


class Engine:
    """A way to run docker or podman: its words, and the environment of its client."""

    def __init__(self, name: str, words: list[str], environment: dict[str, str]) -> None:
        self.name, self._words, self._environment = name, words, environment
        self.address = environment.get("DOCKER_HOST", "")
        # Podman raises limits by default, which a process without CAP_SYS_RESOURCE may not.
        ulimits = [word for one in _LIMITS for word in ("--ulimit", one)]
        self.run_words = ["run", "--network", "none", *(ulimits if name == "podman" else [])]

    def call(
        self,
        *arguments: str,
        environment: dict[str, str | None] | None = None,
        folder: Path | None = None,
        given: bytes | None = None,
        check: bool = False,
    ) -> subprocess.CompletedProcess[bytes]:
        """Run the client with arguments; its environment is its own, but for what is given."""
        whole = self._environment | (environment or {})
        ran = subprocess.run(
            [*self._words, *arguments],
            env={name: value for name, value in whole.items() if value is not None},
            cwd=folder,
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            check=False,
            timeout=60,
        )
        if check and ran.returncode:
            raise RuntimeError(ran.stderr.decode())
        return ran

    def remove_all(self) -> None:
        """Remove all containers, running ones as well."""
        at_once = ["-t", "0"] if self.name == "podman" else []
        if ids := self.call("ps", "-aq").stdout.decode().split():
            self.call("rm", "-f", *at_once, *ids)

    def version(self) -> dict[str, str]:
        """Give the versions of the client and of what runs containers."""
        form = "{{.Client.Version}} {{.Server.Version}}"
        said = self.call("version", "--format", form).stdout.decode().split()
        if len(said) < 2:
            said = (
                self.call("version", "--format", "{{.Client.Version}}").stdout.decode().split() * 2
            )
        return {"client": said[0], "engine": said[1]}


_LIMITS = ("nofile=1024:1024", "nproc=1024:1024")


@contextlib.contextmanager
def docker(folder: Path) -> Iterator[Engine]:
    """Start a daemon in a folder, and end it; needs root, dockerd and a docker client."""
    address = f"unix://{folder}/docker.sock"
    words = [
        "dockerd", *DOCKERD, "--host", address, "--data-root", str(folder / "data"),
        "--exec-root", str(folder / "exec"), "--pidfile", str(folder / "pid"),
    ]  # fmt: skip
    environment = {
        "PATH": _PATH, "HOME": str(folder), "DOCKER_HOST": address, "DOCKER_BUILDKIT": "0",
    }  # fmt: skip
    engine = Engine("docker", [shutil.which("docker") or "docker"], environment)
    with (folder / "log").open("wb") as log:
        daemon = subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True)
    try:
        for _ in range(100):
            if engine.call("info").returncode == 0 or daemon.poll() is not None:
                break
            time.sleep(0.2)
        if daemon.poll() is not None:
            raise RuntimeError((folder / "log").read_text()[-2000:])
        yield engine
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(30)


@contextlib.contextmanager
def podman(folder: Path) -> Iterator[Engine]:
    """Give podman, which has no daemon."""
    words = [shutil.which("podman") or "podman", *PODMAN]
    for option, name in (("--root", "root"), ("--runroot", "run"), ("--tmpdir", "tmp")):
        words += [option, str(folder / name)]
    yield Engine("podman", words, {"PATH": _PATH, "HOME": str(folder)})


ENGINES = {"docker": docker, "podman": podman}
NEEDS = {"docker": ("dockerd", "docker", "gcc", "busybox"), "podman": ("podman", "gcc", "busybox")}


def missing(name: str) -> str | None:
    """Say what an engine needs and this machine lacks."""
    lacking = [tool for tool in NEEDS[name] if shutil.which(tool) is None]
    if lacking:
        return f"no {', '.join(lacking)}"
    return None if os.geteuid() == 0 else "needs root"
