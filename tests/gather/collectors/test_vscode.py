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


@pytest.fixture
def vscode_of(survey_of):
    def make(files=None, **machine):
        laid = {
            path: json.dumps(content) if isinstance(content, dict) else content
            for path, content in (files or {}).items()
        }
        environment = {"HOME": HOME, "PATH": "/bin"} | machine.pop("environment", {})
        document, _ = survey_of(
            {f"{SHOP}/.git/HEAD": "ref", **laid},
            environment=environment,
            only=("vscode",),
            **machine,
        )
        return document["facts"].get("vscode"), document

    return make


def names(rows):
    return {row["name"]: row.get("value", row["how"]) for row in rows}


def hole(document, pointer):
    return document["absent"][f"/vscode/{pointer}"]


def test_the_folders_settings_lie_over_the_users_variable_by_variable(vscode_of):
    vscode, document = vscode_of(
        {
            USER: '{\n  "terminal.integrated.env.linux": {\n"A": "user",\n"B": "user"}}',
            FOLDER: '{\n"terminal.integrated.env.linux": {"A": null, "C": "${workspaceFolder}"},}',
        }
    )

    assert vscode["terminal"]["env"] == [
        {"name": "A", "how": "unset", "file": FOLDER, "line": 2},
        {"name": "B", "how": "set", "value": "user", "file": USER, "line": 4},
        {"name": "C", "how": "set", "value": SHOP, "file": FOLDER, "line": 2},
    ]
    assert document["provenance"]["/vscode/terminal/env/1"]["file"] == USER
    found = vscode["settings"]["terminal.integrated.env.linux.A"]
    assert found == {
        "value": "null",
        "scope": "workspace",
        "file": FOLDER,
        "line": 2,
        "shadowed": [{"value": "user", "scope": "user", "file": USER, "line": 3}],
    }


def test_what_a_folder_may_not_set_is_passed_over(vscode_of):
    vscode, _ = vscode_of(
        {
            USER: {"http.proxy": "http://user.example:1"},
            FOLDER: {"http.proxy": "http://x:1", "terminal.integrated.inheritEnv": False},
        }
    )

    assert vscode["terminal"]["inherit_env"] is True
    assert names(vscode["go"]["proxy"])["HTTPS_PROXY"] == "http://user.example:1"
    assert len(vscode["go"]["proxy"]) == 4


def test_a_broken_file_gives_what_vscode_takes_from_it_and_says_so(vscode_of):
    vscode, _ = vscode_of({USER: '{"go.gopath": "/a"\n"go.goroot": "/b", // x\n'})

    assert vscode["go"]["gopath"] == "/a"
    assert vscode["go"]["goroot"] == "/b"
    assert vscode["files"][0] == {
        "path": USER,
        "kind": "settings",
        "scope": "user",
        "state": "broken",
        "errors": [
            {"what": "`,` should stand here", "line": 2},
            {"what": "a key in double quotes should stand here", "line": 3},
            {"what": "a value should stand here", "line": 3},
            {"what": "`}` is missing", "line": 3},
        ],
    }


def test_without_any_editor_only_what_the_folder_decides_is_known(vscode_of):
    vscode, document = vscode_of(
        {FOLDER: {"go.gopath": "/x", "terminal.integrated.env.linux": {"A": "1"}}}
    )

    assert vscode["installed"] is False
    assert "flavor" not in vscode
    assert vscode["go"]["gopath"] == "/x"
    assert "goroot" not in vscode["go"]
    assert hole(document, "go/goroot")["reason"] == "not_collected"
    assert names(vscode["terminal"]["env"]) == {"A": "1"}
    assert hole(document, "terminal/env/-")["reason"] == "not_collected"
    assert hole(document, "terminal/inherit_env")["reason"] == "not_collected"


def test_a_server_knows_the_machines_settings_and_not_the_users(vscode_of):
    machine = f"{HOME}/.vscode-server/data/Machine/settings.json"
    vscode, document = vscode_of(
        {machine: {"go.goroot": "/opt/go", "http.proxy": "http://p:1"}, FOLDER: {"go.gopath": "/x"}}
    )

    assert vscode["flavor"] == "server"
    assert vscode["go"]["goroot"] == "/opt/go"
    assert vscode["go"]["gopath"] == "/x"
    assert names(vscode["go"]["proxy"])["http_proxy"] == "http://p:1"
    assert hole(document, "go/tools_gopath")["reason"] == "not_collected"
    assert hole(document, "terminal/inherit_env")["reason"] == "not_collected"


