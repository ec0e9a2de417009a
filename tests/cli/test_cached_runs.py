"""Runs that find their rules compiled: the same answer, less work, no trust in what is odd."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine.compile.cache import digest
from tests.cli.conftest import ROOT, RULE

HEAVY = "pydantic ruamel ruamel.yaml jsonschema networkx re2 rich dataclasses typing inspect enum"
PROBE = """\
import sys
from engine.cli import main
code = main(sys.argv[1:])
sys.stderr.write(" ".join(sys.modules))
raise SystemExit(code)
"""
ENGINE = (sys.executable, str(ROOT / "cli.py"))
EVAL = ("eval", "bad.json", "--rules", "pack")


@pytest.fixture
def folder(demo, monkeypatch):
    """Give an empty cache folder; the rule is in a pack that is old enough to be kept."""
    Path("pack").mkdir()
    Path("pack/pack.yaml").write_text("pack: demo\n")
    Path("pack/rule.yaml").write_text(RULE)
    age(*Path("pack").iterdir())
    monkeypatch.setenv("XDG_CACHE_HOME", os.path.abspath("cache"))
    return Path("cache/precedent")


def age(*paths):
    """Make files older than the clock's tick, as they are unless somebody writes them right now."""
    for path in paths:
        os.utime(path, (time.time() - 10, time.time() - 10))


def entries(folder):
    return sorted(path.name.partition("-")[0] for path in folder.iterdir())


def test_a_hit_equals_a_miss_byte_for_byte(engine, folder):
    for name in ("text", "json", "junit", "sarif"):
        shutil.rmtree(folder, ignore_errors=True)
        words = (*EVAL, "--format", name)
        fresh, miss, hit = engine(*words, "--no-cache"), engine(*words), engine(*words)
        assert fresh == miss == hit
        assert fresh.code == 1
    assert entries(folder) == ["program", "request"]


def test_only_its_owner_can_read_what_is_kept(engine, folder):
    engine(*EVAL)

    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}


def test_no_cache_writes_nothing(engine, folder):
    assert engine(*EVAL, "--no-cache").code == 1
    assert not folder.parent.exists()


def modules_of(*words):
    ran = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert ran.returncode == 1, ran.stderr
    return set(ran.stderr.split())


@pytest.mark.parametrize("name", ["text", "json", "junit"])
def test_a_cached_run_imports_none_of_the_heavy_ones(folder, name):
    words = (*EVAL, "--format", name)
    # argparse asks `re`, which asks `enum`; the rest is nobody's.
    heavy = set(HEAVY.split()) - {"enum"}

    first, second = modules_of(*words), modules_of(*words)

    assert first & heavy
    assert second & heavy == set()
    assert not any(name.startswith(("pydantic", "ruamel")) for name in second)


def change_message(pack):
    (pack / "rule.yaml").write_text(RULE.replace("the tool is", "behold"))


def remove_rule(pack):
    (pack / "rule.yaml").unlink()
    (pack / "other.yaml").write_text("id: other\nrequire: {demo.version: '2'}\n")


def add_rule(pack):
    (pack / "sub").mkdir()
    (pack / "sub" / "other.yaml").write_text("id: other\nrequire: {demo.version: '1'}\n")


def override(pack):
    (pack / "pack.yaml").write_text("pack: renamed\n")


