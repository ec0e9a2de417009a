"""A file system that never answers, as a server that is gone leaves one: asked for real."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
import time

import pytest

MNT_FORCE, MNT_DETACH = 1, 2
CODE = """
import json, os
from engine.gather.collectors import COLLECTORS
from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.model.record import replace
document = gather(
    Machine(dict(os.environ)), subject="workstation", directory="/", redaction=Redaction(b"x" * 16),
    collectors={name: replace(each, seconds=2) for name, each in COLLECTORS.items()},
)
print(json.dumps(document))
"""


@pytest.fixture
def stuck(tmp_path):
    """Mount a FUSE file system that nobody serves: whoever looks into it waits for ever."""
    folder = tmp_path / "stuck"
    folder.mkdir()
    libc = ctypes.CDLL(None, use_errno=True)
    try:
        served = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        pytest.skip("there is no FUSE here")
    options = f"fd={served},rootmode=40000,user_id=0,group_id=0".encode()
    if libc.mount(b"stuck", bytes(folder), b"fuse", 6, options):
        os.close(served)
        pytest.skip("FUSE may not be mounted here")
    yield folder
    libc.umount2(bytes(folder), MNT_FORCE | MNT_DETACH)
    os.close(served)


def test_what_hangs_is_a_hole_and_the_rest_is_told(stuck):
    begun = time.monotonic()
    ran = subprocess.run(
        [sys.executable, "-c", CODE],
        env=os.environ | {"PATH": f"{stuck}/bin:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    # Those that hang do so side by side; one after another they would take 8 s and more.
    assert time.monotonic() - begun < 30
    document = json.loads(ran.stdout)
    assert {"host", "env"} <= set(document["facts"])
    assert document["absent"]["/path"] == {
        "reason": "timeout",
        "detail": "the collector `path` did not end within 2 s",
    }
    assert document["absent"]["/go/version"]["reason"] == "timeout"
