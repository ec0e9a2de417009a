from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.devcontainer.finding import FOLDERS_LIMIT
from engine.gather.devcontainer.variables import Folders, substituted
from tests.gather.fake_host import Node, folder, link

SHOP = "/home/dana/shop"
FILE = f"{SHOP}/.devcontainer/devcontainer.json"


def test_the_commands_are_told_with_their_forms(containers_of):
    rows, holes = containers_of(
        {
            "image": "golang",
            "initializeCommand": "",
            "onCreateCommand": "go mod download",
            "postCreateCommand": ["go", "install", "x"],
            "postStartCommand": {"a": "x", "b": ["y", 1], "c": 3},
            "postAttachCommand": 5,
            "updateContentCommand": "echo ${containerEnv:PATH}",
        }
    )
    told = {hook["name"]: hook for hook in rows[0]["lifecycle"]}
    assert "initializeCommand" not in told
    assert told["onCreateCommand"]["commands"] == [
        {"form": "string", "text": "go mod download", "line": 1}
    ]
    assert told["postCreateCommand"]["commands"][0]["argv"] == ["go", "install", "x"]
    assert [each["label"] for each in told["postStartCommand"]["commands"]] == ["a", "b", "c"]
    assert "form" not in told["postAttachCommand"]
    causes = [cause for key, cause in holes.items() if "lifecycle" in key]
    assert sorted(set(causes)) == ["ambiguous", "parse_error"]


def test_settings_of_go_are_told_and_no_others(containers_of):
    rows, _ = containers_of(
        {
            "image": "golang",
            "settings": {"go.goroot": "/old", "go.gopath": "/gopath"},
            "customizations": {
                "vscode": {
                    "settings": {
                        "go.goroot": "/new",
                        "editor.fontSize": 12,
                        "go.toolsEnvVars": {"A": "${localEnv:B}", "C": "${workspaceFolder}/x"},
                        "terminal.integrated.env.linux": {"GOFLAGS": None},
                        "gopls": {"build.env": {"D": "1"}, "ui.semanticTokens": True},
                        "go.buildTags": "a",
                        "go.testFlags": ["-v"],
                    }
                }
            },
        }
    )
    told = {row["key"]: row for row in rows[0]["customizations_vscode_settings"]}
    assert set(told) == {
        "go.goroot",
        "go.gopath",
        "go.toolsEnvVars",
        "terminal.integrated.env.linux",
        "gopls.build.env",
        "gopls.ui.semanticTokens",
        "go.buildTags",
        "go.testFlags",
    }
    assert told["go.goroot"]["value"] == "/new"
    assert told["terminal.integrated.env.linux"]["variables"][0]["how"] == "unset"
    assert told["go.toolsEnvVars"]["variables"][0]["parts"][0]["variable"] == "B"
    assert "value" not in told["go.toolsEnvVars"]["variables"][1]
    assert told["gopls.ui.semanticTokens"]["value"] == "true"
    assert told["go.testFlags"]["items"] == ["-v"]


def test_a_repository_lies_somewhere(containers_of):
    config = {
        "image": "golang",
        "remoteEnv": {
            "L": "${localWorkspaceFolder}",
            "B": "${localWorkspaceFolderBasename}",
            "C": "${containerWorkspaceFolder}",
            "A": "1",
        },
    }
    rows, holes = containers_of(config, subject="repository")
    assert [row.get("value") for row in rows[0]["remote_env"]] == [None, None, None, "1"]
    assert holes["/0/workspace_folder"] == "not_collected"
    rows, holes = containers_of(config | {"workspaceFolder": "/src"}, subject="repository")
    assert rows[0]["remote_env"][2]["value"] == rows[0]["workspace_folder"] == "/src"


def test_secrets_are_hidden(containers_of):
    token = "ghp_" + "a1B2" * 9
    rows, holes = containers_of(
        {
            "image": f"x/{token}",
            "name": token,
            "containerEnv": {"GITHUB_TOKEN": "hunter2xyz", "B": token},
            "remoteEnv": {"PASSWORD": "hunter2xyz", "C": "${localEnv:X:" + token + "}"},
            "runArgs": ["-e", "API_KEY=hunter2xyz", "--env-file", token],
            "postCreateCommand": f"curl -H {token}",
            "onCreateCommand": ["x", token],
            "build": {"args": {"TOKEN": "hunter2xyz"}},
            "features": {"./a": {"token": "hunter2xyz"}, f"./{token}": {}},
            "customizations": {
                "vscode": {"settings": {"go.toolsEnvVars": {"TOKEN": "hunter2xyz"}}}
            },
        }
    )
    assert rows[0]["state"] == "present"
    for told in (str(rows), str(holes)):
        assert token not in told
        assert "hunter2xyz" not in told


