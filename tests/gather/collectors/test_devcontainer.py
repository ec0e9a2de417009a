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


@pytest.fixture
def containers_of(survey_of):
    """Gather dev containers: the rows, and the holes below `/devcontainers`."""

    def make(*configs, files=None, **options):
        paths = {FILE: configs[0]} if configs else {}
        paths |= {f"{SHOP}/{name}": node for name, node in (files or {}).items()}
        written = {
            path: json.dumps(node) if isinstance(node, dict) else node
            for path, node in paths.items()
        }
        document, _ = survey_of(written, only=("devcontainer",), **options)
        start = "/devcontainers"
        holes = {
            key.removeprefix(start): hole["reason"]
            for key, hole in document["absent"].items()
            if key.startswith(start)
        }
        return document["facts"].get("devcontainers"), holes

    return make


def test_without_a_file_there_is_none(containers_of):
    assert containers_of() == ([], {})


def test_files_are_found_where_the_specification_has_them(containers_of):
    image = {"image": "golang"}
    rows, _ = containers_of(
        image,
        files={
            ".devcontainer.json": image,
            ".devcontainer/api/devcontainer.json": image,
            ".devcontainer/web/devcontainer.json": image,
            ".devcontainer/web/deep/devcontainer.json": image,
            ".devcontainer/other.json": image,
            "sub/.devcontainer/devcontainer.json": image,
        },
    )
    told = [(row["id"], row["default"], row["file"].removeprefix(SHOP + "/")) for row in rows]
    assert told == [
        (".devcontainer", True, ".devcontainer/devcontainer.json"),
        (".devcontainer.json", False, ".devcontainer.json"),
        ("api", False, ".devcontainer/api/devcontainer.json"),
        ("web", False, ".devcontainer/web/devcontainer.json"),
    ]
    assert all(row["state"] == "present" for row in rows)


def test_the_one_at_the_top_counts_where_there_is_no_other(containers_of):
    rows, _ = containers_of(files={".devcontainer.json": {"image": "golang"}})
    assert [(row["id"], row["default"]) for row in rows] == [(".devcontainer.json", True)]


def test_those_at_the_top_of_the_work_tree_are_told_as_well(containers_of, survey_of):
    files = {
        f"{SHOP}/.git": folder(),
        f"{SHOP}/api": folder(),
        f"{SHOP}/api/.devcontainer.json": '{"image": "a", "remoteEnv": '
        '{"F": "${containerWorkspaceFolder}"}}',
        FILE: '{"image": "b", "remoteEnv": {"F": "${containerWorkspaceFolder}"}}',
    }
    document, _ = survey_of(files, directory=f"{SHOP}/api", only=("devcontainer",))
    below, top = document["facts"]["devcontainers"]
    assert (below["id"], top["id"]) == (".devcontainer.json", f"{SHOP}/.devcontainer")
    assert top["remote_env"][0]["value"] == "/workspaces/shop"
    # Whether the top is mounted, or this folder alone, is for a setting to say.
    assert "value" not in below["remote_env"][0]


def test_two_of_one_name_are_told_apart(containers_of):
    rows, _ = containers_of(
        {"image": "a"}, files={".devcontainer/.devcontainer/devcontainer.json": {"image": "b"}}
    )
    assert [row["id"] for row in rows] == [".devcontainer", ".devcontainer (2)"]


def test_values_have_their_lines(survey_of):
    text = '{\n  "image": "golang",\n  "remoteEnv": {\n    "A": "1",\n    "B": "2"\n  }\n}\n'
    document, _ = survey_of({FILE: text}, only=("devcontainer",))
    rows = document["facts"]["devcontainers"][0]["remote_env"]
    assert [(row["name"], row["line"]) for row in rows] == [("A", 4), ("B", 5)]
    where = document["provenance"]["/devcontainers/0/remote_env/1"]
    assert (where["file"], where["line"]) == (FILE, 5)


