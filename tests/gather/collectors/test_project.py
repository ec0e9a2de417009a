from __future__ import annotations

from unittest.mock import ANY

import pytest

from engine.gather.collectors import COLLECTORS
from engine.gather.run import gather
from tests.gather.fake_host import FakeHost, Node, folder, link

SHOP = "/home/dana/shop"


def project_of(survey_of, files, **more):
    document, _ = survey_of(
        files, environment={"HOME": "/home/dana"} | more.pop("environment", {}), **more
    )
    return document["facts"]["project"], document


def test_the_module_is_told_with_its_lines(survey_of):
    project, document = project_of(
        survey_of,
        {f"{SHOP}/go.mod": "// shop\nmodule example.com/shop\n\ngo 1.26.0\ntoolchain go1.26.1\n"},
    )
    assert project == {
        "directory": SHOP,
        "go_mod": {
            "path": f"{SHOP}/go.mod",
            "module": "example.com/shop",
            "go": "1.26.0",
            "toolchain": "go1.26.1",
        },
    }
    assert document["provenance"]["/project/go_mod/go"] == {
        "collector": "project",
        "from": "go.mod",
        "file": f"{SHOP}/go.mod",
        "line": 4,
    }


def test_without_a_module_there_is_none(survey_of):
    project, document = project_of(survey_of, {f"{SHOP}/go.mod": folder()})
    assert project == {"directory": SHOP}
    assert not [pointer for pointer in document["absent"] if pointer.startswith("/project")]


def test_the_nearest_module_counts(survey_of):
    files = {
        f"{SHOP}/go.mod": "module outer\n",
        f"{SHOP}/api/go.mod": "module inner\n",
        f"{SHOP}/api/v1": folder(),
    }
    assert (
        project_of(survey_of, files, directory=f"{SHOP}/api/v1")[0]["go_mod"]["module"] == "inner"
    )


def test_a_module_above_counts_for_a_workstation(survey_of):
    project, _ = project_of(survey_of, {"/go.mod": "module stray\n", f"{SHOP}/.git": folder()})
    assert project["go_mod"] == {"path": "/go.mod", "module": "stray"}


def test_a_module_above_its_work_tree_is_nothing_to_a_repository(survey_of):
    files = {
        "/home/dana/go.mod": "module stray\n",
        f"{SHOP}/.git": b"gitdir: x",
        f"{SHOP}/api/x": b"",
    }
    project, document = project_of(survey_of, files, subject="repository", directory=f"{SHOP}/api")
    assert project == {"directory": f"{SHOP}/api"}
    assert document["absent"]["/env"]["reason"] == "not_collected"


def test_a_repository_is_read_up_to_the_top_of_its_work_tree(survey_of):
    files = {f"{SHOP}/go.mod": "module shop\n", f"{SHOP}/.git": folder(), f"{SHOP}/api/x": b""}
    project, _ = project_of(survey_of, files, subject="repository", directory=f"{SHOP}/api")
    assert project["go_mod"]["module"] == "shop"


class Closed(FakeHost):
    """A machine that fails a test when anything but the work tree is read or anything is run."""

    @property
    def environment(self):
        raise AssertionError

    @environment.setter
    def environment(self, _value):
        pass

    def read(self, path, *, limit=0, within=None):
        assert within == SHOP
        return super().read(path, limit=limit or 1 << 20, within=within)

    def run(self, *_arguments, **_options):
        raise AssertionError


def test_for_a_repository_nothing_else_is_touched(redaction):
    files = {
        f"{SHOP}/.git": folder(),
        f"{SHOP}/go.mod": "module shop\n",
        f"{SHOP}/go.work": "use (\n.\n../other\n)\n",
    }
    document = gather(Closed(files), subject="repository", directory=SHOP, redaction=redaction)
    of_repositories = {name for name, one in COLLECTORS.items() if "repository" in one.subjects}
    told = {key["collector"] for key in document["provenance"].values()}
    assert told <= of_repositories
    assert document["facts"].keys() >= {"direnv", "docker", "project", "secrets"}
    assert document["facts"].keys().isdisjoint({"env", "go", "path", "startup", "user"})
    own, other = document["facts"]["project"]["go_work"]["uses"]
    assert own == {"dir": ".", "path": SHOP}
    assert other == {"dir": "../other", "path": "/home/dana/other"}
    assert document["absent"]["/project/go_work/uses/1/go"]["reason"] == "not_collected"


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (link("/etc/passwd"), "not_collected"),
        (Node("fifo"), "unsupported"),
        (Node(content=b"x" * (1 << 20) + b"y"), "too_large"),
        (Node(content=b"module x", mode=0), "permission"),
        (b"\x7fELF\x02\x01\x00\xff", "parse_error"),
        (b"module \xff\n", "parse_error"),
        (b"require (\n", "parse_error"),
    ],
)
def test_a_module_file_that_cannot_be_used_is_unknown(survey_of, node, reason):
    project, document = project_of(
        survey_of, {f"{SHOP}/go.mod": node, "/etc/passwd": b"root:x:0:0"}, subject="repository"
    )
    assert "go_mod" not in project
    assert document["absent"]["/project/go_mod"]["reason"] == reason