@pytest.mark.parametrize(
    ("node", "state", "cause"),
    [
        ("", "broken", "parse_error"),
        ("[]", "broken", "parse_error"),
        ("null", "broken", "parse_error"),
        ("// no more", "broken", "parse_error"),
        (b"\xff\xfe\x00", "broken", "parse_error"),
        ('{"image": "${localEnv}"}', "broken", "parse_error"),
        ('{"a":' * 200, "unreadable", "too_large"),
        (b" " * (1 << 20) + b"{}", "unreadable", "too_large"),
        ("[" * 100_000, "unreadable", "too_large"),
        (Node("fifo"), "unreadable", "unsupported"),
        (Node(mode=0), "unreadable", "permission"),
    ],
    ids=range(11),
)
def test_a_file_that_cannot_be_read_costs_only_itself(containers_of, node, state, cause):
    rows, holes = containers_of(node, files={".devcontainer.json": {"image": "golang"}})
    assert (rows[0]["state"], rows[1]["state"]) == (state, "present")
    assert holes["/0/remote_env"] == holes["/0/image"] == holes["/0/kind"] == cause
    assert rows[0]["reason"]


def test_what_is_no_file_is_none(containers_of):
    rows, _ = containers_of(folder(), files={".devcontainer.json": link("/nowhere")})
    assert rows == []


def test_nothing_is_read_outside_of_a_repository(containers_of):
    files = {".git": folder(), ".devcontainer.json": link("/etc/devcontainer.json")}
    rows, _ = containers_of(files=files, subject="repository")
    assert [row["state"] for row in rows] == ["unreadable"]
    files = {".git": folder(), ".devcontainer": link("/etc")}
    rows, holes = containers_of(files=files, subject="repository")
    assert [row["state"] for row in rows] in ([], ["unreadable"])
    assert rows or "/-" in holes


def test_there_is_a_limit_to_folders(containers_of):
    names = {
        f".devcontainer/f{at:03}/devcontainer.json": {"image": "x"}
        for at in range(FOLDERS_LIMIT + 5)
    }
    rows, holes = containers_of(files=names)
    assert len(rows) == FOLDERS_LIMIT
    assert holes["/-"] == "too_large"


_SCALARS = st.sampled_from(
    (
        None,
        True,
        False,
        0,
        7,
        -1.5,
        1e300,
        2**70,
        "",
        " ",
        "x",
        "-e",
        "${localEnv:A}",
        "\0",
        "\udc80",
    )
)
_ANY = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("a", "vscode", "settings", "./x", "")), inner, max_size=3
        )
    ),
    max_leaves=6,
)
_KEYS = st.sampled_from(
    ("image", "build", "dockerFile", "context", "dockerComposeFile", "service", "containerEnv",
     "remoteEnv", "runArgs", "features", "postCreateCommand", "workspaceFolder", "userEnvProbe",
     "remoteUser", "overrideCommand", "secrets", "customizations", "settings", "name")
)  # fmt: skip


@given(st.dictionaries(_KEYS, _ANY))
def test_any_types_are_told_or_holes(containers_of_any, config):
    rows, _ = containers_of_any(json.dumps(config))
    assert rows[0]["state"] in {"present", "broken", "unreadable"}


@given(st.binary())
def test_any_bytes_are_told_or_holes(containers_of_any, content):
    rows, _ = containers_of_any(content)
    assert rows[0]["state"] in {"present", "broken", "unreadable"}


@pytest.fixture(scope="module")
def containers_of_any():
    from tests.gather.devcontainer.comparing import facts_of  # noqa: PLC0415

    def make(content):
        row, holes = facts_of(content)
        return [row], holes

    return make


@given(st.text("${}:localEnvcti\n", max_size=40))
def test_any_text_is_put_together_of_its_parts(text):
    parts = substituted(text, Folders(("/l",), ("l",), ("/c",), ("c",)), in_container=True)
    assert all(part != "" for part in parts)
    if "${" not in text:
        assert parts == ((text,) if text else ())
