"""The build information inside a Go binary, read without running it.

The linker leaves a block that begins with the byte 255 and ` Go buildinf:`. Since Go 1.18 two texts
with their lengths follow it; before, it held two pointers to Go strings.
https://pkg.go.dev/debug/buildinfo
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from engine.gather.go.image import DamagedError, image_of
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.gather.go.image import Image

_MAGIC = b"\xff Go buildinf:"
_ALIGNMENT = 16
_HEADER = 32
_POINTERS = {4: "I", 8: "Q"}
_INLINE = 0x2
_BIG_ENDIAN = 0x1
_TEXT_LIMIT = 1 << 20
_SEARCH_LIMIT = 8 << 20
_CHUNK = 1 << 20
_FRAME = 16
_VARINT_LIMIT = 10


@record
class BuildInfo:
    """What a binary says of itself; empty where it says nothing.

    `settings` are those of its build, in order: `-trimpath`, `GOARCH`, ...
    """

    go_version: str
    package: str = ""
    module: str = ""
    module_version: str = ""
    experiments: str = ""
    settings: tuple[tuple[str, str], ...] = ()


def build_info(read_at: Callable[[int, int], bytes]) -> BuildInfo | None:
    """Give the build information of a binary, or None if it is not a Go binary that can be read."""
    try:
        image = image_of(read_at)
        address = _find(image)
        version, module_text = _texts(image, address)
    except DamagedError:
        return None
    if not version:
        return None
    return _described(version.decode("utf-8", "replace"), module_text.decode("utf-8", "replace"))


def _find(image: Image) -> int:
    """Give the address of the block, which stands at a multiple of 16."""
    start = -(-image.start // _ALIGNMENT) * _ALIGNMENT
    end = min(image.start + image.size, start + _SEARCH_LIMIT)
    for chunk in range(start, end, _CHUNK):
        data = image.read_some(chunk, min(_CHUNK, end - chunk))
        found = data.find(_MAGIC)
        while found >= 0:
            if found % _ALIGNMENT == 0:
                return chunk + found
            found = data.find(_MAGIC, found + 1)
    raise DamagedError


def _texts(image: Image, address: int) -> tuple[bytes, bytes]:
    """Give the version and the framed module text."""
    header = image.read(address, _HEADER)
    pointer_size, flags = header[14], header[15]
    if flags & _INLINE:
        version, after = _inline_text(image, address + _HEADER)
        module_text, _ = _inline_text(image, after)
        return version, module_text
    if pointer_size not in _POINTERS:
        raise DamagedError
    form = (">" if flags & _BIG_ENDIAN else "<") + _POINTERS[pointer_size] * 2
    version_at, module_at = struct.unpack_from(form, header, 16)
    return _go_string(image, version_at, form), _go_string(image, module_at, form)


def _inline_text(image: Image, address: int) -> tuple[bytes, int]:
    """Give a text that follows its length, and the address behind it."""
    length = shift = 0
    for index, byte in enumerate(image.read_some(address, _VARINT_LIMIT)):
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            begin = address + index + 1
            return _bounded(image, begin, length), begin + length
    raise DamagedError


def _go_string(image: Image, address: int, form: str) -> bytes:
    """Give a text through Go's pair of pointer and length; a null pointer is an empty text."""
    if not address:
        return b""
    data, length = struct.unpack(form, image.read(address, struct.calcsize(form)))
    return _bounded(image, data, length) if length else b""


def _bounded(image: Image, address: int, length: int) -> bytes:
    if length > _TEXT_LIMIT:
        raise DamagedError
    return image.read(address, length) if length else b""


def _described(version: str, framed: str) -> BuildInfo:
    """Pick out of the module text, lines of tab-separated words between two 16-byte marks."""
    framed_well = len(framed) > 2 * _FRAME and framed[-_FRAME - 1] == "\n"
    lines = framed[_FRAME:-_FRAME].splitlines() if framed_well else []
    found: dict[str, list[str]] = {}
    settings = []
    for line in lines:
        word, *rest = line.split("\t")
        found.setdefault(word, rest)
        if word == "build" and rest:
            key, _, value = rest[0].partition("=")
            settings.append((key, value))
    module = [*found.get("mod", ()), "", ""]
    return BuildInfo(
        # Experiments follow the version: `go1.22.1 X:boringcrypto`.
        go_version=version.partition(" X:")[0],
        experiments=version.partition(" X:")[2],
        package=(found.get("path") or [""])[0],
        module=module[0],
        module_version=module[1],
        settings=tuple(settings),
    )
