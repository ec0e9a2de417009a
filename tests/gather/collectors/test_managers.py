from __future__ import annotations

import pytest

from tests.gather.binaries import go_binary
from tests.gather.fake_host import Node, link
from tests.precedence.go.managers.homes import HOME, HOMES, expanded, gos

SHOP = "/home/dana/shop"
ASDF = f"{HOME}/.asdf"


@pytest.fixture
def managers_of(survey_of):
    """Gather the managers of a home: `managers_of("asdf", {...}, GOROOT=...)`."""

    def make(manager, files=None, **environment):
        nodes = {**gos(), **HOMES[manager](), **(files or {})}
        document, _ = survey_of(
            {expanded(path): node for path, node in nodes.items()},
            environment={"HOME": HOME, "PATH": f"{HOME}/bin:/usr/bin"} | environment,
            only=("managers",),
        )
        return document["facts"].get("managers", {}), document

    return make


def test_asdf_is_told_with_its_versions_and_the_line_that_decides(managers_of):
    found, document = managers_of("asdf", {f"{SHOP}/.tool-versions": "# ours\ngolang 1.22.10\n"})
    assert found == {
        "installed": [
            {
                "name": "asdf",
                "root": ASDF,
                "versions": ["1.21.13", "1.22.10", "1.27.3"],
                "version": "1.22.10",
                "version_file": f"{SHOP}/.tool-versions",
                "version_line": 2,
                "goroot": f"{ASDF}/installs/golang/1.22.10/go",
            }
        ]
    }
    source = document["provenance"]["/managers/installed/0/version"]
    assert (source["file"], source["line"]) == (f"{SHOP}/.tool-versions", 2)


def test_a_variable_decides_ahead_of_files(managers_of):
    found, _ = managers_of("goenv", {f"{SHOP}/.go-version": "1.22.10\n"}, GOENV_VERSION="system")
    (row,) = found["installed"]
    assert row["name"] == "goenv"
    assert "version_file" not in row


def test_a_goroot_that_a_switch_left_behind_is_stale(managers_of):
    found, document = managers_of(
        "asdf",
        {f"{SHOP}/.tool-versions": "golang 1.22.10\n"},
        GOROOT=f"{ASDF}/installs/golang/1.21.13/go",
    )
    assert found["goroot"] == {
        "path": f"{ASDF}/installs/golang/1.21.13/go",
        "manager": "asdf",
        "version": "1.21.13",
        "in_force": "1.22.10",
        "stale": True,
    }
    assert document["provenance"]["/managers/goroot/in_force"]["line"] == 1


def test_a_goroot_of_the_version_in_force_is_not_stale_by_whatever_way_it_is_written(managers_of):
    files = {f"{SHOP}/.tool-versions": "golang 1.22.10\n"}
    for goroot in (f"{ASDF}/installs/golang/1.22.10/go/", f"{HOME}/gos/1.22.10"):
        found, _ = managers_of("asdf", files, GOROOT=goroot)
        assert (found["goroot"]["version"], found["goroot"]["stale"]) == ("1.22.10", False)


def test_a_goroot_of_mise_is_stale_where_the_system_s_go_runs(managers_of):
    installs = f"{HOME}/.local/share/mise/installs/go"
    found, _ = managers_of("mise", GOROOT=f"{installs}/1.22.10")
    assert (found["goroot"]["version"], found["goroot"]["in_force"]) == ("1.22.10", "system")
    assert found["goroot"]["stale"] is True


def test_another_goroot_is_no_manager_s(managers_of):
    found, document = managers_of("asdf", GOROOT="/usr/lib/go-1.19")
    assert "goroot" not in found
    assert not any(pointer.startswith("/managers/goroot") for pointer in document["absent"])


def test_whether_it_is_stale_is_not_known_where_the_version_in_force_is_not(managers_of):
    found, document = managers_of(
        "asdf",
        {f"{SHOP}/go.mod": "go 1.22\n", "~/.asdfrc": "legacy_version_file = yes\n"},
        GOROOT=f"{ASDF}/installs/golang/1.21.13/go",
    )
    assert "stale" not in found["goroot"]
    hole = document["absent"]["/managers/goroot/stale"]
    assert (hole["reason"], f"{SHOP}/go.mod" in hole["detail"]) == ("opaque", True)
    assert "/managers/installed/0/version" in document["absent"]


def test_links_are_the_versions_of_g_and_gvm_tells_by_its_variable(survey_of):
    go = Node(content=go_binary("go1.22.10"))
    document, _ = survey_of(
        {
            f"{HOME}/.g/versions/1.22.10/bin/go": go,
            f"{HOME}/.g/versions/1.9.7/bin/go": go,
            f"{HOME}/.g/go": link(f"{HOME}/.g/versions/1.22.10"),
            f"{HOME}/.gvm/scripts/gvm": "",
            f"{HOME}/.gvm/gos/go1.22.10/bin/go": go,
            f"{HOME}/sdk/go1.21.0/bin/go": go,
            f"{HOME}/sdk/android/bin/adb": go,
        },
        environment={"HOME": HOME, "PATH": "/usr/bin", "gvm_go_name": "go1.22.10"},
        only=("managers",),
    )
    rows = {row["name"]: row for row in document["facts"]["managers"]["installed"]}
    assert rows["g"] == {
        "name": "g",
        "root": f"{HOME}/.g",
        "versions": ["1.9.7", "1.22.10"],
        "version": "1.22.10",
        "goroot": f"{HOME}/.g/go",
    }
    assert rows["gvm"]["version_variable"] == "gvm_go_name"
    assert rows["gvm"]["goroot"] == f"{HOME}/.gvm/gos/go1.22.10"
    assert rows["sdk"] == {"name": "sdk", "root": f"{HOME}/sdk", "versions": ["go1.21.0"]}


def test_a_machine_without_managers_has_none(survey_of):
    document, _ = survey_of({}, environment={"HOME": HOME, "PATH": ""}, only=("managers",))
    assert document["facts"]["managers"] == {"installed": []}
    assert not any(pointer.startswith("/managers") for pointer in document["absent"])


def test_without_a_home_nobody_knows(survey_of):
    document, _ = survey_of({}, environment={"PATH": "/usr/bin"}, only=("managers",))
    assert document["facts"]["managers"] == {"installed": []}
    hole = document["absent"]["/managers/installed/-"]
    assert hole["detail"].endswith("HOME names no folder")


def test_a_shim_that_somebody_changed_is_not_guessed_at(managers_of):
    shim = Node(content=b'#!/bin/sh\nexport GOROOT=/x\nexec asdf exec "go" "$@"\n', mode=0o755)
    _, document = managers_of(
        "asdf", {"~/.asdf/shims/go": shim, f"{SHOP}/.tool-versions": "golang 1.22.10\n"}
    )
    assert "version" not in document["facts"]["managers"]["installed"][0]
    assert document["absent"]["/managers/installed/0/version"]["reason"] == "opaque"


def test_nothing_runs_and_secrets_in_files_are_not_told(survey_of):
    nodes = {**gos(), **HOMES["mise"]()}
    nodes[f"{SHOP}/mise.toml"] = '[env]\nTOKEN = "ghp_0123456789abcdefghijklmnopqrstuvwxyz"\n'
    document, host = survey_of(
        {expanded(path): node for path, node in nodes.items()},
        environment={"HOME": HOME, "PATH": "/usr/bin"},
        only=("managers",),
    )
    assert host.runs == []
    assert "ghp_" not in repr(document)