def test_an_editor_that_was_never_started_here_may_be_that_of_another_machine(vscode_of):
    vscode, document = vscode_of({"/bin/code": Node(), FOLDER: {"go.gopath": "/x"}})

    assert (vscode["installed"], vscode["flavor"]) == (True, "code")
    assert vscode["go"]["gopath"] == "/x"
    assert hole(document, "go/goroot")["reason"] == "not_collected"


def storage(chosen, **flags):
    return {
        "userDataProfiles": [{"location": "1a2b", "name": "Go", "useDefaultFlags": flags}],
        "profileAssociations": {"workspaces": {f"file://{SHOP}": chosen}},
    }


def test_the_profile_that_the_folder_has_counts(vscode_of):
    other = f"{CODE}/profiles/1a2b/settings.json"
    vscode, _ = vscode_of(
        {
            USER: {"go.gopath": "/default", "terminal.integrated.inheritEnv": False},
            other: {"go.gopath": "/profile", "terminal.integrated.inheritEnv": True},
            f"{CODE}/globalStorage/storage.json": storage("1a2b"),
        }
    )

    assert vscode["go"]["gopath"] == "/profile"
    assert vscode["terminal"]["inherit_env"] is False


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        (storage("__default__profile__"), "/default"),
        (storage("1a2b", settings=True), "/default"),
        (storage("unheard"), None),
        ("{", None),
    ],
)
def test_which_profile_counts_is_known_or_a_hole(vscode_of, stored, expected):
    vscode, _ = vscode_of(
        {USER: {"go.gopath": "/default"}, f"{CODE}/globalStorage/storage.json": stored}
    )

    assert vscode["go"].get("gopath") == expected


def test_what_a_workspace_file_sets_is_ambiguous_and_so_is_what_it_switches_off(vscode_of):
    vscode, document = vscode_of(
        {
            USER: {"go.gopath": "/user", "go.toolsGopath": "/tools"},
            FOLDER: {"terminal.integrated.env.linux": {"A": "1"}, "go.goroot": "/go"},
            f"{SHOP}/shop.code-workspace": {
                "folders": [{"path": "."}],
                "settings": {"go.gopath": "/other"},
                "launch": {"configurations": [{"name": "From there", "type": "go"}]},
                "tasks": {"version": "2.0.0", "tasks": [{"label": "t", "command": "go"}]},
            },
        }
    )

    assert hole(document, "go/gopath")["reason"] == "ambiguous"
    assert vscode["go"]["tools_gopath"] == "/tools"
    assert vscode["go"]["goroot"] == "/go"
    assert hole(document, "terminal/env/-")["reason"] == "ambiguous"
    assert [each["id"] for each in vscode["launches"]] == ["From there"]
    assert [each["for_go"] for each in vscode["tasks"]] == [True]


def test_a_workspace_file_of_other_folders_changes_nothing(vscode_of):
    vscode, _ = vscode_of(
        {
            USER: {"go.gopath": "/user"},
            f"{SHOP}/x.code-workspace": {
                "folders": [{"path": "api"}],
                "settings": {"go.gopath": "/other"},
            },
        }
    )

    assert vscode["go"]["gopath"] == "/user"


def test_terminals_in_untrusted_workspaces_make_restricted_settings_ambiguous(vscode_of):
    _, document = vscode_of(
        {
            USER: {"terminal.integrated.allowInUntrustedWorkspace": True},
            FOLDER: {"terminal.integrated.shellIntegration.enabled": False},
        }
    )

    assert hole(document, "terminal/shell_integration")["reason"] == "ambiguous"


def test_texts_of_the_terminal_keep_what_vscode_cannot_replace(vscode_of):
    vscode, document = vscode_of(
        {
            USER: {
                "terminal.integrated.env.linux": {
                    "A": "${userHome}/go",
                    "B": "${env:X}/bin:${env:PATH}",
                    "C": "${command:x}",
                    "D": "${file}",
                    "E": 1,
                }
            }
        }
    )

    rows = {row["name"]: row for row in vscode["terminal"]["env"]}
    assert rows["A"]["value"] == "${userHome}/go"
    assert rows["B"]["parts"] == [
        {"variable": "X", "of": "window"},
        "/bin:",
        {"variable": "PATH", "of": "window"},
    ]
    assert rows["C"]["value"] == "${command:x}"
    assert "value" not in rows["D"]
    assert hole(document, "terminal/env/3/value")["reason"] == "opaque"
    assert rows["E"]["how"] == "unset"


