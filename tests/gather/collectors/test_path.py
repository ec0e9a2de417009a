from __future__ import annotations

import pytest

from tests.gather.binaries import go_binary
from tests.gather.fake_host import Node, folder, link


def program(content=None, mode=0o755, **more):
    return Node(content=go_binary() if content is None else content, mode=mode, **more)


def path_of(survey_of, path, files=None, **more):
    document, _ = survey_of(
        files, environment={"PATH": path} | more.pop("environment", {}), only=("path",), **more
    )
    return document["facts"].get("path", {}), document


def test_every_entry_is_told(survey_of):
    path, _ = path_of(
        survey_of,
        "/a:/b/::bin:/a:/none:/file",
        {"/a": folder(0o1777), "/b": link("/c"), "/c": folder(0o775, uid=1001), "/file": b""},
    )
    entries = path["entries"]
    assert path["list"] == "/a:/b/::bin:/a:/none:/file"
    assert entries[0] == {
        "dir": "/a",
        "position": 0,
        "empty": False,
        "relative": False,
        "exists": True,
        "kind": "directory",
        "resolved": "/a",
        "owner": "root",
        "owner_uid": 0,
        "mode": "1777",
        "world_writable": True,
        "group_writable": True,
        "sticky": True,
        "others_can_write": True,
        "others_how": "everybody may write to /a",
        "duplicate": False,
        "before_go": False,
    }
    assert (entries[1]["resolved"], entries[1]["owner"], entries[1]["mode"]) == (
        "/c",
        "eve",
        "0775",
    )
    assert (entries[1]["group_writable"], entries[1]["world_writable"]) == (True, False)
    assert [entry["empty"] for entry in entries] == [False, False, True, False, False, False, False]
    assert [entry["relative"] for entry in entries] == [
        False,
        False,
        True,
        True,
        False,
        False,
        False,
    ]
    assert [entry["duplicate"] for entry in entries] == [
        False,
        False,
        False,
        False,
        True,
        False,
        False,
    ]
    assert [entry["kind"] for entry in entries[2:]] == [
        "directory",
        "missing",
        "directory",
        "missing",
        "file",
    ]


def test_an_entry_that_is_not_there_can_be_judged(survey_of):
    path, document = path_of(survey_of, "/none")
    assert path["entries"] == [
        {
            "dir": "/none",
            "position": 0,
            "empty": False,
            "relative": False,
            "exists": False,
            "kind": "missing",
            "world_writable": False,
            "group_writable": False,
            "sticky": False,
            "others_can_write": False,
            "others_how": "",
            "duplicate": False,
            "before_go": False,
        }
    ]
    assert not [pointer for pointer in document["absent"] if pointer.startswith("/path")]


def test_an_entry_that_cannot_be_looked_at_is_unknown(survey_of):
    path, document = path_of(
        survey_of, "/locked/bin", {"/locked": folder(0o000), "/locked/bin": folder()}
    )
    assert path["entries"][0]["dir"] == "/locked/bin"
    assert "exists" not in path["entries"][0]
    for key in ("world_writable", "others_can_write"):
        assert document["absent"][f"/path/entries/0/{key}"]["reason"] == "permission"


@pytest.mark.parametrize(
    ("entry", "files", "how"),
    [
        ("/tools/bin", {"/tools/bin": folder()}, ""),
        ("/tools/bin", {"/tools/bin": folder(0o775)}, ""),
        ("/tools/bin", {"/tools/bin": folder(uid=1000)}, ""),
        ("/tools/bin", {"/tools/bin": folder(0o1777)}, "everybody may write to /tools/bin"),
        ("/tools/bin", {"/tools": folder(0o777), "/tools/bin": folder()}, "write to /tools"),
        ("/tools/bin", {"/tools": folder(0o1777), "/tools/bin": folder()}, ""),
        ("/tools/bin", {"/tools/bin": folder(uid=1001)}, "/tools/bin belongs to eve"),
        ("/tools/bin", {"/tools": folder(uid=4242), "/tools/bin": folder()}, "belongs to 4242"),
        ("/tmp/tools/bin", {"/tmp": folder(0o1777)}, "everybody may write to /tmp"),
        ("/home/eve/bin", {"/home/eve": folder(uid=1001)}, "/home/eve belongs to eve"),
        ("/opt/tools/bin", {"/opt": folder()}, ""),
        ("/b", {"/b": link("/tmp/gone"), "/tmp": folder(0o1777)}, "everybody may write to /tmp"),
        ("/b", {"/b": link("c"), "/c": link("/w/d"), "/w/d": folder(uid=1001)}, "belongs to eve"),
        (
            "/b",
            {"/b": link("/w/c"), "/w": folder(0o777), "/w/c": link("/d"), "/d": folder()},
            "everybody may write to /w",
        ),
        (
            "/t/b",
            {"/t": folder(0o1777), "/t/b": Node("link", to="/d", uid=1001), "/d": folder()},
            "everybody may write to /t",
        ),
        ("/b", {"/b/go": program()}, ""),
        ("/b", {"/b/go": program(mode=0o777)}, "everybody may write to /b/go"),
        ("/b", {"/b/go": program(uid=1001)}, "/b/go belongs to eve"),
        ("/b", {"/b/go": link("/w/go"), "/w": folder(0o777), "/w/go": program()}, "write to /w"),
    ],
)
def test_others_who_decide_which_go_an_entry_holds_are_told(survey_of, entry, files, how):
    path, _ = path_of(survey_of, entry, files)
    assert path["entries"][0]["others_can_write"] == bool(how)
    assert path["entries"][0]["others_how"].endswith(how) if how else True


