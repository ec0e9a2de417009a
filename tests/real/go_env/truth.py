"""Ask the real `go env -json`, once: what it said is kept.

It is run without a network, and with nothing in its environment but what the case says. It is
never given a KEY: with `GOFLAGS=-u` a `go env KEY` removes KEY from the user's file.
"""

from __future__ import annotations

import functools
import hashlib
import json
import os
import re
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.real.go_env.case import ROOT

OFFLINE = re.compile(r"dial tcp|no such host|network is unreachable|connection refused")
MILD = re.compile(r"(go: )?warning:|go: (downloading|using|upgrading|default toolchain) ")
"""What go says on its way, and not of its failing."""
FORM = "1"
"""Changed when what is kept, or how a case is laid out, changes."""


@dataclass(frozen=True)
class Truth:
    """What go did: what it printed, or that it failed and how it complained."""

    status: int
    complaint: str
    values: dict[str, str] | None
    """None where it failed."""
    lacked_network: bool
    """It failed because it may not reach anything: elsewhere it might have succeeded."""


class Asking:
    """A memory of what was asked, in a folder."""

    def __init__(self, folder):
        self.folder = Path(folder)

    def __call__(self, case, laid, go):
        """Give what go says to a case that is laid out."""
        told = f"{FORM} {case.key()} {go.root} {go.version}"
        name = hashlib.sha256(told.encode()).hexdigest()
        kept = self.folder / name[:2] / f"{name}.json"
        if kept.is_file():
            return Truth(**json.loads(kept.read_text("utf-8").replace(ROOT, laid.root)))
        truth = asked(laid)
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(asdict(truth)).replace(laid.root, ROOT), "utf-8")
        fresh.replace(kept)
        return truth


def asked(laid):
    """Run the real go."""
    done = subprocess.run(
        [*cut_off(), laid.command, "env", "-json"],
        env=laid.environment,
        cwd=laid.directory,
        capture_output=True,
        timeout=120,
        check=False,
    )
    complaint = done.stderr.decode("utf-8", "replace")
    return Truth(
        status=done.returncode,
        complaint=_first_serious(complaint),
        values=None if done.returncode else json.loads(done.stdout),
        lacked_network=bool(done.returncode and OFFLINE.search(complaint)),
    )


def _first_serious(complaint):
    lines = [line for line in complaint.splitlines() if line.strip()]
    return next((line for line in lines if not MILD.match(line)), "")


@functools.cache
def cut_off():
    """The command in front of another that takes its network away; empty where nothing can."""
    for command in (["/usr/bin/unshare", "-n"], ["/usr/bin/unshare", "-rn"]):
        try:
            done = subprocess.run([*command, "/bin/true"], capture_output=True, check=False)
        except OSError:
            continue
        if done.returncode == 0:
            return tuple(command)
    return ()
