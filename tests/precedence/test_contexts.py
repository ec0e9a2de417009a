"""A context as rules see it: who set what, what that replaced, which command runs."""

from __future__ import annotations

import pytest

from engine.model.facts import Absent
from tests.precedence.machine import HOME, Machine, value

RC = f"{HOME}/.bashrc"
GO = {"/a/go": "", "/usr/bin/go": ""}


def bash(text, context="bash-interactive-command", **facts):
    """Give a bash that reads a text."""
    files = {RC: text, f"{HOME}/.profile": text, "/usr/bin/tool": "", **facts.pop("files", {})}
    return Machine(files, **facts).contexts(context)[context]


def entry(text, name="A", **more):
    """Give a variable of such a bash."""
    return bash(text, **more)["env"][name]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("export A=1", 1),
        ("A=1\nexport A", 1),
        ("export A\nA=1", 2),
        ("export A=1\nA=2", 2),
        ("export A=1\nA+=2", 2),
        (': "${A:=1}"\nexport A', 1),
        ("eval 'A=1'\nexport A", 1),
        ("f() {\nexport A=1\n}\nf", 2),
        ("for A in 1 2; do\nexport A\ndone", 1),
    ],
)
def test_the_setter_is_the_line_that_gave_the_value(text, line):
    assert entry(text)["set_by"] == {
        "file": RC,
        "line": line,
        "source": "bashrc",
        "process": "bash-interactive-command",
    }


@pytest.mark.parametrize(
    ("text", "shadowed"),
    [
        ("export A=1", []),
        ("export A=1\nA=2", ["1"]),
        ("export A=1\nA=1", []),
        ("export A=1\nA=2\nA=3", ["1", "2"]),
        ("export A=1\nA+=2\nA=3", ["1", "12"]),
        ("export A=1\nunset A", ["1"]),
        ("export A=1\nunset A\nexport A=1", []),
        ("export A=$(tool)\nA=1", []),
    ],
)
def test_what_was_replaced_is_shadowed(text, shadowed):
    assert [row["value"] for row in entry(text)["shadowed"]] == shadowed


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("export A=1", "set"),
        ("A=1", None),
        ("export A=1\nexport -n A", "unset"),
        ("export A=1\nunset A", "unset"),
        ("export A", None),
        ("export A=$(tool)", "unknown"),
        ("A=1\ntool && export A", "unknown"),
        ('eval "$(tool)"\nA=1', "unknown"),
    ],
)
def test_the_state_of_a_variable(text, state):
    found = bash(text)["env"].get("A")
    assert (found and found["state"]) == state or (state is None and found["state"] == "unset")


def owners(text, **more):
    """Give the entries of PATH, each with the line that put it there."""
    rows = bash(text, **more)["path"]
    return [(row["dir"], row.get("set_by", {}).get("line")) for row in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", [("/usr/bin", None), ("/bin", None)]),
        ("PATH=/a:$PATH", [("/a", 1), ("/usr/bin", None), ("/bin", None)]),
        (
            "PATH=$PATH:/a\nPATH=/b:$PATH",
            [("/b", 2), ("/usr/bin", None), ("/bin", None), ("/a", 1)],
        ),
        ("PATH=/a\nPATH=$PATH:/b", [("/a", 1), ("/b", 2)]),
        ("PATH=/usr/bin:/bin", [("/usr/bin", 1), ("/bin", 1)]),
        ("PATH=/a:/bin\nPATH=/bin", [("/bin", 2)]),
    ],
)
def test_an_entry_of_path_belongs_to_the_line_that_put_it_there(text, rows):
    assert owners(text) == rows


def test_an_entry_of_path_that_is_not_known_is_a_hole_among_the_others():
    path = bash("PATH=/a:$(tool)/bin:$PATH")["path"]
    assert path[0]["dir"] == "/a"
    assert isinstance(path[1], Absent)
    assert path[2]["dir"] == "/usr/bin"
    assert path.more.cause == "opaque"


def test_a_path_that_is_not_there_is_empty_or_unknown():
    assert bash("unset PATH")["path"] == []
    assert bash('eval "$(tool)"')["path"].more.cause == "opaque"


def go(text, context="bash-interactive-command", **more):
    """Give what `go` runs."""
    found = bash(text, context, **more)["commands"]
    return found.get("go")


@pytest.fixture
def tracked(monkeypatch):
    """Let contexts of the bundled graph tell about `go`."""
    from tests.precedence import machine  # noqa: PLC0415

    plan = dict(machine.program().plan)
    monkeypatch.setitem(machine.program().plan, "tracks", {**plan["tracks"], "commands": ["go"]})


