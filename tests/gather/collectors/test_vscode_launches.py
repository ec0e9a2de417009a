from __future__ import annotations

import json
import time

import pytest

from tests.gather.fake_host import Node, folder, link
from tests.gather.running import running

HOME = "/home/dana"
SHOP = "/home/dana/shop"
CODE = f"{HOME}/.config/Code/User"
USER = f"{CODE}/settings.json"
FOLDER = f"{SHOP}/.vscode/settings.json"


def names(rows):
    return {row["name"]: row.get("value", row["how"]) for row in rows}


def hole(document, pointer):
    return document["absent"][f"/vscode/{pointer}"]


LAUNCH = """{
  "configurations": [
    // the server
    {
      "name": "Serve", "type": "go", "request": "launch", "cwd": "${workspaceFolder}/cmd",
      "env": {"A": "${workspaceFolder}", "N": null, "I": "${input:x}", "G": "${userHome}/go",
              "GOFLAGS": "-mod=mod -gcflags='all=-N -l' -v", "C": 1},
      "envFile": ["${workspaceFolder}/.env", "${workspaceFolder}/gone.env", ".env"],
    },
    {"name": "Serve", "type": "go", "request": "attach", "console": "externalTerminal",
     "env": {"X": "1"}, "linux": {"env": {"Y": "2"}}, "osx": {"env": {"Z": "3"}}},
    {"name": "Page", "type": "node", "env": {"A": "1", "B": null}, "envFile": "/x"},
    7,
  ]
}
"""


def test_launch_configurations_are_told_as_they_count(vscode_of):
    vscode, document = vscode_of(
        {
            f"{SHOP}/.vscode/launch.json": LAUNCH,
            f"{SHOP}/.env": "export A='x'\nB=${HOME}\n",
        }
    )

    serve, attach, page = vscode["launches"]
    assert [each["id"] for each in vscode["launches"]] == ["Serve", "Serve (2)", "Page"]
    assert serve["line"] == 4
    assert serve["for_go"] is True
    assert (serve["console"], serve["mode"], serve["cwd"]) == (
        "internalConsole",
        "auto",
        f"{SHOP}/cmd",
    )
    assert names(serve["env"]) == {
        "A": SHOP,
        "N": "unset",
        "I": "set",
        "G": f"{HOME}/go",
        "GOFLAGS": "-mod=mod -v",
        "C": "set",
    }
    assert hole(document, "launches/0/env/2/value")["reason"] == "opaque"
    assert hole(document, "launches/0/env/5/value")["reason"] == "wrong_type"
    first, second, third = serve["env_files"]
    assert (first["path"], first["state"]) == (f"{SHOP}/.env", "present")
    assert first["assignments"][1]["parts"] == [{"variable": "HOME", "of": "window"}]
    assert second["state"] == "missing"
    assert "state" not in third
    assert (attach["mode"], attach["console"]) == ("local", "externalTerminal")
    assert names(attach["env"]) == {"Y": "2"}
    assert page["for_go"] is False
    assert hole(document, "launches/2/env/1/value")["reason"] == "wrong_type"
    assert hole(document, "launches/2/console")["reason"] == "not_collected"


def test_tasks_have_the_variables_of_the_file_only_without_any_of_their_own(vscode_of):
    vscode, document = vscode_of(
        {
            f"{SHOP}/.vscode/tasks.json": {
                "version": "2.0.0",
                "options": {"env": {"WHOLE": "1"}, "shell": {"executable": "/bin/sh"}},
                "tasks": [
                    {"label": "a", "command": "go", "args": ["build", {"value": "./..."}]},
                    {
                        "label": "b",
                        "type": "shell",
                        "command": "make",
                        "options": {"env": {"A": 1, "B": None}},
                        "linux": {"command": "gmake", "options": {"env": {"L": "x"}}},
                    },
                    {"type": "go", "command": "test", "options": {"env": {"T": "1"}}},
                    {"command": "no label"},
                ],
            }
        }
    )

    first, second, third = vscode["tasks"]
    assert first["args"] == ["build", "./..."]
    assert first["for_go"] is True
    assert names(first["env"]) == {"WHOLE": "1"}
    assert first["shell"] == {"executable": "/bin/sh", "args": []}
    assert second["command"] == "gmake"
    assert names(second["env"]) == {"A": "1", "B": "set", "L": "x"}
    assert hole(document, "tasks/1/env/1/value")["reason"] == "wrong_type"
    assert (third["id"], third["for_go"]) == ("go test", True)
    assert names(third["env"]) == {"T": "1"}


def test_tasks_of_an_old_form_are_a_hole(vscode_of):
    _, document = vscode_of({f"{SHOP}/.vscode/tasks.json": {"version": "0.1.0", "command": "go"}})

    assert hole(document, "tasks/-")["reason"] == "unsupported"


def test_secrets_are_hidden_also_where_another_variable_holds_them(vscode_of):
    secret = "s3cr3t-of-the-shop-1234"
    vscode, document = vscode_of(
        {
            USER: {"terminal.integrated.env.linux": {"API_TOKEN": secret}},
            FOLDER: {"go.testEnvFile": f"{SHOP}/.env"},
            f"{SHOP}/.env": f"API_TOKEN={secret}\nURL=https://x/${{API_TOKEN}}\nPLAIN=1\n",
        }
    )

    assert secret not in json.dumps(document)
    assert hole(document, "go/test_env_files/0/assignments/1/value")["reason"] == "redacted"
    assert vscode["go"]["test_env_files"][0]["assignments"][2]["value"] == "1"


