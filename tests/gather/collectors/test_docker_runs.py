from __future__ import annotations

import pytest

from engine.gather.collectors.docker_runs import LIMIT
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from tests.gather.fake_host import FakeHost, Node, folder, link

SHOP = "/home/dana/shop"


@pytest.fixture
def runs_of(redaction):
    """Gather command lines: the rows, and the holes of the document."""

    def make(*commands, files=None, subject="workstation"):
        document = gather(
            FakeHost(
                {SHOP: folder()} | {f"{SHOP}/{name}": what for name, what in (files or {}).items()}
            ),
            subject=subject,
            directory=SHOP,
            redaction=redaction,
            only=("docker_runs",),
            launch=LaunchOptions(commands=commands),
        )
        holes = {key: hole for key, hole in document["absent"].items() if "docker_runs" in key}
        return document["facts"]["docker_runs"], holes

    return make


def test_a_command_line_is_told(runs_of):
    command = "docker run -e GOFLAGS -e A=1 --env-file .env -itu 1000 golang:1.22 bash -lc 'go vet'"
    rows, holes = runs_of(command, files={".env": "B=2\nC\n"})
    assert rows == [
        {
            "id": "docker run golang:1.22",
            "text": command,
            "state": "present",
            "tool": "docker",
            "verb": "run",
            "image": "golang:1.22",
            "variables": [],
            "env_file": [
                {"name": "B", "how": "set", "value": "2", "file": f"{SHOP}/.env", "line": 1},
                {
                    "name": "C",
                    "how": "pass",
                    "of": "client",
                    "if_missing": "keep",
                    "file": f"{SHOP}/.env",
                    "line": 2,
                },
            ],
            "env": [
                {"name": "GOFLAGS", "how": "pass", "of": "client", "if_missing": "unset"},
                {"name": "A", "how": "set", "value": "1"},
            ],
            "own_client": True,
            "own_daemon": True,
            "tty": True,
            "interactive": True,
            "form": "exec",
            "user": "1000",
            "argv": ["bash", "-lc", "go vet"],
            "shell": {
                "name": "bash",
                "login": True,
                "interactive": False,
                "via": "command",
                "options": [],
                "command": "go vet",
            },
        }
    ]
    assert holes == {}


def test_without_commands_nothing_is_told(runs_of):
    assert runs_of() == ([], {})


def test_ids_are_what_a_person_would_say_and_differ(runs_of):
    rows, _ = runs_of(
        "docker run golang go",
        "docker run -it golang",
        "docker exec -it web bash",
        "podman run golang",
        "docker run",
        "docker run --nosuch-flag-at-all-anywhere golang:1.22 go build",
    )
    assert [row["id"] for row in rows] == [
        "docker run golang",
        "docker run golang (2)",
        "docker exec web",
        "podman run golang",
        "docker run",
        "docker run --nosuch-flag-at-all-anywh...",
    ]


@pytest.mark.parametrize(
    ("command", "state", "cause"),
    [
        ("docker run", "broken", "parse_error"),
        ("docker run -e =1 golang", "broken", "parse_error"),
        ("docker run 'golang", "broken", "parse_error"),
        ("", "broken", "parse_error"),
        ("docker run g\0", "broken", "parse_error"),
        ("docker build .", "unreadable", "unsupported"),
        ("docker", "unreadable", "unsupported"),
        ("nerdctl run golang", "unreadable", "unsupported"),
        ("docker run a; docker run b", "unreadable", "unsupported"),
        ("docker run a && ls", "unreadable", "unsupported"),
        ("docker run a | cat", "unreadable", "unsupported"),
        ("for x in 1; do docker run a; done", "unreadable", "unsupported"),
        ("docker run --nosuch x golang", "unreadable", "unsupported"),
        ("docker $ARGS run golang", "unreadable", "opaque"),
        ("docker run $ARGS golang", "unreadable", "opaque"),
        ("docker run " + "x" * 70_000, "unreadable", "too_large"),
    ],
    ids=range(16),
)
def test_what_is_not_understood_is_a_hole(runs_of, command, state, cause):
    rows, holes = runs_of(command, "docker run golang")
    assert rows[0]["state"] == state
    assert holes["/docker_runs/0/image"]["reason"] == cause
    assert "image" not in rows[0]
    assert rows[1]["state"] == "present"


def test_behind_a_flag_that_is_not_known_options_may_follow(runs_of):
    rows, holes = runs_of("docker run -u 1 -e A=1 --nosuch x -e B=2 golang go")
    assert [row["name"] for row in rows[0]["env"]] == ["A"]
    for key in ("env/-", "env_file/-", "user", "workdir", "entrypoint", "tty", "argv/-", "shell"):
        assert holes[f"/docker_runs/0/{key}"]["reason"] == "unsupported"


def test_secrets_are_hidden(runs_of):
    token = "ghp_" + "a1B2" * 9
    rows, holes = runs_of(
        f"docker run -e GITHUB_TOKEN={token} golang sh -c 'echo {token}'",
        f"DOCKER_PASSWORD=hunter2xyz docker run --nosuch {token}",
        f"docker run 'a b {token}",
        "docker run --env-file .env golang",
        files={".env": f"API_KEY={token}\nOTHER={token}\n"},
    )
    assert token not in str(rows)
    assert token not in str(holes)
    assert rows[0]["env"][0]["value"]["$redacted"]
    assert rows[3]["env_file"][0]["value"]["$redacted"]