@pytest.mark.usefixtures("tracked")
@pytest.mark.parametrize(
    ("text", "state", "kind"),
    [
        ("", "missing", None),
        ("alias go=x", "found", "alias"),
        ("go() { :; }", "found", "function"),
        ("go() { :; }\nalias go=x", "found", "alias"),
        ("go() { :; }\nunset -f go", "missing", None),
        ("tool && alias go=x", "unknown", None),
        ("tool && go() { :; }", "unknown", None),
        ('eval "$(tool)"', "unknown", None),
        ("PATH=$(tool):$PATH", "unknown", None),
        ("unset PATH", "unknown", None),
        ("PATH='~bo/bin:/usr/bin'", "unknown", None),
        ("PATH=$PATH:$(tool)", "unknown", None),
    ],
)
def test_what_a_name_runs(text, state, kind):
    found = go(text)
    assert found["state"] == state
    if kind is not None:
        assert found["kind"] == kind
        assert found["set_by"]["file"] == RC


@pytest.mark.usefixtures("tracked")
def test_the_first_file_on_path_runs_and_hides_the_others():
    machine_files = {"/usr/bin/go": "", "/usr/local/go/bin/go": ""}
    found = go("PATH=/usr/local/go/bin:$PATH", files=machine_files)
    assert (found["kind"], found["path"]) == ("file", "/usr/local/go/bin/go")
    assert found["hides"] == [{"kind": "file", "path": "/usr/bin/go"}]
    assert "alias" not in found


@pytest.mark.usefixtures("tracked")
def test_bash_alone_finds_what_lies_behind_a_tilde_on_path():
    files = {"/usr/local/go/bin/go": "", "/usr/bin/go": ""}
    line = "HOME=/usr/local/go; PATH='~/bin:/usr/bin'; export A=$(command -v go)"
    assert go(line, files=files)["path"] == "/usr/local/go/bin/go"
    assert bash(line, files=files)["env"]["A"]["value"] == "/usr/local/go/bin/go"
    given = {"/home/ada/.zshrc": line, **files}
    assert go("", "zsh-interactive-command", files=given)["path"] == "/usr/bin/go"


@pytest.mark.usefixtures("tracked")
def test_what_stands_behind_a_hole_in_path_is_hidden_or_not():
    found = go("PATH=$PATH:$(tool)", files={"/usr/bin/go": ""})
    assert (found["state"], found["path"]) == ("found", "/usr/bin/go")
    assert (found["hides"], found["hides"].more.cause) == ([], "opaque")
    found = go("alias go=x; PATH=$(tool):$PATH", files={"/usr/bin/go": ""})
    assert (found["kind"], found["hides"].more.cause) == ("alias", "opaque")


@pytest.mark.usefixtures("tracked")
def test_a_command_that_is_not_known_blames_path_and_tells_nothing_else():
    found = go("PATH=$(tool):$PATH", files={"/usr/bin/go": ""})
    assert found["state"] == "unknown"
    assert found["detail"].startswith("PATH is not known: ")
    assert found["hides"].cause == "opaque"


@pytest.mark.usefixtures("tracked")
def test_an_alias_in_a_script_is_kept_and_does_not_run():
    found = go("alias go=x", "bash-login-command", files={"/usr/bin/go": ""})
    assert found["kind"] == "file"
    assert found["alias"] == "x"


def test_files_that_were_not_read_say_why():
    machine = Machine({f"{HOME}/.bash_profile": "", f"{HOME}/.profile": "", RC: ""})
    found = machine.contexts("bash-login")["bash-login"]
    reasons = {row["path"]: row["reason"] for row in found["not_loaded"]}
    assert reasons[f"{HOME}/.profile"] == "hidden"
    assert reasons[RC] == "condition"
    assert f"{HOME}/.bash_login" not in reasons
    assert f"{HOME}/.bash_profile" not in reasons


def test_files_that_may_be_read_leave_the_list_open():
    found = bash("tool && . ~/x\n", files={f"{HOME}/x": "export A=1\n"})
    assert found["loaded"].more.cause == "opaque"
    assert value(found, "A") == "?opaque"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("export $(grep -v '^#' ~/.env)", "1"),
        ('while IFS= read -r l; do export "$l"; done < ~/.env', "1"),
        ("export A=$(cat ~/secret.txt)", "?opaque"),
        ("export A=$(cat ~/gone.env)", ""),
    ],
)
def test_what_files_of_settings_hold_is_read_line_by_line(text, found):
    files = {f"{HOME}/.env": "A=1\n", f"{HOME}/secret.txt": "A=1\n"}
    told = value(bash(text, files=files), "A")
    assert told == found or told.startswith("?")
    if found == "?opaque":
        assert told.startswith("?")
