from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from engine.errors import LoadError
from engine.loading.files import MAX_BYTES, list_pack_files, read_file
from engine.loading.packs import load_packs
from engine.operators import OPERATORS


def said(path: Path, inside: Path | None = None) -> str:
    with pytest.raises(LoadError) as caught:
        read_file(str(path), None if inside is None else str(inside))
    return str(caught.value).removeprefix(f"{path}: ")


def test_all_yaml_below_a_folder_is_listed_in_order(tmp_path: Path) -> None:
    for name in (
        "b.yaml",
        "a/z.yml",
        "a/b/c.yaml",
        "readme.md",
        ".hidden.yaml",
        ".git/x.yaml",
        "a/.b/y.yml",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    found = list_pack_files(str(tmp_path))

    assert found == tuple(str(tmp_path / name) for name in ("a/b/c.yaml", "a/z.yml", "b.yaml"))


def test_a_link_inside_a_pack_is_read_and_one_that_leads_out_is_not(tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (tmp_path / "secret.yaml").write_text("secret: 1")
    (tmp_path / "pack-of-others.yaml").write_text("secret: 1")
    (pack / "real.yaml").write_text("id: x")
    (pack / "good.yaml").symlink_to("real.yaml")
    (pack / "bad.yaml").symlink_to("../secret.yaml")
    (pack / "near.yaml").symlink_to("../pack-of-others.yaml")

    assert read_file(str(pack / "good.yaml"), str(pack)) == b"id: x"
    for name in ("bad.yaml", "near.yaml"):
        assert said(pack / name, pack) == "this link leads out of the pack's folder; copy the file"
    assert read_file(str(pack / "bad.yaml")) == b"secret: 1"


def test_links_to_folders_and_loops_of_links_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_text("pack: p")
    (tmp_path / "self").symlink_to(".")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "loop.yaml").symlink_to("loop.yaml")
    (tmp_path / "nowhere.yaml").symlink_to("nothing.yaml")

    with pytest.raises(LoadError) as caught:
        load_packs([str(tmp_path)], tmp_path, OPERATORS)

    assert [str(complaint) for complaint in caught.value.complaints] == [
        f"{tmp_path}/loop.yaml: cannot read this: too many levels of symbolic links",
        f"{tmp_path}/nowhere.yaml: cannot read this: no such file or directory",
        f"{tmp_path}/self: this is a folder, not a file",
    ]


def test_a_pipe_a_socket_and_a_device_are_refused_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s.yaml"))

        assert said(tmp_path / "pipe.yaml") == "this is a pipe, socket or device, not a file"
        assert said(tmp_path / "s.yaml").startswith("cannot read this: ")
    assert said(Path("/dev/zero")) == "this is a pipe, socket or device, not a file"
    assert said(tmp_path) == "this is a folder, not a file"


def test_a_file_of_more_than_a_mebibyte_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fits.yaml").write_bytes(b"#" * MAX_BYTES)
    (tmp_path / "large.yaml").write_bytes(b"#" * 10 * MAX_BYTES)

    assert len(read_file(str(tmp_path / "fits.yaml"))) == MAX_BYTES
    assert said(tmp_path / "large.yaml") == "the file is larger than 1 MiB; split it"


def test_a_path_that_cannot_be_one_is_refused(tmp_path: Path) -> None:
    assert said(Path("a\0b")).endswith("the path is not one")
    with pytest.raises(LoadError, match="cannot read this: no such file"):
        list_pack_files(str(tmp_path / "nowhere"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").touch(mode=0)

    assert said(tmp_path / "a.yaml") == "cannot read this: permission denied"
