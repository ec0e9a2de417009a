"""Small Go binaries, put together by hand: headers, and the block of build information."""

from __future__ import annotations

import struct

MAGIC = b"\xff Go buildinf:"
BASE = 0x400000


SETTINGS = ("-trimpath=true", "GOARCH=amd64", "GOOS=linux", "GOAMD64=v1")
"""What Go's own releases say of themselves, in their order."""


def module_text(package="cmd/go", module="", version="", settings=()):
    lines = f"path\t{package}\n" + (f"mod\t{module}\t{version}\th1:x=\n" if module else "")
    lines += "".join(f"build\t{one}\n" for one in settings)
    return b"0" * 16 + lines.encode() + b"0" * 16


def inline_block(version="go1.22.10", text=None):
    """The block since Go 1.18: two texts that follow their lengths."""
    parts = (version.encode(), module_text() if text is None else text)
    return MAGIC + b"\x08\x02" + bytes(16) + b"".join(_varint(len(part)) + part for part in parts)


def pointer_block(address, version="go1.16.15", text=b"", wide=True):
    """The block before: two pointers to Go strings, which are pairs of pointer and length."""
    form, size = ("<QQ", 8) if wide else ("<II", 4)
    strings = address + 32
    texts = strings + 4 * size
    head = MAGIC + bytes([size, 0]) + struct.pack(form, strings, strings + 2 * size)
    pairs = struct.pack(form, texts, len(version)) + struct.pack(
        form, texts + len(version), len(text)
    )
    return head.ljust(32, b"\0") + pairs + version.encode() + text


def elf(block, wide=True, big=False, sections=True):
    """An ELF file with one writable segment, and perhaps a section of its own for the block."""
    order = ">" if big else "<"
    ident = b"\x7fELF" + bytes([2 if wide else 1, 2 if big else 1, 1]) + bytes(9)
    header_size, program_size = (64, 56) if wide else (52, 32)
    names = b"\0.go.buildinfo\0"
    data_at = 0x100
    names_at = data_at + len(block)
    section_at = names_at + len(names)
    shape = (section_at, 0, header_size, program_size, 1, 64 if wide else 40, 3, 2)
    shape = shape if sections else (0, 0, header_size, program_size, 1, 0, 0, 0)
    header = struct.pack(
        order + "HHI" + ("QQQ" if wide else "III") + "IHHHHHH", 2, 62, 1, BASE, header_size, *shape
    )
    address = BASE + data_at
    load = (1, 6, data_at, address, address, len(block), len(block), 16)
    narrow = (1, data_at, address, address, len(block), len(block), 6, 16)
    program = struct.pack(order + ("IIQQQQQQ" if wide else "IIIIIIII"), *(load if wide else narrow))
    rows = b""
    if sections:
        form = order + ("IIQQQQIIQQ" if wide else "IIIIIIIIII")
        rows = bytes(struct.calcsize(form))
        rows += struct.pack(form, 1, 1, 3, address, data_at, len(block), 0, 0, 16, 0)
        rows += struct.pack(form, 0, 3, 0, 0, names_at, len(names), 0, 0, 1, 0)
    return (ident + header + program).ljust(data_at, b"\0") + block + names + rows


def go_binary(version="go1.22.10", package="cmd/go", module="", module_version="", settings=()):
    return elf(inline_block(version, module_text(package, module, module_version, settings)))


def go_command(version="go1.22.10", platform="linux/amd64"):
    """A go command that says all that Go's own releases say of themselves."""
    system, architecture = platform.split("/")
    own = {"GOOS": system, "GOARCH": architecture}
    names = (one.partition("=")[0] for one in SETTINGS)
    settings = [
        f"{name}={own[name]}" if name in own else one
        for name, one in zip(names, SETTINGS, strict=True)
    ]
    return go_binary(version, settings=settings)


def _varint(number):
    out = b""
    while number > 0x7F:
        out += bytes([number & 0x7F | 0x80])
        number >>= 7
    return out + bytes([number])