def test_the_tools_of_go_take_whatever_is_no_text_for_one(vscode_of):
    vscode, _ = vscode_of(
        {
            USER: {
                "go.toolsEnvVars": {"A": None, "B": 1, "C": True, "D": "~/x//y/", "E": {"x": 1}},
                "go.testEnvVars": {"F": "${env:X}", "G": "${workspaceFolder}/g"},
                "go.alternateTools": {"gopls": "~/bin/gopls", "dlv": ""},
            }
        }
    )

    assert names(vscode["go"]["tools_env"]) == {
        "A": "null",
        "B": "1",
        "C": "true",
        "D": f"{HOME}/x/y/",
        "E": "[object Object]",
    }
    assert names(vscode["go"]["test_env"]) == {"F": "${env:X}", "G": f"{SHOP}/g"}
    assert vscode["go"]["alternate_tools"] == {"gopls": f"{HOME}/bin/gopls"}


def test_gopls_takes_its_variables_by_the_last_part_of_a_name(vscode_of):
    vscode, document = vscode_of(
        {USER: {"gopls": {"build.env": {"A": "1", "B": "1"}, "env": {"B": "2", "C": "3"}}}}
    )

    assert names(vscode["gopls"]["env"]) == {"A": "1", "B": "set", "C": "3"}
    assert hole(document, "gopls/env/1/value")["reason"] == "ambiguous"


def test_gopls_refuses_a_table_with_a_number_in_it(vscode_of):
    vscode, document = vscode_of({USER: {"gopls": {"build.env": {"A": "1", "CGO_ENABLED": 1}}}})

    assert vscode["gopls"]["env"] == []
    assert hole(document, "gopls/env/-")["reason"] == "wrong_type"


def test_settings_that_nobody_reads_are_told_with_what_to_set_instead(vscode_of):
    vscode, _ = vscode_of(
        {
            USER: '{\n"go.useDlvDap": true,\n"go.gopath": "/x",\n'
            '"gopls": {\n"build.experimentalWorkspaceModule": true}}'
        }
    )

    assert vscode["dead_settings"] == [
        {
            "name": "go.useDlvDap",
            "file": USER,
            "line": 2,
            "owner": "the Go extension",
            "since": "0.23.0",
            "instead": "go.delveConfig",
        },
        {
            "name": "gopls.build.experimentalWorkspaceModule",
            "file": USER,
            "line": 5,
            "owner": "gopls",
            "instead": "a go.work file",
        },
    ]


def test_the_default_profile_is_found_by_its_name(vscode_of):
    vscode, document = vscode_of(
        {
            USER: {
                "terminal.integrated.defaultProfile.linux": "mine",
                "terminal.integrated.profiles.linux": {
                    "mine": {
                        "path": ["/none/zsh", "${env:X}", "/usr/bin/zsh"],
                        "args": ["-l", 1],
                        "env": {"A": "1", "B": None},
                    }
                },
                "terminal.integrated.automationProfile.linux": {"path": "/bin/sh"},
            },
            "/usr/bin/zsh": Node(),
            "/bin/sh": Node(),
        }
    )

    profile = vscode["terminal"]["profile"]
    assert (profile["name"], profile["state"]) == ("mine", "named")
    assert profile["args"] == ["-l"]
    assert names(profile["env"]) == {"A": "1", "B": "unset"}
    # The second path may be there, so the third is not known to count.
    assert hole(document, "terminal/profile/path")["reason"] == "not_collected"
    assert vscode["terminal"]["automation_profile"]["path"] == "/bin/sh"
    known = [each["id"] for each in vscode["terminal"]["profiles"]]
    assert known == ["bash", "zsh", "fish", "tmux", "pwsh", "mine"]


def test_without_a_default_the_profile_of_the_users_shell_counts(vscode_of):
    vscode, _ = vscode_of(
        {USER: {"terminal.integrated.profiles.linux": {"bash": {"path": "bash", "args": ["-l"]}}}}
    )

    profile = vscode["terminal"]["profile"]
    assert (profile["name"], profile["state"], profile["path"]) == ("bash", "of_the_shell", "bash")
    assert profile["args"] == ["-l"]


def test_a_name_of_no_profile_leads_to_that_of_the_shell(vscode_of):
    vscode, _ = vscode_of({USER: {"terminal.integrated.defaultProfile.linux": "gone"}})

    assert vscode["terminal"]["profile"]["state"] == "of_the_shell"


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
