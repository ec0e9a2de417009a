from __future__ import annotations

import pytest

from tests.gather.fake_host import folder, link

SHOP = "/home/dana/shop"
FILE = f"{SHOP}/.devcontainer/devcontainer.json"


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
