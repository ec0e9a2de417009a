"""Facts without code, through the command line: the example packs on made-up repositories."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tests.ordinary_user import let_in, ordinary_user

EXAMPLES = ROOT / "examples"
NODE = {
    ".nvmrc": "v22.11.0\n",
    "package.json": '{\n  "engines": {"node": ">=20"},\n  "packageManager": "pnpm@9.12.3"\n}\n',
    ".npmrc": "engine-strict=true\n//npm.acme.example/:_authToken=s3cr3t-t0ken\n",
}
PYTHON = {
    ".python-version": "3.13\n",
    "pyproject.toml": '[project]\nrequires-python = ">=3.11"\ndependencies = [\n  "httpx",\n]\n',
    "uv.lock": "version = 1\n",
}


@pytest.fixture
def repository(home):
    """Write the files of a repository into the current folder."""

    def make(files):
        Path(".git").mkdir(exist_ok=True)
        for name, content in files.items():
            Path(name).write_text(content, "utf-8")

    return make


def verdicts(engine, pack, *more):
    ran = engine("check", "--rules", str(EXAMPLES / pack), "--format", "json", *more)
    assert ran.code in {0, 1}, ran.err
    report = json.loads(ran.out)
    return {each["rule"]: each for each in report["verdicts"]}


def outcomes(engine, pack, *more):
    return {rule: each["outcome"] for rule, each in verdicts(engine, pack, *more).items()}


@pytest.mark.parametrize("pack", ["node-team", "python-team"])
def test_the_example_packs_are_clean(engine, pack):
    linted = engine("lint", str(EXAMPLES / pack))
    tried = engine("test", str(EXAMPLES / pack), "--strict")

    assert (linted.code, linted.out, tried.code, tried.out) == (0, "", 0, "")


@pytest.mark.parametrize("more", [(), ("--repository",)])
def test_a_node_project_that_is_set_up_well_passes(engine, repository, more):
    repository(NODE)

    assert set(outcomes(engine, "node-team", *more).values()) == {"pass"}


def test_what_is_wrong_is_told_with_its_file_and_line(engine, repository):
    repository(NODE | {"package.json": NODE["package.json"].replace("9.12.3", "^9")})

    ran = engine("check", "--repository", "--rules", str(EXAMPLES / "node-team"))

    assert ran.code == 1
    assert "packageManager is pnpm@^9" in ran.out
    assert f"{os.getcwd()}/package.json:3" in ran.out


def test_an_empty_repository_fails_where_that_is_certain(engine, repository):
    repository({})

    assert outcomes(engine, "node-team", "--repository") == {
        "node-version-pinned": "fail",
        "node-package-manager-pinned": "not_applicable",
        "node-engine-strict": "not_applicable",
    }


def test_a_broken_file_leaves_its_facts_unknown_and_no_others(engine, repository):
    repository(NODE | {"package.json": '{"engines": {,}}'})

    found = verdicts(engine, "node-team", "--repository")

    assert found["node-version-pinned"]["outcome"] == "pass"
    assert found["node-package-manager-pinned"]["outcome"] == "unknown"
    assert "package.json:1:14" in json.dumps(found["node-package-manager-pinned"])


def test_a_secret_in_a_file_is_never_told(engine, repository):
    repository(NODE)

    ran = engine("gather", "--rules", str(EXAMPLES / "node-team"), "--only", "pack:node-team")

    assert "s3cr3t" not in ran.out
    npmrc = json.loads(ran.out)["facts"]["node"]["npmrc"]
    assert "$redacted" in npmrc["//npm.acme.example/:_authToken"]


def test_a_python_project_is_judged_by_its_files_and_by_the_machine(engine, repository, home):
    repository(PYTHON)
    conf = home / ".config/pip/pip.conf"
    conf.parent.mkdir(parents=True)
    conf.write_text("[global]\nindex-url = https://packages.acme.example/python\n")

    assert outcomes(engine, "python-team", "--home", str(home)) == {
        "python-version-pinned": "pass",
        "python-locked": "pass",
        "python-index-ours": "pass",
    }
    Path("uv.lock").unlink()
    conf.unlink()
    assert outcomes(engine, "python-team", "--home", str(home)) == {
        "python-version-pinned": "pass",
        "python-locked": "fail",
        "python-index-ours": "fail",
    }


def test_a_hook_reads_nothing_of_the_machine(engine, repository):
    repository(PYTHON)

    ran = engine("gather", "--repository", "--rules", str(EXAMPLES / "python-team"))

    assert json.loads(ran.out)["absent"]["/python/pip"]["reason"] == "not_collected"
    assert "python-index-ours" not in outcomes(engine, "python-team", "--repository")


def test_no_link_of_a_repository_leads_out_of_it(engine, repository, tmp_path):
    repository(NODE)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/package.json").write_text('{"packageManager": "s3cr3t@1.0.0"}')
    Path("package.json").unlink()
    Path("package.json").symlink_to(tmp_path / "outside/package.json")

    for more in ((), ("--repository",)):
        ran = engine("check", *more, "--rules", str(EXAMPLES / "node-team"))
        assert "s3cr3t" not in ran.out
        assert "1 unknown" in ran.out or "2 unknown" in ran.out


def test_a_pipe_in_a_file_s_place_does_not_hold_anybody_up(engine, repository):
    repository(NODE)
    Path("package.json").unlink()
    os.mkfifo("package.json")

    assert outcomes(engine, "node-team", "--repository")["node-engine-strict"] == "unknown"


def test_what_an_ordinary_user_may_not_read_is_unknown(repository, tmp_path):
    repository(NODE)
    Path("package.json").chmod(0)
    let_in(tmp_path)
    ran = subprocess.run(
        [*ordinary_user(), sys.executable, "-m",
         "engine", "gather", "--repository", "--rules", str(EXAMPLES / "node-team")],
        capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": "/nonexistent"},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["absent"]["/node/engines"]["reason"] == "permission"


def test_packs_of_the_configuration_are_carried_out_too(engine, repository):
    repository(NODE)
    Path("policy").mkdir()
    text = "pack: ours\ngather: [{fact: ours.x, variable: OURS}]\n"
    Path("policy/pack.yaml").write_text(text)
    Path("engine.yaml").write_text("rules: [./policy]\n")

    assert "pack:ours" in engine("list", "collectors").out
    assert "pack:ours" in engine("gather").out
    assert "pack:" not in engine("list", "collectors", "--rules", "go").out


def test_a_program_out_of_the_cache_gathers_the_same(engine, repository, monkeypatch):
    repository(NODE)
    monkeypatch.setenv("XDG_CACHE_HOME", os.path.abspath("cache"))
    words = ("gather", "--repository", "--rules", str(EXAMPLES / "node-team"))

    fresh = engine(*words, "--no-cache", "--salt-file", "package.json")
    kept = [engine(*words, "--salt-file", "package.json") for _ in range(2)]

    assert [fresh.out] * 2 == [each.out for each in kept]


def test_a_pack_that_reads_what_the_engine_gathers_is_refused(engine, write):
    write(odd__pack_yaml="pack: odd\ngather: [{fact: go.version, variable: X}]\n")

    ran = engine("gather", "--rules", "odd")

    assert ran.code == 2
    told = "nothing was gathered: odd/pack.yaml:2:17: `go.version` is below `go`"
    assert ran.err.startswith(told)
