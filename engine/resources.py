"""The one place that knows where bundled data lies."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

GRAPH_PACK = "precedence"
"""The bundled pack with the graph of launch contexts, which is always loaded."""


def bundled(name: str) -> Path:
    """Give the folder of bundled data called `name` (`rules` or `schemas`)."""
    from pathlib import Path  # noqa: PLC0415 - a cached run needs none

    return Path(_folder(name))


def bundled_packs() -> tuple[str, ...]:
    """Name the packs that come with the engine."""
    with os.scandir(_folder("rules")) as entries:
        names = [entry.name for entry in entries if os.path.isfile(f"{entry.path}/pack.yaml")]
    return tuple(sorted(names))


def _folder(name: str) -> str:
    """In a wheel data lies inside the package; in a checkout or an editable install, beside it."""
    package = os.path.dirname(os.path.realpath(__file__))
    packaged = os.path.join(package, "_bundled", name)
    return packaged if os.path.isdir(packaged) else os.path.join(os.path.dirname(package), name)
