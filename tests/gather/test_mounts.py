from __future__ import annotations

import pytest

from engine.gather.host import HostError
from engine.gather.mounts import mount_at, parse

ROOT = "25 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro"


def at(path, *lines):
    return mount_at(tuple(parse("\n".join((ROOT, *lines, "")).encode())), path)


def test_the_longest_mount_point_on_the_way_counts():
    lines = (
        "30 25 0:30 / /home rw - nfs4 server:/home rw",
        "31 30 0:31 / /home/dana rw - btrfs /dev/sdb rw",
        "32 25 0:32 / /homework rw - tmpfs tmpfs rw",
    )
    assert at("/home/dana/go", *lines).type == "btrfs"
    assert at("/home/danae", *lines).type == "nfs4"
    assert at("/home", *lines).point == "/home"
    assert at("/homes/x", *lines).point == "/"


def test_blanks_and_bytes_in_a_mount_point_are_written_in_octal():
    line = r"30 25 0:30 / /mnt/my\040disk\134\303\251 rw master:7 propagate_from:2 - 9p C:\134 rw"
    found = at("/mnt/my disk\\é/go", line)
    assert (found.point, found.type, found.kind) == ("/mnt/my disk\\é", "9p", "host")


def test_what_is_mounted_over_a_folder_hides_what_was_mounted_below_it():
    lines = (
        "30 25 0:30 / /mnt/cache rw - nfs4 server:/x rw",
        "31 25 0:31 / /mnt rw - tmpfs tmpfs rw",
    )
    assert at("/mnt/cache/go", *lines).type == "tmpfs"


def test_of_two_mounts_in_one_place_the_one_on_top_counts():
    on_top = "30 25 0:30 / /mnt rw - xfs /dev/sdb rw", "31 30 0:31 / /mnt rw - 9p host rw"
    assert at("/mnt/x", *on_top).type == "9p"
    beside = "30 25 0:30 / /mnt rw - xfs /dev/sdb rw", "31 25 0:31 / /mnt rw - 9p host rw"
    assert at("/mnt/x", *beside).type == "9p"
    root = ("40 25 0:40 / / rw - overlay overlay rw", "41 40 0:41 / /tmp rw - tmpfs tmpfs rw")
    assert at("/tmp/x", *root).type == "tmpfs"
    assert at("/usr", *root).type == "overlay"


def test_the_mount_or_the_file_system_may_be_read_only():
    assert at("/a", "30 25 0:30 / /a ro,nosuid - ext4 /dev/sdb rw").read_only
    assert at("/a", "30 25 0:30 / /a rw - iso9660 /dev/sr0 ro").read_only
    assert not at("/a", "30 25 0:30 / /a rw,relatime - ext4 /dev/sdb rw").read_only


def test_a_file_system_that_nobody_described_has_no_kind():
    assert at("/a", "30 25 0:30 / /a rw - fuse.strange x rw").kind is None


def test_lines_that_are_none_and_rings_do_no_harm():
    noise = ("", "x", "30 25 0:30 / /a rw", "a b 0:1 / /a rw - ext4 x rw", "1 2 3 4 5 6 - x")
    ring = ("50 51 0:1 / /r rw - ext4 x rw", "51 50 0:1 / /r rw - ext4 x rw")
    assert at("/r", *noise, *ring).point == "/"


def test_without_a_root_nothing_is_known():
    with pytest.raises(HostError) as caught:
        mount_at(tuple(parse(b"30 25 0:30 / /mnt rw - ext4 /dev/sdb rw\n")), "/mnt/x")
    assert caught.value.cause == "opaque"
