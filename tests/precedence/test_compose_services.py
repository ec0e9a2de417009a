"""Services of compose, against what compose said of them and what their containers had."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from tests.gather.compose.cases import CASES
from tests.gather.compose.drawing import drawn
from tests.gather.compose.shaping import HOME
from tests.gather.fake_host import Node
from tests.precedence.differing import Differences, image
from tests.precedence.gathered import gathered
from tests.precedence.machine import Machine, value
from tests.real.containers.compose import ANSWERS, IMAGES, OUTSIDE, PASSWD

SHOP = "/home/dana/shop"
CONFIGURED = json.loads(
    (Path(__file__).parents[1] / "gather/compose/answers/v2.json").read_text(encoding="utf-8")
)
STARTED = json.loads(ANSWERS.read_text())["cases"]
IMAGE = {"PATH": "/usr/bin:/bin", "GOFLAGS": "-image", "A": "image"}
# What docker-compose 1.29 does otherwise than the second generation, which the context tells of.
OLD_WAYS = {
    "env_file, names alone": {"IMAGE_ONLY"},
    "proxies, all": {"ALL_PROXY", "all_proxy"},
    "proxies of this daemon": {"HTTP_PROXY", "http_proxy", "NO_PROXY", "no_proxy"},
    "proxies and null": {"HTTP_PROXY", "http_proxy"},
}


@cache
def configured(name):
    """Give the contexts of a project's services."""
    case = CASES.get(name) or drawn(int(name.removeprefix("seed ")))
    files = {f"{HOME}/{path}": content for path, content in case.files.items()}
    folders = {HOME: Node("directory"), case.directory: Node("directory")}
    root = gathered(folders | files, case.directory, ("compose",), client=case.client)
    session = {"HOME": "/home/dana", "PATH": "/usr/bin:/bin"} | case.client
    machine = Machine({}, session=session, compose=root["compose"])
    services = CONFIGURED[name]["services"].values()
    names = {one["image"] for one in services if one.get("image")}
    machine.root["images"] = {"tool": "docker", "list": [image(one, IMAGE) for one in names]}
    return machine.contexts("compose-service")


ACCEPTED = [name for name, answer in CONFIGURED.items() if "refused" not in answer]


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_service_gets_what_compose_says_over_its_image(name):
    contexts = configured(name)
    for service, answer in CONFIGURED[name]["services"].items():
        context = contexts.get(f"compose-service:{service}")
        if not isinstance(context, dict):
            continue
        real = dict(IMAGE) if answer.get("image") else {}
        for variable, text in (answer.get("environment") or {}).items():
            real[variable] = text
        kept = {variable: text for variable, text in real.items() if text is not None}
        found = Differences(context, kept, apart_from={"HOSTNAME", "HOME"} - kept.keys())
        assert found.wrong == {}


def test_most_of_what_services_get_is_known():
    known = unknown = 0
    for name in ACCEPTED:
        for context in configured(name).values():
            if isinstance(context, dict):
                found = Differences(context, {})
                known, unknown = known + len(found.known), unknown + len(found.unknown)
    assert known > 4000
    assert unknown < known / 4


def started(case):
    """Give the context of the one service of a case that was started."""
    files = {f"{SHOP}/{name}": text for name, text in case["files"].items()}
    config = json.dumps(case["config"]).replace("<address>", "unix:///var/run/docker.sock")
    files["/home/dana/.docker/config.json"] = config
    client = {"HOME": "/home/dana"} | case["client"]
    client = {name: text for name, text in client.items() if text is not None}
    gatherer = client | {"HOME": "/home/dana"}
    collectors = ("compose", "docker", "docker_client")
    root = gathered({SHOP: Node("directory"), **files}, SHOP, collectors, client=gatherer)
    given = {"PATH": OUTSIDE["PATH"]} | client | case["client"]
    session = {name: text for name, text in given.items() if text is not None}
    machine = Machine({}, session=session, **{name: root[name] for name in collectors})
    images = [image(name, variables) for name, variables in IMAGES.items()]
    machine.root["images"] = {"tool": "docker", "list": images}
    machine.root["file_systems"] = {"web": {"users": _users(), "files": {}}}
    return machine.contexts("compose-service")["compose-service:web"]


def _users():
    rows = [line.split(":") for line in PASSWD.splitlines()]
    return {row[0]: {"uid": int(row[2]), "home": row[5], "shell": row[6]} for row in rows}


@pytest.mark.parametrize("name", STARTED)
def test_a_container_of_a_service_has_what_is_told(name):
    told = json.dumps(STARTED[name]["answer"]["environment"]).replace("<home>", "/home/dana")
    found = Differences(started(STARTED[name]), json.loads(told), apart_from={"HOSTNAME"})
    assert found.wrong.keys() <= OLD_WAYS.get(name, set())
    assert found.known or "args" in name


def test_arguments_of_a_build_make_what_the_dockerfile_sets_unknown():
    context = started(STARTED["build with args"])
    assert (value(context, "A"), value(context, "B")) == ("?opaque", "?opaque")


def test_a_service_without_a_terminal_has_no_term():
    assert value(started(STARTED["nothing"]), "TERM") is None
    assert value(started(STARTED["tty"]), "TERM") == "xterm"
    assert value(started(STARTED["tty that a variable decides"]), "TERM") == "?not_collected"
