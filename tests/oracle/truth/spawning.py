"""The start of a program with or without a terminal, and an end to its patience."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import select
import signal
import socket
import struct
import subprocess
import termios
import time

_ATTRIBUTES_ASKED = b"\x1b[c"  # fish waits for an answer
_ATTRIBUTES = b"\x1b[?62c"
_LINES_AT_MOST = 3


@contextlib.contextmanager
def terminal():
    """A pty of 200 columns: the side that types, and the side that the shell has."""
    near, far = pty.openpty()
    fcntl.ioctl(far, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 200, 0, 0))
    try:
        yield near, far
    finally:
        os.close(near)
        os.close(far)


@contextlib.contextmanager
def standard_input(kind, script, *, piped):
    """What a shell without a terminal reads: nothing, a file, or a socket as under sshd."""
    with contextlib.ExitStack() as stack:
        if kind == "socket":
            near, far = socket.socketpair()
            stack.callback(near.close)
            stack.callback(far.close)
            if piped:
                far.sendall(script.read_bytes())
            far.shutdown(socket.SHUT_WR)
            yield near.fileno()
        elif piped:
            descriptor = os.open(script, os.O_RDONLY)
            stack.callback(os.close, descriptor)
            yield descriptor
        else:
            yield subprocess.DEVNULL


def waited(command, stdin, output, timeout):
    """Run to the end; give the exit code or `timeout`."""
    program = subprocess.Popen(
        command, stdin=stdin, stdout=output, stderr=output, start_new_session=True
    )
    try:
        return program.wait(timeout)
    except subprocess.TimeoutExpired:
        _kill(program)
        return "timeout"


def typed(command, sides, line, *, end, timeout):
    """Run at a terminal, type a line once it falls silent, and `exit` once `end` is there."""
    near, far = sides
    program = subprocess.Popen(command, stdin=far, stdout=far, stderr=far, start_new_session=True)
    typist = _Typist(program, near, line, end, timeout)
    typist.work()
    if program.poll() is None:
        _kill(program)
        return ("ok" if typist.ended else "timeout"), typist.seen
    return program.returncode, typist.seen


class _Typist:
    def __init__(self, program, near, line, end, timeout):
        self._program, self._near, self._line, self._end = program, near, line, end
        self.seen = b""
        self.ended = False
        self._lines = 0
        self._began = self._last = time.monotonic()
        self._deadline = self._began + timeout

    def work(self):
        while time.monotonic() < self._deadline:
            ready, _, _ = select.select([self._near], [], [], 0.05)
            if ready and not self._read():
                return
            if self._program.poll() is not None:
                return
            self._maybe_type()

    def _read(self):
        try:
            piece = os.read(self._near, 65536)
        except OSError:
            return False
        self.seen += piece
        self._last = time.monotonic()
        if _ATTRIBUTES_ASKED in piece:
            os.write(self._near, _ATTRIBUTES)
        return bool(piece)

    def _maybe_type(self):
        now = time.monotonic()
        if self.ended:
            return
        if self._end.exists():
            self.ended = True
            os.write(self._near, b"exit\n")
            self._deadline = min(self._deadline, now + 4)
            return
        silence = 3.0 if self._lines else 0.4
        waited_enough = self.seen or now > self._began + 1.5
        if now - self._last > silence and self._lines < _LINES_AT_MOST and waited_enough:
            os.write(self._near, self._line.encode())
            self._lines += 1
            self._last = now


def _kill(program):
    os.killpg(program.pid, signal.SIGKILL)
    program.wait()
