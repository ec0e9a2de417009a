"""Processes inherit, adopt and read; one that cannot be told takes nobody down with it."""

from __future__ import annotations

import pytest

from engine.errors import LoadError
from engine.model.facts import Absent
from tests.precedence.machine import HOME, SESSION, Machine, value
from tests.precedence.small_graph import context, graph, values

BASE = """
sources:
  start: {{sets: {{A: "1", B: "2", AB: "3", HIDDEN: {{value: x, exported: false}}}}}}
processes:
  parent: {{title: p, template: true, inherits: {{nothing: true}}, reads: [start]}}
  child: {{title: c, inherits: {inherits}}}
"""


@pytest.mark.parametrize(
    ("inherits", "found"),
    [
        ("{from: parent}", ["1", "2", "3", None]),
        ("{from: parent, only: [A]}", ["1", None, None, None]),
        ("{from: parent, only: ['A*']}", ["1", None, "3", None]),
        ("{from: parent, except: [A]}", [None, "2", "3", None]),
        ("{from: parent, except: ['*B']}", ["1", None, None, None]),
        ("{from: parent, only: [B, {fact: sudo.env_keep}]}", ["1", "2", None, None]),
        ("{nothing: true}", [None, None, None, None]),
    ],
)
def test_what_a_process_inherits(inherits, found):
    machine = Machine({}, sudo={"env_keep": ["A"]})
    text = BASE.format(inherits=inherits)
    assert values(text, "child", "A", "B", "AB", "HIDDEN", machine=machine) == found


def test_names_that_are_not_known_leave_everything_open():
    text = BASE.format(inherits="{from: parent, only: [{fact: sudo.env_keep}]}")
    machine = Machine({}, sudo=Absent("permission", "not yours"))
    assert values(text, "child", "A", "B", machine=machine) == ["?permission", "?permission"]


def test_a_chain_names_each_process_that_a_value_went_through():
    text = BASE.format(inherits="{from: parent}")
    chain = context(text, "child")["env"]["A"]["chain"]
    assert [(event["op"], event["process"]) for event in chain] == [
        ("set", "parent"),
        ("inherit", "child"),
    ]


@pytest.mark.parametrize(
    ("shell", "cause"),
    [
        ("/opt/nush", "unsupported"),
        ("", "not_collected"),
        (None, "missing"),
        (7, "not_collected"),
        (Absent("permission", "not yours"), "permission"),
    ],
)
def test_a_login_shell_that_is_not_known_decides_nothing(shell, cause):
    machine = Machine({})
    machine.root["user"]["shell"] = shell
    found = machine.contexts("terminal-shell", "sudo", "cron", "bash-login")
    assert found["terminal-shell"].cause in {cause, "not_collected"}
    assert isinstance(found["sudo"], Absent)
    assert value(found["cron"], "PATH") == "/usr/bin:/bin"
    assert value(found["bash-login"], "PATH") == "/usr/bin:/bin"


@pytest.mark.parametrize(("name", "file"), [("dash", ".profile"), ("rbash", ".bash_profile")])
def test_a_shell_under_another_name_is_the_one_that_it_is(name, file):
    machine = Machine({f"{HOME}/{file}": "export A=1\n"}, shell=f"/opt/{name}")
    assert value(machine.contexts("login-shell")["login-shell"], "A") == "1"


ADOPTS = """
processes:
  probe:
    {{title: p, template: true, like: $SHELL, inherits: {{from: session}}, shell: {{login: true}}}}
  ide: {{title: i, inherits: {{from: session}}, adopts: {adopts}}}
"""


@pytest.mark.parametrize(
    ("adopts", "found"),
    [
        ("{from: probe}", ["shell", "1"]),
        ("{from: probe, only: [A]}", ["shell", None]),
        ("{from: probe, except: [A]}", ["session", "1"]),
    ],
)
def test_what_a_launcher_takes_over(adopts, found):
    session = {**SESSION, "A": "session"}
    machine = Machine({f"{HOME}/.profile": "export A=shell B=1\n"}, session=session)
    assert values(ADOPTS.format(adopts=adopts), "ide", "A", "B", machine=machine) == found


def test_what_is_unset_in_the_shell_stays_as_the_launcher_has_it():
    machine = Machine({f"{HOME}/.profile": "unset A\n"}, session={**SESSION, "A": "session"})
    assert values(ADOPTS.format(adopts="{from: probe}"), "ide", "A", machine=machine) in (
        ["session"],
        [None],
    )


def test_hooks_of_the_prompt_run_only_where_there_is_a_prompt():
    machine = Machine({f"{HOME}/.bashrc": "PROMPT_COMMAND='export A=1'\n"})
    found = machine.contexts("bash-interactive", "bash-interactive-command")
    assert value(found["bash-interactive"], "A") == "1"
    assert value(found["bash-interactive-command"], "A") is None
    assert found["bash-interactive"]["moment"] == "prompt"
    assert found["bash-interactive-command"]["moment"] == "started"


def test_a_branch_that_leaves_does_not_count_beside_one_that_goes_on():
    text = "export A=1\nif tool; then exit; fi\nexport A=2\n"
    machine = Machine({f"{HOME}/.profile": text, "/usr/bin/tool": ""})
    assert value(machine.contexts("bash-login-command")["bash-login-command"], "A") == "2"


def test_a_start_that_ends_has_no_environment():
    machine = Machine({f"{HOME}/.profile": "export A=1\nexit\n"})
    found = machine.contexts("bash-login-command")["bash-login-command"]
    assert value(found, "A") == "?opaque"
    assert "ends in `exit`" in found["env"]["A"]["detail"]


def test_a_source_that_may_be_read_leaves_open_what_it_changes():
    text = """
    sources: {a: {sets: {A: "2", B: "1"}}, start: {sets: {A: "1", B: "1"}}}
    processes:
      c:
        title: c
        inherits: {nothing: true}
        reads: [start, {source: a, when: {process.env.UNSURE.state: set}}]
    """
    machine = Machine({})
    assert values(text, "c", "A", "B", machine=machine) == ["1", "1"]
    session = {**SESSION, "UNSURE": Absent("permission", "not yours")}
    text = text.replace("{nothing: true}", "{from: session}")
    found = values(text, "c", "A", "B", machine=Machine({}, session=session))
    assert found == ["?permission", "1"]


@pytest.mark.parametrize(
    "processes",
    [
        "{a: {title: a, inherits: {from: b}}, b: {title: b, inherits: {from: a}}}",
        "{a: {title: a, inherits: {from: a}}}",
        "{a: {like: b, inherits: {nothing: true}}, b: {like: a, template: true}}",
    ],
)
def test_a_ring_is_refused_with_the_way_round(processes):
    with pytest.raises(LoadError, match="a"):
        graph(f"processes: {processes}\n")


def test_a_process_starts_where_it_says_or_in_the_home():
    text = """
    sources: {s: {sets: {A: {env: PWD}}}}
    processes: {c: {title: c, inherits: {from: session}, like: bash, directory: "~"}}
    """
    machine = Machine({f"{HOME}/.bashrc": "export A=1\n"})
    assert "PWD" in context(text, "c", machine)["env"]


def test_facts_that_a_document_lacks_are_unknown_to_the_graph():
    machine = Machine({})
    del machine.root["sudo"]
    found = machine.contexts("sudo")["sudo"]
    assert value(found, "PATH") == "?missing"
    assert value(found, "HOME") == "/root"
