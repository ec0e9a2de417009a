from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.gather.host import Answer, HostError
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from tests.gather.fake_host import FakeHost, Node, folder

ANSWERS = Path(__file__).parents[1] / "images" / "answers"
ELF = b"\x7fELF" + b"\0" * 60
ID = "sha256:" + "0" * 64


@pytest.fixture
def images_of(redaction):
    """Gather images: `programs` are what each tool answers to `ls` and to `inspect`."""

    def make(programs, files=None, *, asked=True, environment=None, path="/usr/bin"):
        tools = {f"/usr/bin/{name}": Node(content=ELF) for name in programs}
        host = FakeHost(
            {"/home/dana/shop": folder()} | tools | (files or {}),
            environment={"PATH": path, "HOME": "/home/dana"} | (environment or {}),
            programs={f"/usr/bin/{name}": run for name, run in programs.items()},
        )
        document = gather(
            host,
            subject="workstation",
            directory="/home/dana/shop",
            redaction=redaction,
            only=("images",),
            launch=LaunchOptions(images=asked),
        )
        return document["facts"].get("images"), document, host

    return make


def saying(ls, inspect, *, code=0):
    def run(argv, _environment):
        if argv[2] == "ls":
            return Answer(0, ls.encode(), b"")
        return Answer(code, inspect.encode(), b"")

    return run


def failing(errors, code=1):
    return lambda _argv, _environment: Answer(code, b"", errors)


def recorded(name):
    answer = json.loads((ANSWERS / f"{name}.json").read_text())
    return saying(answer["ls"], answer["inspect"])


def one(**image):
    return saying(ID, json.dumps([{"Id": ID} | image]))


def test_nothing_is_run_unless_it_is_asked_for(images_of):
    found, document, host = images_of({"docker": one()}, asked=False)
    assert (found, host.runs) == (None, [])
    hole = document["absent"]["/images"]
    assert hole["reason"] == "not_collected"
    assert "--images" in hole["detail"]


DOCKER = ["docker-20.10.24", "docker-28.2.2"]


@pytest.mark.parametrize("name", DOCKER)
def test_recorded_answers_of_docker_are_told(images_of, name):
    found, document, host = images_of({"docker": recorded(name)})
    assert (found["state"], found["tool"]) == ("answered", "docker")
    by_id = {image["id"]: image for image in found["list"]}
    assert set(by_id) == {
        "golang:1.22",
        "example.com:5000/team/tool:v1",
        "golang:latest",
        "dana/bare:1",
        "localhost/mine:latest",
        "hub:latest",
        "dana/hub:2",
    }
    full = by_id["golang:1.22"]
    assert "docker.io/library/golang:1.22" in full["names"]
    assert full["image"] == by_id["example.com:5000/team/tool:v1"]["image"]
    values = {each["name"]: each["value"] for each in full["env"]}
    assert values == {
        "PATH": "/go/bin:/usr/local/go/bin:/bin",
        "GOTOOLCHAIN": "local",
        "GOPATH": "/go",
        "API_TOKEN": values["API_TOKEN"],
        "EMPTY": "",
        "QUOTED": "a b = c",
    }
    assert "hunter2" not in json.dumps(document)
    assert full["entrypoint"] == {"argv": ["/bin/sh"]}
    assert full["cmd"] == {"argv": ["-c", "echo $GOPATH"]}
    assert full["shell"] == ["/bin/sh", "-eu", "-c"]
    assert (full["user"], full["workdir"]) == ("1000:1000", "/src")
    assert (full["os"], full["arch"]) == ("linux", "amd64")
    short = by_id["golang:latest"]
    assert "golang" in short["names"]
    assert short["cmd"] == {"argv": ["/bin/sh", "-c", "echo text"]}
    assert {"entrypoint", "shell", "user", "workdir", "digest"}.isdisjoint(short)
    assert [argv[1:3] for argv in host.runs] == [("image", "ls"), ("image", "inspect")]


def test_recorded_answers_of_podman_are_told(images_of):
    found, document, _ = images_of({"podman": recorded("podman-4.3.1")})
    assert (found["state"], found["tool"]) == ("answered", "podman")
    names = {image["id"]: image["names"] for image in found["list"]}
    assert set(names) == {
        "localhost/golang:1.22",
        "example.com:5000/team/tool:v1",
        "localhost/golang:latest",
        "localhost/dana/bare:1",
        "localhost/mine:latest",
        "hub:latest",
        "dana/hub:2",
    }
    assert {"golang", "localhost/golang"} <= set(names["localhost/golang:latest"])
    for at, image in enumerate(found["list"]):
        assert document["absent"][f"/images/list/{at}/shell"]["reason"] == "unsupported"
        assert image["digest"].startswith("sha256:")
    assert "hunter2" not in json.dumps(document)


def test_of_two_with_one_short_name_podman_takes_the_one_built_here(images_of):
    tags = ["docker.io/library/mine:1", "localhost/mine:1"]
    found, _, _ = images_of({"podman": one(RepoTags=tags)})
    names = {image["id"]: image["names"] for image in found["list"]}
    assert "mine:1" in names["localhost/mine:1"]
    assert "mine:1" not in names["mine:1"]
    found, _, _ = images_of({"docker": one(RepoTags=tags)})
    names = {image["id"]: image["names"] for image in found["list"]}
    assert "mine:1" in names["mine:1"]


def test_an_image_without_a_tag_goes_by_its_digest_and_one_without_a_name_by_none(images_of):
    digest = "sha256:" + "1" * 64
    found, _, _ = images_of({"docker": one(RepoTags=None, RepoDigests=[f"golang@{digest}"])})
    assert [(image["id"], image["digest"]) for image in found["list"]] == [
        (f"golang@{digest}", digest)
    ]
    found, document, _ = images_of({"docker": one(RepoTags=[], RepoDigests=[])})
    assert found["list"] == []
    assert "/images/list/-" not in document["absent"]


