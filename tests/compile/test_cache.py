"""Programs kept between runs: whatever is odd about an entry is a miss, never an error."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from engine.compile import cache as cache_module
from engine.compile.cache import (
    MAX_ENTRIES,
    Cache,
    changed_since,
    digest,
    engine_stamp,
    inputs_digest,
)

if TYPE_CHECKING:
    from pathlib import Path

CONTENT = {"rules": ["é", 1, None], "lone": "\ud800"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give the path of a cache that is not there yet."""
    return tmp_path / "home" / "cache"


def test_what_was_stored_is_loaded(folder: Path):
    Cache(str(folder)).store("a", CONTENT)
    assert Cache(str(folder)).load("a") == CONTENT


def test_an_entry_that_is_not_there_is_a_miss(folder: Path):
    assert Cache(str(folder)).load("a") is None
    Cache(str(folder)).store("a", CONTENT)
    assert Cache(str(folder)).load("b") is None


def test_a_folder_and_its_entries_are_their_owners_alone(folder: Path):
    Cache(str(folder)).store("a", CONTENT)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "a").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in folder.iterdir()] == ["a"]


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o722])
def test_a_folder_that_others_may_write_is_not_used(folder: Path, mode: int):
    cache = Cache(str(folder))
    cache.store("a", CONTENT)
    folder.chmod(mode)
    assert cache.load("a") is None
    cache.store("b", CONTENT)
    assert not (folder / "b").exists()


def test_an_entry_that_others_may_write_is_a_miss(folder: Path):
    cache = Cache(str(folder))
    cache.store("a", CONTENT)
    (folder / "a").chmod(0o620)
    assert cache.load("a") is None


@pytest.mark.skipif(os.getuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("what", ["folder", "entry"])
def test_what_belongs_to_another_user_is_a_miss(folder: Path, what: str):
    cache = Cache(str(folder))
    cache.store("a", CONTENT)
    os.chown(folder if what == "folder" else folder / "a", 4711, -1)
    assert cache.load("a") is None


def test_a_link_instead_of_the_folder_or_of_an_entry_is_a_miss(folder: Path, tmp_path: Path):
    cache = Cache(str(folder))
    cache.store("a", CONTENT)
    (folder / "b").symlink_to(folder / "a")
    assert cache.load("b") is None
    (tmp_path / "link").symlink_to(folder)
    assert Cache(str(tmp_path / "link")).load("a") is None


def test_a_folder_or_a_pipe_instead_of_an_entry_is_a_miss(folder: Path):
    cache = Cache(str(folder))
    cache.store("a", CONTENT)
    (folder / "folder").mkdir(mode=0o700)
    assert cache.load("folder") is None


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "not hex", "not json"])
def test_a_damaged_entry_is_a_miss(folder: Path, damage: str):
    cache = Cache(str(folder))
    cache.store("a", CONTENT)
    whole = (folder / "a").read_bytes()
    checksum, _, payload = whole.partition(b"\n")
    damaged = {
        "cut": whole[:-3],
        "changed": checksum + b"\n" + payload.replace(b"1", b"2"),
        "empty": b"",
        "not hex": b"\xff\xfe\n" + payload,
        "not json": digest(b"{").encode() + b"\n{",
    }
    (folder / "a").write_bytes(damaged[damage])
    assert cache.load("a") is None


def test_content_nested_without_end_is_a_miss_and_is_not_stored(folder: Path):
    cache = Cache(str(folder))
    cache.store("a", CONTENT)
    payload = b"[" * 100_000 + b"]" * 100_000
    (folder / "a").write_bytes(digest(payload).encode() + b"\n" + payload)
    assert cache.load("a") is None
    nested: list[object] = []
    for _ in range(5_000):
        nested = [nested]
    cache.store("b", nested)
    assert cache.load("b") is None


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path):
    (tmp_path / "file").write_text("")
    cache = Cache(str(tmp_path / "file" / "cache"))
    cache.store("a", CONTENT)
    assert cache.load("a") is None


