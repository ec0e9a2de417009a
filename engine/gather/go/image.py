"""Executables as memory: where ELF, Mach-O and PE files keep the bytes of an address.

Only what finding Go's build information needs. Every count comes from the file, so each is bounded.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    ReadAt = Callable[[int, int], bytes]

_TABLE_LIMIT = 1 << 20
_NAMES_LIMIT = 1 << 20
_DATA_START_LIMIT = 64 << 10
_FAT_LIMIT = 32
_LOAD, _WRITABLE = 1, 2
_ELF_64_BIT, _ELF_BIG_ENDIAN = 2, 2
_PE_64_BIT = 0x20B
_SEGMENT_32, _SEGMENT_64 = 0x1, 0x19
# Initialised data that may be read and written, the alignment bits left out.
_PE_DATA, _PE_ALIGNMENT = 0xC0000040, 0x00600000


class DamagedError(Exception):
    """The file is not what it says it is."""


@record
class Image:
    """Segments as (address, file offset, size), and where build information would stand."""

    read_at: ReadAt
    segments: tuple[tuple[int, int, int], ...]
    start: int
    size: int

    def read(self, address: int, count: int) -> bytes:
        """Give exactly these bytes."""
        data = self.read_some(address, count)
        if len(data) < count:
            raise DamagedError
        return data

    def read_some(self, address: int, count: int) -> bytes:
        """Give the bytes at an address, fewer at its segment's end."""
        for begin, offset, size in self.segments:
            if begin <= address < begin + size:
                return self.read_at(offset + address - begin, min(count, begin + size - address))
        raise DamagedError


def kind_of(head: bytes) -> str:
    """Give what a file's first bytes say it is: `elf`, `mach-o`, `pe`, `script` or `other`."""
    if head.startswith(b"\x7fELF"):
        return "elf"
    if head.startswith(b"#!"):
        return "script"
    if head.startswith(b"MZ"):
        return "pe"
    if head[:4] in _MACH_O or (head[:4] in _FAT and 0 < int.from_bytes(head[4:8]) < _FAT_LIMIT):
        # Java's class files begin like a fat binary, with a version where that has a small count.
        return "mach-o"
    return "other"


def image_of(read_at: ReadAt) -> Image:
    """Give an executable's image."""
    head = read_at(0, 16)
    read = _READERS.get(kind_of(head))
    if read is None:
        raise DamagedError
    try:
        return read(read_at, head)
    except (struct.error, IndexError):
        raise DamagedError from None


def _unpack(read_at: ReadAt, offset: int, form: str) -> tuple[Any, ...]:
    return struct.unpack(form, read_at(offset, struct.calcsize(form)))


def _rows(
    read_at: ReadAt, offset: int, form: str, stride: int, count: int
) -> list[tuple[Any, ...]]:
    """Give the rows of a table; one without rows may say anything of itself."""
    if not count:
        return []
    if stride < struct.calcsize(form) or stride * count > _TABLE_LIMIT:
        raise DamagedError
    data = read_at(offset, stride * count)
    return [struct.unpack_from(form, data, index * stride) for index in range(count)]


def _elf(read_at: ReadAt, head: bytes) -> Image:
    wide = head[4] == _ELF_64_BIT
    order = ">" if head[5] == _ELF_BIG_ENDIAN else "<"
    (
        *_,
        program_at,
        section_at,
        _,
        _,
        program_stride,
        programs,
        section_stride,
        sections,
        names_index,
    ) = _unpack(read_at, 16, order + ("HHIQQQIHHHHHH" if wide else "HHIIIIIHHHHHH"))
    rows = _rows(
        read_at, program_at, order + ("IIQQQQ" if wide else "IIIIIII"), program_stride, programs
    )
    # (type, flags, offset, address, size) stand in another order in narrow files.
    loads = [
        (row[1], row[2], row[3], row[5]) if wide else (row[6], row[1], row[2], row[4])
        for row in rows
        if row[0] == _LOAD
    ]
    segments = tuple((address, offset, size) for _, offset, address, size in loads)

    table = _rows(
        read_at, section_at, order + ("IIQQQQ" if wide else "IIIIII"), section_stride, sections
    )
    if names_index < len(table):
        names = read_at(table[names_index][4], min(table[names_index][5], _NAMES_LIMIT))
        for section in table:
            if names[section[0] :].startswith(b".go.buildinfo\0"):
                return Image(read_at, segments, section[3], section[5])
    for flags, _, address, size in loads:
        # Without section headers the block stands near the beginning of the data.
        if flags & _WRITABLE:
            return Image(read_at, segments, address, min(size, _DATA_START_LIMIT))
    raise DamagedError


