"""Hooks of git and of pre-commit, against what real ones had (`tests/real/pre_commit`)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.gather.fake_host import Node, folder
from tests.precedence.differing import Differences
from tests.precedence.gathered import gathered
from tests.precedence.machine import Machine, value

TOP = "/top"
ANSWERS = json.loads(
    (Path(__file__).parents[1] / "real/pre_commit/answers.json").read_text(encoding="utf-8")
)
# The real ones were started by a program, ours from a shell in a terminal.
OF_SHELLS = {"SHELL", "SHLVL", "_", "OLDPWD"}
BY_GIT = [case for case in ANSWERS["cases"] if not case["way"].startswith("run")]
BY_ITSELF = [case for case in ANSWERS["cases"] if case["way"] == "run"]


def context_of(case, name):
    language = case["language"]
    version = "system" if language == "golang" else "default"
    files = {
        "/usr/bin/git": Node(),
        f"{ANSWERS['exec_path']}/git": Node(),
        TOP: folder(),
        f"{TOP}/.git": folder(),
        f"{TOP}/.pre-commit-config.yaml": "repos:\n- repo: local\n  hooks:\n"
        f"  - {{id: x, name: x, language: {language}, language_version: {version}, entry: x}}\n",
    }
    client = {"HOME": "/home/ada", "PATH": "/usr/bin:/bin"}
    facts = gathered(files, TOP, ("pre_commit",), client=client)["pre_commit"]
    session = {**ANSWERS["environment"], "SHELL": "/bin/bash"}
    return Machine({}, session=session, pre_commit=facts).contexts(name)[name]


@pytest.mark.parametrize("case", BY_GIT, ids=lambda case: case["way"])
def test_a_hook_has_what_is_told(case):
    is_plain = case["way"] == "plain hook"
    context = context_of(case, "git-hook" if is_plain else "pre-commit-hook:x")
    real = {name: text.replace("<top>", TOP) for name, text in case["environment"].items()}
    found = Differences(context, real, apart_from=OF_SHELLS)
    assert found.wrong == {}
    assert {"PATH", "HOME", "LANG", "GOFLAGS", "GOPATH", "GOBIN", "GIT_EXEC_PATH"} <= {*found.known}


@pytest.mark.parametrize(
    "case",
    [one for one in ANSWERS["cases"] if one["way"] == "run"],
    ids=lambda one: one["language"],
)
def test_what_a_language_sets_is_what_it_set(case):
    context = context_of(case, "pre-commit-hook:x")
    # Without git in between, which only puts its own folder before PATH.
    of_git = {name for name in context["env"] if name.startswith("GIT_")} | {"PATH", "PWD"}
    found = Differences(context, case["environment"], apart_from=OF_SHELLS | of_git)
    assert found.wrong == {}
    assert {"HOME", "GOFLAGS", "PRE_COMMIT"} <= {*found.known}


def test_only_a_shell_knows_its_directory():
    case = {"language": "system"}
    assert value(context_of(case, "git-hook"), "PWD") == "?opaque"
    assert value(context_of(case, "pre-commit-hook:x"), "PWD") == TOP
