"""Whether a cache can be written to, told for an ordinary user and tried out by one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DROP = ["setpriv", "--reuid", "1000", "--regid", "1000", "--clear-groups"]
QUESTION = """
import json, os, sys
from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather
home = sys.argv[1]
document = gather(Machine({"HOME": home, "PATH": "/nowhere"}), subject="workstation", directory="/",
                  redaction=Redaction(b"0123456789abcdef"), only=("caches",))
caches = document["facts"]["caches"]
tried = {}
for name, cache in caches.items():
    try:
        os.makedirs(os.path.join(cache["path"], "probe"))
        tried[name] = True
    except OSError:
        tried[name] = False
print(json.dumps({"told": caches, "tried": tried}))
"""


def test_what_is_told_of_writing_is_what_an_ordinary_user_can_do(tmp_path_factory):
    if os.getuid() != 0 or not shutil.which("setpriv"):
        pytest.skip("only root can become another user, with `setpriv`")
    home = str(tmp_path_factory.mktemp("home"))
    # Below pytest's own folders, of which each worker has one more, another user may not search.
    for folder in (Path(home), *Path(home).parents):
        if "pytest-" in str(folder) or "popen-" in str(folder):
            folder.chmod(0o755)
    for path in (".cache", ".cache/gopls", ".config", "go", "go/pkg", "go/pkg/mod"):
        os.mkdir(os.path.join(home, path))
        os.chown(os.path.join(home, path), 1000, 1000)
    os.mkdir(os.path.join(home, ".cache/go-build"))  # root's, as after `sudo go build`
    os.mkdir(os.path.join(home, "go/pkg/mod/example.com"))
    os.symlink("/nowhere/at/all", os.path.join(home, "go/pkg/sumdb"))
    done = subprocess.run(
        [*DROP, sys.executable, "-c", QUESTION, home],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "Permission denied" in done.stderr or "ModuleNotFoundError" in done.stderr:
        pytest.skip(f"an ordinary user cannot run this Python: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    told = {name: cache["writable"] for name, cache in answer["told"].items()}
    assert told == answer["tried"]
    assert (told["build"], told["gopls"], told["checksums"]) == (False, True, False)
    closed = answer["told"]["modules"]["unwritable"]
    assert closed == [{"path": f"{home}/go/pkg/mod/example.com", "owner": "root"}]