def test_a_syntax_error_names_its_line(survey_of):
    _, document = project_of(survey_of, {f"{SHOP}/go.mod": 'module x\ngo "1.22\n'})
    assert (
        document["absent"]["/project/go_mod"]["detail"]
        == f"{SHOP}/go.mod: line 2: the line ends inside a quoted text"
    )


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("module x\ngo latest\n", "line 2: `latest` is no version of Go"),
        ("module x\ngo (\n\t1.30\n)\n", "line 2: `go` has no block"),
        ("module x\nGO 1.30\n", "line 2: unknown directive"),
        ("module x\ngo 1.22\ntoolchain local\n", "line 3: `local` is no version of Go"),
    ],
)
def test_nothing_is_told_of_a_file_that_go_refuses(survey_of, content, line):
    project, document = project_of(survey_of, {f"{SHOP}/go.mod": content})
    assert project == {"directory": SHOP}
    assert document["absent"]["/project/go_mod"] == {
        "reason": "parse_error",
        "detail": f"{SHOP}/go.mod: {line}",
    }


@pytest.mark.parametrize("temporary", ["/scratch", "/scratch/", "/link", "/link/../link"])
def test_a_module_in_the_folder_for_temporary_files_does_not_count(survey_of, temporary):
    files = {
        "/go.mod": "module outer\n",
        "/scratch/go.mod": "module stray\n",
        "/scratch/x/y": "",
        "/link": link("/scratch"),
    }
    environment = {"TMPDIR": temporary}
    project, document = project_of(
        survey_of, files, directory="/scratch/x", environment=environment
    )
    assert project == {"directory": "/scratch/x"}
    assert "/project/go_mod" not in document["absent"]


def test_without_tmpdir_that_folder_is_tmp(survey_of):
    files = {"/tmp/go.mod": "module stray\n", "/tmp/shop/go.mod": "module shop\n"}
    assert project_of(survey_of, files, directory="/tmp") == ({"directory": "/tmp"}, ANY)
    project, _ = project_of(survey_of, files, directory="/tmp/shop")
    assert project["go_mod"]["module"] == "shop"


def test_the_workspace_is_told_with_the_modules_it_uses(survey_of):
    project, document = project_of(
        survey_of,
        {
            "/home/dana/go.work": "go 1.22\ntoolchain go1.22.4\n\n"
            "use ./shop\nuse (\n\t./lib // c\n\t./gone\n)\n",
            f"{SHOP}/go.mod": "module shop\ngo 1.26\n",
            "/home/dana/lib/go.mod": "module lib\n",
        },
    )
    assert project["go_work"] == {
        "path": "/home/dana/go.work",
        "go": "1.22",
        "toolchain": "go1.22.4",
        "uses": [
            {"dir": "./shop", "path": SHOP, "go": "1.26"},
            {"dir": "./lib", "path": "/home/dana/lib"},
            {"dir": "./gone", "path": "/home/dana/gone"},
        ],
    }
    assert document["provenance"]["/project/go_work/uses/1"]["line"] == 6
    assert document["absent"]["/project/go_work/uses/2/go"]["reason"] == "missing"


def test_gowork_decides_for_a_workstation(survey_of):
    files = {f"{SHOP}/go.work": "go 1.22\n", "/w/other.work": "go 1.23\n"}
    assert "go_work" not in project_of(survey_of, files, environment={"GOWORK": "off"})[0]
    project, _ = project_of(survey_of, files, environment={"GOWORK": "/w/other.work"})
    assert (project["go_work"]["path"], project["go_work"]["go"]) == ("/w/other.work", "1.23")
    for name in ("auto", ""):
        project, _ = project_of(survey_of, files, environment={"GOWORK": name})
        assert project["go_work"]["path"] == f"{SHOP}/go.work"
    files["/home/dana/.config/go/env"] = "GOWORK=off\n"
    assert "go_work" not in project_of(survey_of, files)[0]


def test_a_relative_gowork_is_not_followed(survey_of):
    files = {f"{SHOP}/go.work": "go 1.22\n"}
    project, document = project_of(survey_of, files, environment={"GOWORK": "go.work"})
    assert "go_work" not in project
    assert document["absent"]["/project/go_work"]["reason"] == "parse_error"


def test_a_used_module_that_go_refuses_is_unknown(survey_of):
    files = {f"{SHOP}/go.work": "go 1.22\nuse ./x\n", f"{SHOP}/x/go.mod": "module x\nGO 1.30\n"}
    project, document = project_of(survey_of, files)
    assert project["go_work"]["uses"] == [{"dir": "./x", "path": f"{SHOP}/x"}]
    assert document["absent"]["/project/go_work/uses/0/go"]["reason"] == "parse_error"


def test_too_many_modules_leave_the_list_open(survey_of):
    project, document = project_of(survey_of, {f"{SHOP}/go.work": "use ./x\n" * 501})
    assert len(project["go_work"]["uses"]) == 500
    assert document["absent"]["/project/go_work/uses/-"]["reason"] == "too_large"


def test_a_flag_that_names_another_module_file_leaves_this_one_unknown(go_machine):
    files = {f"{SHOP}/go.mod": "module a\n\ngo 1.20\n"}
    document, _ = go_machine(files, environment={"GOFLAGS": "-modfile=other.mod"})
    assert document["absent"]["/project/go_mod"]["reason"] == "opaque"
    document, _ = go_machine(files, environment={"GOFLAGS": "-mod=mod"})
    assert document["facts"]["project"]["go_mod"]["go"] == "1.20"
