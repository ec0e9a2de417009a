"""Shells that `docker run` starts, against what real ones handed on (`tests/real/containers`)."""

from __future__ import annotations

import shlex

import pytest

from tests.precedence.differing import Differences, image
from tests.precedence.machine import Machine
from tests.precedence.small_graph import context
from tests.precedence.test_containers import (
    COLLECTORS,
    OF_SHELLS,
    Inside,
    cases,
    facts_of,
    named,
    recorded,
    users,
)

SHELLS = {("busybox", "sh"): "ash", ("debian", "sh"): "dash", ("debian", "bash"): "bash"}
MODES = {
    "-c": "{via: c}",
    "-lc": "{via: c, login: true}",
    "-ic": "{via: c, interactive: true}",
    "-lic": "{via: c, login: true, interactive: true}",
}
PACK = """
processes:
  started:
    title: a shell that docker starts
    for_each: docker_runs
    like: {shell}
    inherits: {{from: docker-command}}
    file_system: {{fact: each.image}}
    user: {{fact: each.user}}
    directory: {{fact: each.workdir}}
    shell: {mode}
"""


def of_shells(case):
    words = case["command"]
    return (
        not case["exec"]
        and len(words) > 2
        and words[0].rpartition("/")[2] in {"sh", "bash"}
        and words[1] in MODES
        # What its words change after the start-up is no start-up.
        and words[2] in {"tell", "tell; true", "/bin/tell", "exec tell"}
        and not any("ENTRYPOINT" in line for line in case["dockerfile"])
    )


CASES = [case for case in cases("docker") if of_shells(case)]


def context_of(case):
    account = next((one.split()[1] for one in case["dockerfile"] if one.startswith("USER ")), None)
    given = [] if account is None or "-u" in case["arguments"] else ["-u", account]
    given = given if given or "-u" in case["arguments"] else ["-u", "root"]
    line = ["docker", "run", *given, *case["arguments"], "case", *case["command"]]
    facts = facts_of(case, shlex.join(line))
    base = recorded("docker")["bases"][case["base"]]
    session = {"HOME": "/home/dana", "PATH": "/usr/bin:/bin", **case["environment"]}
    session = {name: text for name, text in session.items() if text is not None}
    machine = Machine({}, session=session, **{name: facts[name] for name in COLLECTORS})
    machine.root["file_systems"] = {"case": {"files": Inside(base), "users": users(base)}}
    machine.root["images"] = {"tool": "docker", "list": [image(case["base"], {})]}
    made = machine.contexts("docker-image:Dockerfile")["docker-image:Dockerfile"]["env"]
    env = {name: entry["value"] for name, entry in made.items() if entry["state"] == "set"}
    machine.root["images"]["list"].append(image("case", env))
    shell = SHELLS[case["base"], case["command"][0].rpartition("/")[2]]
    pack = PACK.format(shell=shell, mode=MODES[case["command"][1]])
    return context(pack, f"started:{facts['docker_runs'][0]['id']}", machine)


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_shell_hands_on_what_is_told(case):
    found = context_of(case)
    real = dict(entry.split("=", 1) for entry in case["answer"]["environment"])
    assert isinstance(found, dict), found
    differences = Differences(found, real, apart_from=OF_SHELLS)
    assert differences.wrong == {}
    # Without an account nobody knows which ~/.profile is read.
    assert differences.known or "unknown user" in case["name"]


def test_there_are_cases_of_each_shell_and_mode():
    seen = {(case["base"], case["command"][0], case["command"][1]) for case in CASES}
    assert len(seen) >= len(SHELLS) * len(MODES)
