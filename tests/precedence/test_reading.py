"""How a process reads its sources: files, the first of several, sorted sets, values of its own."""

from __future__ import annotations

import pytest

from engine.model.facts import Absent, Redacted
from tests.precedence.machine import HOME, SESSION, Machine
from tests.precedence.small_graph import context, values


def process(sources, reads, inherits="{from: session}"):
    """Give the text of a graph with one process."""
    way = f"{{title: c, inherits: {inherits}, reads: {reads}}}"
    return f"sources: {sources}\nprocesses: {{c: {way}}}\n"


FIRST = "{s: {first: [/a, /b, /c], syntax: env, readable: %s}}"
FILES = {"/a": "A=a\n", "/b": "A=b\n", "/c": "A=c\n"}


def with_entry(files, path, **entry):
    """Give a machine where one path is something else."""
    machine = Machine(files)
    machine.root["files"][path] = entry
    return machine


def test_the_first_that_is_there_hides_the_others():
    found = context(process(FIRST % "false", "[s]"), "c", Machine({"/b": "A=b\n", "/c": "A=c\n"}))
    assert found["env"]["A"]["value"] == "b"
    rows = {row["path"]: row["reason"] for row in found["not_loaded"]}
    assert rows == {"/a": "missing", "/c": "hidden"}


@pytest.mark.parametrize(("readable", "found"), [("false", None), ("true", "b")])
def test_one_that_cannot_be_read_counts_or_is_skipped(readable, found):
    machine = with_entry(FILES, "/a", kind="file", readable=False)
    assert values(process(FIRST % readable, "[s]"), "c", "A", machine=machine) == [found]


def test_one_that_nobody_looked_at_leaves_open_which_is_the_first():
    machine = Machine(FILES)
    machine.root["files"]["/a"] = Absent("permission", "not yours")
    assert values(process(FIRST % "false", "[s]"), "c", "A", "Z", machine=machine) == [
        "?permission",
        "?permission",
    ]


@pytest.mark.parametrize(
    ("kind", "found"),
    [("directory", None), ("fifo", "?unsupported"), ("device", "?unsupported"), ("missing", None)],
)
def test_what_is_no_file_is_not_read(kind, found):
    machine = with_entry({}, "/a", kind=kind, readable=True)
    assert values(process("{s: {file: /a, syntax: env}}", "[s]"), "c", "A", machine=machine) == [
        found
    ]


MANY = {
    "/x/b.conf": "A=${A}xb\n",
    "/x/a.conf": "A=${A}xa\n",
    "/y/a.conf": "A=${A}ya\n",
    "/y/c.conf": "A=${A}yc\n",
    "/x/.h.conf": "A=hidden\n",
    "/x/a.txt": "A=other\n",
}


@pytest.mark.parametrize(
    ("more", "found"),
    [
        ("order: listed", "xaxbyayc"),
        ("order: basename", "xayaxbyc"),
        ("order: listed, mask: true", "xaxbyc"),
        ("order: basename, mask: true", "xaxbyc"),
    ],
)
def test_many_files_are_read_in_their_order(more, found):
    text = process(
        f"{{s: {{files: [/x/*.conf, /y/*.conf, /z/*.conf], syntax: systemd-env, {more}}}}}", "[s]"
    )
    machine = Machine(MANY, session={**SESSION, "A": ""})
    assert values(text, "c", "A", machine=machine) == [found]


