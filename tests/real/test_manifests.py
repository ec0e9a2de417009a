"""kubectl and GitHub's reader of workflows, asked again: what they say is what is recorded."""

from __future__ import annotations

import json

import pytest

from tests.real.manifest_answers import (
    GITHUB,
    KUBERNETES,
    WORKFLOWS,
    ask_kubectl,
    github_scalars,
    github_workflows,
    missing,
)

ABSENT = missing()


@pytest.mark.skipif("kubectl" in ABSENT, reason="no kubectl is installed")
def test_kubectl_still_says_what_is_recorded():
    answers = json.loads(KUBERNETES.read_text())
    some = list(answers)[::6]  # each question is a process of its own
    assert {scalar: ask_kubectl(scalar) for scalar in some} == {
        scalar: answers[scalar] for scalar in some
    }


needs_parser = pytest.mark.skipif(
    bool({"node", "@actions/workflow-parser"} & set(ABSENT)),
    reason="PRECEDENT_WORKFLOW_PARSER names no folder with @actions/workflow-parser",
)


@needs_parser
def test_github_still_says_of_scalars_what_is_recorded():
    assert github_scalars() == json.loads(GITHUB.read_text())


@needs_parser
def test_github_still_says_of_workflows_what_is_recorded():
    assert github_workflows() == json.loads(WORKFLOWS.read_text())