def test_a_digest_belongs_to_the_repository_that_has_it(images_of):
    found, document, _ = images_of(
        {
            "docker": one(
                RepoTags=["a:1", "example.com/b:1", "c:1"],
                RepoDigests=["a@sha256:1", "c@sha256:2", "c@sha256:3"],
            )
        }
    )
    assert [image.get("digest") for image in found["list"]] == ["sha256:1", None, None]
    assert "/images/list/1/digest" not in document["absent"]
    assert document["absent"]["/images/list/2/digest"]["reason"] == "ambiguous"


def test_podman_is_asked_where_docker_does_not_answer(images_of):
    down = failing(b"Cannot connect to the Docker daemon at tcp://u:hunter2@x.")
    found, _, host = images_of({"docker": down, "podman": one(RepoTags=["localhost/x:1"])})
    assert found["tool"] == "podman"
    assert [argv[0] for argv in host.runs] == [
        "/usr/bin/docker",
        "/usr/bin/podman",
        "/usr/bin/podman",
    ]


def late(_argv, _environment):
    raise HostError("timeout", "/usr/bin/docker did not end in time")


@pytest.mark.parametrize(
    ("run", "cause"),
    [
        (failing(b"Cannot connect to the Docker daemon at tcp://u:hunter2@x."), "missing"),
        (failing(b"permission denied while trying to connect hunter2"), "permission"),
        (failing(b"hunter2", 125), "missing"),
        (saying("hunter2", "[]"), "parse_error"),
        (saying("--help", "[]"), "parse_error"),
        (saying("x" * (17 << 20), "[]"), "too_large"),
        (late, "timeout"),
    ],
    ids=range(7),
)
def test_a_tool_that_does_not_answer_has_failed(images_of, run, cause):
    found, document, _ = images_of({"docker": run})
    assert found == {"state": "failed", "tool": "docker"}
    assert document["absent"]["/images/list"]["reason"] == cause
    assert "hunter2" not in json.dumps(document)


def test_without_a_tool_there_is_nothing_to_ask(images_of):
    found, document, _ = images_of({})
    assert found == {"state": "missing"}
    assert document["absent"]["/images/list"]["reason"] == "missing"


@pytest.mark.parametrize(
    ("files", "path", "said"),
    [
        ({"/usr/bin/docker": Node(content=b"#!/bin/sh\n")}, "/usr/bin", "a script"),
        ({"/usr/bin/docker": Node(content=b"what")}, "/usr/bin", "is not known"),
        ({"/usr/bin": folder(0o777)}, "/usr/bin", "was not run"),
        ({"/home/dana/shop/bin/docker": Node(content=ELF)}, "/home/dana/shop/bin", "lies in"),
    ],
)
def test_only_a_tool_that_nobody_else_put_there_is_run(images_of, files, path, said):
    found, document, host = images_of({"docker": one()}, files, path=path)
    assert (found["state"], host.runs) == ("failed", [])
    hole = document["absent"]["/images/list"]
    assert hole["reason"] == "opaque"
    assert said in hole["detail"]


def test_a_tool_gets_what_leads_it_to_its_daemon_and_no_other_variable(images_of):
    seen = []

    def run(argv, environment):
        seen.append(environment)
        return one()(argv, environment)

    kept = {"DOCKER_HOST": "ssh://x", "XDG_RUNTIME_DIR": "/run/user/1000", "CONTAINERS_CONF": "/c"}
    dropped = {"LD_PRELOAD": "/x.so", "API_TOKEN": "x", "PODMAN_X": "x", "BASH_ENV": "/x"}
    images_of({"docker": run}, environment=kept | dropped, path="bin:/usr/bin:/home/dana/bin")
    assert seen[0] == kept | {
        "HOME": "/home/dana",
        "PATH": "/usr/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LC_ALL": "C",
        "PWD": "/",
    }


def many(number, *, answered=None):
    def run(argv, _environment):
        if argv[2] == "ls":
            ids = "\n".join(f"{at:064x}" for at in range(number))
            return Answer(0, ids.encode(), b"")
        told = [{"Id": each, "RepoTags": [f"i{int(each, 16)}:1"]} for each in argv[3:]][:answered]
        return Answer(0, json.dumps(told).encode(), b"")

    return run


def test_too_many_images_leave_the_list_open(images_of):
    found, document, host = images_of({"docker": many(200)})
    assert len(found["list"]) == 200
    assert "/images/list/-" not in document["absent"]
    assert [len(argv) for argv in host.runs] == [5, 53, 53, 53, 53]
    found, document, _ = images_of({"docker": many(201)})
    assert len(found["list"]) == 200
    assert document["absent"]["/images/list/-"]["reason"] == "too_large"


@pytest.mark.parametrize(
    "run",
    [many(3, answered=2), saying(ID, "[]", code=1), saying(ID, ""), saying(ID, "[1]")],
    ids=range(4),
)
def test_an_image_that_is_not_told_leaves_the_list_open(images_of, run):
    _, document, _ = images_of({"docker": run})
    assert "/images/list/-" in document["absent"]


def test_a_machine_that_does_not_run_is_not_asked(images_of, redaction):
    host = FakeHost({"/home/dana/shop": folder()})
    host.is_live = False
    document = gather(
        host,
        subject="workstation",
        directory="/home/dana/shop",
        redaction=redaction,
        only=("images",),
        launch=LaunchOptions(images=True),
    )
    assert document["absent"]["/images"]["detail"] == "only a running machine can be asked"