def test_a_repository_is_read_alone_and_nothing_out_of_it(vscode_of):
    vscode, document = vscode_of(
        {
            USER: {"go.gopath": "/user"},
            FOLDER: {"go.testEnvFile": "/etc/passwd", "go.goroot": "/x"},
            f"{SHOP}/.vscode/launch.json": link("/etc/launch.json"),
            "/etc/launch.json": {"configurations": [{"name": "Foreign"}]},
            "/etc/passwd": "foreign=1",
        },
        subject="repository",
    )

    assert "foreign" not in json.dumps(document).lower()
    assert vscode["go"]["goroot"] == "/x"
    assert hole(document, "go/gopath")["reason"] == "not_collected"
    assert hole(document, "launches/-")["reason"] == "not_collected"
    assert all(each["path"].startswith(SHOP) for each in vscode["files"])


def test_the_nearest_folder_with_settings_is_the_one_that_is_opened(vscode_of):
    vscode, _ = vscode_of(
        {FOLDER: {"go.goroot": "/x"}, f"{SHOP}/cmd/main.go": ""}, directory=f"{SHOP}/cmd"
    )

    assert vscode["folder"] == SHOP
    assert vscode["go"]["goroot"] == "/x"


HOSTILE = [
    pytest.param(Node("fifo"), "unsupported", id="fifo"),
    pytest.param(Node(content=b"{}", mode=0o000), "permission", id="unreadable"),
    pytest.param(Node(content=b"[" * 70, mode=0o644), "too_large", id="deep"),
    pytest.param(Node(content=b" " * ((1 << 20) + 1), mode=0o644), "too_large", id="huge"),
    pytest.param(folder(), "unsupported", id="folder"),
]


@pytest.mark.parametrize(("node", "cause"), HOSTILE)
def test_a_file_that_cannot_be_read_costs_only_what_it_decides(vscode_of, node, cause):
    vscode, document = vscode_of({USER: node, FOLDER: {"go.goroot": "/x"}})

    assert vscode["files"][0]["state"] == "unreadable"
    assert vscode["go"]["goroot"] == "/x"
    assert hole(document, "go/gopath")["reason"] == cause


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"7",
        b"[1]",
        b'"text"',
        b"\xff\xfe\x00",
        b'{"go": 5, "gopls": 7, "terminal.integrated.env.linux": "x", "http.proxy": 1}',
        b'{"terminal": null, "go.toolsEnvVars": [1], "go.alternateTools": "x", "gopls": [1]}',
        b'{"terminal.integrated.profiles.linux": {"bash": null, "zsh": 5, "x": {"path": [1]}}}',
        b'{"terminal.integrated.profiles.linux": 7, "go.testEnvFile": {"a": 1}}',
        b'{"terminal.integrated.defaultProfile.linux": ["x"], "go.gopath": {}, "go.goroot": [1]}',
        b'{"__proto__": {"go.goroot": "/x"}}',
        b'{"go.toolsEnvVars": {"": "x", "A=B": "y", "C": 1e999, "__proto__": {}}}',
        b'{"configurations": 5, "version": "2.0.0", "tasks": {"a": 1}, "options": 3}',
        b'{"configurations": [[], 1, null, {}, {"name": 5, "env": 7, "envFile": {"a": []}}]}',
        b'{"version": "2.0.0", "tasks": [{"label": 1}, {"label": "x", "command": [1], "args": 5}]}',
        b'{"version": "2.0.0", "tasks": [{"label": "x", "options": [], "linux": 3}], "linux": 4}',
        b'{"userDataProfiles": 5, "profileAssociations": [], "folders": [1, {"path": 2}]}',
    ],
)
def test_no_content_breaks_the_collector(vscode_of, content):
    vscode, document = vscode_of(
        {
            USER: content,
            FOLDER: content,
            f"{CODE}/tasks.json": content,
            f"{CODE}/globalStorage/storage.json": content,
            f"{SHOP}/.vscode/launch.json": content,
            f"{SHOP}/.vscode/tasks.json": content,
            f"{SHOP}/a.code-workspace": content,
        }
    )

    assert vscode is not None, document["absent"].get("/vscode")


def test_many_long_files_are_told_in_a_moment(vscode_of):
    env = {f"V{number}": "${env:PATH}:" * 20 for number in range(2000)}
    start = time.monotonic()
    vscode, _ = vscode_of({USER: {"terminal.integrated.env.linux": env}, FOLDER: {"gopls": env}})

    assert len(vscode["terminal"]["env"]) == 2000
    assert time.monotonic() - start < 20


@pytest.mark.parametrize(
    ("environ", "mode"), [(b"HOME=/home/dana\0", "desktop"), (b"VSCODE_CLI=1\0A=1\0", "cli")]
)
def test_the_running_editor_says_how_it_was_started(vscode_of, environ, mode):
    vscode, document = vscode_of(
        {
            USER: {},
            **running(7, "/usr/share/code/code", environ),
            **running(8, "/usr/share/code/code", b"X=1\0", b"code\0--type=renderer\0"),
        }
    )

    assert vscode["launch_mode"] == mode, document["absent"].get("/vscode/launch_mode")


def test_an_editor_that_does_not_run_says_nothing(vscode_of):
    _, document = vscode_of({USER: {}, "/proc/self": link("1")})

    assert hole(document, "launch_mode")["reason"] == "not_collected"
