"""Reads wsl.conf and .wslconfig byte by byte, as WSL's own parser does.

It follows `ParseConfigFile` in src/shared/configfile/configfile.cpp of microsoft/WSL. The dialect
is nobody else's: a name is letters and digits, `#` begins a comment anywhere outside of quotes,
the first setting of a name counts, and a line that is broken ends the reading of wsl.conf.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLANKS = frozenset(b" \t")
_ENDS = frozenset(b"\r\n")
_LETTERS = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_NAME = _LETTERS | frozenset(b"0123456789")
_ESCAPES = dict(zip(b'\\"bnt\r\n', (b"\\", b'"', b"\b", b"\n", b"\t", b"", b""), strict=True))


@record
class Setting:
    """One setting: `section.name` as it is written, its value, and its line."""

    name: str
    value: bytes
    line: int


@record
class ConfigFile:
    """What was read of a file, in order, and the first line that is broken."""

    settings: tuple[Setting, ...]
    broken: int | None


def parse(content: bytes, *, goes_on: bool = False) -> ConfigFile:
    """Give the settings of a file; only one that is .wslconfig `goes_on` behind a broken line."""
    reader = _Reader(content)
    found: list[Setting] = []
    first: int | None = None
    while reader.find_line():
        try:
            found.extend(reader.read_line())
        except _BrokenError:
            first = reader.line if first is None else first
            if not goes_on:
                break
            reader.skip_line()
    return ConfigFile(tuple(found), first)


class _BrokenError(Exception):
    """A line is none that WSL can read."""


class _Reader:
    """A file, the place in it, and the name in force."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._at = 0
        self.line = 1
        self._section = 0
        # The section and the last name share a buffer: behind a broken line, what is left in
        # it of that line is taken for the section.
        self._key = b""

    def find_line(self) -> bool:
        """Go to the next line that says something; False at the end."""
        while (byte := self._byte()) is not None:
            if byte == ord(b"#"):
                self.skip_line()
            elif byte in _BLANKS or byte in _ENDS:
                self._step()
            else:
                return True
        return False

    def skip_line(self) -> None:
        """Go to the end of the line; only a line feed ends one here."""
        while self._byte() not in {None, ord(b"\n")}:
            self._step()

    def read_line(self) -> Iterator[Setting]:
        """Read a section or a setting."""
        if self._byte() == ord(b"["):
            self._step()
            self._read_section()
        elif self._byte() in _LETTERS:
            yield self._read_setting()
        else:
            raise _BrokenError

    def _read_section(self) -> None:
        if self._byte() not in _LETTERS:
            raise _BrokenError
        self._key = self._word()
        self._expect(b"]")
        self._skip_blanks()
        if self._byte() is not None and self._byte() not in _ENDS and self._byte() != ord(b"#"):
            raise _BrokenError
        self._section = len(self._key)

    def _read_setting(self) -> Setting:
        section = self._key[: self._section].ljust(self._section, b"\0")
        line = self.line
        self._key = (section + b"." if section else b"") + self._word()
        self._skip_blanks()
        self._expect(b"=")
        self._skip_blanks()
        value = self._value()
        # What is compared and kept is a text of C's: it ends at the first zero byte.
        name = self._key.partition(b"\0")[0].decode("ascii")
        return Setting(name, value.partition(b"\0")[0], line)

    def _value(self) -> bytes:
        value = bytearray()
        length, quoted = 0, False
        while (byte := self._byte()) is not None and byte not in _ENDS:
            if byte == ord(b'"'):
                quoted = not quoted
            elif byte == ord(b"\\"):
                self._step()
                value += self._escape()
            elif byte == ord(b"#") and not quoted:
                break
            else:
                value.append(byte)
            if byte not in _BLANKS:
                length = len(value)
            self._step()
        if quoted:
            raise _BrokenError
        return bytes(value[:length])

    def _escape(self) -> bytes:
        byte = self._byte()
        if byte not in _ESCAPES:
            raise _BrokenError
        return _ESCAPES[byte]

    def _word(self) -> bytes:
        start = self._at
        while self._byte() in _NAME:
            self._step()
        return self._content[start : self._at]

    def _expect(self, sign: bytes) -> None:
        if self._byte() != ord(sign):
            raise _BrokenError
        self._step()

    def _skip_blanks(self) -> None:
        while self._byte() in _BLANKS:
            self._step()

    def _byte(self) -> int | None:
        return self._content[self._at] if self._at < len(self._content) else None

    def _step(self) -> None:
        self.line += self._byte() == ord(b"\n")
        self._at += 1
