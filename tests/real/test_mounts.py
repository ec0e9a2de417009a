"""Our reading of mountinfo against the kernel: each path lies on the device that `stat` says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import pytest

MOUNTS = r"""
set -e
mount -t tmpfs one "$1"
mkdir -p "$1/a/b" "$1/with blank\\041" "$1/over"
mount -t tmpfs two "$1/a/b"
mkdir "$1/a/b/c"
mount -t tmpfs -o ro three "$1/with blank\\041"
mount -t ramfs four "$1/over"
mount -t tmpfs five "$1/over"
mkdir -p "$1/hidden/deep"
mount -t ramfs six "$1/hidden/deep"
mount -t tmpfs seven "$1/hidden"
mkdir "$1/hidden/deep"
mount --bind "$1/a" "$1/a"
shift
exec "$@"
"""
QUESTION = """
import json, os, sys
from engine.gather.machine import Machine
from engine.gather.mounts import FILE, mount_at, parse
data = Machine({}).read(FILE)
devices = {}
for line in data.decode().split("\\n")[:-1]:
    fields = line.split(" ")
    devices[int(fields[0])] = fields[2]
known = tuple(parse(data))
answers = []
for top, folders, _ in os.walk(sys.argv[1]):
    found, device = mount_at(known, top), os.stat(top).st_dev
    answers.append([top, found.type, found.read_only, devices[found.number],
                    f"{os.major(device)}:{os.minor(device)}"])
print(json.dumps(answers))
"""


def test_every_path_lies_on_the_device_that_the_kernel_says(tmp_path):
    if os.getuid() != 0 or not all(map(shutil.which, ("unshare", "mount"))):
        pytest.skip("only root can mount, with `unshare` and `mount`")
    top = str(tmp_path)
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", MOUNTS, "sh", top, sys.executable, "-c", QUESTION, top],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    if "mount:" in done.stderr or "unshare:" in done.stderr:
        pytest.skip(f"nothing can be mounted here: {done.stderr[-200:]}")
    assert done.returncode == 0, done.stderr
    answers = {path: rest for path, *rest in json.loads(done.stdout)}
    assert all(ours == theirs for _, _, ours, theirs in answers.values()), answers
    assert answers[f"{top}/over"][0] == "tmpfs"
    assert answers[f"{top}/hidden/deep"][0] == "tmpfs"
    assert answers[rf"{top}/with blank\041"][1] is True
    assert len(answers) >= 7
