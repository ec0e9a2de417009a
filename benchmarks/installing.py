"""Puts the peers into a folder of their own, and says which are not there."""

from __future__ import annotations

import shutil
import subprocess
import sys

from benchmarks.peers import all_names, peer
from benchmarks.places import HERE, PEERS, node_packages, program

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType

EXTRAS = ("orjson",)
"""What hand-written Python reads with."""


def install() -> None:
    """Install every peer by its package's name; tell of those that fail."""
    wanted = {name: None for module in map(peer, all_names()) for name in module.PACKAGES}
    subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    _build_host()
    for name in [*wanted, *EXTRAS]:
        ok = (
            _node_install(name.removeprefix("npm:"))
            if name.startswith("npm:")
            else _pip_install(name)
        )
        print(f"{'installed' if ok else 'NOT installed'}: {name}")


def _build_host() -> None:
    """Build the C program that stands in for `opa eval`."""
    source, made = HERE / "peers" / "opa_host.c", program("opa-host")
    built = (
        subprocess.run(["cc", "-O2", "-o", made, str(source), "-ldl"], check=False).returncode == 0
    )
    print(f"{'built' if built else 'NOT built'}: opa-host")


def _pip_install(name: str) -> bool:
    # One peer asks for a newer Python than it needs; whether it runs is tried before it is timed.
    command = [
        program("python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--ignore-requires-python",
        name,
    ]
    return subprocess.run(command, check=False).returncode == 0


def _node_install(name: str) -> bool:
    if shutil.which("npm") is None:
        return False
    command = [
        "npm",
        "install",
        "--silent",
        "--no-audit",
        "--no-fund",
        "--prefix",
        str(PEERS),
        name,
    ]
    if subprocess.run(command, check=False).returncode:
        return False
    # Node looks for packages upwards from the script, which stands beside the peers.
    link = HERE / "node_modules"
    if not link.exists():
        link.symlink_to(node_packages(), target_is_directory=True)
    return True


def why_missing(module: ModuleType) -> str | None:
    """Why a peer can't be measured here, or None."""
    needs = getattr(module, "NEEDS", None)
    if needs and shutil.which(needs) is None:
        return f"no `{needs}` program on PATH"
    if getattr(module, "OURS", False):
        return None
    for name in module.PACKAGES:
        if name.startswith("npm:"):
            if not (node_packages() / name.removeprefix("npm:")).exists():
                return f"package {name} is not installed"
        elif not _has(name):
            return f"package {name} is not installed"
    return None


def _has(name: str) -> bool:
    folder = name.replace("-", "_").lower()
    return any(
        path.name.lower().startswith(f"{folder}-")
        for path in PEERS.glob("lib/python*/site-packages/*.dist-info")
    )
