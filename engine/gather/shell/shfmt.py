"""The parser: the program `shfmt` out of the wheel `shfmt-py`, asked for syntax trees.

Never the `shfmt` of the user's PATH: whatever reads start-up files has to be what we tested.
"""

from __future__ import annotations

import json
import os
import re
import selectors
import subprocess
import tempfile
import time
from functools import cached_property
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from engine.gather.host import HostError
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib import metadata

Node: TypeAlias = "Mapping[str, Any]"
"""A node of the syntax tree, as shfmt writes it in JSON."""

TIMEOUT = 20.0
OUTPUT_LIMIT = 64 << 20
"""A tree is about 160 times as long as its text."""

_ERROR = re.compile(r"^(?:<standard input>:)?(\d+|\?):(\d+|\?): (.*)", re.DOTALL)


@record
class Mistake:
    """Where shfmt stopped, and why."""

    line: int
    column: int
    message: str


class Shfmt:
    """The parser that was installed with us, and where what it says may be kept.

    `cache` is a directory that is made when it is needed, or None.
    """

    def __init__(self, cache: str | None = None, *, package: str = "shfmt-py") -> None:
        """Take the directory for scripts that were read before, and the wheel's name."""
        self.cache = cache
        self._package = package

    @property
    def version(self) -> str:
        """The version of the wheel."""
        return self._distribution.version

    @cached_property
    def program(self) -> str:
        """The program's path."""
        for file in self._distribution.files or ():
            if file.name in {"shfmt", "shfmt.exe"}:
                path = os.path.realpath(str(file.locate()))
                if os.access(path, os.X_OK):
                    return path
        raise HostError("unsupported", f"the package `{self._package}` has no program `shfmt`")

    def tree(self, text: str, dialect: str) -> Node | Mistake:
        """Parse a text as `bash`, `posix`, `mksh` or `zsh`."""
        code, output, errors = self._run(text.encode(), dialect)
        if code == 0:
            tree: Node = json.loads(output)
            return tree
        found = _ERROR.match(errors)
        if found is None:
            raise HostError("unsupported", f"`shfmt` failed: {errors.strip() or code}")
        line, column, message = found.groups()
        return Mistake(_number(line), _number(column), message.strip())

    @cached_property
    def _distribution(self) -> metadata.Distribution:
        from importlib import metadata  # noqa: PLC0415 - 20 ms, for whoever reads start-up files

        try:
            return metadata.distribution(self._package)
        except metadata.PackageNotFoundError as error:
            raise HostError(
                "unsupported", f"the package `{self._package}` is not installed"
            ) from error

    def _run(self, text: bytes, dialect: str) -> tuple[int, bytes, str]:
        argv = (self.program, "-tojson", "-ln", dialect)
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as errors:
            given.write(text)
            given.seek(0)
            try:
                # The program is ours, and neither environment nor directory says anything to it.
                process = subprocess.Popen(  # noqa: S603
                    argv, stdin=given, stdout=subprocess.PIPE, stderr=errors, env={}, cwd="/"
                )
            except OSError as error:
                raise HostError("unsupported", f"`shfmt` does not start: {error}") from error
            with process:
                try:
                    output = _all_of(process.stdout, time.monotonic() + TIMEOUT)
                except HostError:
                    process.kill()
                    raise
            errors.seek(0)
            return process.returncode, output, errors.read(4096).decode(errors="replace")


def _number(place: str) -> int:
    """Read a line or column; shfmt writes `?` for those that are beyond what it counts."""
    return int(place) if place.isdigit() else 0


def _all_of(stream: IO[bytes] | None, deadline: float) -> bytes:
    if stream is None:
        return b""
    pieces: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as selector:
        selector.register(stream, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise HostError("timeout", f"`shfmt` took longer than {TIMEOUT:g} s")
            piece = os.read(stream.fileno(), 1 << 20)
            if not piece:
                return b"".join(pieces)
            pieces.append(piece)
            size += len(piece)
            if size > OUTPUT_LIMIT:
                raise HostError("too_large", "its syntax tree is too large")
