from __future__ import annotations

import time

import pytest

from tests.gather.fake_host import Node, folder, link

HOME = "/home/dana/shop"


@pytest.fixture
def compose_of(survey_of):
    """Gather a project: its files by path below the directory, or one compose.yaml."""

    def make(files, *, environment=None, **more):
        files = {"compose.yaml": files} if isinstance(files, (str, bytes, Node)) else files
        document, _ = survey_of(
            {f"{HOME}/{path}" if path[0] != "/" else path: node for path, node in files.items()},
            environment=environment,
            only=("compose",),
            **more,
        )
        return document["facts"]["compose"], document

    return make


def holes(document, at):
    return document["absent"].get(f"/compose{at}")


def test_a_project_is_told_with_its_places(compose_of):
    compose, document = compose_of(
        {
            "compose.yaml": (
                "services:\n"
                "  web:\n"
                "    image: golang:1.22\n"
                "    command: go run ./cmd\n"
                "    env_file: web.env\n"
                "    environment:\n"
                "      GOFLAGS: -mod=mod\n"
                "      GOPROXY:\n"
                "      GOPRIVATE: ${HOSTS:-none}\n"
            ),
            "compose.override.yaml": "services:\n  web:\n    environment:\n      - GOFLAGS=-v\n",
            "web.env": "A=1\n",
            ".env": "GOPROXY=off\n",
        }
    )
    assert compose["state"] == "present"
    assert [(each["path"], each["by"], each["state"]) for each in compose["files"]] == [
        (f"{HOME}/compose.yaml", "default", "present"),
        (f"{HOME}/compose.override.yaml", "default", "present"),
    ]
    assert compose["project"] == {
        "directory": HOME,
        "name": "shop",
        "env_file": f"{HOME}/.env",
        "env": [
            {"name": "GOPROXY", "how": "set", "value": "off", "file": f"{HOME}/.env", "line": 1}
        ],
        "required": [],
    }
    (web,) = compose["services"]
    proxy = {"variable": "GOPROXY", "of": "client", "else": ["off"]}
    hosts = {"variable": "HOSTS", "of": "client", "else": ["none"], "empty_is_unset": True}
    assert web == {
        "id": "web",
        "file": f"{HOME}/compose.yaml",
        "line": 2,
        "image": "golang:1.22",
        "profiles": [],
        "enabled": True,
        "tty": False,
        "command": {"form": "text", "argv": ["go", "run", "./cmd"]},
        "env_files": [
            {
                "path": f"{HOME}/web.env",
                "required": True,
                "format": "compose",
                "state": "present",
                "assignments": [
                    {
                        "name": "A",
                        "how": "set",
                        "value": "1",
                        "file": f"{HOME}/web.env",
                        "line": 1,
                    }
                ],
            }
        ],
        "environment": [
            {
                "name": "GOFLAGS",
                "how": "set",
                "value": "-v",
                "file": f"{HOME}/compose.override.yaml",
                "line": 4,
            },
            {
                "name": "GOPROXY",
                "how": "set",
                "parts": [proxy],
                "file": f"{HOME}/compose.yaml",
                "line": 8,
            },
            {
                "name": "GOPRIVATE",
                "how": "set",
                "parts": [hosts],
                "file": f"{HOME}/compose.yaml",
                "line": 9,
            },
        ],
    }
    place = document["provenance"]["/compose/services/0/environment/0"]
    assert (place["file"], place["line"]) == (f"{HOME}/compose.override.yaml", 4)
    assert holes(document, "/services/0/environment/1/value")["reason"] == "not_collected"


def test_a_name_alone_is_the_clients_or_goes(compose_of):
    compose, _ = compose_of("services:\n  web:\n    image: x\n    environment: [GOFLAGS]\n")
    assert compose["services"][0]["environment"] == [
        {
            "name": "GOFLAGS",
            "how": "pass",
            "of": "client",
            "if_missing": "unset",
            "file": f"{HOME}/compose.yaml",
            "line": 4,
        }
    ]


def test_a_build_names_its_stage(compose_of):
    compose, document = compose_of(
        "services:\n"
        "  web: {build: {context: ., target: dev, args: [A]}}\n"
        "  api: {build: ./api}\n"
        "  far: {build: 'https://github.com/a/b.git'}\n"
        "  up: {build: ..}\n"
    )
    builds = {each["id"]: each["build"] for each in compose["services"]}
    assert builds["web"]["stage"] == "Dockerfile/dev"
    assert builds["web"]["args"][0]["if_missing"] == "keep"
    assert builds["api"]["stage"] == "api/Dockerfile"
    assert builds["api"]["context"] == f"{HOME}/api"
    assert builds["up"]["stage"] == "/home/dana/Dockerfile"
    assert holes(document, "/services/2/build/stage")["reason"] == "unsupported"