def test_a_folder_that_was_not_listed_leaves_open_what_it_holds():
    machine = Machine(MANY)
    machine.root["files"]["/x"] = {"kind": "directory", "names": Absent("permission", "no")}
    text = process("{s: {files: [/x/*.conf], syntax: env}}", "[s]")
    assert values(text, "c", "A", machine=machine) == ["?permission"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("text", "text"),
        ('"~/x"', f"{HOME}/x"),
        ("{join: [{env: HOME}, a, /b]}", f"{HOME}/a/b"),
        ("{join: [{env: NOT_SET}, a]}", None),
        ("{env: HOME}", HOME),
        ("{env: NOT_SET, else: other}", "other"),
        ("{env: EMPTY, else: other}", ""),
        ("{env: EMPTY, else: other, empty_is_unset: true}", "other"),
        ("{fact: user.name}", "ada"),
        ("{fact: user.nothing}", "?not_collected"),
        ("{fact: sudo.secure_path}", "/usr/bin:/bin"),
        ("{fact: os.nothing}", "?missing"),
        ("{some: text}", "?"),
        ("{count: LEVEL}", "4"),
        ("{count: EMPTY}", "1"),
        ("{count: HOME}", "1"),
        ("{unset: true}", None),
        ("{value: x, if_unset: true}", "mine"),
        ("{value: x, when: {process.env.EMPTY.state: unset}}", "mine"),
        ("{value: x, when: {process.env.EMPTY.state: set}}", "x"),
        ("{value: x, when: {os.nothing: 1}}", "?missing"),
        ("{value: x, exported: false}", "x"),
    ],
)
def test_a_value_that_a_process_sets_itself(written, found):
    session = {**SESSION, "A": "mine", "EMPTY": "", "LEVEL": "3"}
    text = process(f"{{s: {{sets: {{A: {written}}}}}}}", "[s]")
    (told,) = values(text, "c", "A", machine=Machine({}, session=session))
    if found is None:
        assert told in {None, "mine"}
    else:
        assert told == found or (found == "?" and told.startswith("?"))


def test_what_a_source_may_touch_is_not_known():
    text = process('{s: {touches: ["A*", B]}}', "[s]")
    session = {**SESSION, "A1": "1", "C": "1"}
    machine = Machine({}, session=session)
    assert values(text, "c", "A1", "B", "C", machine=machine) == ["?opaque", "?opaque", "1"]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("x", "x"),
        ("", ""),
        (7, "?wrong_type"),
        (None, "?wrong_type"),
        ([], "?wrong_type"),
        (Absent("permission", "no"), "?permission"),
    ],
)
def test_a_value_of_the_session(given, found):
    session = {**SESSION, "A": given}
    assert values("", "session", "A", machine=Machine({}, session=session)) == [found]


def test_a_secret_of_the_session_is_passed_on():
    secret = Redacted((("salt", "hash"),))
    machine = Machine({}, session={**SESSION, "A": secret})
    (told,) = values("", "terminal-shell", "A", machine=machine)
    assert told.atoms == secret.atoms


@pytest.mark.parametrize("environment", [7, [], Absent("permission", "no")])
def test_a_session_that_is_not_known_leaves_everything_open(environment):
    machine = Machine({})
    machine.root["session"] = {"environment": environment}
    (told,) = values("", "session", "HOME", machine=machine)
    assert told.startswith("?")


def test_settings_are_read_by_shells_of_every_kind():
    sources = "{e: {file: /e, syntax: env}}"
    for shell in ("bash", "zsh", "fish", "ksh", "sh"):
        text = (
            f"sources: {sources}\nprocesses: {{c: {{title: c, like: {shell}, "
            "inherits: {from: session}, reads: [e]}}\n"
        )
        assert values(text, "c", "A", machine=Machine({"/e": "A=a b\n"})) == ["a b"], shell


@pytest.mark.parametrize(("shell", "syntax"), [("fish", "bash"), ("bash", "fish")])
def test_a_file_in_another_shell_s_language_is_not_known(shell, syntax):
    text = (
        f"sources: {{s: {{file: /s, syntax: {syntax}}}}}\nprocesses: {{c: {{title: c, "
        f"like: {shell}, inherits: {{from: session}}, reads: [s]}}}}\n"
    )
    machine = Machine({"/s": "set -gx A 1\n"})
    assert values(text, "c", "A", "HOME", machine=machine) == ["?unsupported", "?unsupported"]
