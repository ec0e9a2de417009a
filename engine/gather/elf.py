"""For which processor a program is, told by the first bytes of an ELF file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.gather.host import HostError

if TYPE_CHECKING:
    from engine.gather.host import Host

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