def test_what_the_image_may_decide_is_unknown(containers_of):
    rows, holes = containers_of({"image": "golang"})
    for key in ("user_env_probe", "remote_user", "container_user", "override_command"):
        assert key not in rows[0]
        assert holes[f"/0/{key}"] == "not_collected"
    for key in ("image_remote_env", "image_container_env"):
        assert rows[0][key] == []
        assert holes[f"/0/{key}/-"] == "not_collected"
    rows, holes = containers_of(
        {
            "image": "golang",
            "userEnvProbe": "none",
            "remoteUser": "a",
            "containerUser": "b",
            "overrideCommand": False,
        }
    )
    told = [rows[0][key] for key in ("user_env_probe", "remote_user", "container_user")]
    assert (*told, rows[0]["override_command"]) == ("none", "a", "b", False)


def test_references_keep_their_scopes(containers_of):
    rows, _ = containers_of(
        {
            "image": "golang",
            "containerEnv": {"A": "x${localEnv:A:d}", "B": "${containerEnv:A}"},
            "remoteEnv": {"A": "${containerEnv:PATH}:${localEnv:B}"},
        }
    )
    assert rows[0]["container_env"][0]["parts"] == [
        "x",
        {"variable": "A", "of": "local", "else": ["d"]},
    ]
    # docker is given it as it is written: no container is there yet.
    assert rows[0]["container_env"][1]["value"] == "${containerEnv:A}"
    assert rows[0]["remote_env"][0]["parts"] == [
        {"variable": "PATH", "of": "container"},
        ":",
        {"variable": "B", "of": "local"},
    ]


def test_null_is_ambiguous_and_told(containers_of):
    rows, holes = containers_of({"image": "golang", "remoteEnv": {"GOFLAGS": None, "A": "1"}})
    assert rows[0]["null_remote_env"] == ["GOFLAGS"]
    assert holes["/0/remote_env/0/value"] == "ambiguous"


def test_run_args_are_read_as_docker_does(containers_of):
    rows, _ = containers_of(
        {
            "image": "golang",
            "containerUser": "root",
            "runArgs": [
                "-eA=1",
                "--env-file",
                "x.env",
                "-e",
                "B",
                "--env=C=${localEnv:C}",
                "-u",
                "5",
            ],
        },
        files={"x.env": "A=file\nD=2\n"},
    )
    assert [row["name"] for row in rows[0]["run_args_env_file"]] == ["A", "D"]
    assert rows[0]["run_args_env_file"][1]["file"] == f"{SHOP}/x.env"
    assert [(row["name"], row["how"]) for row in rows[0]["run_args_env"]] == [
        ("A", "set"),
        ("B", "pass"),
        ("C", "set"),
    ]
    assert rows[0]["run_args_env"][1]["of"] == "local"
    assert rows[0]["container_user"] == "5"


@pytest.mark.parametrize(
    "run_args",
    [["--nosuch", "x"], ["golang"], "-e A=1", ["-e"], [1], ["-e", "=1"], ["-e", "A=1", "x"]],
    ids=str,
)
def test_run_args_that_are_not_understood_leave_it_open(containers_of, run_args):
    rows, holes = containers_of(
        {"image": "golang", "runArgs": run_args, "containerEnv": {"A": "1"}}
    )
    assert rows[0]["container_env"][0]["value"] == "1"
    assert "/0/run_args_env/-" in holes
    assert "/0/run_args_env_file/-" in holes
    assert "/0/container_user" in holes


def test_compose_has_no_use_for_run_args(containers_of):
    rows, holes = containers_of(
        {"dockerComposeFile": ["a.yml", "../b.yml"], "service": "app", "runArgs": ["-e", "A=1"]}
    )
    assert rows[0]["compose"] == {
        "files": [f"{SHOP}/.devcontainer/a.yml", f"{SHOP}/b.yml"],
        "service": "app",
    }
    assert rows[0]["run_args_env"] == []
    assert "/0/run_args_env/-" not in holes


def test_line_breaks_are_not_followed_into_compose_files(containers_of):
    config = {"service": "app", "containerEnv": {"A": "a\nb", "B": "1"}}
    rows, holes = containers_of(config | {"dockerComposeFile": "c.yml"})
    assert holes["/0/container_env/0/value"] == "unsupported"
    assert rows[0]["container_env"][1]["value"] == "1"
    rows, _ = containers_of(config | {"image": "golang"})
    assert rows[0]["container_env"][0]["value"] == "a\nb"


