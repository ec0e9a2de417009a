"""Where output goes, and what is known about it."""

from __future__ import annotations

import sys

from engine.errors import Complaint, OutputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

    from engine.errors import EngineError


class Terminal:
    """Standard output and standard error, with the environment that says how they look."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        """Take the environment; nothing else in the engine reads it for printing."""
        self.environment = environment
        self._shown = ""

    @property
    def is_interactive(self) -> bool:
        """Whether a person sees standard output directly."""
        return sys.stdout is not None and sys.stdout.isatty()

    @property
    def is_closed(self) -> bool:
        """Whether nobody can ever read what is written to standard output."""
        return sys.stdout is None

    def wants_colour(self, choice: str) -> bool:
        """Whether to colour, by the option `--colour` and, for `auto`, by what the terminal is."""
        if choice != "auto":
            return choice == "always"
        plain = self.environment.get("NO_COLOR") or self.environment.get("TERM") == "dumb"
        return self.is_interactive and not plain

    @property
    def output_kind(self) -> str:
        """Where standard output goes: to a terminal, a pipe, a file, or to something else."""
        if self.is_interactive:
            return "terminal"
        import os  # noqa: PLC0415 - hardly anybody asks
        import stat  # noqa: PLC0415

        try:
            mode = os.fstat(sys.stdout.fileno()).st_mode
        except (AttributeError, OSError, ValueError):  # closed, or a text in memory
            return "other"
        return "pipe" if stat.S_ISFIFO(mode) else "file" if stat.S_ISREG(mode) else "other"

    @property
    def is_ascii(self) -> bool:
        """Whether a person sees it on a terminal whose locale has nothing but ASCII, or not UTF-8.

        Where no locale is set nobody knows; terminals of today then show UTF-8.
        """
        given = (self.environment.get(name) for name in ("LC_ALL", "LC_CTYPE", "LANG"))
        locale = next(filter(None, given), "utf-8").lower()
        return self.is_interactive and not locale.endswith(("utf-8", "utf8"))

    @property
    def width(self) -> int:
        """How many columns there are; 80 where nobody knows."""
        if not self.is_interactive:
            return 80
        import os  # noqa: PLC0415 - only a terminal is asked

        try:
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
        except OSError:
            columns = 80
        return min(max(columns, 60), 120)

    def write(self, text: str) -> None:
        """Write to standard output as UTF-8, whatever the locale is.

        Whoever reads our output may stop reading; the verdict and its exit code stay the same.
        """
        try:
            _write(sys.stdout, text)
        except BrokenPipeError:
            return
        except OSError as error:
            reason = (error.strerror or "it failed").lower()
            raise OutputError(Complaint(f"cannot write to standard output: {reason}")) from None

    def note(self, line: str) -> None:
        """Write a line to standard error, if anybody can read it; the exit code says the rest."""
        try:
            _write(sys.stderr, line + "\n")
        except OSError:
            return

    def show_for_now(self, line: str) -> None:
        """Show a line to a person at standard error, in place of the last one; empty erases it.

        Spaces erase it as well as an escape code would, on whatever terminal there is.
        """
        if not self._can_show():
            return
        shown = line[: self._columns_of_errors() - 1]
        if shown == self._shown:
            return
        try:
            _write(sys.stderr, f"\r{shown:{len(self._shown)}}\r{shown}")
        except OSError:
            return
        self._shown = shown

    def _can_show(self) -> bool:
        is_watched = sys.stderr is not None and sys.stderr.isatty()
        return is_watched and self.environment.get("TERM") != "dumb"

    @staticmethod
    def _columns_of_errors() -> int:
        import os  # noqa: PLC0415 - only a terminal is asked

        try:
            # A terminal that was never told its size says 0.
            return os.get_terminal_size(sys.stderr.fileno()).columns or 80
        except OSError:
            return 80

    def complain(self, error: EngineError, came_to: str) -> None:
        """Say everything that is wrong and, unless only writing failed, what it came to."""
        from engine.model.visible import visible  # noqa: PLC0415 - only a failing run needs it

        lines = [visible(str(complaint)) for complaint in error.complaints]
        if isinstance(error, OutputError):
            self.note("\n".join(lines))
            return
        if len(lines) == 1:
            self.note(f"{came_to}: {lines[0]}")
            return
        for line in lines:
            self.note(line)
        self.note(f"{came_to}: {len(lines)} errors")


def counted(number: int, noun: str) -> str:
    """Give a number with its noun: `1 rule`, `2 rules`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # closed before we began
        return
    if not hasattr(stream, "buffer"):  # a text in memory, which somebody put in its place
        stream.write(text)
        return
    try:
        stream.flush()
        stream.buffer.write(text.encode("utf-8", "backslashreplace"))
        stream.buffer.flush()
    except OSError:
        import os  # noqa: PLC0415 - only a stream that fails needs it

        # What the stream still holds would fail again when Python ends, and change the exit code.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise
