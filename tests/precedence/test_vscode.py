"""VS Code: what its settings and its Go extension make of an environment, read in their source."""

from __future__ import annotations

import json
import sqlite3

import pytest

from tests.gather.fake_host import Node, folder
from tests.precedence.gathered import gathered
from tests.precedence.machine import Machine, value

HOME, SHOP = "/home/dana", "/home/dana/shop"
CODE = f"{HOME}/.config/Code/User"
SESSION = {"HOME": HOME, "USER": "dana", "PATH": "/usr/bin:/bin", "SHELL": "/bin/bash"}
DANA = {"name": "dana", "uid": 1000, "gid": 1000, "home": HOME, "shell": "/bin/bash"}
THERE = {"/usr/bin/go": "\x7fELF", f"{SHOP}/go.mod": "", f"{SHOP}/sub/x": ""}


def machine_of(settings=None, *, session=None, mode="desktop", files=None, flavor=None, **folder_):
    """Give a machine on which VS Code has opened the shop, started in a known way."""
    laid = {
        f"{CODE}/settings.json": json.dumps(settings or {}),
        f"{SHOP}/.git": folder(),
        **{f"{SHOP}/.vscode/{name}.json": json.dumps(made) for name, made in folder_.items()},
        "/bin/bash": Node(),
        "/opt/go": folder(),
        f"{HOME}/sdk/go": folder(),
    }
    shown = {path: made for path, made in (files or {}).items() if isinstance(made, (str, Node))}
    root = gathered(laid | shown, SHOP, ("vscode",), client={"HOME": HOME, "PATH": "/bin"})
    vscode = root["vscode"]
    vscode |= {"launch_mode": mode} if mode else {}
    vscode |= {"flavor": flavor} if flavor else {}
    plain = {path: made for path, made in (files or {}).items() if isinstance(made, str)}
    machine = Machine(THERE | plain, session=SESSION | (session or {}), user=DANA, vscode=vscode)
    machine.root["session"]["directory"] = SHOP
    return machine


def context(name, *given, **options):
    return machine_of(*given, **options).contexts(name)[name]


def told(name, variable, *given, **options):
    return value(context(name, *given, **options), variable)


# The Go extension.


@pytest.mark.parametrize(
    ("goroot", "known"),
    [
        ("/opt/go", "/opt/go"),
        ("~/sdk/go", f"{HOME}/sdk/go"),
        ("${workspaceFolder}/../sdk/go", f"{SHOP}/../sdk/go"),
        ("/nowhere", "/session"),
        ("${env:NOPE}/opt/go", "?not_collected"),
        ("relative", "?opaque"),
    ],
)
def test_go_goroot_counts_where_its_folder_is_there(goroot, known):
    session = {"GOROOT": "/session"}
    assert told("vscode-go-tools", "GOROOT", {"go.goroot": goroot}, session=session) == known


def test_a_variable_that_is_set_to_nothing_counts_as_unset_when_the_extension_starts():
    session = {"GOPATH": "", "GOPROXY": "", "GOBIN": "", "GOMODCACHE": "/mod"}
    found = context("vscode-go-tools", session=session)
    told_ = {name: value(found, name) for name in session}
    assert told_ == {
        "GOPATH": "?opaque", "GOPROXY": "?opaque", "GOBIN": "?opaque", "GOMODCACHE": "/mod",
    }  # fmt: skip


def test_a_gopath_of_the_process_beats_that_of_the_tools():
    settings = {"go.toolsEnvVars": {"GOPATH": "/tools", "GOFLAGS": "-tools"}}
    found = context("vscode-go-tools", settings, session={"GOPATH": "/session"})
    assert value(found, "GOPATH") == "/session"
    assert value(found, "GOFLAGS") == "-tools"
    assert told("vscode-go-tools", "GOPATH", settings) == "?opaque"
    settings |= {"go.gopath": "~/mine"}
    assert told("vscode-go-tools", "GOPATH", settings) == f"{HOME}/mine"


@pytest.mark.parametrize(
    ("settings", "session"),
    [
        ({"go.goroot": "/opt/go"}, {}),
        ({"go.alternateTools": {"go": "/opt/go/bin/go"}}, {}),
        ({}, {"GOROOT": "/opt/go"}),
        ({}, {"GOBIN": "/home/dana/bin"}),
        ({}, {"PATH": "/nowhere"}),
    ],
)
def test_a_go_that_may_not_be_that_of_path_may_change_path(settings, session):
    for name in ("vscode-go-tools", "vscode-terminal"):
        assert told(name, "PATH", settings, session=session).startswith("?")
    settings = settings | {"go.terminal.activateEnvironment": False}
    assert told("vscode-go-tools", "PATH", settings, session=session) in {
        "/usr/bin:/bin", "/nowhere",
    }  # fmt: skip


