"""The hooks that we offer, run as pre-commit would, without pre-commit."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sysconfig
from pathlib import Path

import pytest
from pre_commit.clientlib import load_manifest

from tests.cli.conftest import FACTS, RULE
from tests.contracts.files import ROOT

HOOKS = {hook["id"]: hook for hook in load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))}


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Give a way to run a hook's entry in a repository."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def entry(hook, *files):
        command, *words = shlex.split(HOOKS[hook]["entry"])
        script = Path(sysconfig.get_path("scripts"), command)
        return subprocess.run(
            [script, *words, *files],
            capture_output=True,
            text=True,
            check=False,
            env=os.environ | {"XDG_CACHE_HOME": str(tmp_path / "cache")},
        )

    return entry


def test_there_are_two_hooks():
    assert HOOKS.keys() == {"engine-check", "engine-lint"}


@pytest.mark.parametrize("hook", HOOKS.values(), ids=HOOKS)
def test_no_hook_reads_outside_the_work_tree(hook):
    assert "--repository" in shlex.split(hook["entry"])


def test_the_hook_for_repositories_needs_no_files_and_always_runs():
    hook = HOOKS["engine-check"]

    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)


@pytest.mark.parametrize(("work", "code"), [("1.22", 1), ("1.24", 0)])
def test_the_hook_for_repositories_judges_go_work(run, work, code):
    Path("go.mod").write_text("module example.com/shop\n\ngo 1.24\n")
    Path("go.work").write_text(f"go {work}\n\nuse .\n")

    ran = run("engine-check")

    assert (ran.returncode, ran.stderr) == (code, "")
    assert ("gowork-lower-than-gomod" in ran.stdout) is (code == 1)


def test_a_repository_without_go_passes(run):
    assert run("engine-check").returncode == 0


@pytest.mark.parametrize(
    ("name", "is_taken"),
    [("rules/go/a.yaml", True), ("policy/a.yml", True), ("charts/rules/a.yaml", False)],
)
def test_the_hook_for_rules_takes_rule_files(name, is_taken):
    hook = HOOKS["engine-lint"]

    assert hook["types"] == ["yaml"]
    assert bool(re.search(hook["files"], name)) is is_taken


def test_the_hook_for_rules_tells_good_from_bad(run):
    Path("rules").mkdir()
    Path("rules/good.yaml").write_text(RULE + FACTS)
    Path("rules/bad.yaml").write_text("id: bad\nrequire: {demo.version: {equalz: 1}}\n")

    good, bad = run("engine-lint", "rules/good.yaml"), run("engine-lint", "rules/bad.yaml")

    assert good.returncode == 0, good.stderr
    assert bad.returncode == 2
    assert "rules/bad.yaml:2:" in bad.stderr
