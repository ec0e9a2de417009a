from __future__ import annotations

import json

import pytest

from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from tests.gather.docker_run.answers import FOUND, ID, ORDERED
from tests.gather.docker_run.corpus import (
    CLIENT,
    COMMANDS,
    ENVIRONMENTS,
    FILES,
    FOLDER,
    IMAGE,
    IMAGE_ENV,
    PROXIES,
)
from tests.gather.fake_host import FakeHost, folder
from tests.gather.told_fold import UNKNOWN, folded

ORDERS = json.loads(ORDERED.read_text())
ANSWERS = json.loads(FOUND.read_text())
DAEMON = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOSTNAME": ID}


def told(command):
    """The facts of one command line, and the holes of the document below them."""
    files = {f"{FOLDER}/{name}": content for name, content in FILES.items()}
    document = gather(
        FakeHost({FOLDER: folder()} | files),
        subject="workstation",
        directory=FOLDER,
        redaction=Redaction(b"a salt for tests, and only these"),
        only=("docker_runs",),
        launch=LaunchOptions(commands=(command,)),
    )
    start = "/docker_runs/0/"
    holes = {key.removeprefix(start) for key in document["absent"] if key.startswith(start)}
    return document["facts"]["docker_runs"][0], holes


def orders(command, order):
    """What docker orders beside what we say of it; ours is UNKNOWN where we do not."""
    row, holes = told(command.replace("IMAGE", IMAGE))
    if order is None:
        yield "state", UNKNOWN if row["state"] != "broken" else "broken", "broken"
        return
    yield "state", UNKNOWN if row["state"] == "unreadable" else row["state"], "present"
    for key, name, without in (
        ("Image", "image", None),
        ("User", "user", None),
        ("WorkingDir", "workdir", None),
        ("Tty", "tty", False),
        ("OpenStdin", "interactive", False),
    ):
        if row.get("verb") == "exec" and key in {"Image", "OpenStdin"}:
            continue
        yield key, UNKNOWN if name in holes else row.get(name, without), order.get(key, without)
    switched_off = [""]
    entrypoint = order.get("Entrypoint") or []
    words = [*(entrypoint if entrypoint != switched_off else []), *(order.get("Cmd") or [])]
    argv = row.get("argv", [])
    if "argv" in holes or "argv/-" in holes:
        assert argv == words[: len(argv)]
        argv = UNKNOWN
    yield "argv", argv, words


@pytest.mark.parametrize("version", ORDERS)
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_known_differs_from_what_the_client_orders(version, command):
    wrong = [
        (what, ours, theirs)
        for what, ours, theirs in orders(command, ORDERS[version][command])
        if ours is not UNKNOWN and ours != theirs
    ]
    # A flag that this version does not have yet is one that the next one takes.
    too_old = version == "20.10.24" and " -q " in command
    assert wrong == [] or too_old


def predicted(options, *, verb, proxies):
    """The environment that our facts come to, and what stands for a variable not in it."""
    subject = "precedent-env" if verb == "exec" else IMAGE
    row, holes = told(f"docker {verb} {options} {subject} /bin/env -0")
    assert "env_file/-" not in holes
    start = DAEMON | ({"TERM": "xterm"} if row["tty"] else {}) | IMAGE_ENV
    if verb == "exec":
        start |= {"A": "start", "HOME": "/start"}
    scopes = {"client": CLIENT}
    environment = folded(row["env_file"], start, scopes)
    if verb == "run" and proxies:
        configured = PROXIES["proxies"]["default"]
        named = {"HTTP_PROXY": configured["httpProxy"], "NO_PROXY": configured["noProxy"]}
        for name, value in named.items():
            environment |= {name: value, name.lower(): value}
    environment = folded(row["env"], environment, scopes)
    if "env/-" in holes:
        return dict.fromkeys(environment, UNKNOWN), UNKNOWN
    home = environment.get("HOME")
    # The runtime has the last word about HOME, where nobody else has said anything.
    return environment | {"HOME": "/root" if home is None else home}, None


@pytest.mark.parametrize("version", ANSWERS)
@pytest.mark.parametrize("how", ["run", "proxies", "exec"])
@pytest.mark.parametrize("options", ENVIRONMENTS)
def test_no_variable_known_differs_from_what_a_program_finds(version, how, options):
    verb = "exec" if how == "exec" else "run"
    ours, others = predicted(options, verb=verb, proxies=how == "proxies")
    theirs = ANSWERS[version][how][options]
    differs = {
        name: (ours.get(name, others), theirs.get(name))
        for name in ours | theirs
        if ours.get(name, others) is not UNKNOWN and ours.get(name, others) != theirs.get(name)
    }
    # A name that no program would use is hidden, and cannot be asked for.
    assert {name for name in differs if " " not in name} == set()


def test_most_of_it_is_known():
    ordered = [each for command in COMMANDS for each in orders(command, ORDERS["28.2.2"][command])]
    unknown = [what for what, ours, _ in ordered if ours is UNKNOWN]
    assert len(ordered) > 300
    assert len(unknown) < len(ordered) / 8
    found = [
        value
        for how in ("run", "proxies", "exec")
        for options in ENVIRONMENTS
        for value in predicted(
            options, verb="exec" if how == "exec" else "run", proxies=how == "proxies"
        )[0].values()
    ]
    assert len(found) > 800
    assert found.count(UNKNOWN) < len(found) / 40