def test_a_directory_without_a_project(compose_of):
    compose, _ = compose_of({"Makefile": "all:\n"})
    assert compose == {"state": "missing", "files": [], "services": []}


def test_the_nearest_project_upwards_counts_but_not_beyond_a_repository(compose_of):
    files = {"/home/dana/compose.yaml": "services: {a: {image: x}}\n", f"{HOME}/.git": folder()}
    compose, _ = compose_of(files)
    assert compose["project"]["directory"] == "/home/dana"
    compose, _ = compose_of(files, subject="repository")
    assert compose["state"] == "missing"


def test_secrets_stay_where_they_are(compose_of):
    _, document = compose_of(
        {
            "compose.yaml": (
                "services:\n"
                "  db:\n"
                "    image: x\n"
                "    env_file: db.env\n"
                "    command: [serve, --dsn, 'postgres://dana:hunter2@db/shop']\n"
                "    build: {context: ., args: {API_TOKEN: hunter2}}\n"
                "    environment:\n"
                "      DB_PASSWORD: hunter2\n"
                "      OTHER_PASSWORD: ${X:-hunter2}\n"
                "      DSN: postgres://dana:hunter2@db/shop\n"
            ),
            "db.env": "ROOT_PASSWORD=hunter2\n",
            ".env": "ADMIN_PASSWORD=hunter2\n",
        }
    )
    assert "hunter2" not in str(document)


@pytest.mark.parametrize(
    "broken",
    [
        "services: {a: {image: x}}\nservices: {hunter2: {image: x}}\n",
        "services:\n  web:\n    image: 'hunter2\n",
        "services:\n  web:\n    image: *hunter2\n",
        "services:\n  web:\n    image: ${hunter2\n",
        "- hunter2\n",
    ],
)
def test_a_refused_project_has_no_known_services(compose_of, broken):
    compose, document = compose_of(broken)
    assert compose["state"] == "refused"
    assert compose["files"][0]["state"] == "refused"
    assert "services" not in compose
    assert holes(document, "/services")["reason"] == "opaque"
    assert "hunter2" not in str(document)


def test_the_line_to_blame_is_told(compose_of):
    compose, _ = compose_of("services:\n  a: {image: x}\n  a: {image: y}\n")
    assert compose["files"][0]["line"] == 3
    assert compose["reason"] == "a key stands twice in one mapping"


@pytest.mark.parametrize(
    ("node", "cause"),
    [
        (Node("fifo"), "unsupported"),
        (Node(content=b"services: {}\n", mode=0o000), "permission"),
        (Node(content=b"#" * (1 << 20) + b"\n"), "too_large"),
        (folder(), "unsupported"),
        (("services: " + "[" * 100 + "]" * 100 + "\n").encode(), "too_large"),
        (b"services: {}\n---\nservices: {}\n", "unsupported"),
        (b"web: {image: x}\n", "ambiguous"),
        (b"include: ['https://github.com/a/b.git']\n", "unsupported"),
        (b"services: {a: {image: x, extends: $A}}\n", "not_collected"),
    ],
)
def test_what_cannot_be_told_is_a_hole(compose_of, node, cause):
    compose, document = compose_of(node)
    assert compose["state"] == "unknown"
    assert holes(document, "/services")["reason"] == cause


def test_bytes_that_are_no_text_are_refused(compose_of):
    compose, _ = compose_of(b"services: {\xff: {image: x}}\n")
    assert compose["state"] == "refused"


def test_one_env_file_costs_only_itself(compose_of):
    compose, document = compose_of(
        {
            "compose.yaml": (
                "services:\n"
                "  a: {image: x, env_file: [pipe, b.env], environment: {C: '1'}}\n"
                "  b: {image: x, env_file: b.env}\n"
            ),
            "pipe": Node("fifo"),
            "b.env": "B=1\n",
        }
    )
    a, b = compose["services"]
    assert [each["state"] for each in a["env_files"]] == ["unreadable", "present"]
    assert a["environment"][0]["value"] == "1"
    assert b["env_files"][0]["assignments"][0]["value"] == "1"
    assert holes(document, "/services/0/env_files/0/assignments/-")["reason"] == "unsupported"


