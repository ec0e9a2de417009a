"""Where the peers live, and how a program that measures is started."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PEERS = HERE / ".peers"
"""A virtual environment and a node prefix of their own: the project never depends on a peer."""


def program(name: str) -> str:
    """The path of a program that a peer's package ships."""
    return str(PEERS / "bin" / name)


def node_packages() -> Path:
    """Where node looks for the peers' packages."""
    return PEERS / "node_modules"


def python(of_peer: bool) -> str:
    """The interpreter for a peer, or the project's own; both are of one version."""
    theirs = program("python")
    return theirs if of_peer and Path(theirs).exists() else sys.executable
