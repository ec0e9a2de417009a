"""Scripts that were read before, by what they were read from; none that holds a secret.

Folding needs what a script says, secrets included, so hidden scripts could not stand in for it; and
a text with a secret is not named by its digest either, which could be guessed from.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from hashlib import sha256
from typing import Any

from engine.gather.hiding import Hiding
from engine.gather.redact import Redaction
from engine.gather.secret_shapes import holds_token, secret_spans

FORMAT = 6
"""Rises whenever the same text gives another script; what another format kept is removed."""

_COMMENT = re.compile(r"^[ \t]*#.*", re.MULTILINE)
_NAME = re.compile(r"(?:(\d+)-)?[0-9a-f]{64}\Z")


def key(content: bytes, shell: str, version: str) -> str:
    """Name what a script depends on."""
    told = f"{FORMAT}\n{version}\n{shell}\n".encode()
    return f"{FORMAT}-{sha256(told + content).hexdigest()}"


def holds_secret(content: bytes, script: list[Any]) -> bool:
    """Say whether a file holds what would be hidden in a document, be it in a comment."""
    text = content.decode("utf-8", "replace")
    if holds_token(text) or any(map(secret_spans, _COMMENT.findall(text))):
        return True
    return Hiding(Redaction(b"")).script(script) != script


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
        _sweep(folder)


def _sweep(folder: str) -> None:
    """Remove what other formats kept: up to the fourth, secrets were among it."""
    for name in os.listdir(folder):
        found = _NAME.match(name)
        if found and found[1] != str(FORMAT):
            os.unlink(os.path.join(folder, name))
