"""What is mounted where, and on which file system a path lies: /proc/self/mountinfo, by proc(5)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from engine.gather.host import HostError
from engine.model.record import record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from engine.gather.survey import Survey

FILE = "/proc/self/mountinfo"
LIMIT = 4 << 20
"""How much of it is read: machines that run many containers have thousands of mounts."""

KINDS = ("local", "memory", "network", "host")
"""Where a file system keeps its files; `host`: on the machine that this one runs on."""

_ESCAPE = re.compile(r"\\([0-7]{3})")
_FIELDS_BEFORE = 6

_TYPES = {
    "local": (
        "aufs bcachefs btrfs ecryptfs erofs exfat ext2 ext3 ext4 f2fs fuseblk fuse.cryfs "
        "fuse.encfs fuse.fuse-overlayfs fuse.gocryptfs fuse.mergerfs hfs hfsplus iso9660 jfs "
        "nilfs2 ntfs ntfs3 overlay reiserfs squashfs udf vfat xfs zfs"
    ),
    "memory": "devtmpfs ramfs tmpfs",
    "network": (
        "afs beegfs ceph cifs coda davfs fuse.ceph fuse.gcsfuse fuse.glusterfs fuse.juicefs "
        "fuse.rclone fuse.s3fs fuse.smbnetfs fuse.sshfs gfs2 glusterfs gpfs lustre ncpfs nfs nfs4 "
        "ocfs2 orangefs smb3 smbfs"
    ),
    "host": (
        "9p drvfs fakeowner fuse.grpcfuse fuse.osxfs fuse.vmhgfs-fuse grpcfuse osxfs prl_fs vboxsf "
        "virtiofs vmhgfs"
    ),
}
_KIND_OF = {name: kind for kind, names in _TYPES.items() for name in names.split()}


@record
class Mount:
    """One mount; `parent` is the number of the one that it is mounted on."""

    number: int
    parent: int
    point: str
    type: str
    read_only: bool

    @property
    def kind(self) -> str | None:
        """Where it keeps its files, out of `KINDS`; None for a file system that we do not know."""
        return _KIND_OF.get(self.type)


def mounts(survey: Survey) -> tuple[Mount, ...]:
    """Give what is mounted; may raise `HostError`."""
    return tuple(parse(survey.host.read(FILE, limit=LIMIT)))


def parse(content: bytes) -> Iterable[Mount]:
    """Give the mounts in a mountinfo file; a line that is none is skipped."""
    for line in content.decode("utf-8", "surrogateescape").split("\n"):
        fields = line.split(" ")
        # Optional fields stand between the sixth and a lone dash.
        dash = fields.index("-", _FIELDS_BEFORE) if "-" in fields[_FIELDS_BEFORE:] else 0
        if not dash or len(fields) < dash + 4 or not (fields[0] + fields[1]).isdecimal():
            continue
        options = {*fields[5].split(","), *fields[dash + 3].split(",")}
        yield Mount(
            int(fields[0]), int(fields[1]), _unescaped(fields[4]), fields[dash + 1], "ro" in options
        )


def mount_at(known: Iterable[Mount], path: str) -> Mount:
    """Give the mount that a path without links lies on; may raise `HostError`.

    It is found as the kernel finds it, from the root down: what is mounted over a folder hides all
    that was mounted below it before.
    """
    by_parent: dict[int, list[Mount]] = {}
    numbers = {mount.number for mount in known}
    for mount in known:
        top = mount.parent not in numbers or mount.parent == mount.number
        by_parent.setdefault(-1 if top else mount.parent, []).append(mount)
    here = _next(by_parent.get(-1, ()), path)
    if here is None or here.point != "/":
        raise HostError("opaque", f"{FILE} does not tell what is mounted on /")
    while further := _next(by_parent.pop(here.number, ()), path):
        here = further
    return here


def _next(candidates: Iterable[Mount], path: str) -> Mount | None:
    """Give the mount that is met first on the way to a path; of two in one place, the later."""
    on_the_way = [mount for mount in candidates if _is_below(path, mount.point)]
    return min(reversed(on_the_way), key=lambda mount: len(mount.point), default=None)


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")


def _unescaped(text: str) -> str:
    """Give a field with its blanks and backslashes, which are written as three octal digits."""
    raw = text.encode("utf-8", "surrogateescape").decode("latin-1")
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 8) & 0xFF), raw)
    return plain.encode("latin-1").decode("utf-8", "surrogateescape")
