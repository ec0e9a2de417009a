from __future__ import annotations

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.gather.docker_config import DAEMONS_LIMIT, Config, parse
from engine.gather.host import HostError
from tests.gather.fake_host import Node, folder

PATH = "/home/dana/.docker/config.json"


@pytest.fixture
def docker_of(survey_of):
    def make(content, *, environment=None, path=PATH):
        node = content if isinstance(content, (bytes, Node)) else json.dumps(content, indent="\t")
        document, _ = survey_of(
            {} if content is None else {path: node},
            environment={"HOME": "/home/dana"} | (environment or {}),
            only=("docker_client",),
        )
        return document["facts"].get("docker_client"), document

    return make


def test_the_proxies_are_told_with_their_lines(docker_of):
    docker, document = docker_of(
        {
            "proxies": {
                "default": {"httpProxy": "http://proxy.example:3128", "noProxy": "localhost"},
                "tcp://build:2376": {"httpsProxy": "http://other.example"},
            },
            "currentContext": "build",
        }
    )
    assert document["absent"]["/docker_client/env"]["reason"] == "not_collected"
    assert docker == {
        "path": PATH,
        "state": "present",
        "context": "build",
        "proxies": [
            {
                "daemon": "default",
                "variable": "HTTP_PROXY",
                "value": "http://proxy.example:3128",
                "credentials": False,
            },
            {
                "daemon": "default",
                "variable": "NO_PROXY",
                "value": "localhost",
                "credentials": False,
            },
            {
                "daemon": "tcp://build:2376",
                "variable": "HTTPS_PROXY",
                "value": "http://other.example",
                "credentials": False,
            },
        ],
        "has_auths": False,
        "has_creds_store": False,
        "has_cred_helpers": False,
    }
    lines = [document["provenance"][f"/docker_client/proxies/{at}"]["line"] for at in range(3)]
    assert lines == [4, 5, 8]


def test_logins_and_other_keys_stay_where_they_are(docker_of):
    secrets = {
        "auths": {"https://hunter2.example": {"auth": "hunter2"}},
        "HttpHeaders": {"X-Token": "hunter2"},
        "credsStore": "hunter2",
        "credHelpers": {"hunter2.example": "hunter2"},
        "plugins": {"hunter2": {}},
        "hunter2": "hunter2",
    }
    docker, document = docker_of(secrets)
    assert [docker[f"has_{name}"] for name in ("auths", "creds_store", "cred_helpers")] == [
        True
    ] * 3
    assert docker["proxies"] == []
    assert "hunter2" not in str(document)
    docker, _ = docker_of({"auths": {}, "credsStore": "", "credHelpers": None})
    assert [docker[f"has_{name}"] for name in ("auths", "creds_store", "cred_helpers")] == [
        False
    ] * 3


@pytest.mark.parametrize(
    "value",
    [
        "http://dana:hunter2@proxy:3128",
        "dana:hunter2@proxy:3128",
        "http://hunter2@proxy",
        "hunter2@proxy",
    ],
)
def test_a_password_is_hidden_and_told_of(docker_of, value):
    docker, document = docker_of({"proxies": {"default": {"httpProxy": value}}})
    assert docker["proxies"][0]["credentials"] is True
    assert "hunter2" not in str(document)
    docker, document = docker_of(
        {"proxies": {f"tcp://{value.split('://')[-1]}": {"allProxy": "x"}}}
    )
    assert "dana:hunter2" not in str(document)


def test_names_count_as_go_reads_them(docker_of):
    content = b"""{"PROXIES": {"default": {"HTTPPROXY": "a", "httpProxy": "b", "HttpProxy": null}},
        "proxies": {"Default": {"ftpProxy": "", "allProxy": "c"}}} trailing: nonsense"""
    docker, _ = docker_of(content)
    told = [(proxy["daemon"], proxy["variable"], proxy["value"]) for proxy in docker["proxies"]]
    assert told == [("default", "HTTP_PROXY", "b"), ("Default", "ALL_PROXY", "c")]
    docker, _ = docker_of(
        b'{"proxies": {"a": {"noProxy": "1"}}, "Proxies": {"a": {"ftpProxy": "2"}}}'
    )
    assert [proxy["variable"] for proxy in docker["proxies"]] == ["FTP_PROXY"]


def test_a_name_that_stands_twice_has_no_line(docker_of):
    _, document = docker_of({"proxies": {"a": {"noProxy": "1"}, "b": {"noProxy": "2"}}})
    assert "line" not in document["provenance"]["/docker_client/proxies/0"]
    _, document = docker_of(b'{"proxies": {"a": {"no\\u0050roxy": "1"}}, "x": {"noProxy": "y"}}')
    assert "line" not in document["provenance"]["/docker_client/proxies/0"]


