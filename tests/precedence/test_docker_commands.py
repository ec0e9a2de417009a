"""Command lines of docker and podman, against what programs in real containers found."""

from __future__ import annotations

import json
import shlex

import pytest

from engine.model.facts import Absent
from tests.gather.docker_run.answers import FOUND
from tests.gather.docker_run.corpus import (
    CLIENT,
    ENVIRONMENTS,
    FILES,
    FOLDER,
    IMAGE,
    IMAGE_ENV,
    PROXIES,
)
from tests.gather.fake_host import folder
from tests.precedence.differing import Differences, image
from tests.precedence.gathered import gathered
from tests.precedence.machine import Machine, value
from tests.precedence.test_containers import (
    COLLECTORS,
    cases,
    facts_of,
    is_plain,
    named,
    recorded,
    users,
)

ANSWERS = json.loads(FOUND.read_text())
CONFIG = f"{CLIENT['HOME']}/.docker/config.json"


def machine_of(line, *, config=None, tool="docker"):
    files = {f"{FOLDER}/{name}": text for name, text in FILES.items()}
    files |= {FOLDER: folder(), CONFIG: json.dumps(config or {})}
    collectors = ("docker_client", "docker_runs")
    client = {"HOME": CLIENT["HOME"]}
    root = gathered(files, FOLDER, collectors, client=client, commands=[line])
    machine = Machine({}, session=CLIENT, **{name: root[name] for name in collectors})
    machine.root["images"] = {"tool": tool, "list": [image(IMAGE, IMAGE_ENV)]}
    return machine


def context_of(line, **given):
    (context,) = machine_of(line, **given).contexts("docker-command").values()
    return context


@pytest.mark.parametrize("version", ANSWERS)
@pytest.mark.parametrize("how", ["run", "proxies", "exec"])
@pytest.mark.parametrize("options", ENVIRONMENTS)
def test_a_program_finds_what_is_told(version, how, options):
    subject = "exec {} web" if how == "exec" else f"run {{}} {IMAGE}"
    line = f"docker {subject.format(options)} /bin/env -0"
    found = Differences(
        context_of(line, config=PROXIES if how == "proxies" else None),
        ANSWERS[version][how][options],
    )
    assert found.wrong == {}
    # The client's own, the container's id, and the home of a user who is not known.
    # Where it is not known which variable is given, none is.
    assert how == "exec" or options.startswith('-e "$') or len(found.unknown) <= 4


def context_in(case, tool):
    """Give the context of a case of `tests/real/containers`, started by a tool."""
    words = ["run", *case["arguments"], "case", *case["command"]]
    if case["exec"]:
        before, command = case["exec"]
        words = ["exec", *before, "started", *command]
    facts = facts_of(case, shlex.join([tool, *words]))
    session = {"HOME": "/home/dana", "PATH": "/usr/bin:/bin", **case["environment"]}
    session = {name: text for name, text in session.items() if text is not None}
    told = {name: facts[name] for name in COLLECTORS}
    machine = Machine({}, session=session, **told)
    inside = {"files": {}, "users": users(recorded("docker")["bases"][case["base"]])}
    machine.root["file_systems"] = {"case": inside}
    machine.root["images"] = {"tool": tool, "list": [image(case["base"], {})]}
    made = machine.contexts("docker-image:Dockerfile")["docker-image:Dockerfile"]["env"]
    env = {name: entry["value"] for name, entry in made.items() if entry["state"] == "set"}
    machine.root["images"]["list"].append(image("case", env))
    (context,) = machine.contexts("docker-command").values()
    return context


PODMANS = [case for case in cases("podman") if is_plain(case)]
EXECS = [case for case in cases("docker") if case["exec"] and is_plain(case)]


@pytest.mark.parametrize("case", PODMANS, ids=named)
def test_what_is_told_of_podman_is_what_it_does(case):
    real = dict(entry.split("=", 1) for entry in case["answer"]["environment"])
    assert Differences(context_in(case, "podman"), real).wrong == {}


@pytest.mark.parametrize("case", EXECS, ids=named)
def test_what_is_told_of_an_exec_is_what_it_does(case):
    real = dict(entry.split("=", 1) for entry in case["answer"]["environment"])
    assert Differences(context_in(case, "docker"), real).wrong == {}


BY_SHELLS = [
    case for case in cases("docker") if not case["exec"] and case["name"].endswith("without a PATH")
]


@pytest.mark.parametrize("case", BY_SHELLS, ids=named)
def test_a_path_that_is_taken_away_comes_from_nobody(case):
    # Each of these runs a shell, which may make a PATH of its own.
    assert value(context_in(case, "docker"), "PATH") is None


def test_an_exec_hands_no_proxies_on():
    context = context_of("docker exec -e A=1 web x", config=PROXIES)
    assert value(context, "A") == "1"
    assert value(context, "HTTP_PROXY").startswith("?")


@pytest.mark.parametrize(
    "line",
    [
        "sudo docker run {}",
        "docker --config /other run {}",
        "DOCKER_CONFIG=/other docker run {}",
        "HOME=/other docker run {}",
    ],
)
def test_another_client_has_proxies_of_its_own(line):
    context = context_of(line.format(IMAGE), config=PROXIES)
    assert value(context, "HTTP_PROXY").startswith("?")
    assert value(context, "GOFLAGS").startswith("?")


@pytest.mark.parametrize(
    "line",
    [
        "docker --host tcp://build:2376 run {}",
        "docker --context build run {}",
        "DOCKER_HOST=tcp://build:2376 docker run {}",
        "DOCKER_CONTEXT=build docker run {}",
    ],
)
def test_another_daemon_may_have_another_image_of_that_name(line):
    context = context_of(line.format(f"-e A=1 {IMAGE}"), config=PROXIES)
    assert value(context, "GOFLAGS") == "?opaque"
    assert value(context, "A") == "1"


def test_the_images_of_podman_are_not_those_of_docker():
    assert value(context_of(f"docker run {IMAGE}"), "GOFLAGS") == "-image"
    assert value(context_of(f"docker run {IMAGE}", tool="podman"), "GOFLAGS") == "?opaque"


def test_of_an_image_that_nobody_asked_for_the_cause_is_told():
    machine = machine_of(f"docker run -e A=1 {IMAGE}")
    machine.root["images"] = Absent("not_collected", "it is asked for with `--images` only")
    (found,) = machine.contexts("docker-command").values()
    assert (value(found, "A"), value(found, "PATH")) == ("1", "?not_collected")
    assert "--images" in found["env"]["PATH"]["detail"]
