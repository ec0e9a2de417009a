"""The syntaxes of start-up files: one file a kind, found and not listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.discovery import discover
from engine.gather.host import HostError
from engine.gather.shell.shfmt import Shfmt
from engine.gather.syntaxes._base import Syntax

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.gather.syntaxes._base import Script
    from engine.model.facts import Absent

SYNTAXES = discover(__name__, Syntax)

_AT_ONCE = 4


def read_all(files: Iterable[tuple[bytes, str]], parser: Shfmt) -> list[Script | Absent]:
    """Read contents, each in its syntax; what can't be read is a hole that says why."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - few ask for several

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda file: _script(file[0], file[1], parser), files))


def script_of(text: str, syntax: str) -> Script:
    """Read a text, for tests and trying things out."""
    return SYNTAXES[syntax].read(text.encode("utf-8", "surrogateescape"), Shfmt())


def _script(content: bytes, syntax: str, parser: Shfmt) -> Script | Absent:
    try:
        return SYNTAXES[syntax].read(content, parser)
    except HostError as error:
        return error.hole()
