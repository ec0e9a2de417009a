"""Whether this machine can ask its shells, and if not, why."""

from __future__ import annotations

import functools
import os
import shutil

from tests.oracle.truth.running import run_case
from tests.oracle.truth.shells import SHELLS, default_env

PROGRAMS = ("bwrap", "strace", "perl")


@functools.cache
def why_not(*shells):
    """Give what is missing, or None."""
    needed = [*PROGRAMS, *(SHELLS[shell][0] for shell in shells)]
    missing = [name for name in needed if not shutil.which(name)]
    if missing:
        return f"the truth about shells needs {', '.join(map(os.path.basename, missing))}"
    files = {"/home/user/.profile": "export FOO=asked\n"}
    mode = {"login": True, "via": "c"}
    case = {"shell": "sh", "mode": mode, "env": default_env(), "files": files}
    found = run_case(case)
    if found["vars"].get("FOO", {}).get("value") != "asked" or not found["loaded"]:
        said = " ".join(found["stderr"].split())[-300:]
        return f"no user namespaces or no strace here: {found['status']} {said}"
    return None
