"""JetBrains' IDEs: what is public of what they hand on, and that the rest is not told."""

from __future__ import annotations

import pytest

from tests.precedence.machine import Machine, value

SESSION = {"HOME": "/home/ada", "PATH": "/usr/bin:/bin", "GOROOT": "/session", "GOPRIVATE": "s"}


def machine_of(**jetbrains):
    facts = {
        "installed": True, "launch_mode": "desktop", "load_shell_env": False,
        "products": [], "runs": [],
    }  # fmt: skip
    return Machine({}, session=SESSION, jetbrains=facts | jetbrains)


def run(**keys):
    env = [{"name": "A", "how": "set", "value": "1"}]
    row = {"id": "server", "for_go": True, "pass_parent": True, "env": env, "env_files": []}
    return row | keys


def context(name, **jetbrains):
    return machine_of(**jetbrains).contexts(name)[name]


def test_what_a_program_gets_of_the_projects_go_is_not_public():
    found = context("jetbrains-run:server", runs=[run()], goroot={"path": "/opt/go"})
    for name in ("GOROOT", "GOPATH", "PATH"):
        assert value(found, name) == "?opaque"
    assert (value(found, "A"), value(found, "GOPRIVATE")) == ("1", "s")


def test_nor_what_it_gets_of_the_variables_of_the_projects_modules():
    modules = {"env": [{"name": "GOPRIVATE", "how": "set", "value": "m"}]}
    found = context("jetbrains-run:server", runs=[run()], modules=modules)
    assert (value(found, "GOPRIVATE"), value(found, "A")) == ("?opaque", "1")


def test_a_program_that_gets_nothing_of_the_ide_has_only_its_own():
    found = context("jetbrains-run:server", runs=[run(pass_parent=False)])
    assert (value(found, "HOME"), value(found, "A")) == (None, "1")


def test_a_terminal_may_get_nothing_of_the_ide():
    terminal = {"env": [], "pass_parent": False}
    assert value(context("jetbrains-terminal", terminal=terminal), "GOROOT") is None
    assert value(context("jetbrains-terminal"), "GOROOT") == "/session"


@pytest.mark.parametrize(
    "chosen",
    [
        {"terminal": {"env": [], "pass_parent": True, "shell": "/bin/zsh"}},
        {"products": [{"id": "GoLand 2025.3", "shell": "/bin/zsh"}]},
    ],
)
def test_of_a_shell_that_was_chosen_nothing_is_told(chosen):
    found = machine_of(**chosen).contexts("jetbrains-terminal", "jetbrains-terminal-chosen")
    assert list(found) == ["jetbrains-terminal-chosen"]
    assert value(found["jetbrains-terminal-chosen"], "GOROOT") == "?opaque"


def test_a_terminal_does_not_start_where_the_ide_did():
    machine = machine_of()
    machine.files |= {
        "/home/ada/.bashrc": ". ./here.sh\n",
        "/home/ada/here.sh": "export HERE=home\n",
    }
    found = machine.contexts("jetbrains-terminal")["jetbrains-terminal"]
    assert value(found, "HERE").startswith("?")
