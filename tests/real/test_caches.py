"""Whether a cache can be written to, told for an ordinary user and tried out by one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.ordinary_user import let_in, ordinary_user

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
    become = ordinary_user()
    home = str(tmp_path_factory.mktemp("home"))
    let_in(Path(home))
    for path in (".cache", ".cache/gopls", ".config", "go", "go/pkg", "go/pkg/mod"):
        os.mkdir(os.path.join(home, path))
        os.chown(os.path.join(home, path), 1000, 1000)
    os.mkdir(os.path.join(home, ".cache/go-build"))  # root's, as after `sudo go build`
    os.mkdir(os.path.join(home, "go/pkg/mod/example.com"))
    os.symlink("/nowhere/at/all", os.path.join(home, "go/pkg/sumdb"))
    done = subprocess.run(
        [*become, sys.executable, "-c", QUESTION, home],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    told = {name: cache["writable"] for name, cache in answer["told"].items()}
    assert told == answer["tried"]
    assert (told["build"], told["gopls"], told["checksums"]) == (False, True, False)
    closed = answer["told"]["modules"]["unwritable"]
    assert closed == [{"path": f"{home}/go/pkg/mod/example.com", "owner": "root"}]
