"""Asks real containers what environment their processes get, and records the answers.

`python -m tests.real.containers.ask docker podman` writes `docker.json` and `podman.json` here.
As root on Debian 12: `apt-get install docker.io podman busybox-static gcc libc6-dev`. Each engine
has storage of its own in a temporary folder, and the daemon is started for it, with no network, no
bridge and no firewall:

    dockerd --iptables=false --ip6tables=false --bridge=none --storage-driver=vfs \
        --host unix://FOLDER/docker.sock --data-root FOLDER/data --exec-root FOLDER/exec \
        --pidfile FOLDER/pid

The answers of docker are those of client 28.2 and daemon 20.10; with Debian's own client 20.10, all
are the same but that it knows no `allProxy`, and that its complaints end in a full stop.

It needs CAP_SYS_ADMIN and control groups of version 1 or 2 (a fresh privileged container will do);
nothing is pulled, as images are made of this machine's own programs (`bases.py`). An answer has the
arguments, environment, directory and user of the process that was asked; one that never came has
the exit code and the line in which the client complains. `<id>` stands for the container's id,
`<folder>` for the temporary folder, and `<address>` in a client's configuration for the daemon's
address. The client itself has PATH and HOME, and a case's own variables (null is not set).
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from tests.real.containers.bases import archive, compiled, files, programs
from tests.real.containers.cases import CASES
from tests.real.containers.engines import ENGINES, missing

if TYPE_CHECKING:
    from tests.real.containers.cases import Case
    from tests.real.containers.engines import Engine

HERE = Path(__file__).parent
BASES = ("busybox", "debian")
_KINDS = {b"A": "argv", b"E": "environment"}


def answers(name: str) -> dict[str, object]:
    """Give what an engine answers to all cases."""
    with tempfile.TemporaryDirectory(prefix="ask-") as made:
        folder = Path(made)
        tell = compiled(folder)
        with ENGINES[name](folder) as engine:
            for base in BASES:
                engine.call("import", "-", base, given=archive(base, tell), check=True)
            asked = Asked(engine, folder)
            rows = [asked.case(case) for case in CASES]
            told = {"engine": name, "versions": engine.version(), "bases": _bases()}
            return told | {"cases": rows}


class Asked:
    """An engine, and the images that it has by now."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine, self._folder = engine, folder
        self._images: dict[tuple[str, ...], str] = {}

    def case(self, case: Case) -> dict[str, object]:
        """Give a case with its answer."""
        where = Path(tempfile.mkdtemp(dir=self._folder))
        for name, text in case.files.items():
            (where / name).write_text(text, newline="")
        config = json.dumps(case.config).replace("<address>", self._engine.address)
        (where / "config.json").write_text(config)
        environment = {"DOCKER_CONFIG": str(where)} | case.environment
        image = self._image(case, where)
        words = [*self._engine.run_words, *case.arguments, image, *case.command]
        ran = self._engine.call(*words, environment=environment, folder=where)
        if case.exec is not None and ran.returncode == 0:
            started = ran.stdout.decode().strip()
            before, command = case.exec
            ran = self._engine.call(
                "exec", *before, started, *command, environment=environment, folder=where
            )
        # A shell with a terminal may write before the program does.
        if found := re.search(rb"A(/bin/)?tell\0", ran.stdout):
            answer = _told(ran.stdout[found.start() :])
        else:
            answer = {"code": ran.returncode, "error": _plain(ran.stderr or ran.stdout)}
        self._engine.remove_all()
        return asdict(case) | {"answer": answer}

    def _image(self, case: Case, where: Path) -> str:
        if not case.dockerfile:
            return case.base
        key = (case.base, *case.dockerfile)
        if key not in self._images:
            tag = f"asked:{len(self._images)}"
            text = "\n".join((f"FROM {case.base}", *case.dockerfile)) + "\n"
            (where / "Dockerfile").write_text(text)
            # Podman builds without a network of its own only where it has one to leave.
            podman = ["--isolation", "chroot", "--network", "host"]
            words = podman if self._engine.name == "podman" else ["--network", "none"]
            self._engine.call("build", *words, "-t", tag, ".", folder=where, check=True)
            self._images[key] = tag
        return self._images[key]


def _told(output: bytes) -> dict[str, object]:
    answer: dict[str, object] = {}
    found: dict[str, list[str]] = {"argv": [], "environment": []}
    for item in output.split(b"\0"):
        kind, text = item[:1], item[1:].decode("utf-8", "surrogateescape")
        if kind in _KINDS:
            found[_KINDS[kind]].append(text)
        elif kind == b"D":
            answer["directory"] = text
        elif kind == b"U":
            answer["uid"] = int(text)
    named = re.compile(r"\AHOSTNAME=[0-9a-f]{12}\Z")
    variables = [named.sub("HOSTNAME=<id>", _masked(text)) for text in found["environment"]]
    return {"argv": found["argv"], "environment": variables} | answer


def _plain(output: bytes) -> str:
    """Give the first line in which a client complains."""
    lines = [line for line in output.decode(errors="replace").splitlines() if line.strip()]
    loud = [line for line in lines if re.match(r"docker:|Error|OCI|invalid|exec ", line)]
    return _masked((loud or lines or [""])[0])


def _masked(text: str) -> str:
    return re.sub(r"[0-9a-f]{64}", "<id>", re.sub(r"/tmp/ask-\w+", "<folder>", text))


def _bases() -> dict[str, object]:
    return {base: {"files": files(base), "programs": programs(base)} for base in BASES}


def main(names: list[str]) -> None:
    """Ask the named engines, those that are here."""
    for name in names or list(ENGINES):
        if why := missing(name):
            sys.exit(f"{name}: {why}")
        text = json.dumps(answers(name), indent=1, ensure_ascii=False)
        (HERE / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