def test_the_go_of_path_changes_no_path():
    assert told("vscode-go-tools", "PATH") == "/usr/bin:/bin"
    assert told("vscode-terminal", "PATH") == "/usr/bin:/bin"


def chosen(address, remembered):
    opened = sqlite3.connect(":memory:")
    opened.execute("CREATE TABLE ItemTable (key TEXT UNIQUE, value BLOB)")
    opened.execute("INSERT INTO ItemTable VALUES ('golang.go', ?)", (json.dumps(remembered),))
    opened.commit()
    storage = f"{CODE}/workspaceStorage/0123"
    return {
        f"{storage}/workspace.json": json.dumps({"folder": address}),
        f"{storage}/state.vscdb": Node(content=opened.serialize()),
    }


def test_a_go_that_was_chosen_for_the_folder_may_change_path():
    choice = {"selectedGo": {"label": "Go 1.22", "binpath": "/opt/go/bin/go"}}
    files = chosen(f"file://{SHOP}", choice)
    assert told("vscode-go-tools", "PATH", files=files) == "?opaque"
    for others in (chosen("file:///other", choice), chosen(f"file://{SHOP}", {})):
        assert told("vscode-go-tools", "PATH", files=others) == "/usr/bin:/bin"


def test_tools_env_sees_the_path_of_the_extension():
    settings = {"go.goroot": "/opt/go", "go.toolsEnvVars": {"PATH": "${env:PATH}:/x"}}
    assert told("vscode-go-tools", "PATH", settings).startswith("?")


def test_what_may_crash_extensions_is_kept_from_them():
    session = {"DEBUG": "1", "LD_PRELOAD": "/x.so"}
    assert told("vscode-go-tools", "DEBUG", session=session) == "?opaque"
    assert told("vscode-terminal", "DEBUG", session=session) == "1"


# Terminals.


def test_a_terminal_that_inherits_nothing_has_what_the_editor_was_started_with():
    settings = {"terminal.integrated.inheritEnv": False}
    files = {f"{HOME}/.bashrc": "export FROM=${FROM}rc\n", f"{HOME}/.profile": "export P=1\n"}
    by_desktop = context("vscode-terminal", settings, files=files)
    assert (value(by_desktop, "FROM"), value(by_desktop, "P")) == ("rc", None)
    by_cli = context("vscode-terminal", settings, files=files, mode="cli")
    assert value(by_cli, "FROM") == "rcrc"
    unknown = context("vscode-terminal", settings, files=files, mode=None)
    assert value(unknown, "FROM").startswith("?")


def test_a_terminal_starts_in_the_folder():
    files = {
        f"{HOME}/.bashrc": ". ./here.sh\n",
        f"{HOME}/here.sh": "export HERE=home\n",
        f"{SHOP}/here.sh": "export HERE=shop\n",
        f"{SHOP}/sub/here.sh": "export HERE=sub\n",
    }
    assert told("vscode-terminal", "HERE", files=files) == "shop"
    settings = {"terminal.integrated.cwd": "sub"}
    assert told("vscode-terminal", "HERE", settings, files=files) == "sub"
    assert told("vscode-process-task:x", "PWD", tasks=task("process")) == "?opaque"


@pytest.mark.parametrize("args", [["--norc"], ["--rcfile", "/x"], ["-c", "env"]])
def test_arguments_that_nobody_follows_leave_a_terminal_unknown(args):
    profiles = {"odd": {"path": "bash", "args": args, "env": {"A": "1"}}}
    settings = {
        "terminal.integrated.defaultProfile.linux": "odd",
        "terminal.integrated.profiles.linux": profiles,
    }
    found = machine_of(settings, files={f"{HOME}/.bashrc": "export FROM=rc\n"}).contexts(
        "vscode-terminal", "vscode-terminal-login", "vscode-terminal-odd"
    )
    assert list(found) == ["vscode-terminal-odd"]
    assert value(found["vscode-terminal-odd"], "FROM") == "?opaque"


def test_of_a_server_for_another_machine_nothing_is_known():
    for name in ("vscode-terminal", "vscode-go-tools", "vscode-extension-host"):
        assert told(name, "USER", flavor="server") == "?opaque"


def test_where_it_was_started_is_not_known_both_values_are_named():
    files = {f"{HOME}/.bashrc": "export FROM=${FROM}rc\n"}
    found = context("vscode-extension-host", files=files, mode=None)
    assert value(found, "FROM") == "?not_collected" or value(found, "FROM").startswith("?")
    assert "rc" in found["env"]["FROM"]["detail"]


# Launches and tasks.

