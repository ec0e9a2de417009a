"""The one place that knows where bundled data lies."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


def bundled(name: str) -> Path:
    """Give the folder of bundled data called `name` (`rules` or `schemas`).

    In a wheel it lies inside the package; in a checkout, and so in an editable install, beside it.
    """
    from pathlib import Path  # noqa: PLC0415 - a cached run needs no paths

    package = Path(__file__).resolve().parent
    packaged = package / "_bundled" / name
    return packaged if packaged.is_dir() else package.parent / name