def test_variables_of_the_command_itself_are_handed_on(runs_of):
    rows, _ = runs_of(
        "A=1 DOCKER_HOST=tcp://x docker run -e A -e B --env-file .env golang", files={".env": "A\n"}
    )
    assert [row["name"] for row in rows[0]["variables"]] == ["A", "DOCKER_HOST"]
    assert rows[0]["env"][0] == {"name": "A", "how": "set", "value": "1"}
    assert rows[0]["env"][1]["how"] == "pass"
    assert rows[0]["env_file"][0]["value"] == "1"


def test_what_only_the_shell_knows_is_no_variable_of_the_client(runs_of):
    rows, holes = runs_of('docker run -u "$UID" -e A="$USER" -e B="$HOSTNAME" golang')
    assert holes["/docker_runs/0/user"]["reason"] == "opaque"
    assert rows[0]["env"][0]["parts"] == [{"variable": "USER", "of": "client"}]
    assert holes["/docker_runs/0/env/1/value"]["reason"] == "opaque"


def test_what_sudo_leaves_of_the_environment_is_not_known(runs_of):
    rows, holes = runs_of("sudo docker run -e A -e B=1 golang")
    assert rows[0]["env"] == [
        {"name": "A", "how": "set"},
        {"name": "B", "how": "set", "value": "1"},
    ]
    assert holes["/docker_runs/0/env/0/value"]["reason"] == "opaque"


@pytest.mark.parametrize(
    ("node", "cause"),
    [
        (None, "missing"),
        (b"export A=1\n", "parse_error"),
        (b"\xff=1\n", "parse_error"),
        (b"A=" + b"x" * (1 << 20), "too_large"),
        (Node("fifo"), "unsupported"),
        (folder(), "unsupported"),
        (Node(mode=0), "permission"),
    ],
    ids=str,
)
def test_a_file_of_variables_costs_only_itself(runs_of, node, cause):
    files = {"b.env": "B=1\n"} | ({} if node is None else {"a.env": node})
    rows, holes = runs_of("docker run --env-file a.env --env-file b.env -e C=1 golang", files=files)
    assert [row["name"] for row in rows[0]["env_file"]] == ["B"]
    assert [row["name"] for row in rows[0]["env"]] == ["C"]
    assert holes["/docker_runs/0/env_file/-"]["reason"] == cause


def test_an_unknown_file_may_hold_what_is_handed_on(runs_of):
    rows, _ = runs_of("docker run --env-file a.env -e C golang")
    (row,) = rows[0]["env"]
    assert row["parts"][0]["variable"] == "C"
    assert row["parts"][0]["else"][0]["unknown"] == "missing"


def test_a_repository_is_not_left(runs_of):
    files = {"out.env": link("/etc/secret.env"), ".git": folder()}
    rows, holes = runs_of(
        "docker run --env-file out.env golang",
        "docker run --env-file ../other.env golang",
        files=files,
        subject="repository",
    )
    assert rows[0]["env_file"] == rows[1]["env_file"] == []
    assert "/docker_runs/0/env_file/-" in holes
    assert holes["/docker_runs/1/env_file/-"]["reason"] == "not_collected"


@pytest.mark.parametrize(
    ("options", "names", "is_open"),
    [
        ("-e A=1 -e B", ["A", "B"], False),
        ("-e 'GO*'", [], True),
        ("--env-host -e A=1", ["A"], True),
        ("--unsetenv A -e A=1", ["A"], True),
        ("--secret x,type=env -e A=1", ["A"], True),
    ],
)
def test_of_podman_only_options_are_known(runs_of, options, names, is_open):
    rows, holes = runs_of(f"podman run {options} golang")
    assert [row["name"] for row in rows[0]["env"]] == names
    assert ("/docker_runs/0/env/-" in holes) == is_open
    assert holes["/docker_runs/0/env_file/-"]["reason"] == "not_collected"


def test_there_is_a_limit(runs_of):
    rows, holes = runs_of(*["docker run golang"] * (LIMIT + 1))
    assert len(rows) == LIMIT
    assert holes["/docker_runs/-"]["reason"] == "too_large"


@pytest.mark.parametrize(
    ("line", "client", "daemon"),
    [
        ("docker run x", True, True),
        ("A=1 docker run -e A x", True, True),
        ("sudo docker run x", False, False),
        ("docker --config /other run x", False, False),
        ("DOCKER_CONFIG=/other docker run x", False, False),
        ("docker -H tcp://build run x", True, False),
        ("docker --context build exec x y", True, False),
        ("DOCKER_HOST=tcp://build docker run x", True, False),
        ("podman --connection build run x", True, False),
    ],
)
def test_whose_client_and_daemon_it_is(runs_of, line, client, daemon):
    (row,), _ = runs_of(line)
    assert (row["own_client"], row["own_daemon"]) == (client, daemon)
