from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT

PACK = """\
pack: acme
version: "1.2"
gather:
  - {fact: acme.kernel, command: [uname, -s], format: text}
  - {fact: acme.where, command: [/bin/sh, -c, 'pwd; echo $PATH'], format: text}
"""


@pytest.fixture
def policy(write, home):
    write(policy__pack_yaml=PACK)
    return home / ".local/state/precedent/trusted"


def facts(engine, *more):
    ran = engine("gather", "--rules", "policy", "--only", "pack:acme", *more)
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_a_pack_is_trusted_and_its_commands_run(engine, policy):
    before = facts(engine)
    assert before["absent"]["/acme"]["reason"] == "opaque"
    assert "is not trusted to run commands; `engine trust /" in before["absent"]["/acme"]["detail"]

    ran = engine("trust", "policy", "--yes")

    assert ran.code == 0
    assert ran.out == (
        f"acme 1.2 in {os.getcwd()}/policy runs\n"
        "  uname -s    for acme.kernel\n"
        "  /bin/sh -c 'pwd; echo $PATH'    for acme.where\n"
    )
    assert ran.err == f"1 pack trusted until a file of it changes; noted in {policy}\n"
    after = facts(engine)
    assert after["facts"]["acme"] == {
        "kernel": os.uname().sysname,
        "where": "/\n/usr/local/bin:/usr/bin:/bin",
    }
    origin = after["provenance"]["/acme/kernel"]
    assert origin["from"].endswith("/uname -s")
    assert origin["from"].startswith("/")
    assert engine("trust", "policy", "--yes").err == "trusted already\n"


def test_a_change_of_any_file_ends_it(engine, policy):
    engine("trust", "policy", "--yes")
    Path("policy/rule.yaml").write_text("id: r\nrequire: {acme.kernel: Linux}\n")

    assert "has changed since it was trusted" in facts(engine)["absent"]["/acme"]["detail"]
    assert engine("trust", "--list").out.endswith("  has changed since, so nothing of it runs\n")

    engine("trust", "policy", "--yes")
    assert "acme" in facts(engine)["facts"]
    assert len(json.loads(policy.read_text())) == 1


def test_it_is_taken_back(engine, policy):
    engine("trust", "policy", "--yes")
    assert engine("trust", "--list").out.startswith(f"{os.getcwd()}/policy  sha256:")

    assert engine("trust", "--revoke", "policy").err.endswith("/policy is trusted no longer\n")
    assert engine("trust", "--revoke", "policy").err.endswith("/policy was not trusted\n")
    assert engine("trust", "--list").out == ""
    assert facts(engine)["facts"] == {}
    assert engine("trust", "--revoke").code == 2


def test_where_nobody_can_be_asked_nothing_is_trusted(engine, policy):
    ran = engine("trust", "policy")

    assert ran.code == 2
    assert "nobody is there to ask" in ran.err
    assert not policy.exists()


@pytest.mark.parametrize(("answer", "code"), [("y", 0), ("n", 2), ("", 2)])
def test_whoever_sits_there_is_asked(policy, answer, code):
    main, side = pty.openpty()
    try:
        with subprocess.Popen(
            [sys.executable, "-m", "engine", "trust", "policy"],
            stdin=side, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        ) as asked:  # fmt: skip
            os.write(main, f"{answer}\n".encode())
            out, _ = asked.communicate(timeout=60)
    finally:
        os.close(main)
        os.close(side)

    assert asked.returncode == code
    assert b"Let all of it run? [y/N]" in out
    assert policy.exists() is (code == 0)


def test_the_list_is_the_users_own(engine, policy):
    engine("trust", "policy", "--yes")
    assert policy.stat().st_mode & 0o777 == 0o600
    assert policy.parent.stat().st_mode & 0o777 == 0o700


def open_to_all(path):
    path.chmod(0o666)


def in_an_open_folder(path):
    path.parent.chmod(0o777)


def a_link(path):
    path.rename(path.with_name("elsewhere"))
    path.symlink_to("elsewhere")


def no_json(path):
    path.write_text(path.read_text() + "x")


def no_mapping(path):
    path.write_text(json.dumps(list(json.loads(path.read_text()))))


def a_pipe(path):
    path.unlink()
    os.mkfifo(path, 0o600)


def of_somebody_else(path):
    os.chown(path, 12345, -1)


@pytest.mark.parametrize(
    "make_odd",
    [open_to_all, in_an_open_folder, a_link, no_json, no_mapping, a_pipe, of_somebody_else],
    ids=lambda odd: odd.__name__,
)
def test_a_list_that_others_could_have_written_counts_for_nothing(engine, policy, make_odd):
    if make_odd is of_somebody_else and os.getuid() != 0:
        pytest.skip("only root can give files away")
    engine("trust", "policy", "--yes")
    assert facts(engine)["facts"]

    make_odd(policy)

    assert facts(engine)["facts"] == {}
    if make_odd is in_an_open_folder:
        ran = engine("trust", "policy", "--yes")
        assert (ran.code, "others may write to it" in ran.err) == (2, True)


def test_a_repository_and_another_machine_run_nothing(engine, policy):
    engine("trust", "policy", "--yes")
    Path("tree/home/dana").mkdir(parents=True)

    for more in (("--repository",), ("--root", "tree", "--user", "dana")):
        document = facts(engine, *more)
        assert document["facts"] == {}
        assert document["absent"]["/acme"]["reason"] == "not_collected"


def test_an_extended_pack_is_asked_about_as_well(engine, policy, write):
    write(ours__pack_yaml="pack: ours\nextends: [../policy]\n")

    assert engine("trust", "ours", "--yes").out.startswith("acme 1.2 in ")


def test_without_commands_there_is_nothing_to_trust(engine, write):
    write(plain__pack_yaml="pack: plain\n")

    ran = engine("trust", "plain")

    assert (ran.code, ran.out) == (0, "")
    assert "nothing to trust" in ran.err


def test_what_a_command_is_called_cannot_change_the_terminal(engine, write):
    command = '[x, "\\e[2J\\u202e"]'
    write(odd__pack_yaml=f"pack: odd\ngather: [{{fact: a.b, command: {command}, format: text}}]\n")

    assert "\x1b" not in engine("trust", "odd", "--yes").out


def test_check_runs_what_is_trusted_too(engine, policy, write):
    write(policy__rule_yaml="id: r\nrequire: {acme.kernel: {exists: true}}\n")
    assert "1 unknown" in engine("check", "--rules", "policy").out

    engine("trust", "policy", "--yes")

    assert "1 pass" in engine("check", "--rules", "policy").out
