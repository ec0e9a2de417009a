from __future__ import annotations

import pytest

from engine.model.facts import Absent
from engine.precedence.values import Hole, unknown
from engine.precedence.view import Start, View
from engine.precedence.world import World
from tests.precedence.go.seen import DIRECTORY, HOME, Disk

BIN = f"{HOME}/bin"
GO = {f"{BIN}/go": "go", "/usr/bin/go": "go"}


def seen(files, environment=None, directory=DIRECTORY, changed=(), start=None):
    disk = Disk(files)
    world = World({"files": disk.facts}, disk.answer)
    variables = (environment or {}).get
    return View(world, variables, directory, changed=frozenset(changed), start=start)


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        (f"{HOME}/dot/go/env", f"{HOME}/.config/go/env"),
        (f"{HOME}/.config/go/env", f"{HOME}/dot/go/env"),
        (f"{HOME}/dot/go/new", f"{HOME}/.config/go/new"),
        (f"{HOME}/.config", f"{HOME}/dot/go/env"),
    ],
)
def test_a_file_that_was_changed_is_not_known_by_another_way_to_it(changed, asked):
    # The disk of these tests knows links of whole paths.
    links = {
        f"{HOME}/.config": "-> dot",
        f"{HOME}/.config/go": "-> ../dot/go",
        f"{HOME}/.config/go/env": "-> ../../dot/go/env",
        f"{HOME}/dot/go/env": "GOFLAGS=-v\n",
    }
    found = seen(links, changed=[changed]).file(asked)
    assert isinstance(found, Absent)
    assert found.detail == "a start-up file may have changed it"
    assert not isinstance(seen(links, changed=["/tmp"]).file(asked), Absent)


@pytest.mark.parametrize("changed", [f"{HOME}/dot/env", f"{HOME}/dot", f"{HOME}/dot/further"])
def test_a_link_that_leads_nowhere_may_lead_to_what_was_made_meanwhile(changed):
    links = {f"{HOME}/env": "-> dot/env", f"{HOME}/dot/env": "-> further"}
    assert isinstance(seen(links, changed=[changed]).file(f"{HOME}/env"), Absent)
    assert seen(links, changed=[f"{HOME}/other"]).file(f"{HOME}/env")["kind"] == "missing"


def test_the_names_in_a_folder_are_not_known_once_something_in_it_was_changed():
    files = {f"{BIN}/go": "go"}
    assert isinstance(seen(files, changed=[f"{BIN}/new"]).names(BIN), Absent)


LINKED = {"/srv/shop": f"-> {DIRECTORY}", f"{DIRECTORY}/go.mod": "module m\n"}


@pytest.mark.parametrize(
    ("directory", "given", "expected"),
    [
        ("/srv/shop", "/srv/shop", "/srv/shop"),
        ("/srv/shop", None, DIRECTORY),
        ("/srv/shop", "/usr", DIRECTORY),
        ("/srv/shop", "shop", DIRECTORY),
        (DIRECTORY, "/srv/shop", "/srv/shop"),
        (DIRECTORY, None, DIRECTORY),
    ],
)
def test_a_directory_is_called_as_pwd_says_if_that_leads_there(directory, given, expected):
    environment = {"PWD": given} if given else {}
    assert seen(LINKED, environment, directory).here() == expected


def test_a_link_to_a_directory_has_no_name_where_pwd_is_not_known():
    environment = {"PWD": unknown("opaque", "nobody knows")}
    assert seen(LINKED, environment, "/srv/shop").here().cause == "ambiguous"
    assert seen(LINKED, environment).here() == DIRECTORY


@pytest.mark.parametrize(
    ("path", "tilde", "expected"),
    [
        ("/usr/bin", True, "/usr/bin/go"),
        ("~/bin:/usr/bin", False, "/usr/bin/go"),
        (
            "~/bin:/usr/bin",
            True,
            "bash finds `go` in `~/bin`, and programs that look in PATH do not",
        ),
        ("~/none:/usr/bin", True, "/usr/bin/go"),
        ("~ada/bin:/usr/bin", True, "what bash takes `~ada/bin` in PATH for"),
        ("/none", True, None),
        ("", False, None),
        (None, False, "PATH is not set, and not everybody looks at the same places then"),
    ],
)
def test_a_shell_finds_a_program_by_its_own_path(path, tilde, expected):
    found = seen(GO, {"HOME": HOME, "PATH": "/none"}, start=Start(path, tilde)).started("go")
    assert (found.detail if isinstance(found, Hole) else found) == expected


def test_an_empty_path_is_the_directory_to_some():
    found = seen({f"{DIRECTORY}/go": "go"}, start=Start("")).started("go")
    assert found.cause == "ambiguous"


FILES = {
    "/root/closed": Absent("permission", "ada may not search /root"),
    "/usr/bin/go": {"kind": "file", "readable": False, "writable": False, "executable": True},
    "/none": {"kind": "missing"},
}


def test_what_is_closed_to_one_account_may_be_open_to_root():
    view = seen(FILES, start=Start("/usr/bin", stranger="root", is_root=True))
    closed = view.file("/root/closed")
    assert closed.cause == "not_collected"
    assert closed.detail == "what root sees there: ada may not search /root"
    assert view.file("/usr/bin/go") == {"kind": "file", "executable": True}
    assert view.file("/none") == {"kind": "missing"}


def test_what_another_ordinary_account_may_do_is_not_known():
    view = seen(FILES, start=Start("/usr/bin", stranger="bo"))
    assert view.file("/usr/bin/go").detail == "what bo may do with it"
    assert view.file("/none") == {"kind": "missing"}
