from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.formats._base import FormatError
from engine.gather.pre_commit.config import STAGES, Hook, hooks_of
from engine.gather.pre_commit.languages import environment
from engine.model.facts import Absent

GO = "default_language_version: {golang: '1.21'}\n"
LOCAL = (
    "repos:\n- repo: local\n  hooks:\n  - id: a\n    name: a\n    language: golang\n    entry: x\n"
)


def only(text):
    (hook,) = hooks_of(text.encode())
    return hook


def test_a_local_hook_has_defaults():
    hook = only(LOCAL)
    assert (hook.id, hook.repo, hook.rev, hook.line) == ("a", "local", None, 4)
    assert (hook.language, hook.version, hook.entry) == ("golang", "default", "x")
    assert (hook.arguments, hook.dependencies, hook.stages) == ((), (), STAGES)


def test_what_another_repository_says_is_unknown():
    hook = only("repos:\n- repo: https://x\n  rev: v1\n  hooks:\n  - id: a\n")
    assert (hook.rev, hook.id) == ("v1", "a")
    for value in (hook.language, hook.version, hook.entry, hook.arguments, hook.stages):
        assert isinstance(value, Absent)
        assert value.cause == "not_collected"
    rows = list(environment(hook))
    assert rows[0].name == "PRE_COMMIT"
    assert isinstance(rows[-1], Absent)  # whatever its language sets


def test_what_the_file_says_of_it_counts():
    text = "- repo: https://x\n  rev: v1\n  hooks:\n  - {id: a, language: system, args: [b]}\n"
    hook = only(f"repos:\n{text}")
    assert (hook.language, hook.arguments) == ("system", ("b",))
    assert isinstance(hook.version, Absent)


@pytest.mark.parametrize(
    ("more", "top", "version"),
    [
        ("", "", "default"),
        ("    language_version: '1.22'\n", "", "1.22"),
        ("", GO, "1.21"),
        ("    language_version: default\n", GO, "1.21"),
        ("    language_version: system\n", GO, "system"),
        ("", "default_language_version: {python: python3}\n", "default"),
    ],
)
def test_the_version_is_the_hooks_or_the_files(more, top, version):
    assert only(top + LOCAL + more).version == version


@pytest.mark.parametrize(
    ("more", "top", "stages"),
    [
        ("", "default_stages: [commit]\n", ("pre-commit",)),
        ("    stages: [push, manual]\n", "default_stages: [commit]\n", ("pre-push", "manual")),
        ("    stages: []\n", "default_stages: [commit]\n", ("pre-commit",)),
    ],
)
def test_stages_have_todays_names(more, top, stages):
    assert only(top + LOCAL + more).stages == stages


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "repos: x",
        "repos: {a: b}",
        "a: 1",
        "repos: [",
        "\xff",
        "repos: *a",
        "x: " + "[" * 99,
    ],
)
def test_what_is_no_configuration_is_refused(text):
    with pytest.raises(FormatError):
        list(hooks_of(text.encode("latin-1")))


@pytest.mark.parametrize(
    "text",
    [
        "repos: [1]",
        "repos: [{repo: local}]",
        "repos: [{repo: local, hooks: 3}]",
        "repos: [{hooks: [{id: a}]}]",
        "repos: [{repo: 3, hooks: [{id: a}]}]",
        "repos: [{repo: local, hooks: [x]}]",
        "repos: [{repo: local, hooks: [{name: x}]}]",
        "repos: [{repo: local, hooks: [{id: [x]}]}]",
    ],
)
def test_an_entry_of_another_form_leaves_the_list_open(text):
    (hole,) = hooks_of(text.encode())
    assert isinstance(hole, Absent)
    assert hole.cause == "parse_error"


def test_one_bad_value_costs_only_itself():
    text = "language: [x], entry: 3, args: y, stages: [1, manual], language_version: {}"
    hook = only(f"repos: [{{repo: local, hooks: [{{id: a, {text}}}]}}]")
    for value in (hook.language, hook.entry, hook.arguments, hook.version, hook.stages[0]):
        assert isinstance(value, Absent)
    assert hook.stages[1] == "manual"


@given(st.binary() | st.text(alphabet="repos:- \n[]{}idhklcagu,&*'\"").map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(FormatError):
        for hook in hooks_of(content):
            assert isinstance(hook, (Hook, Absent))
            if isinstance(hook, Hook):
                assert list(environment(hook))
