from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from engine.gather.git_index import paths_in, tracked
from engine.gather.machine import Machine
from engine.gather.survey import Survey
from engine.model.facts import Absent

NEEDS_GIT = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
ALONE = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM")
NAMES = ["Dockerfile", "a/.env", "a/b/c.txt", "a/b/cc.txt", f"{'x' * 200}/{'y' * 200}", "ü"]


@pytest.fixture
def repository(tmp_path):
    """Make a repository with tracked files, with settings of git as wanted."""

    def make(*settings, init=()):
        def git(*words):
            options = [word for each in settings for word in ("-c", each)]
            subprocess.run(
                ["git", *options, *words], cwd=tmp_path, check=True, capture_output=True,
                env=os.environ | dict.fromkeys(ALONE, "/dev/null"),
            )  # fmt: skip

        git("init", *init)
        for name in (*NAMES, "untracked"):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name)
        git("add", *NAMES)
        return tmp_path, git

    return make


def asked(tree, redaction, subject="workstation"):
    survey = Survey(Machine({}), subject=subject, directory=str(tree), redaction=redaction)
    return tracked(survey, str(tree))


@NEEDS_GIT
@pytest.mark.parametrize(
    ("settings", "init"),
    [
        ((), ()),
        (("index.version=3",), ()),
        (("index.version=4",), ()),
        (("index.skipHash=true",), ()),
        ((), ("--object-format=sha256",)),
    ],
)
def test_the_index_that_git_writes_is_read(repository, redaction, settings, init):
    tree, _ = repository(*settings, init=init)
    assert asked(tree, redaction) == set(NAMES)


@NEEDS_GIT
def test_what_is_meant_to_be_added_counts(repository, redaction):
    tree, git = repository()
    git("add", "-N", "untracked")
    assert "untracked" in asked(tree, redaction)


@NEEDS_GIT
def test_a_linked_worktree_has_an_index_of_its_own(repository, redaction):
    tree, git = repository("user.name=x", "user.email=x@x")
    git("commit", "-m", "x")
    git("worktree", "add", "linked")
    assert asked(tree / "linked", redaction) == set(NAMES)
    hole = asked(tree / "linked", redaction, subject="repository")
    assert (hole.cause, "leads out of the repository" in hole.detail) == ("not_collected", True)


@NEEDS_GIT
def test_a_split_index_is_not_taken_for_a_whole_one(repository, redaction):
    tree, git = repository()
    git("update-index", "--split-index")
    hole = asked(tree, redaction)
    assert isinstance(hole, Absent)
    assert "split" in hole.detail


@NEEDS_GIT
def test_a_damaged_index_tells_nothing(repository):
    tree, _ = repository()
    whole = (tree / ".git/index").read_bytes()
    damaged = [whole[:cut] for cut in range(0, len(whole), 37)]
    damaged += [whole[:at] + b"\xff" + whole[at + 1 :] for at in range(0, len(whole), 11)]
    for index in damaged:
        with pytest.raises((ValueError, IndexError)):
            paths_in(index)


def test_without_git_nothing_is_tracked(tmp_path, redaction):
    assert asked(tmp_path, redaction) == frozenset()
