"""An ordinary user, which root becomes to try what only others are refused."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_BECOME = ("setpriv", "--reuid=1000", "--regid=1000", "--clear-groups")


def ordinary_user():
    """Give what stands ahead of a command that an ordinary user runs; skip where nobody can."""
    reason = _why_not()
    if reason:
        pytest.skip(reason)
    return _BECOME


def let_in(folder):
    """Let others pass through a folder and all above it."""
    for each in (folder, *folder.parents):
        if not each.stat().st_mode & 0o001:
            each.chmod(each.stat().st_mode | 0o001)


@functools.cache
def _why_not():
    if os.getuid() != 0 or shutil.which("setpriv") is None:
        return "only root can become an ordinary user, with `setpriv`"
    tried = subprocess.run(
        [*_BECOME, sys.executable, "-c", "import engine"],
        env={"PATH": os.defpath, "PYTHONPATH": str(_ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        check=False,
    )
    return "this Python is out of an ordinary user's reach" if tried.returncode else None
