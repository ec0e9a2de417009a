"""Pipelines of any form are told or refused: nothing in them breaks a reader."""

from __future__ import annotations

import contextlib
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.gather.ci.github import steps_of
from engine.gather.ci.github_local import Repository
from engine.gather.ci.gitlab import jobs_of
from engine.gather.ci.gitlab_files import Configuration
from engine.gather.host import HostError
from engine.gather.plain_yaml import documents
from tests.gather.fake_host import FakeHost

WORDS = (
    *("a", "", "${{ env.A }}", "${{ matrix.a }}", "$A", "${{", "x y", "1.20", "true", "./a"),
    *("actions/setup-go@v6", "echo A=b >> $GITHUB_ENV", "A=$(b) >> $GITHUB_PATH", "bash", ".b"),
)
KEYS = (
    *("a", "A", "env", "steps", "run", "uses", "with", "if", "shell", "runs-on", "container"),
    *("image", "strategy", "matrix", "include", "defaults", "go-version", "variables", "script"),
    *("extends", "rules", "default", "local", "value", "expand", "inherit", "workflow", ".b"),
)
ANY = st.recursive(
    st.sampled_from(WORDS) | st.none() | st.booleans() | st.integers(-2, 2000),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4)
    ),
    max_leaves=20,
)
JOB = st.dictionaries(st.sampled_from(KEYS), ANY, max_size=5)


@settings(max_examples=150)
@given(top=JOB, jobs=st.dictionaries(st.sampled_from("xyz"), JOB, max_size=2))
def test_any_workflow_is_told(top, jobs):
    text = json.dumps(top | {"jobs": jobs}).encode()
    node = documents(text, "x.yml", merges=False)[0]
    for step in steps_of(node, Repository(FakeHost({"/r/a/action.yml": text}), "/r")):
        assert step is not None


@settings(max_examples=150)
@given(top=JOB, jobs=st.dictionaries(st.sampled_from("xyz"), JOB, max_size=2))
def test_any_pipeline_is_told(top, jobs):
    host = FakeHost({"/r/.gitlab-ci.yml": json.dumps(top | jobs).encode()})
    with contextlib.suppress(HostError):
        assert None not in list(jobs_of(Configuration(host, "/r")))