def test_a_repository_is_not_left(compose_of):
    compose, document = compose_of(
        {
            f"{HOME}/.git": folder(),
            "compose.yaml": (
                "services:\n"
                "  a: {image: x, env_file: linked.env}\n"
                "  b: {image: x, env_file: ../outside.env}\n"
            ),
            "linked.env": link("/home/dana/outside.env"),
            "/home/dana/outside.env": "PASSED=1\n",
        },
        subject="repository",
    )
    assert [each["env_files"][0]["state"] for each in compose["services"]] == ["unreadable"] * 2
    assert "PASSED" not in str(document)
    compose, _ = compose_of(
        {f"{HOME}/.git": folder(), "compose.yaml": link("/etc/passwd"), "/etc/passwd": "a: b\n"},
        subject="repository",
    )
    assert compose["state"] == "unknown"


def test_a_repository_is_told_whatever_the_environment_says(compose_of):
    files = {"compose.yaml": "services: {a: {image: x}}\n", "b.yaml": "services: {b: {image: x}}\n"}
    environment = {"COMPOSE_FILE": "b.yaml"}
    compose, _ = compose_of(files, environment=environment)
    assert compose["services"][0]["id"] == "b"
    compose, _ = compose_of(files, environment=environment, subject="repository")
    assert compose["services"][0]["id"] == "a"


def test_an_unreadable_env_leaves_nothing_known_that_it_may_change(compose_of):
    compose, document = compose_of(
        {"compose.yaml": "services: {a: {image: x}}\n", ".env": Node(content=b"A=1", mode=0)}
    )
    # It may name other files.
    assert compose["state"] == "unknown"
    assert holes(document, "/services")["reason"] == "permission"


def test_variables_that_the_shell_has_to_have_are_told(compose_of):
    compose, _ = compose_of(
        {
            "compose.yaml": (
                "services:\n"
                "  a:\n"
                "    image: x:${TAG:?which}\n"
                "    labels: ['$${NOT:?x}', '${OWN:?x}', '${ANY?}']\n"
            ),
            ".env": "OWN=1\n",
        }
    )
    assert compose["project"]["required"] == [
        {"variable": "TAG", "not_empty": True, "file": f"{HOME}/compose.yaml", "line": 3},
        {"variable": "ANY", "not_empty": False, "file": f"{HOME}/compose.yaml", "line": 4},
    ]


def test_a_profile_is_asked_for_or_not_known(compose_of):
    text = "services:\n  a: {image: x, profiles: [debug]}\n"
    compose, document = compose_of(text)
    assert "enabled" not in compose["services"][0]
    assert holes(document, "/services/0/enabled")["reason"] == "not_collected"
    compose, _ = compose_of(text, environment={"COMPOSE_PROFILES": "debug"})
    assert compose["services"][0]["enabled"] is True


@pytest.mark.parametrize(
    "hostile",
    [
        # Each service on top of the next.
        "services:\n"
        + "".join(f"  s{at}: {{extends: s{at + 1}}}\n" for at in range(3000))
        + "  s3000: {image: x}\n",
        # Aliases within aliases.
        "x-a: &a [x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"x-{n}: &{n} [*{p},*{p},*{p},*{p},*{p},*{p}]\n"
            for p, n in zip("abcdefg", "bcdefgh", strict=True)
        )
        + "services: {a: {image: x}}\n",
        # Values that double.
        "services:\n  a:\n    image: x\n    environment:\n"
        + "".join(f"      - 'V{at}=" + "${A:-$B$C}" * 1000 + "'\n" for at in range(50)),
        "services: {a: {image: x, environment: ['A=" + "${A:-" * 5000 + "}" * 5000 + "']}}\n",
        "include: [" + "compose.yaml, " * 3000 + "]\n",
    ],
    ids=["chain", "aliases", "values", "depth", "circle"],
)
def test_a_hostile_file_is_soon_done_with(compose_of, hostile):
    start = time.monotonic()
    compose, _ = compose_of(hostile)
    assert compose["state"] in {"present", "refused", "unknown"}
    assert time.monotonic() - start < 10


def test_files_that_include_each_other_twice_are_soon_done_with(compose_of):
    files = {f"f{at}.yaml": f"include: [f{at + 1}.yaml, f{at + 1}.yaml]\n" for at in range(40)} | {
        "f40.yaml": "services: {a: {image: x}}\n",
        "compose.yaml": "include: [f0.yaml]\n",
    }
    start = time.monotonic()
    compose, _ = compose_of(files)
    assert compose["state"] == "unknown"
    assert time.monotonic() - start < 10
