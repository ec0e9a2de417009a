"""What containers get, against what real ones answered (`tests/real/containers`)."""

from __future__ import annotations

import json
import re
import shlex
from functools import cache
from pathlib import Path

import pytest

from engine.gather.redact import Redaction
from engine.gather.run import gather
from engine.gather.survey import LaunchOptions
from engine.loading.facts import read_facts
from engine.model.facts import PartialMap
from tests.gather.fake_host import FakeHost, Node
from tests.precedence.machine import Machine, value

HERE = Path(__file__).parents[1] / "real" / "containers"
SHOP, ADDRESS = "/home/dana/shop", "unix:///var/run/docker.sock"
COLLECTORS = ("docker", "docker_client", "docker_runs")
# What the shell between the container and the program that was asked adds.
OF_SHELLS = {"SHLVL", "PWD", "OLDPWD", "_"}


@cache
def recorded(engine):
    return json.loads((HERE / f"{engine}.json").read_text())


def cases(engine):
    return [case for case in recorded(engine)["cases"] if "environment" in case["answer"]]


class Inside(PartialMap):
    """The files of an image: each is told as soon as somebody asks for it."""

    def __init__(self, base):
        super().__init__({})
        self._machine = Machine(base["files"] | dict.fromkeys(base["programs"], "\x7fELF"))

    def get(self, path, _default=None):
        self._machine.answer(("file", path))
        entry = self._machine.root["files"][path]
        if entry["kind"] == "directory":
            self._machine.answer(("names", path))
        for syntax in ("sh", "bash") if entry["kind"] == "file" else ():
            self._machine.answer(("script", path, syntax))
        return entry


def users(base):
    rows = [line.split(":") for line in base["files"]["/etc/passwd"].splitlines()]
    return {
        name: {"uid": int(uid), "gid": int(gid), "home": home, "shell": shell}
        for name, _, uid, gid, _, home, shell in rows
    }


def facts_of(case, line):
    config = json.loads(json.dumps(case["config"]).replace("<address>", ADDRESS))
    files = {f"{SHOP}/{name}": content for name, content in case["files"].items()}
    files[f"{SHOP}/Dockerfile"] = "\n".join([f"FROM {case['base']}", *case["dockerfile"], ""])
    files["/home/dana/.docker/config.json"] = json.dumps(config)
    document = gather(
        FakeHost({SHOP: Node("directory"), **files}, environment={"HOME": "/home/dana"}),
        subject="workstation",
        directory=SHOP,
        redaction=Redaction(b"0" * 32, shows=True),
        only=COLLECTORS,
        launch=LaunchOptions(commands=(line,)),
    )
    return read_facts(json.dumps(document).encode(), "facts").root


def machine_of(case):
    """Give the machine on which a case was started, and the name of its command line."""
    line = shlex.join(["docker", "run", *case["arguments"], "case", *case["command"]])
    facts = facts_of(case, line)
    base = recorded("docker")["bases"][case["base"]]
    session = {"HOME": "/home/dana", "PATH": "/usr/bin:/bin", **case["environment"]}
    session = {name: text for name, text in session.items() if text is not None}
    machine = Machine({}, session=session, **{name: facts[name] for name in COLLECTORS})
    inside = {"files": Inside(base), "users": users(base)}
    machine.root["file_systems"] = {"case": inside, "Dockerfile": inside}
    machine.root["images"] = {"list": [{"id": case["base"], "env": []}]}
    image = machine.contexts("docker-image:Dockerfile")["docker-image:Dockerfile"]
    env = [
        {"name": name, "how": "set", "value": entry["value"]}
        for name, entry in image["env"].items()
        if entry["state"] != "unset"
    ]
    machine.root["images"]["list"].append({"id": "case", "env": env})
    return machine, facts["docker_runs"][0]["id"]


def told_wrong(context, case):
    """Give the variables of which a context says something else than the container."""
    real = dict(entry.split("=", 1) for entry in case["answer"]["environment"])
    names = (real.keys() | context["env"].keys()) - OF_SHELLS
    # Odd names are hidden, and nobody can ask for them.
    names = {name for name in names if re.fullmatch(r"[A-Za-z_][\w.]*", name)}
    found = {name: value(context, name) for name in names}
    known = {
        name: text
        for name, text in found.items()
        if not (isinstance(text, str) and text.startswith("?"))
    }
    wrong = {name: (text, real.get(name)) for name, text in known.items() if text != real.get(name)}
    return wrong, len(known), len(names)


WORDS = ("sh", "bash", "env", "/entry", "-lc", "export V=cmd")


def is_plain(case):
    """Say whether nothing stands between the container and the program that was asked."""
    words = " ".join([*case["dockerfile"], *case["arguments"], *case["command"]])
    return not any(word in words for word in ("/entry", '"-lc"', "export V=cmd")) and not (
        case["command"] and case["command"][0].rpartition("/")[2] in WORDS
    )


PLAIN = [case for case in cases("docker") if is_plain(case)]


def named(case):
    return case["name"]


@pytest.mark.parametrize("case", [one for one in PLAIN if not one["exec"]], ids=named)
def test_a_container_gets_what_a_real_one_got(case):
    machine, name = machine_of(case)
    context = machine.contexts(f"docker-command:{name}")[f"docker-command:{name}"]
    wrong, known, _ = told_wrong(context, case)
    assert (wrong, known > 0) == ({}, True)


# The terminal of a container is not that of what is started in it later.
EXECS = [case for case in PLAIN if case["exec"] == [[], ["tell"]] and "-t" not in case["arguments"]]


@pytest.mark.parametrize("case", EXECS, ids=named)
def test_an_exec_gets_what_the_container_was_created_with(case):
    machine, name = machine_of(case)
    context = machine.contexts(f"docker-command:{name}")[f"docker-command:{name}"]
    assert told_wrong(context, case)[0] == {}


@pytest.mark.parametrize(
    "case", [one for one in PLAIN if not one["exec"] and not one["arguments"]], ids=named
)
def test_what_a_run_without_options_sees_is_known(case):
    machine, _ = machine_of(case)
    found = machine.contexts("docker-run:Dockerfile", "docker-exec:Dockerfile")
    for context in found.values():
        wrong, known, all_ = told_wrong(context, case)
        assert wrong == {}
        # Nobody knows the container's id; and the facts name no user where a number stands.
        assert known >= all_ - 2


LOGIN = [
    case
    for case in cases("docker")
    if case["command"] == ["bash", "-lc", "tell"] and not case["arguments"] and not case["exec"]
]


@pytest.mark.parametrize("case", LOGIN, ids=named)
def test_a_login_shell_of_the_image_reads_the_files_of_the_image(case):
    machine, _ = machine_of(case)
    context = machine.contexts("docker-run-login:Dockerfile")["docker-run-login:Dockerfile"]
    wrong, known, all_ = told_wrong(context, case)
    assert wrong == {}
    # With a folder in front of PATH, which `id` its /etc/profile asks is not sure.
    assert known >= all_ - 2 or "/image:" in str(case["dockerfile"])


def test_there_are_cases_of_each_kind():
    assert len(PLAIN) > 100
    assert len(EXECS) >= 2
    assert len(LOGIN) >= 2