def keep_size_and_time(pack):
    path = pack / "rule.yaml"
    before = path.stat()
    path.write_text(RULE.replace("install version 1", "install version 9"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


@pytest.mark.parametrize(
    "edit",
    [change_message, remove_rule, add_rule, override, keep_size_and_time],
    ids=lambda edit: edit.__name__,
)
def test_every_change_of_a_pack_is_noticed(engine, folder, edit):
    words = (*EVAL, "--format", "json")
    before = engine(*words)
    assert entries(folder) == ["program", "request"]

    edit(Path("pack"))

    after = engine(*words)
    assert after.out != before.out
    assert after == engine(*words, "--no-cache") == engine(*words)


def test_a_change_of_waivers_and_of_the_configuration_is_noticed(engine, folder):
    Path("engine.yaml").write_text("rules: [./pack]\nwaivers: w.yaml\n")
    Path("w.yaml").write_text("waivers: []\n")
    age(Path("engine.yaml"), Path("w.yaml"))
    assert [engine("eval", "bad.json").code for _ in range(2)] == [1, 1]

    Path("w.yaml").write_text(
        "waivers: [{rule: demo-version, owner: a, because: b, expires: '2999-01-01'}]\n"
    )
    assert engine("eval", "bad.json").code == 0
    Path("engine.yaml").write_text("rules: [./pack]\n")
    assert engine("eval", "bad.json").code == 1


def test_what_was_written_a_moment_ago_is_not_kept(engine, folder):
    Path("pack/rule.yaml").write_text(RULE)

    engine(*EVAL)

    assert not folder.exists()


def test_folders_of_the_same_look_are_told_apart(engine, folder, monkeypatch):
    engine(*EVAL)
    shutil.copytree("pack", "elsewhere/pack")
    Path("elsewhere/pack/rule.yaml").write_text(RULE.replace("the tool is", "behold"))
    shutil.copy("bad.json", "elsewhere")
    monkeypatch.chdir("elsewhere")

    assert "behold" in engine(*EVAL, "--format", "text").out


def truncated(path):
    path.write_bytes(path.read_bytes()[:-20])


def emptied(path):
    path.write_bytes(b"")


def garbage(path):
    path.write_bytes(os.urandom(200))


def flipped(path):
    content = bytearray(path.read_bytes())
    content[-10] ^= 1
    path.write_bytes(content)


def a_link(path):
    path.rename("moved")
    path.symlink_to(os.path.abspath("moved"))


def a_pipe(path):
    path.unlink()
    os.mkfifo(path)


def a_folder(path):
    path.unlink()
    path.mkdir()


def open_to_all(path):
    path.chmod(0o666)


def of_somebody_else(path):
    os.chown(path, 12345, 12345)


ODD = [truncated, emptied, garbage, flipped, a_link, a_pipe, a_folder, open_to_all]


@pytest.mark.parametrize("make_odd", [*ODD, of_somebody_else], ids=lambda odd: odd.__name__)
@pytest.mark.parametrize("kind", ["program", "request"])
def test_an_odd_entry_is_as_good_as_none(engine, folder, kind, make_odd):
    if make_odd is of_somebody_else and os.getuid() != 0:
        pytest.skip("only root can give files away")
    expected = engine(*EVAL)
    (path,) = folder.glob(f"{kind}-*")

    make_odd(path)

    assert engine(*EVAL) == expected
    assert engine(*EVAL) == expected


@pytest.mark.parametrize(
    "make_odd", [a_link, open_to_all, of_somebody_else], ids=lambda odd: odd.__name__
)
def test_an_entry_that_others_could_have_written_is_never_believed(engine, folder, make_odd):
    if make_odd is of_somebody_else and os.getuid() != 0:
        pytest.skip("only root can give files away")
    expected = engine(*EVAL)
    empty = {"rules": [], "paths": [], "waivers": [], "disabled": [], "settings": {}, "gather": []}
    forged = json.dumps(empty | {"plan_text": "{}"}).encode()
    (path,) = folder.glob("program-*")
    path.write_bytes(digest(forged).encode() + b"\n" + forged)
    believed = engine(*EVAL)

    make_odd(path)

    assert believed.code == 0  # which shows that the forgery would work
    assert engine(*EVAL) == expected


@pytest.mark.parametrize("mode", [0o777, 0o770])
def test_a_folder_that_others_may_write_to_is_left_alone(engine, folder, mode):
    folder.mkdir(parents=True)
    folder.chmod(mode)

    assert engine(*EVAL).code == 1
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_a_link_is_left_alone(engine, folder):
    Path("other").mkdir(mode=0o700)
    folder.parent.mkdir()
    folder.symlink_to(os.path.abspath("other"))

    assert engine(*EVAL).code == 1
    assert list(Path("other").iterdir()) == []


def test_many_writers_at_once_leave_whole_entries(folder):
    fresh = [*ENGINE, *EVAL, "--no-cache"]
    expected = subprocess.run(fresh, capture_output=True, check=False, timeout=60).stdout
    runs = [subprocess.Popen([*ENGINE, *EVAL], stdout=subprocess.PIPE) for _ in range(4)]

    assert {run.communicate(timeout=60)[0] for run in runs} == {expected}
    assert entries(folder) == ["program", "request"]


@pytest.mark.parametrize(
    "variables",
    [
        {"XDG_CACHE_HOME": "", "HOME": "/proc/nowhere"},
        {"XDG_CACHE_HOME": "", "HOME": ""},
        {"XDG_CACHE_HOME": "", "HOME": "relative"},
        {"XDG_CACHE_HOME": "/dev/null"},
        {"XDG_CACHE_HOME": "relative", "HOME": "/proc"},
    ],
    ids=str,
)
def test_without_a_home_to_write_to_all_is_well(engine, folder, monkeypatch, variables):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    before = sorted(os.listdir())

    assert engine(*EVAL).code == 1
    assert sorted(os.listdir()) == before


def test_the_folder_does_not_grow_without_end(engine, folder):
    folder.mkdir(parents=True, mode=0o700)
    for number in range(100):
        (folder / f"program-{number}").touch()
        os.utime(folder / f"program-{number}", (number, number))

    engine(*EVAL)

    names = {path.name for path in folder.iterdir()}
    assert len(names) == 64
    assert "program-99" in names
    assert "program-0" not in names
    assert json.dumps(sorted(names)).count("request") == 1
