"""Our hooks through pre-commit itself: it clones and installs this checkout, for real commits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest

from tests.cli.conftest import FACTS, RULE

ROOT = Path(__file__).parents[2]
PRE_COMMIT = Path(sysconfig.get_path("scripts"), "pre-commit")
CONFIG = """\
repos:
  - repo: {repository}
    rev: {revision}
    hooks:
      - id: engine-check
      - id: engine-lint
"""

pytestmark = [
    pytest.mark.skipif(shutil.which("git") is None, reason="needs git"),
    pytest.mark.skipif(not PRE_COMMIT.exists(), reason="needs pre-commit"),
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """Give a folder and an environment in which git and pre-commit know nothing of this machine."""
    folder = tmp_path_factory.mktemp("pre-commit")
    name = {"NAME": "Dana", "EMAIL": "dana@acme.example"}
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {
        f"GIT_{who}_{key}": name[key] for who in ("AUTHOR", "COMMITTER") for key in name
    }
    environment |= {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "PRE_COMMIT_HOME": str(folder / "home"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "PATH": f"{PRE_COMMIT.parent}:{os.environ['PATH']}",
    }
    return folder, environment


@pytest.fixture(scope="module")
def call(shared):
    """Give a way to run a program in a folder."""
    _, environment = shared

    def program(folder, *words, check=True):
        ran = subprocess.run(
            words,
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        assert not check or ran.returncode == 0, ran.stdout + ran.stderr
        return ran

    return program


@pytest.fixture(scope="module")
def published(shared, call):
    """Give a git repository with what would be committed of this checkout, and its revision."""
    folder = shared[0] / "precedent"
    if (ROOT / ".git").exists():
        listed = call(ROOT, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
        names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    else:  # an unpacked source distribution, which holds nothing else
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file()]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    call(folder, "git", "init", "--quiet", "--initial-branch=main")
    call(folder, "git", "add", "--all")
    call(folder, "git", "commit", "--quiet", "--message=all")
    return folder, call(folder, "git", "rev-parse", "HEAD").stdout.strip()


@pytest.fixture(scope="module")
def shop(shared, call, published):
    """Give a repository with our hooks installed."""
    folder = shared[0] / "shop"
    folder.mkdir()
    repository, revision = published
    call(folder, "git", "init", "--quiet", "--initial-branch=main")
    text = CONFIG.format(repository=repository, revision=revision)
    (folder / ".pre-commit-config.yaml").write_text(text)
    call(folder, "git", "add", "--all")
    call(folder, "git", "commit", "--quiet", "--message=hooks")
    call(folder, "pre-commit", "install")
    ran = call(folder, "pre-commit", "install-hooks", check=False)
    if ran.returncode and any(
        words in ran.stdout
        for words in ("No matching distribution", "Connection", "Temporary failure", "Network")
    ):
        pytest.skip("pip reaches no package index from here, so pre-commit cannot install hooks")
    assert ran.returncode == 0, ran.stdout
    return folder


@pytest.fixture
def commit(shop, call):
    """Give a way to write files and try to commit them; what was refused is taken back."""

    def attempt(**files):
        for name, text in files.items():
            path = shop / name.replace("__", "/").replace("_", ".")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        call(shop, "git", "add", "--all")
        ran = call(shop, "git", "commit", "--message=work", check=False)
        call(shop, "git", "reset", "--quiet", "--hard")
        return ran.returncode, ran.stdout + ran.stderr

    return attempt


def test_a_commit_whose_go_work_is_too_old_is_refused_and_the_mended_one_passes(commit):
    module = "module example.com/shop\n\ngo 1.24\n"

    refused, said = commit(go_mod=module, go_work="go 1.22\n\nuse .\n")
    passed, mended = commit(go_mod=module, go_work="go 1.24\n\nuse .\n")

    assert refused == 1, said
    assert "gowork-lower-than-gomod" in said
    assert "go.work:1" in said
    assert passed == 0, mended
    assert "judge the repository" in mended


def test_a_commit_with_a_bad_rule_file_is_refused_and_with_a_good_one_passes(commit):
    bad = "id: bad\nrequire: {demo.version: {equalz: 1}}\n"

    refused, said = commit(policy__bad_yaml=bad)
    passed, mended = commit(policy__good_yaml=RULE + FACTS)

    assert refused == 1, said
    assert "policy/bad.yaml:2:26: unknown operator `equalz`; did you mean `equals`?" in said
    assert passed == 0, mended


def test_a_configuration_that_leads_out_of_the_repository_is_refused(commit):
    refused, said = commit(engine_yaml="rules: [/etc/policy.yaml]\n")

    assert refused == 1, said
    assert "engine.yaml:1:9: `/etc/policy.yaml` leads out of the repository" in said
