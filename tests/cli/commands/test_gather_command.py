"""`gather` and `check`: they ask this very machine, so what is true of any machine is tested."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import jsonschema
import pytest

from engine.gather.schema import facts_schema


def test_a_document_conforms_to_the_schema_and_is_sorted(engine):
    ran = engine("gather")

    assert (ran.code, ran.err) == (0, "")
    document = json.loads(ran.out)
    jsonschema.validate(document, facts_schema())
    assert list(document["facts"]) == sorted(document["facts"])
    assert document["facts"]["project"]["directory"] == os.getcwd()


def test_a_file_gets_what_the_screen_would(engine):
    words = ("gather", "--only", "host")
    shown = engine(*words)

    assert engine(*words, "-o", "facts.json").out == ""
    assert Path("facts.json").read_text("utf-8") == shown.out


def test_a_document_that_nobody_would_get_is_refused(engine, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)

    ran = engine("gather", "--only", "host")

    assert (ran.code, ran.err) == (2, "standard output is closed; name a file with `-o`\n")


def test_collectors_are_chosen_and_left_out(engine):
    assert json.loads(engine("gather", "--only", "host").out)["facts"].keys() == {"host"}
    assert "host" not in json.loads(engine("gather", "--skip", "host").out)["facts"]


def test_a_secret_is_never_written(engine, monkeypatch):
    monkeypatch.setenv("GOPROXY", "https://user:hunter2@proxy.example")

    assert "hunter2" not in engine("gather").out
    for name in ("text", "json", "junit", "sarif"):
        assert "hunter2" not in engine("check", "--format", name, "--verbose").out


def test_the_salt_belongs_to_the_installation_or_to_the_fleet(engine, home, monkeypatch):
    monkeypatch.setenv("GOPROXY", "https://user:hunter2@proxy.example")
    words = ("gather", "--only", "env")
    Path("salt").write_bytes(b"x" * 32)

    first, second = engine(*words).out, engine(*words).out
    fleet = engine(*words, "--salt-file", "salt").out

    assert first == second != fleet
    assert (home / ".local/state/precedent/salt").stat().st_mode & 0o777 == 0o600


def test_a_salt_that_is_no_secret_is_refused(engine, home):
    Path("short").write_bytes(b"x")
    salt = home / ".local/state/precedent/salt"
    salt.parent.mkdir(parents=True)
    salt.write_bytes(b"x" * 32)
    salt.chmod(0o644)

    for words in ((), ("--salt-file", "short"), ("--salt-file", "gone")):
        ran = engine("gather", *words)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err.startswith("nothing was gathered: ")


@pytest.mark.parametrize(
    "make",
    [lambda path: os.mkfifo(path, 0o600), Path.mkdir, lambda path: path.symlink_to("/dev/zero")],
)
def test_a_salt_that_is_no_file_is_refused_and_not_waited_for(engine, home, make):
    salt = home / ".local/state/precedent/salt"
    salt.parent.mkdir(parents=True)
    make(salt)

    ran = engine("gather", "--only", "env")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"nothing was gathered: {salt}: the salt is no regular file; remove it\n"


def test_without_a_home_fingerprints_hold_for_this_run_only(engine, monkeypatch):
    monkeypatch.setenv("GOPROXY", "https://user:hunter2@proxy.example")
    monkeypatch.setenv("HOME", "/proc/nowhere")

    assert engine("gather", "--only", "env").out != engine("gather", "--only", "env").out


def test_a_variable_that_is_not_utf_8_does_not_stop_anybody(engine, monkeypatch):
    monkeypatch.setenv("GOFLAGS", os.fsdecode(b"-tags=\xff"))
    monkeypatch.setenv("GOBIN", os.fsdecode(b"/tmp/\xff"))

    assert engine("gather").code == 0
    assert engine("check").code in {0, 1}


def test_check_says_what_eval_says_of_the_gathered_document(engine):
    engine("gather", "-o", "facts.json")

    checked, judged = (
        engine("check", "--format", "json"),
        engine("eval", "facts.json", "--format", "json"),
    )

    assert checked.code == judged.code
    assert checked.out.replace('"this machine"', '"facts.json"') == judged.out


def test_the_folder_is_the_repository(engine):
    Path("shop").mkdir()
    Path("shop/go.mod").write_text("module example.com/shop\n\ngo 1.24\n")
    Path("shop/engine.yaml").write_text("rules: [./rule.yaml]\n")
    Path("shop/rule.yaml").write_text("id: old\nrequire: {project.go_mod.go: {at_most: '1.20'}}\n")

    ran = engine("check", "shop", "--repository")

    assert ran.code == 1
    assert "shop/rule.yaml:1:1" in ran.out


@pytest.mark.parametrize("name", ["host", "env", "path", "go"])
def test_a_repository_knows_nothing_of_the_machine(engine, name):
    facts = json.loads(engine("gather", "--repository").out)

    assert name not in facts["facts"]
    assert facts["absent"][f"/{name}"]["reason"] == "not_collected"


def test_collectors_may_stand_with_commas_and_be_told_in_turn(engine):
    facts = json.loads(engine("gather", "--only", "host, env", "--only", "path").out)["facts"]
    assert set(facts) == {"env", "host", "path"}
    less = json.loads(
        engine("gather", "--only", "host,env,path", "--skip", "env", "--skip", "path").out
    )
    assert set(less["facts"]) == {"host"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--only", "hots"), "unknown collector `hots`; did you mean `host`?"),
        (("--skip", "env,gos"), "unknown collector `gos`; did you mean `go`?"),
        (("--only", "host,"), "`--only host,` names no collector between its commas; write "),
        (("--only", "host", "--skip", "host"), "no collector is left; choose one that is not left"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(engine, words, message):
    ran = engine("gather", *words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_two_runs_on_a_machine_give_the_same_bytes(engine):
    # Processes come and go.
    options = ("gather", "--skip", "processes")
    assert engine(*options).out == engine(*options, "--no-cache").out


def test_a_place_that_cannot_be_written_is_told_before_anything_is_asked(engine):
    ran = engine("gather", "-o", "gone/facts.json", "--salt-file", "gone")
    assert (ran.code, ran.err) == (2, "cannot write `gone/facts.json`: no such file or directory\n")


def test_a_document_is_its_owners_alone(engine):
    engine("gather", "--only", "host", "-o", "facts.json")
    assert os.stat("facts.json").st_mode & 0o777 == 0o600
