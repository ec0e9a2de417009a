"""Which files git tracks, read out of its index: running git would run what a repository says.

The format is gitformat-index(5): a header, sorted entries, extensions, a checksum.
"""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.model.facts import Absent

if TYPE_CHECKING:
    from engine.gather.survey import Survey

LIMIT = 64 << 20
_HEADER = 12
# Times, device, inode, mode, owners and size come before an entry's object, flags after it.
_BEFORE_OBJECT = 40
_IS_EXTENDED = 0x4000
_PADDED_TO = 8
_PREFIXED = 4


def tracked(survey: Survey, tree: str) -> frozenset[str] | Absent:
    """Give the paths that git tracks in a work tree, relative to it; none where there is no git."""
    try:
        return frozenset(paths_in(_index(survey, tree)))
    except HostError as error:
        return frozenset() if error.cause == "missing" else error.hole()
    except (ValueError, IndexError) as error:
        return Absent("parse_error", f"git's index: {error}")


def _index(survey: Survey, tree: str) -> bytes:
    folder = os.path.join(tree, ".git")
    if survey.host.status(folder, follow=False).kind == "directory":
        return survey.host.read(os.path.join(folder, "index"), limit=LIMIT, within=tree)
    if survey.subject == "repository":
        raise HostError("not_collected", f"{folder} leads out of the repository")
    # A linked worktree: the file says where its own index lies.
    told = survey.host.read(folder, within=tree).decode("utf-8", "surrogateescape")
    place = os.path.join(tree, told.removeprefix("gitdir:").strip())
    return survey.host.read(os.path.join(place, "index"), limit=LIMIT)


def paths_in(index: bytes) -> list[str]:
    """Give the paths in an index; `ValueError` says what is wrong with it."""
    if index[:4] != b"DIRC":
        raise ValueError("it does not begin as one")
    version, count = int.from_bytes(index[4:8]), int.from_bytes(index[8:12])
    if version not in {2, 3, 4}:
        raise ValueError(f"version {version} is not known")
    object_size = _object_size(index)
    paths: list[str] = []
    name, at, end = b"", _HEADER, len(index) - object_size
    for _ in range(count):
        start = at
        flags_at = at + _BEFORE_OBJECT + object_size
        flags = int.from_bytes(index[flags_at : flags_at + 2])
        at = flags_at + (4 if flags & _IS_EXTENDED else 2)
        if version == _PREFIXED:
            cut, at = _varint(index, at)
            name = name[: len(name) - cut] if cut else name
        else:
            name = b""
        stop = index.index(b"\0", at)
        name += index[at:stop]
        at = stop + 1
        if version != _PREFIXED:
            at += -(at - start) % _PADDED_TO
        if at > end:
            raise ValueError("it is cut off")
        paths.append(name.decode("utf-8", "surrogateescape"))
    if _has_extension(index[at:end], b"link"):
        raise ValueError("it is split, and the shared part was not read")
    return paths


def _object_size(index: bytes) -> int:
    """Give how long the names of objects are, told by the checksum that ends the file."""
    for size, digest in ((20, hashlib.sha1), (32, hashlib.sha256)):
        if digest(index[:-size], usedforsecurity=False).digest() == index[-size:]:
            return size
    # With `index.skipHash` there is none.
    if not any(index[-20:]):
        return 20
    raise ValueError("its checksum is wrong")


def _varint(index: bytes, at: int) -> tuple[int, int]:
    """Read a number as pack files write offsets, and give where it ends."""
    byte = index[at]
    value = byte & 0x7F
    while byte & 0x80:
        at += 1
        byte = index[at]
        value = ((value + 1) << 7) | (byte & 0x7F)
    return value, at + 1


def _has_extension(rest: bytes, wanted: bytes) -> bool:
    at = 0
    while at + 8 <= len(rest):
        if rest[at : at + 4] == wanted:
            return True
        at += 8 + int.from_bytes(rest[at + 4 : at + 8])
    return False
