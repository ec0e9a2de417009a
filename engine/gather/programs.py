"""Programs that are run: without input, to their end or to a bound, and none outlives us."""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import time
from typing import TYPE_CHECKING

from engine.gather.host import Answer, HostError
from engine.gather.opening import failures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import IO


class Programs:
    """The programs of one gathering; several may run at once."""

    def __init__(self) -> None:
        """Start with none."""
        self._running: set[subprocess.Popen[bytes]] = set()
        self._is_stopped = False

    def run(
        self,
        argv: tuple[str, ...],
        *,
        environment: Mapping[str, str],
        directory: str,
        timeout: float,
        limit: int,
    ) -> Answer:
        """Run a program without input to its end."""
        self.refuse_if_stopped()
        with failures(argv[0]):
            program = subprocess.Popen(  # noqa: S603 - the caller decides what may run
                argv,
                env=dict(environment),
                cwd=directory,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        self._running.add(program)
        with program:
            try:
                self.refuse_if_stopped()
                output, errors = _both_streams(program, argv[0], time.monotonic() + timeout, limit)
            finally:
                # What it started may outlive it and keep the pipes open.
                _kill(program)
                self._running.discard(program)
        return Answer(program.returncode, output, errors)

    def refuse_if_stopped(self) -> None:
        """Refuse to begin anything that `stop` would not know of."""
        if self._is_stopped:
            raise HostError("not_collected", "gathering was stopped")

    def stop(self) -> None:
        """Kill what still runs, and let nothing run any more."""
        self._is_stopped = True
        for program in tuple(self._running):
            _kill(program)


def _kill(program: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(program.pid, signal.SIGKILL)


def _both_streams(
    program: subprocess.Popen[bytes], name: str, end: float, limit: int
) -> tuple[bytes, bytes]:
    streams = [stream for stream in (program.stdout, program.stderr) if stream is not None]
    gathered: dict[IO[bytes], bytearray] = {stream: bytearray() for stream in streams}
    with selectors.DefaultSelector() as selector:
        for stream in gathered:
            selector.register(stream, selectors.EVENT_READ)
        while selector.get_map():
            left = end - time.monotonic()
            if left <= 0:
                raise HostError("timeout", f"{name} did not end in time")
            ready = selector.select(min(left, 0.05))
            if not ready and program.poll() is not None:
                break  # something that it left behind holds the pipes open
            for key, _ in ready:
                stream = next(stream for stream in gathered if stream is key.fileobj)
                piece = os.read(stream.fileno(), 65536)
                if not piece:
                    selector.unregister(stream)
                gathered[stream] += piece
                if len(gathered[stream]) > limit:
                    raise HostError("too_large", f"{name} wrote more than {limit} bytes")
        try:
            program.wait(max(0.0, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise HostError("timeout", f"{name} did not end in time") from None
    output, errors = (bytes(gathered[stream]) for stream in streams)
    return output, errors
