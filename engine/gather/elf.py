"""For which processor a program is, and what loads it, told by the headers of an ELF file."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from engine.gather.host import HostError

if TYPE_CHECKING:
    from engine.gather.host import Host

_ROWS_LIMIT = 64
_NAME_LIMIT = 4096
_INTERPRETER = 3

# e_machine, 64-bit, little-endian -> Go's word.
_MACHINES = {
    (62, True, True): "amd64",
    (183, True, True): "arm64",
    (3, False, True): "386",
    (40, False, True): "arm",
    (243, True, True): "riscv64",
    (22, True, False): "s390x",
    (21, True, True): "ppc64le",
    (21, True, False): "ppc64",
    (258, True, True): "loong64",
}


def architecture(host: Host, path: str) -> str | None:
    """Give the processor of a program in Go's words, or None if it does not tell."""
    try:
        with host.window(path) as file:
            head = file.read_at(0, 20)
    except HostError:
        return None
    if len(head) < 20 or head[:4] != b"\x7fELF":  # noqa: PLR2004 - as far as e_machine
        return None
    is_64, is_little = head[4] == 2, head[5] == 1  # noqa: PLR2004 - EI_CLASS, EI_DATA
    machine = int.from_bytes(head[18:20], "little" if is_little else "big")
    return _MACHINES.get((machine, is_64, is_little))


def interpreter(host: Host, path: str) -> str | None:
    """Give what loads a program (`/lib64/ld-linux-x86-64.so.2`), or None if it does not tell."""
    try:
        with host.window(path) as file:
            head = file.read_at(0, 64)
            if head[:4] != b"\x7fELF":
                return None
            is_64, order = head[4] == 2, "<" if head[5] == 1 else ">"  # noqa: PLR2004
            table = struct.unpack_from(order + ("Q" if is_64 else "I"), head, 32 if is_64 else 28)[
                0
            ]
            stride, count = struct.unpack_from(order + "HH", head, 54 if is_64 else 42)
            for number in range(min(count, _ROWS_LIMIT)):
                row = file.read_at(table + number * stride, 40)
                kind, offset, size = struct.unpack_from(
                    # Type, flags, offset, two addresses, size; narrow rows have their flags later.
                    order + ("I4xQ16xQ" if is_64 else "II8xI"),
                    row,
                )
                if kind == _INTERPRETER:
                    name: bytes = file.read_at(offset, min(size, _NAME_LIMIT))
                    return name.partition(b"\0")[0].decode("utf-8", "surrogateescape")
    except (HostError, struct.error, IndexError):
        return None
    return None
