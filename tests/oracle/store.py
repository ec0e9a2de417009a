"""Recorded cases, one JSON object a line, compressed where the name says so."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

FOLDER = Path(__file__).parent


def read(path):
    """Give the cases of a file."""
    raw = Path(path).read_bytes()
    text = (gzip.decompress(raw) if str(path).endswith(".gz") else raw).decode()
    return [json.loads(line) for line in text.splitlines()]


def write(path, cases):
    """Write cases; the same cases make the same bytes."""
    text = "".join(json.dumps(case) + "\n" for case in cases).encode()
    packed = gzip.compress(text, mtime=0) if str(path).endswith(".gz") else text
    Path(path).write_bytes(packed)
