from __future__ import annotations

import pytest

from tests.gather.fake_host import Node, link

HOME = "/home/dana"
SHOP = "/home/dana/shop"
CODE = f"{HOME}/.config/Code/User"
USER = f"{CODE}/settings.json"
FOLDER = f"{SHOP}/.vscode/settings.json"


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


@pytest.mark.parametrize(
    ("setting", "files", "is_folder"),
    [
        ("/opt/go", {"/opt/go/VERSION": "go1.22.10"}, True),
        ("~/go", {f"{HOME}/go/VERSION": "go1.22.10"}, True),
        ("/opt/go", {"/opt/go": "a file"}, False),
        ("/opt/go", {}, False),
        ("/opt/go", {"/opt/go": link("/usr/go"), "/usr/go/VERSION": "go1.22.10"}, True),
    ],
)
def test_it_is_told_whether_the_goroot_of_the_settings_is_a_folder(
    vscode_of, setting, files, is_folder
):
    vscode, _ = vscode_of({USER: {"go.goroot": setting}, **files})

    assert vscode["go"]["goroot_is_folder"] is is_folder


def test_whether_a_goroot_is_a_folder_may_be_unknown(vscode_of):
    def cause(setting, **machine):
        _, document = vscode_of({FOLDER: {"go.goroot": setting}, USER: {}}, **machine)
        return hole(document, "go/goroot_is_folder")["reason"]

    assert cause("sdk/go") == "opaque"
    assert cause(["/opt/go"]) == "wrong_type"
    assert cause("/opt/go", subject="repository") == "not_collected"


def test_where_no_goroot_is_set_there_is_no_folder_either(vscode_of):
    vscode, document = vscode_of({USER: {"go.goroot": ""}})

    assert "goroot_is_folder" not in vscode["go"]
    assert "/vscode/go/goroot_is_folder" not in document["absent"]


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