def test_a_build_names_its_stage(containers_of):
    rows, _ = containers_of(
        {
            "build": {
                "dockerfile": "Dockerfile",
                "context": "..",
                "target": "DEV",
                "args": {"A": "1"},
            }
        },
        files={".devcontainer/Dockerfile": "FROM golang AS dev\nFROM dev AS last\n"},
    )
    build = rows[0]["build"]
    assert build.pop("args")[0]["value"] == "1"
    assert build == {
        "dockerfile": f"{SHOP}/.devcontainer/Dockerfile",
        "context": SHOP,
        "stage": ".devcontainer/Dockerfile/dev",
        "target": "DEV",
    }
    rows, _ = containers_of({"build": {"dockerfile": "../Dockerfile"}})
    assert (rows[0]["build"]["stage"], rows[0]["build"]["context"]) == ("Dockerfile", SHOP)


@pytest.mark.parametrize(("target", "stage"), [("last", "Dockerfile"), ("dev", "Dockerfile/dev")])
def test_the_last_stage_is_the_file_itself(containers_of, target, stage):
    rows, _ = containers_of(
        {"build": {"dockerfile": "../Dockerfile", "target": target}},
        files={"Dockerfile": "FROM a\nFROM b AS dev\nFROM c AS last\n"},
    )
    assert rows[0]["build"]["stage"] == stage


@pytest.mark.parametrize(
    ("target", "dockerfile", "cause"),
    [
        ("dev", None, "missing"),
        ("dev", "FROM a\n", "parse_error"),
        ("0", "FROM a AS x\nFROM b\n", "parse_error"),
        ("dev", "RUN x\n", "unsupported"),
    ],
)
def test_a_stage_that_is_not_there_is_a_hole(containers_of, target, dockerfile, cause):
    _, holes = containers_of(
        {"build": {"dockerfile": "../Dockerfile", "target": target}},
        files={} if dockerfile is None else {"Dockerfile": dockerfile},
    )
    assert holes["/0/build/stage"] == cause


def test_local_features_are_read(containers_of):
    rows, holes = containers_of(
        {"image": "golang", "features": {"./tools": {"x": "1"}, "ghcr.io/a/b/go:1": "1.22"}},
        files={
            ".devcontainer/tools/devcontainer-feature.json": {
                "id": "tools",
                "containerEnv": {
                    "PATH": "/tools/bin:${PATH}",
                    "A": "a $B ${C:-d} ${E:+f}",
                    "ODD": "a$",
                    "NUMBER": 1,
                    "QUOTED": 'a"\\$X',
                },
            }
        },
    )
    local, remote = rows[0]["features"]
    assert (local["local"], local["path"]) == (True, f"{SHOP}/.devcontainer/tools")
    env = {row["name"]: row for row in local["container_env"]}
    assert env["PATH"]["parts"] == ["/tools/bin:", {"variable": "PATH"}]
    assert env["A"]["parts"] == [
        "a ",
        {"variable": "B"},
        " ",
        {"variable": "C", "else": ["d"], "empty_is_unset": True},
        " ",
        {"variable": "E", "then": ["f"], "empty_is_unset": True},
    ]
    assert env["QUOTED"]["parts"] == ['a"\\', {"variable": "X"}]
    assert holes["/0/features/0/container_env/2/value"] == "unsupported"
    assert holes["/0/features/0/container_env/3/value"] == "parse_error"
    assert remote["options"] == [{"name": "version", "value": "1.22"}]
    assert holes["/0/features/1/container_env/-"] == "not_collected"


@pytest.mark.parametrize("name", ["/tools", "../../tools", "./nothing", "./broken", "./out"])
def test_features_that_cannot_be_read_leave_it_open(containers_of, name):
    _, holes = containers_of(
        {"image": "golang", "features": {name: {}}},
        files={
            ".git": folder(),
            ".devcontainer/broken/devcontainer-feature.json": "[]",
            ".devcontainer/out": link("/etc"),
        },
        subject="repository",
    )
    assert "/0/features/0/container_env/-" in holes


def test_a_feature_may_bring_others_along(containers_of):
    _, holes = containers_of(
        {"image": "golang", "features": {"./a": {}}},
        files={".devcontainer/a/devcontainer-feature.json": {"dependsOn": {"./b": {}}}},
    )
    assert holes["/0/features/0/container_env/-"] == "not_collected"


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
