"""Dev containers, against what started ones had (`tests/gather/devcontainer/starts.py`)."""

from __future__ import annotations

import json

import pytest

from tests.gather.devcontainer.corpus import FOLDER, LOCAL
from tests.gather.devcontainer.starts import CONFIGS, FILES, IMAGE, IMAGE_ENV, STARTED
from tests.gather.fake_host import folder
from tests.precedence.differing import Differences, image
from tests.precedence.gathered import gathered
from tests.precedence.machine import Machine, value

ANSWERS = json.loads(STARTED.read_text(encoding="utf-8"))
ROOT = {"uid": 0, "gid": 0, "home": "/root", "shell": "/bin/sh"}
# docker inspect, which was asked of the container, knows no HOME; and the others are a shell's.
LEFT_OUT = {"container": {"HOSTNAME", "HOME"}, "remote": {"HOSTNAME", "SHLVL", "PWD"}}
CONTEXTS = {"container": "devcontainer-start", "remote": "devcontainer-remote"}


def machine_of(config, *, looked_at):
    """Give a machine with the configuration; the image's label may have been `looked_at`."""
    files = {f"{FOLDER}/{name}": text for name, text in FILES.items()}
    files |= {FOLDER: folder(), f"{FOLDER}/.devcontainer/devcontainer.json": config}
    collectors = ("devcontainer", "docker_client")
    root = gathered(files, FOLDER, collectors, client={"HOME": LOCAL["HOME"]})
    facts = {name: root[name] for name in ("devcontainers", "docker_client")}
    machine = Machine({}, session=LOCAL, **facts)
    machine.root["images"] = {"tool": "docker", "list": [image(IMAGE, IMAGE_ENV)]}
    if looked_at:
        row = root["devcontainers"][0]
        row |= {"image_container_env": [], "image_remote_env": [], "remote_user": "root"}
        machine.root["file_systems"] = {row["id"]: {"files": {}, "users": {"root": ROOT}}}
    return machine


@pytest.mark.parametrize("looked_at", [False, True])
@pytest.mark.parametrize("which", CONTEXTS)
@pytest.mark.parametrize("name", CONFIGS)
def test_a_dev_container_has_what_is_told(name, which, looked_at):
    machine = machine_of(CONFIGS[name], looked_at=looked_at)
    (context,) = machine.contexts(CONTEXTS[which]).values()
    found = Differences(context, ANSWERS[name][which], apart_from=LEFT_OUT[which])
    assert found.wrong == {}
    if looked_at:
        # Of a variable that is null, tools make different things.
        assert len(found.unknown) <= (6 if name == "nulls" else 2)
        assert len(found.known) > len(IMAGE_ENV)


def test_without_the_images_label_only_what_the_file_says_is_known():
    machine = machine_of(CONFIGS["container"], looked_at=False)
    (context,) = machine.contexts("devcontainer-start").values()
    assert value(context, "A") == "1"
    assert value(context, "IMAGE_ONLY") == "?not_collected"