def test_only_the_youngest_entries_are_kept(folder: Path):
    cache = Cache(str(folder))
    for number in range(MAX_ENTRIES + 3):
        cache.store(f"e{number}", number)
        os.utime(folder / f"e{number}", (number, number))
    cache.store("last", CONTENT)
    kept = {path.name for path in folder.iterdir()}
    assert len(kept) == MAX_ENTRIES
    assert {"last", f"e{MAX_ENTRIES + 2}"} <= kept
    assert "e0" not in kept


# What a program is made of


def test_a_checksum_tells_where_a_part_ends():
    assert digest(b"ab", b"c") != digest(b"a", b"bc")
    assert digest(b"ab", b"c") == digest(b"ab", b"c")
    assert digest() != digest(b"")


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """Give a folder of two files."""
    (tmp_path / "pack" / "deep").mkdir(parents=True)
    (tmp_path / "pack" / "pack.yaml").write_text("pack: p")
    (tmp_path / "pack" / "deep" / "rule.yaml").write_text("id: r")
    return tmp_path / "pack"


def test_the_same_files_give_the_same_digest(pack: Path):
    assert inputs_digest([str(pack)], []) == inputs_digest([str(pack)], [])


@pytest.mark.parametrize("change", ["edit", "add", "remove", "rename", "another file"])
def test_every_change_of_the_files_changes_the_digest(pack: Path, tmp_path: Path, change: str):
    (tmp_path / "waivers.yaml").write_text("waivers: []")
    before = inputs_digest([str(pack)], [str(tmp_path / "waivers.yaml")])
    rule = pack / "deep" / "rule.yaml"
    if change == "edit":
        rule.write_text("id: s")
    elif change == "add":
        (pack / "deep" / "more.yaml").write_text("")
    elif change == "remove":
        rule.unlink()
    elif change == "rename":
        rule.rename(pack / "deep" / "renamed.yaml")
    else:
        (tmp_path / "waivers.yaml").write_text("waivers: [{}]")
    assert inputs_digest([str(pack)], [str(tmp_path / "waivers.yaml")]) != before


def test_files_that_are_no_rules_do_not_count(pack: Path):
    before = inputs_digest([str(pack)], [])
    (pack / "README.md").write_text("text")
    (pack / ".hidden.yaml").write_text("text")
    assert inputs_digest([str(pack)], []) == before


def test_what_is_gone_or_cannot_be_read_has_no_digest(pack: Path):
    assert inputs_digest([], [str(pack / "gone.yaml")]) is None
    assert inputs_digest([str(pack / "gone")], []) is None
    assert inputs_digest([], [str(pack)]) is None
    assert inputs_digest([], ["\0"]) is None


def test_a_pipe_among_the_rules_is_not_waited_for(pack: Path):
    os.mkfifo(pack / "pipe.yaml")
    assert inputs_digest([str(pack)], []) != ""


def test_a_file_written_since_the_run_began_has_changed(pack: Path):
    path = str(pack / "pack.yaml")
    os.utime(path, ns=(10**18, 10**18))
    assert not changed_since([path], 10**18 + 10**9)
    assert changed_since([path], 10**18)
    assert changed_since([path], 10**18 + 10**6), "clocks of files tick slowly"
    assert not changed_since([], 0)


def test_a_file_that_is_gone_has_changed(pack: Path):
    assert changed_since([str(pack / "gone.yaml")], 0)


def test_the_engines_stamp_changes_with_its_code(tmp_path: Path):
    for name in ("compile", "loading", "model", "operators"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "module.py").write_text("x = 1\n")
    before = engine_stamp(str(tmp_path))
    assert engine_stamp(str(tmp_path)) == before
    (tmp_path / "compile" / "notes.txt").write_text("no code")
    assert engine_stamp(str(tmp_path)) == before
    (tmp_path / "operators" / "module.py").write_text("x = 11\n")
    assert engine_stamp(str(tmp_path)) != before


def test_an_entry_is_data(folder: Path):
    Cache(str(folder)).store("a", CONTENT)
    _, _, payload = (folder / "a").read_bytes().partition(b"\n")
    assert json.loads(payload) == CONTENT
    assert not {"pickle", "marshal", "eval", "exec"} & set(vars(cache_module))