def test_a_way_that_never_ends_is_not_known(survey_of):
    _, document = path_of(survey_of, "/a", {"/a": link("/b"), "/b": link("a")})
    assert document["absent"]["/path/entries/0/others_can_write"]["reason"] == "unsupported"


def test_a_step_up_behind_a_link_leads_where_the_system_goes(survey_of):
    path, _ = path_of(
        survey_of,
        "/x/link/../bin:/usr/bin",
        {
            "/x/link": link("/else/d"),
            "/else/d": folder(),
            "/else/bin": folder(0o777),
            "/else/bin/go": program(go_binary("go1.27.3")),
            "/x/bin/go": program(go_binary("go1.22.10")),
        },
    )
    assert path["entries"][0]["resolved"] == "/else/bin"
    assert path["entries"][0]["others_how"] == "everybody may write to /else/bin"
    assert [(tool["resolved"], tool["version"]) for tool in path["executables"]] == [
        ("/else/bin/go", "go1.27.3")
    ]


@pytest.mark.parametrize(("gobin", "is_on_path"), [("/x/link/../bin", True), ("/x/bin", False)])
def test_the_install_folder_is_found_by_where_it_leads(go_machine, gobin, is_on_path):
    document, _ = go_machine(
        {
            "/x/link": link("/else/d"),
            "/else/d": folder(),
            "/else/bin": folder(),
            "/x/bin": folder(),
        },
        environment={"GOBIN": gobin, "PATH": "/usr/local/go/bin:/else/bin"},
    )
    assert document["facts"]["go"]["install_dir_on_path"] is is_on_path


def test_one_folder_by_two_names_is_looked_into_once(survey_of):
    path, _ = path_of(
        survey_of, "/usr/bin:/bin", {"/bin": link("usr/bin"), "/usr/bin/go": program()}
    )
    assert [entry["duplicate"] for entry in path["entries"]] == [False, True]
    assert [tool["path"] for tool in path["executables"]] == ["/usr/bin/go"]


@pytest.mark.parametrize(
    ("name", "package", "version"),
    [
        ("go", "cmd/go", "go1.22.10"),
        ("go", "", "go1.22.10"),
        ("go", "example.com/go", None),
        ("go", "command-line-arguments", None),
        ("go", "cmd/gofmt", None),
        ("gofmt", "cmd/gofmt", "go1.22.10"),
        ("gofmt", "example.com/gofmt", None),
    ],
)
def test_a_program_of_somebodys_own_has_no_version_of_go(survey_of, name, package, version):
    path, document = path_of(
        survey_of, "/a", {f"/a/{name}": program(go_binary("go1.22.10", package))}
    )
    (tool,) = path["executables"]
    assert tool.get("version") == version
    if version is None:
        assert document["absent"]["/path/executables/0/version"] == {
            "reason": "opaque",
            "detail": f"/a/{name} is {package}, not Go's own command",
        }


def test_without_path_there_are_no_entries(survey_of):
    document, _ = survey_of(only=("path",))
    assert document["facts"]["path"] == {"list": "", "entries": [], "executables": []}


def test_entries_before_the_first_go_are_marked(survey_of):
    path, _ = path_of(
        survey_of,
        "/a:/b:/c:/d",
        {"/a": folder(), "/b/go": program(), "/c": folder(), "/d/go": program()},
    )
    assert [entry["before_go"] for entry in path["entries"]] == [True, True, False, False]


def test_an_entry_that_is_no_text_leaves_the_rest(survey_of):
    raw = b"/\xff".decode("utf-8", "surrogateescape")
    path, document = path_of(survey_of, f"{raw}:/b", {"/b/go": program()})
    assert path["executables"][0]["dir"] == "/b"
    assert path["entries"][1]["dir"] == "/b"
    assert document["absent"]["/path/entries/0/dir"]["reason"] == "parse_error"
    assert document["absent"]["/path/list"]["reason"] == "parse_error"