PROFILE_OF_BASH = {
    "terminal.integrated.defaultProfile.linux": "mine",
    "terminal.integrated.profiles.linux": {"mine": {"path": "bash", "env": {"P": "profile"}}},
}


def launch(**keys):
    row = {"name": "x", "type": "go", "request": "launch", "program": "."}
    return {"configurations": [row | keys]}


def test_the_debugger_hands_proxies_and_gopath_into_a_terminal():
    settings = {"go.gopath": "/g", "http.proxy": "http://p:1"}
    made = launch(console="integratedTerminal", env={"A": "1"})
    found = context("vscode-debug-terminal:x", settings, session={"GOPATH": "/s"}, launch=made)
    assert value(found, "GOPATH") == "/g"
    assert value(found, "HTTPS_PROXY") == "http://p:1"
    assert value(found, "A") == "1"


def test_start_up_files_of_a_terminal_beat_what_the_debugger_hands_in():
    made = launch(console="integratedTerminal", env={"A": "launch", "B": "launch"})
    files = {f"{HOME}/.bashrc": "export A=rc\n"}
    machine = machine_of(PROFILE_OF_BASH, launch=made, files=files)
    found = machine.contexts("vscode-debug:x", "vscode-debug-terminal:x")
    assert list(found) == ["vscode-debug-terminal:x"]
    told_ = [value(found["vscode-debug-terminal:x"], name) for name in ("A", "B", "P")]
    # The variables of a profile are not for the debugger's terminals.
    assert told_ == ["rc", "launch", None]


def test_a_terminal_of_the_desktop_is_not_known_but_for_what_is_handed_on():
    found = context("vscode-debug:x", launch=launch(console="externalTerminal", env={"A": "1"}))
    assert (value(found, "A"), value(found, "USER")) == ("1", "?opaque")


def test_another_profile_for_the_debugger_leaves_the_terminal_unknown():
    settings = {"terminal.integrated.automationProfile.linux": {"path": "/bin/dash"}}
    made = launch(console="integratedTerminal")
    found = machine_of(settings, launch=made).contexts(
        "vscode-debug-terminal:x", "vscode-odd-debug-terminal:x"
    )
    assert list(found) == ["vscode-odd-debug-terminal:x"]
    assert value(found["vscode-odd-debug-terminal:x"], "USER") == "?opaque"


def test_tasks_inherit_whatever_terminals_do():
    settings = {"terminal.integrated.inheritEnv": False}
    files = {f"{HOME}/.profile": "export P=1\n"}
    made = task("process")
    assert told("vscode-process-task:x", "P", settings, files=files, tasks=made) == "1"
    assert told("vscode-terminal", "P", settings, files=files) is None


def task(kind, **keys):
    return {"version": "2.0.0", "tasks": [{"label": "x", "type": kind, "command": "go"} | keys]}


PROFILE = {
    "terminal.integrated.defaultProfile.linux": "mine",
    "terminal.integrated.profiles.linux": {"mine": {"path": "zsh", "env": {"A": "profile"}}},
}


def test_a_task_in_a_shell_reads_what_that_shell_reads():
    files = {f"{HOME}/.zshenv": "export Z=${A}-zshenv\n", "/bin/zsh": "\x7fELF"}
    found = context("vscode-task:x", PROFILE, files=files, tasks=task("shell"))
    assert value(found, "Z") == "profile-zshenv"


def test_a_task_that_runs_a_program_has_no_variables_of_the_profile():
    assert told("vscode-process-task:x", "A", PROFILE, tasks=task("process")) is None
    assert told("vscode-go-task:x", "A", PROFILE, tasks=task("go")) is None


def test_a_task_of_another_shell_is_not_known():
    options = {"shell": {"executable": "/bin/zsh"}}
    machine = machine_of(tasks=task("shell", options=options))
    found = machine.contexts("vscode-task:x", "vscode-odd-task:x")
    assert list(found) == ["vscode-odd-task:x"]
    assert value(found["vscode-odd-task:x"], "USER") == "?opaque"


def test_what_a_terminal_sets_beats_what_a_task_says():
    made = task("process", options={"env": {"TERM_PROGRAM": "mine", "A": "1"}})
    found = context("vscode-process-task:x", tasks=made)
    assert (value(found, "TERM_PROGRAM"), value(found, "A")) == ("vscode", "1")


def test_a_task_of_go_has_the_gopath_of_the_extension():
    settings = {"go.toolsEnvVars": {"GOPATH": "/tools", "GOFLAGS": "-x"}}
    session = {"GOPATH": "/session"}
    found = context("vscode-go-task:x", settings, session=session, tasks=task("go"))
    assert (value(found, "GOPATH"), value(found, "GOFLAGS")) == ("/session", "-x")
