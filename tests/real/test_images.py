"""What is told of images against the containers that docker makes of them, and podman's store."""

from __future__ import annotations

import shutil

import pytest

from engine.gather.machine import Machine
from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from tests.real.real_images import docker, podman, why_not

MAKE = {"docker": docker, "podman": podman}


@pytest.fixture(scope="module", params=MAKE)
def tool(request, tmp_path_factory):
    reason = why_not(request.param)
    if reason:
        pytest.skip(reason)
    # The path of a socket may be no longer than about a hundred characters.
    folder = tmp_path_factory.mktemp(request.param)
    with MAKE[request.param](folder, shutil.which(request.param)) as found:
        try:
            found.make_images()
        except OSError as error:
            pytest.skip(f"{request.param} makes no images here: {error}")
        yield found


def told(tool):
    folder = tool.program.rpartition("/")[0]
    document = gather(
        Machine(tool.environment | {"PATH": folder}),
        subject="workstation",
        directory="/usr/share",
        redaction=Redaction(b"0123456789abcdef", shows=True),
        only=("images",),
        launch=LaunchOptions(images=True),
    )
    assert "/images/list/-" not in document["absent"]
    return document["facts"]["images"]


def test_every_name_is_told_once(tool):
    found = told(tool)
    assert found["state"] == "answered"
    here = "localhost/" if found["tool"] == "podman" else ""
    assert sorted(image["id"] for image in found["list"]) == sorted(
        (
            f"{here}golang:1.22",
            f"{here}golang:latest",
            f"{here}dana/bare:1",
            "localhost/mine:latest",
            "example.com:5000/team/tool:v1",
            "hub:latest",
            "dana/hub:2",
        )
    )


def test_every_spelling_names_the_image_to_the_tool(tool):
    for image in told(tool)["list"]:
        for name in image["names"]:
            found = tool.run("image", "inspect", "--format", "{{.Id}}", name).decode().strip()
            assert found.removeprefix("sha256:") == image["image"].removeprefix("sha256:"), name


def test_a_container_gets_the_variables_that_are_told(tool):
    found = told(tool)
    if found["tool"] == "podman":
        pytest.skip("podman needs control groups of its own to run a container")
    full = next(image for image in found["list"] if image["id"] == "golang:1.22")
    # NUL would be the honest separator, and busybox's env knows none; no value here has a newline.
    said = tool.run(
        "run", "--rm", "--network", "none", "--entrypoint", "/bin/sh", full["id"], "-c",
        "cat /proc/self/environ; echo; pwd",
    )  # fmt: skip
    environment, _, folder = said.decode().rstrip("\n").rpartition("\n")
    real = dict(each.split("=", 1) for each in environment.split("\0") if each)
    ours = {each["name"]: each["value"] for each in full["env"]}
    added = {"HOSTNAME", "HOME", "SHLVL", "PWD"}
    assert {name: value for name, value in real.items() if name not in added} == ours
    assert folder == full["workdir"]