@pytest.mark.parametrize(
    ("environment", "context", "source"),
    [
        ({}, "mine", "docker's config.json"),
        ({"DOCKER_CONTEXT": "other"}, "other", "environment variable DOCKER_CONTEXT"),
        (
            {"DOCKER_CONTEXT": "other", "DOCKER_HOST": "tcp://u:hunter2@x"},
            "default",
            "environment variable DOCKER_HOST",
        ),
    ],
)
def test_the_context_is_chosen_as_the_client_does(docker_of, environment, context, source):
    docker, document = docker_of({"currentContext": "mine"}, environment=environment)
    assert docker["context"] == context
    assert document["provenance"]["/docker_client/context"]["from"] == source
    assert "hunter2" not in str(document)


def test_without_a_file_nothing_is_set(docker_of):
    docker, _ = docker_of(None)
    assert (docker["state"], docker["proxies"], docker["context"]) == ("missing", [], "default")


def test_the_folder_may_be_another_one(docker_of):
    docker, _ = docker_of({}, environment={"DOCKER_CONFIG": "/etc/d"}, path="/etc/d/config.json")
    assert (docker["path"], docker["state"]) == ("/etc/d/config.json", "present")
    docker, document = docker_of({}, environment={"DOCKER_CONFIG": "d"})
    assert docker is None
    assert document["absent"]["/docker_client"]["reason"] == "unsupported"
    docker, _ = docker_of({}, environment={"HOME": ""})  # as the passwd database has it
    assert (docker["path"], docker["state"]) == (PATH, "present")


@pytest.mark.parametrize(
    ("content", "state", "cause"),
    [
        (b"{", "broken", "parse_error"),
        (b"[]", "broken", "parse_error"),
        (b'{"proxies": NaN}', "broken", "parse_error"),
        (b"\xef\xbb\xbf{}", "broken", "parse_error"),
        (b"[" * 100_000, "unreadable", "unsupported"),
        (b'{"x": ' * 100_000, "unreadable", "unsupported"),
        (b" " * (1 << 20) + b"{}", "unreadable", "too_large"),
        (Node("fifo"), "unreadable", "unsupported"),
        (folder(), "unreadable", "unsupported"),
        (Node(mode=0), "unreadable", "permission"),
    ],
    ids=str,
)
def test_a_hostile_file_is_unknown(docker_of, content, state, cause):
    docker, document = docker_of(content)
    assert docker == {"path": PATH, "state": state}
    for key in ("proxies", "context", "has_auths"):
        assert document["absent"][f"/docker_client/{key}"]["reason"] == cause


@pytest.mark.parametrize(
    "content",
    [
        {"proxies": ["a"]},
        {"proxies": {"default": "http://x"}},
        {"proxies": {str(number): {"noProxy": "x"} for number in range(DAEMONS_LIMIT + 1)}},
    ],
)
def test_proxies_of_another_form_leave_the_list_open(docker_of, content):
    _, document = docker_of(content)
    assert "/docker_client/proxies/-" in document["absent"]


def test_a_value_that_is_no_text_is_unknown(docker_of):
    docker, document = docker_of({"proxies": {"default": {"httpProxy": 3}}, "currentContext": 3})
    assert docker["proxies"] == [{"daemon": "default", "variable": "HTTP_PROXY"}]
    assert document["absent"]["/docker_client/proxies/0/credentials"]["reason"] == "parse_error"
    assert document["absent"]["/docker_client/context"]["reason"] == "parse_error"


def test_an_empty_file_says_nothing(docker_of):
    for content in (b" \n", b"{}", b'{"a": ' + b"9" * 10_000 + b"}"):
        docker, _ = docker_of(content)
        assert (docker["state"], docker["proxies"]) == ("present", [])


@given(st.binary() | st.text().map(str.encode))
def test_any_bytes_are_read_or_refused(content):
    with contextlib.suppress(HostError):
        assert isinstance(parse(content), Config)


TWO = {"proxies": {"default": {"httpProxy": "d"}, "tcp://b": {"httpProxy": "b"}, "tcp://e": {}}}


@pytest.mark.parametrize(
    ("environment", "more", "value"),
    [
        ({}, {}, ["d", "d"]),
        ({"DOCKER_HOST": "tcp://b"}, {}, ["b", "b"]),
        ({"DOCKER_HOST": "tcp://other"}, {}, ["d", "d"]),
        ({"DOCKER_HOST": "tcp://e"}, {}, []),
        ({"DOCKER_CONTEXT": "default"}, {"currentContext": "mine"}, ["d", "d"]),
    ],
)
def test_containers_get_the_proxies_of_the_daemon_in_force(docker_of, environment, more, value):
    docker, _ = docker_of(TWO | more, environment=environment)
    assert [one["value"] for one in docker["env"]] == value
    assert [one["name"] for one in docker["env"]] == ["HTTP_PROXY", "http_proxy"][: len(value)]


def test_a_context_whose_address_is_not_known_leaves_the_proxies_open(docker_of):
    docker, document = docker_of(TWO | {"currentContext": "mine"})
    assert "env" not in docker
    assert document["absent"]["/docker_client/env"]["reason"] == "not_collected"
    docker, _ = docker_of({"proxies": {"default": {"httpProxy": "d"}}, "currentContext": "mine"})
    assert [one["value"] for one in docker["env"]] == ["d", "d"]