def _pe(read_at: ReadAt, _head: bytes) -> Image:
    (header_at,) = _unpack(read_at, 0x3C, "<I")
    signature, _, sections, *_, optional_size, _ = _unpack(read_at, header_at, "<4sHHIIIHH")
    (magic,) = _unpack(read_at, header_at + 24, "<H")
    wide = magic == _PE_64_BIT
    (base,) = _unpack(read_at, header_at + 24 + (24 if wide else 28), "<Q" if wide else "<I")
    if signature != b"PE\0\0":
        raise DamagedError
    table = _rows(read_at, header_at + 24 + optional_size, "<8sIIIIIIHHI", 40, sections)
    segments = tuple((base + row[2], row[4], row[3]) for row in table)
    for row in table:
        if row[9] & ~_PE_ALIGNMENT == _PE_DATA and row[2] and row[3]:
            return Image(read_at, segments, base + row[2], min(row[1] or row[3], row[3]))
    raise DamagedError


def _mach_o(read_at: ReadAt, head: bytes) -> Image:
    if head[:4] in _FAT:
        offset_form = ">IIQ" if head[:4] == b"\xca\xfe\xba\xbf" else ">III"
        base = _unpack(read_at, 8, offset_form)[2]
        return _thin_mach_o(lambda offset, count: read_at(base + offset, count), read_at(base, 4))
    return _thin_mach_o(read_at, head[:4])


def _thin_mach_o(read_at: ReadAt, magic: bytes) -> Image:
    if magic not in _MACH_O:
        raise DamagedError
    order, wide = _MACH_O[magic]
    *_, commands, _, _ = _unpack(read_at, 4, order + "IIIIII")
    offset = 32 if wide else 28
    segments, found = [], None
    for _ in range(min(commands, 1024)):
        command, length = _unpack(read_at, offset, order + "II")
        if command == (_SEGMENT_64 if wide else _SEGMENT_32):
            form = order + ("16sQQQQIIII" if wide else "16sIIIIIIII")
            name, address, _, at, size, _, _, sections, _ = _unpack(read_at, offset + 8, form)
            if name.rstrip(b"\0") != b"__PAGEZERO":
                segments.append((address, at, size))
            section_form = order + ("16s16sQQ" if wide else "16s16sII")
            rows = _rows(
                read_at,
                offset + 8 + struct.calcsize(form),
                section_form,
                80 if wide else 68,
                sections,
            )
            found = found or next((row for row in rows if row[0] == b"__go_buildinfo\0\0"), None)
        offset += max(length, 8)
    if found is None:
        raise DamagedError
    return Image(read_at, tuple(segments), found[2], found[3])


_FAT = (b"\xca\xfe\xba\xbe", b"\xca\xfe\xba\xbf")
_MACH_O = {
    b"\xfe\xed\xfa\xce": (">", False),
    b"\xfe\xed\xfa\xcf": (">", True),
    b"\xce\xfa\xed\xfe": ("<", False),
    b"\xcf\xfa\xed\xfe": ("<", True),
}
_READERS = {"elf": _elf, "pe": _pe, "mach-o": _mach_o}
