"""Scripts that were read before, by what they were read from."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from hashlib import sha256
from typing import Any

FORMAT = 5
"""Rises whenever the same text gives another script."""


def key(content: bytes, shell: str, version: str) -> str:
    """Name what a script depends on."""
    told = f"{FORMAT}\n{version}\n{shell}\n".encode()
    return sha256(told + content).hexdigest()


def load(folder: str, name: str) -> list[Any] | None:
    """Give a script that was kept; whatever is damaged was never there."""
    try:
        with open(os.path.join(folder, name), "rb") as file:
            digest, _, text = file.read().partition(b"\n")
        if digest.decode("ascii") != sha256(text).hexdigest():
            return None
        script = json.loads(text)
    except (OSError, ValueError, RecursionError):
        return None
    return script if isinstance(script, list) else None


def save(folder: str, name: str, script: list[Any]) -> None:
    """Keep a script for this user alone; where that can't be done, nothing is lost."""
    text = json.dumps(script, separators=(",", ":")).encode()
    with contextlib.suppress(OSError):
        os.makedirs(folder, mode=0o700, exist_ok=True)
        # Made 0600 beside its place and put there whole: nobody reads half of it.
        handle, path = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(sha256(text).hexdigest().encode() + b"\n" + text)
            os.replace(path, os.path.join(folder, name))
        except OSError:
            os.unlink(path)
            raise
