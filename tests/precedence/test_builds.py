"""What a RUN of a Dockerfile sees of the client's proxies; and other places with a last word."""

from __future__ import annotations

import json

import pytest

from tests.gather.fake_host import folder
from tests.precedence.gathered import gathered
from tests.precedence.machine import Machine, value

SHOP = "/home/dana/shop"
PROXIES = {"proxies": {"default": {"httpProxy": "http://config:1", "noProxy": "n"}}}


def run_of(*lines, config=PROXIES):
    files = {
        SHOP: folder(),
        f"{SHOP}/Dockerfile": "\n".join(["FROM scratch", *lines, ""]),
        "/home/dana/.docker/config.json": json.dumps(config),
    }
    root = gathered(files, SHOP, ("docker", "docker_client"), client={"HOME": "/home/dana"})
    machine = Machine({}, docker=root["docker"], docker_client=root["docker_client"])
    return machine.contexts("docker-build:Dockerfile")["docker-build:Dockerfile"]


def test_a_run_sees_the_clients_proxies():
    found = run_of("ENV A=1", "RUN env")
    assert (value(found, "HTTP_PROXY"), value(found, "no_proxy")) == ("http://config:1", "n")


@pytest.mark.parametrize("line", ["ENV HTTP_PROXY=env", "ARG http_proxy=arg", "ENV HTTP_PROXY="])
def test_where_the_dockerfile_sets_one_builders_differ(line):
    # Docker 20.10 takes that of ENV, and BuildKit hands both on.
    assert value(run_of(line, "RUN env"), "HTTP_PROXY").startswith("?")
    assert value(run_of(line, "RUN env", config={}), "HTTP_PROXY") in {"env", "", None}


def test_a_step_cannot_set_what_github_sets():
    env = [
        {"name": "GITHUB_WORKSPACE", "how": "set", "value": "/x"},
        {"name": "GITHUB_TOKEN_OF_OURS", "how": "set", "value": "x"},
        {"name": "CI", "how": "set", "value": "false"},
    ]
    step = {"id": "s", "outer_env": [], "env_writes": [], "env": env, "path_writes": []}
    machine = Machine({}, github={"steps": [step]})
    found = machine.contexts("github-step:s")["github-step:s"]
    assert value(found, "GITHUB_WORKSPACE").startswith("?")
    assert (value(found, "GITHUB_TOKEN_OF_OURS"), value(found, "CI")) == ("x", "false")


def test_whether_a_container_in_a_pod_has_a_terminal_is_not_known():
    container = {"id": "p", "image": "x", "service_links": False, "env_from": [], "env": []}
    machine = Machine({}, kubernetes={"containers": [container]})
    machine.root["images"] = {"tool": "docker", "list": [{"id": "x", "env": []}]}
    assert value(machine.contexts("pod:p")["pod:p"], "TERM") == "?opaque"
