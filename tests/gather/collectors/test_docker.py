from __future__ import annotations

import pytest

from engine.gather.dockerfile.finding import is_dockerfile
from tests.gather.fake_host import Node, link

SHOP = "/home/dana/shop"
TEXT = """\
ARG GO_VERSION=1.22
FROM golang:${GO_VERSION} AS build
ARG GO_VERSION
ENV GOROOT=/usr/local/go PATH=$GOROOT/bin:$PATH
ENV GO_VERSION=$GO_VERSION
RUN bash -lc make >> /etc/profile.d/x.sh
FROM build
FROM scratch
USER nonroot
ENTRYPOINT ["/app"]
CMD serve
"""


@pytest.fixture
def docker_of(survey_of):
    def make(files, **more):
        placed = {f"{SHOP}/{name}": node for name, node in files.items()}
        document, _ = survey_of(placed, only=("docker",), **more)
        return document["facts"]["docker"], document

    return make


def test_stages_are_told_with_what_each_sets(docker_of):
    docker, document = docker_of({"Dockerfile": TEXT})
    build, _, final = docker["stages"]
    assert [stage["id"] for stage in docker["stages"]] == [
        "Dockerfile/build", "Dockerfile/1", "Dockerfile",
    ]  # fmt: skip
    file = f"{SHOP}/Dockerfile"
    assert build["base"] == {
        "kind": "image",
        "name": "golang:1.22",
        "reference": "docker.io/library/golang:1.22",
        "depends_on_args": ["GO_VERSION"],
        "file": file,
        "line": 2,
    }
    assert build["env"][1]["parts"] == [
        {"variable": "GOROOT", "of": "inherited"},
        "/bin:",
        {"variable": "PATH", "of": "inherited"},
    ]
    assert build["env"][2] == {
        "name": "GO_VERSION",
        "how": "set",
        "value": "1.22",
        "depends_on_args": ["GO_VERSION"],
        "file": file,
        "line": 5,
    }
    assert document["provenance"]["/docker/stages/0/env/2"]["line"] == 5
    (run,) = build["runs"]
    assert (run["login_shell"], run["writes_startup"]) == (True, ["/etc/profile.d/x.sh"])
    assert document["absent"]["/docker/stages/0/user"]["reason"] == "not_collected"
    assert docker["stages"][1]["base_stage"] == "Dockerfile/build"
    assert (final["user"], final["is_final"], final["workdir"]) == ("nonroot", True, "/")
    assert final["entrypoint"]["argv"] == ["/app"]
    assert (final["cmd"]["text"], final["cmd"]["shell"]) == ("serve", ["/bin/sh", "-c"])
    assert final["env"][0]["value"].startswith("/usr/local/sbin:")
    assert docker["same_instruction_references"] == [
        {"name": "PATH", "refers_to": "GOROOT", "file": file, "line": 4}
    ]


def test_what_the_file_of_a_refused_one_says_is_not_told(docker_of):
    docker, _ = docker_of({"Dockerfile": "FROM a\nENV A\n"})
    assert docker["files"] == [
        {
            "path": f"{SHOP}/Dockerfile",
            "state": "refused",
            "reason": "ENV must have two arguments",
            "line": 2,
        }
    ]
    assert docker["stages"] == []
    docker, document = docker_of({"Dockerfile": "FROM scratch\nENV A=${B:?}\n"})
    assert docker["files"][0]["state"] == docker["stages"][0]["state"] == "refused"
    assert "env" not in docker["stages"][0]
    assert document["absent"]["/docker/stages/0/env"]["reason"] == "parse_error"


def test_files_are_found_by_name_below_the_directory(docker_of):
    text = "FROM a\n"
    docker, _ = docker_of(
        {
            "api/Dockerfile.dev": text,
            "web.Dockerfile": text,
            "Containerfile": text,
            "a/b/c/Dockerfile": text,
            "a/b/c/d/Dockerfile": text,
            "node_modules/x/Dockerfile": text,
            "Dockerfile.dockerignore": "x",
            "Dockerfiles": "x",
        }
    )
    assert [stage["id"] for stage in docker["stages"]] == [
        "Containerfile", "web.Dockerfile", "api/Dockerfile.dev", "a/b/c/Dockerfile",
    ]  # fmt: skip
    assert is_dockerfile("dockerfile")
    assert is_dockerfile("Dockerfile.dev")
    assert not any(map(is_dockerfile, ("dockerfile.go", "Dockerfile.5.md", "Dockerfile.txt")))


def test_ids_that_collide_are_told_apart(docker_of):
    docker, _ = docker_of({"Dockerfile": "FROM a AS x\nFROM b AS x\nFROM c\n"})
    assert [each["id"] for each in docker["stages"]] == [
        "Dockerfile/x", "Dockerfile/x (2)", "Dockerfile",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("node", "state", "cause"),
    [
        (Node("fifo"), "unreadable", "unsupported"),
        (Node(mode=0), "unreadable", "permission"),
        (b" " * (1 << 20) + b"\nFROM a", "unreadable", "too_large"),
        (b"FROM a\n" * 501, "too_large", "too_large"),
        (b"# syntax=other\nFROM a\n", "other_syntax", "unsupported"),
    ],
)
def test_a_file_that_is_not_followed_leaves_the_stages_open(docker_of, node, state, cause):
    docker, document = docker_of({"Dockerfile": node, "b.Dockerfile": "FROM scratch\n"})
    assert [each["state"] for each in docker["files"]] == [state, "present"]
    assert [each["id"] for each in docker["stages"]][-1] == "b.Dockerfile"
    assert document["absent"]["/docker/stages/-"]["reason"] == cause
    assert document["absent"]["/docker/suspects/-"]["reason"] == cause


def test_a_link_out_of_a_repository_is_not_followed(docker_of):
    docker, _ = docker_of({"Dockerfile": link("/etc/hostname")}, subject="repository")
    assert docker["files"][0]["state"] == "unreadable"


def test_secrets_are_suspected_and_hidden(docker_of):
    docker, document = docker_of(
        {
            "Dockerfile": "FROM a\nARG NPM_TOKEN\nENV DB_PASSWORD=hunter2 API_TOKEN=$NPM_TOKEN\n"
            "ENV KEY_FILE=/run/key\nRUN x --password=hunter2\n"
        }
    )
    assert [(each["name"], each["how"]) for each in docker["suspects"]] == [
        ("NPM_TOKEN", "arg"), ("DB_PASSWORD", "env"), ("API_TOKEN", "env"),
    ]  # fmt: skip
    assert "hunter2" not in str(document)


def test_warnings_that_refuse_leave_the_state_open(docker_of):
    _, document = docker_of({"Dockerfile": "# check=error=true\nFROM a\n"})
    assert document["absent"]["/docker/files/0/state"]["reason"] == "unsupported"
