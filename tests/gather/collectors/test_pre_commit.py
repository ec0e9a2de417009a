from __future__ import annotations

import pytest

from tests.gather.fake_host import Node, folder, link

TOP = "/home/dana/shop"
PATH = f"{TOP}/.pre-commit-config.yaml"
HOOK = "  - {id: vet, name: vet, language: %s, entry: go vet}\n"


@pytest.fixture
def pre_commit_of(survey_of):
    def make(content, files=None, *, directory=TOP, **machine):
        given = {} if content is None else {PATH: content}
        document, _ = survey_of(
            {f"{TOP}/.git": folder(), **given, **(files or {})},
            only=("pre_commit",),
            directory=directory,
            **machine,
        )
        return document["facts"].get("pre_commit"), document

    return make


def local(*languages, top=""):
    return f"{top}repos:\n- repo: local\n  hooks:\n" + "".join(HOOK % one for one in languages)


def rows(hook, name):
    return [row for row in hook["env"] if row["name"] == name]


def test_hooks_are_told_with_their_places(pre_commit_of):
    facts, document = pre_commit_of(local("system", "docker", "pygrep"))
    assert facts["config"] == {"path": PATH, "state": "present"}
    assert [(hook["id"], hook["hook"], hook["runs_in"]) for hook in facts["hooks"]] == [
        ("vet", "vet", "process"),
        ("vet (2)", "vet", "container"),
        ("vet (3)", "vet", "pre-commit"),
    ]
    first = facts["hooks"][0]
    assert (first["file"], first["line"], first["language"]) == (PATH, 4, "system")
    assert (first["entry"], first["args"]) == ("go vet", [])
    assert document["provenance"]["/pre_commit/hooks/1"]["line"] == 5


def test_a_hook_of_the_machine_gets_what_there_is(pre_commit_of):
    facts, _ = pre_commit_of(local("system"))
    known = [row for row in facts["hooks"][0]["env"] if row["how"] != "pass"]
    assert known == [{"name": "PRE_COMMIT", "how": "set", "value": "1", "file": PATH}]


def test_a_hook_in_go_gets_its_own_toolchain_or_that_of_the_machine(pre_commit_of):
    installed = local("golang", top="default_language_version: {golang: 1.22.10}\n")
    (hook,) = pre_commit_of(installed)[0]["hooks"]
    assert rows(hook, "GOTOOLCHAIN")[0]["value"] == "local"
    assert rows(hook, "PATH")[0]["parts"][-1] == {"variable": "PATH"}
    assert rows(hook, "GOPATH") == rows(hook, "GOBIN") == []
    (hook,) = pre_commit_of(local("golang", top="default_language_version: {golang: system}\n"))[0][
        "hooks"
    ]
    assert rows(hook, "GOTOOLCHAIN") == rows(hook, "GOROOT") == []
    (hook,) = pre_commit_of(local("golang"))[0]["hooks"]
    assert [row["how"] for row in rows(hook, "GOROOT") + rows(hook, "GOTOOLCHAIN")] == [
        "pass",
        "pass",
    ]


def test_git_puts_its_programs_before_path(pre_commit_of):
    files = {"/usr/bin/git": Node(), "/usr/lib/git-core/git": Node()}
    machine = {"environment": {"PATH": "/usr/bin"}}
    facts, _ = pre_commit_of(local("system"), files, **machine)
    (path,) = [row for row in facts["git_env"] if row["name"] == "PATH"]
    assert path["parts"][:2] == [{"variable": "GIT_EXEC_PATH"}, ":"]
    (folder_,) = [row for row in facts["git_env"] if row["name"] == "GIT_EXEC_PATH"]
    assert folder_["parts"][0]["else"] == ["/usr/lib/git-core"]
    for others in (
        files | {"/usr/libexec/git-core/git": Node()},
        {"/usr/bin/git": Node()},
        {},
    ):
        facts, _ = pre_commit_of(local("system"), others, **machine)
        (folder_,) = [row for row in facts["git_env"] if row["name"] == "GIT_EXEC_PATH"]
        assert folder_["parts"][0]["else"] == [
            {"unknown": "opaque", "detail": "git was built with the folder of its programs"}
        ]


def test_the_configuration_of_the_whole_work_tree_counts(pre_commit_of):
    files = {f"{TOP}/below/.pre-commit-config.yaml": local("golang")}
    facts, _ = pre_commit_of(local("system"), files, directory=f"{TOP}/below")
    assert [hook["language"] for hook in facts["hooks"]] == ["system"]


def test_without_a_configuration_there_is_nothing(pre_commit_of):
    facts, document = pre_commit_of(None)
    assert facts["config"] == {"path": f"{TOP}/.pre-commit-config.yaml", "state": "missing"}
    assert facts["hooks"] == []
    assert "/pre_commit" not in document["absent"]


@pytest.mark.parametrize("subject", ["workstation", "repository"])
@pytest.mark.parametrize(
    ("node", "state", "cause"),
    [
        (b"repos: [", "broken", "parse_error"),
        (b"\xff", "broken", "parse_error"),
        (b"repos: x", "broken", "parse_error"),
        (b"x: " + b"[" * 1000, "unreadable", "too_large"),
        (b"#" * (1 << 20) + b"#", "unreadable", "too_large"),
        (Node("fifo"), "unreadable", "unsupported"),
        (folder(), "unreadable", "unsupported"),
        (Node(mode=0), "unreadable", "permission"),
        (link("/etc/passwd"), "unreadable", "not_collected"),
    ],
    ids=str,
)
def test_a_hostile_file_is_unknown(pre_commit_of, subject, node, state, cause):
    facts, document = pre_commit_of(node, {"/etc/passwd": "x"}, subject=subject)
    assert facts["config"]["state"] == state
    assert document["absent"]["/pre_commit/hooks"]["reason"] == cause


def test_secrets_are_hidden(pre_commit_of):
    content = (
        "repos:\n- repo: https://dana:hunter2@git.example/x\n  rev: v1\n  hooks:\n"
        "  - {id: a, args: ['--token=ghp_0123456789abcdefghijklmnopqrstuvwxyzAB']}\n"
    )
    _, document = pre_commit_of(content)
    assert "hunter2" not in str(document)
    assert "ghp_0123" not in str(document)
