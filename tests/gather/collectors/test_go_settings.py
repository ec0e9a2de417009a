from __future__ import annotations

import pytest

from engine.gather.go.settings import KEYS
from tests.gather.binaries import elf, go_binary
from tests.gather.fake_host import Node, folder

FILE = "/home/dana/.config/go/env"


def test_the_users_file_is_told_line_by_line(go_machine):
    document, _ = go_machine(
        {FILE: "# c\nGOFLAGS=-mod=mod\nexport GOBIN=/b\nGOPROXY=\nGOFLAGS=-v \n"}
    )
    file = document["facts"]["go"]["env_file"]
    assert (file["path"], file["state"]) == (FILE, "present")
    assert file["settings"] == {"GOFLAGS": "-v ", "GOPROXY": ""}
    assert file["entries"] == [
        {"key": "GOFLAGS", "value": "-mod=mod", "line": 2},
        {"key": "GOPROXY", "value": "", "line": 4},
        {"key": "GOFLAGS", "value": "-v ", "line": 5},
    ]
    assert file["ignored"] == [{"line": 3, "why": "export"}]
    assert file["oddities"] == [
        {"key": "GOPROXY", "line": 4, "why": "empty_value"},
        {"key": "GOFLAGS", "line": 5, "why": "trailing_space"},
        {"key": "GOFLAGS", "line": 5, "why": "duplicate"},
    ]
    assert file["shadowed"] == []
    assert document["provenance"]["/go/env_file/settings/GOFLAGS"] == {
        "collector": "go_settings",
        "from": "go env file",
        "file": FILE,
        "line": 5,
    }


def test_a_line_that_a_variable_hides_is_told(go_machine):
    document, _ = go_machine(
        {FILE: "GOFLAGS=-mod=mod\nGOBIN=/b\nGOPROXY=direct\n"},
        environment={"GOFLAGS": "-v", "GOBIN": "/b", "GOPROXY": ""},
    )
    assert document["facts"]["go"]["env_file"]["shadowed"] == [
        {"key": "GOFLAGS", "line": 1, "file_value": "-mod=mod", "os_value": "-v", "differs": True},
        {"key": "GOBIN", "line": 2, "file_value": "/b", "os_value": "/b", "differs": False},
    ]
    effective = document["facts"]["go"]["effective"]
    assert effective["GOFLAGS"] == {"value": "-v", "from": "os"}
    assert effective["GOPROXY"] == {"value": "direct", "from": "env_file"}
    assert document["provenance"]["/go/effective/GOPROXY"]["line"] == 3


def test_a_variable_that_go_never_looks_up_is_nobodys_business(go_machine):
    document, _ = go_machine(
        {FILE: "LICENSE=x\nCC=gcc\n"}, environment={"LICENSE": "hunter2", "CC": "clang"}
    )
    shadowed = document["facts"]["go"]["env_file"]["shadowed"]
    assert [one["key"] for one in shadowed] == ["CC"]
    assert "hunter2" not in str(document)


@pytest.mark.parametrize(
    ("environment", "state", "path"),
    [
        ({"GOENV": "off"}, "off", None),
        ({"GOENV": "/dev/null"}, "off", "/dev/null"),
        ({"GOENV": "/etc/goenv"}, "missing", "/etc/goenv"),
        ({"GOENV": "my.env"}, "missing", "/home/dana/shop/my.env"),
        ({"XDG_CONFIG_HOME": "/xdg"}, "missing", "/xdg/go/env"),
        ({"XDG_CONFIG_HOME": "rel"}, "missing", "/home/dana/shop/rel/go/env"),
        ({"HOME": ""}, "missing", None),
        ({"HOME": "", "XDG_CONFIG_HOME": "/xdg"}, "missing", "/xdg/go/env"),
    ],
)
def test_the_file_is_looked_for_where_go_looks(go_machine, environment, state, path):
    document, _ = go_machine(environment=environment)
    file = document["facts"]["go"]["env_file"]
    assert (file["state"], file.get("path")) == (state, path)
    assert file["settings"] == {}


def test_since_1_24_a_relative_config_folder_means_no_file(go_machine):
    document, _ = go_machine(environment={"XDG_CONFIG_HOME": "rel"}, version="go1.24.11")
    assert "path" not in document["facts"]["go"]["env_file"]


def test_which_file_counts_for_an_unknown_version_is_unknown(survey_of):
    document, _ = survey_of(
        {"/home/dana/shop/rel/go/env": "GOFLAGS=-v\n"},
        environment={"PATH": "/usr/bin", "HOME": "/home/dana", "XDG_CONFIG_HOME": "rel"},
    )
    assert "env_file" not in document["facts"]["go"]
    for pointer in ("/go/env_file", "/go/effective/GOFLAGS", "/go/goroot"):
        assert document["absent"][pointer]["reason"] == "ambiguous"


def test_on_macos_the_file_lies_in_the_library(go_machine):
    document, _ = go_machine(platform="darwin/arm64", environment={"XDG_CONFIG_HOME": "/xdg"})
    assert (
        document["facts"]["go"]["env_file"]["path"]
        == "/home/dana/Library/Application Support/go/env"
    )


@pytest.mark.parametrize(
    ("node", "reason"), [(Node(mode=0o000), "permission"), (folder(), "unsupported")]
)
def test_a_file_that_cannot_be_read_is_unknown_and_go_does_without(go_machine, node, reason):
    document, _ = go_machine({FILE: node})
    file = document["facts"]["go"]["env_file"]
    assert file == {"path": FILE, "state": "unreadable"}
    assert document["absent"]["/go/env_file/settings"]["reason"] == reason
    assert document["facts"]["go"]["effective"]["GOFLAGS"] == {"value": "", "from": "default"}


@pytest.mark.parametrize(
    ("node", "reason"),
    [
        (b"#" * (1 << 20) + b"\nGOFLAGS=x\n", "too_large"),
        (Node("fifo"), "unsupported"),
        (Node("device"), "unsupported"),
    ],
)
def test_a_file_that_only_go_reads_leaves_everything_open(go_machine, node, reason):
    document, _ = go_machine({FILE: node}, environment={"GOBIN": "/b"})
    for pointer in ("/go/env_file/settings", "/go/effective/GOFLAGS", "/go/flags", "/go/goroot"):
        assert document["absent"][pointer]["reason"] == reason
    assert document["facts"]["go"]["effective"]["GOBIN"] == {"value": "/b", "from": "os"}


def test_binary_garbage_is_no_setting(go_machine):
    document, _ = go_machine({FILE: b"\x7fELF\0\0\xff\nGOBIN=\xff\nG\xff=1\nGOFLAGS=-v\n"})
    assert document["facts"]["go"]["env_file"]["settings"] == {"GOFLAGS": "-v"}
    assert document["absent"]["/go/env_file/settings/GOBIN"]["reason"] == "parse_error"
    assert document["absent"]["/go/env_file/settings/-"]["reason"] == "parse_error"
    assert document["absent"]["/go/effective/GOBIN/value"]["reason"] == "parse_error"


def effective(go_machine, **more):
    document, _ = go_machine(**more)
    return document["facts"]["go"]["effective"], document


def test_defaults_come_from_goroot_and_from_home(go_machine):
    found, document = effective(go_machine, answers={"CC": "gcc", "CGO_ENABLED": "0"})
    assert found["GOTOOLCHAIN"] == {"value": "auto", "from": "goroot"}
    assert document["provenance"]["/go/effective/GOTOOLCHAIN"]["file"] == "/usr/local/go/go.env"
    assert found["GOPATH"] == {"value": "/home/dana/go", "from": "default"}
    assert found["GOMODCACHE"] == {"value": "/home/dana/go/pkg/mod", "from": "default"}
    assert found["GOCACHE"] == {"value": "/home/dana/.cache/go-build", "from": "default"}
    assert found["GOROOT"] == {"value": "/usr/local/go", "from": "default"}
    assert found["CC"] == {"value": "gcc", "from": "default"}


def test_before_1_21_defaults_are_built_in(go_machine):
    found, _ = effective(go_machine, version="go1.19.8", files={"/usr/local/go/go.env": folder()})
    assert found["GOPROXY"] == {"value": "https://proxy.golang.org,direct", "from": "default"}
    assert found["GOTOOLCHAIN"] == {"value": "local", "from": "default"}


def test_before_1_21_gos_own_file_is_not_read(go_machine):
    found, document = effective(
        go_machine, version="go1.20.14", files={"/usr/local/go/go.env": "GOFLAGS=-v\n"}
    )
    assert found["GOFLAGS"] == {"value": "", "from": "default"}
    assert document["facts"]["go"]["goroot"]["settings"] == {}


def test_whether_an_unknown_version_reads_gos_own_file_is_unknown(survey_of):
    document, _ = survey_of(
        {"/opt/go/go.env": "GOFLAGS=-v\n"},
        environment={"PATH": "/usr/bin", "HOME": "/home/dana", "GOROOT": "/opt/go", "GOBIN": "/b"},
    )
    assert document["facts"]["go"]["goroot"]["exists"] is True
    assert document["facts"]["go"]["effective"]["GOBIN"] == {"value": "/b", "from": "os"}
    for pointer in ("/go/goroot/settings", "/go/effective/GOFLAGS", "/go/effective/GOPROXY"):
        assert document["absent"][pointer]["reason"] == "not_collected"


@pytest.mark.parametrize("key", ["GOAUTH", "GOCACHEPROG", "GOFIPS140"])
def test_a_key_that_this_version_does_not_know_is_not_in_force(go_machine, key):
    files = {FILE: f"{key}=off\n"}
    found, _ = effective(go_machine, files=files, version="go1.24.11")
    assert found[key] == {"value": "off", "from": "env_file"}
    found, document = effective(go_machine, files=files, version="go1.23.9")
    assert key not in found
    assert document["absent"][f"/go/effective/{key}"] == {
        "reason": "unsupported",
        "detail": f"this version of Go has no {key}",
    }


def test_a_key_that_only_some_versions_know_is_unknown_without_a_version(survey_of):
    document, _ = survey_of(environment={"PATH": "/usr/bin", "GOCACHEPROG": "/bin/prog"})
    assert document["absent"]["/go/effective/GOCACHEPROG"]["reason"] == "not_collected"


def test_before_1_21_go_never_switches_whatever_is_set(go_machine):
    environment = {"GOTOOLCHAIN": "auto"}
    found, _ = effective(go_machine, environment=environment, version="go1.20.14")
    assert found["GOTOOLCHAIN"] == {"value": "local", "from": "default"}
    found, _ = effective(go_machine, environment=environment, version="go1.21.13")
    assert found["GOTOOLCHAIN"] == {"value": "auto", "from": "os"}


@pytest.mark.parametrize(
    ("program", "detail"),
    [
        (b"#!/bin/sh\nGOFLAGS=-v exec go.real\n", "a script decides which program runs"),
        (b"exec go.real\n", "/usr/local/go/bin/go holds no build information of Go"),
        (elf(b"not Go's"), "/usr/local/go/bin/go holds no build information of Go"),
        (go_binary(package="w.example/go"), "/usr/local/go/bin/go is w.example/go, not Go's own"),
    ],
    ids=["script", "text", "binary", "another program in Go"],
)
def test_what_another_program_named_go_works_with_is_unknown(go_machine, program, detail):
    document, host = go_machine(
        {"/usr/local/go/bin/go": Node(content=program), FILE: "GOSUMDB=sum.golang.org\n"},
        environment={"GOROOT": "/usr/local/go", "GOFLAGS": "-v", "GOPROXY": "direct"},
    )
    go = document["facts"]["go"]
    assert go["effective"] == {}
    assert not {"version", "goroot", "flags", "proxies", "gopath", "install_dir"} & set(go)
    settings = [f"/go/effective/{key}" for key in KEYS]
    for pointer in ("/go/version", "/go/command/version", "/go/goroot", "/go/flags", *settings):
        assert document["absent"][pointer]["reason"] == "opaque"
        assert document["absent"][pointer]["detail"].startswith(detail)
    assert go["env_file"]["settings"] == {"GOSUMDB": "sum.golang.org"}
    assert host.runs == []


def test_an_empty_line_hides_gos_own_default(go_machine):
    found, document = effective(go_machine, files={FILE: "GOPROXY=\nGOTOOLCHAIN=\nGOPATH=\n"})
    assert found["GOPROXY"] == {"value": "", "from": "env_file"}
    assert document["facts"]["go"]["proxies"] == []
    assert found["GOTOOLCHAIN"] == {"value": "local", "from": "default"}
    assert found["GOPATH"] == {"value": "/home/dana/go", "from": "default"}


def test_private_patterns_are_the_default_of_two_others(go_machine):
    found, _ = effective(go_machine, environment={"GOPRIVATE": "corp.example", "GONOSUMDB": "none"})
    assert found["GONOPROXY"] == {"value": "corp.example", "from": "default"}
    assert found["GONOSUMDB"] == {"value": "none", "from": "os"}


def test_a_cgo_value_that_go_ignores_does_not_count(go_machine):
    found, _ = effective(
        go_machine,
        environment={"CGO_ENABLED": "false", "CC": "my-cc"},
        files={FILE: "CGO_ENABLED=0\n"},
    )
    assert found["CGO_ENABLED"] == {"value": "1", "from": "default"}


def test_without_home_the_defaults_are_empty_and_there_is_no_cache(go_machine):
    found, document = effective(go_machine, environment={"HOME": ""})
    assert found["GOPATH"] == {"value": "", "from": "default"}
    assert found["GOCACHE"] == {"value": "off", "from": "default"}
    assert document["absent"]["/go/install_dir"]["reason"] == "missing"
    assert document["facts"]["go"]["gopath"] == []


def test_a_goroot_in_the_place_of_gopath_leaves_no_gopath(go_machine):
    found, document = effective(go_machine, environment={"GOROOT": "/home/dana/go"})
    assert found["GOPATH"] == {"value": "", "from": "default"}
    assert document["facts"]["go"]["gopath"] == []
    assert document["absent"]["/go/install_dir"]["reason"] == "missing"


def test_a_relative_home_gives_no_gopath(go_machine):
    found, document = effective(go_machine, environment={"HOME": "rel"})
    assert found["GOPATH"] == {"value": "", "from": "default"}
    assert found["GOMODCACHE"] == {"value": "rel/go/pkg/mod", "from": "default"}
    assert document["absent"]["/go/install_dir"]["reason"] == "missing"


def test_the_first_entry_of_gopath_counts_even_if_it_is_empty(go_machine):
    found, document = effective(go_machine, environment={"GOPATH": ":/a"})
    assert found["GOMODCACHE"] == {"value": "", "from": "default"}
    for pointer in ("/go/install_dir", "/go/install_dir_on_path"):
        assert document["absent"][pointer] == {
            "reason": "missing",
            "detail": "GOBIN is not set, and GOPATH has no first entry",
        }


def test_flags_are_split_as_go_splits_them(go_machine):
    document, _ = go_machine({FILE: "GOFLAGS='-ldflags=-s -w' -u x\n"})
    assert document["facts"]["go"]["flags"] == [
        {
            "word": "-ldflags=-s -w",
            "name": "ldflags",
            "is_flag": True,
            "has_value": True,
            "source": "env_file",
        },
        {"word": "-u", "name": "u", "is_flag": True, "has_value": False, "source": "env_file"},
        {"word": "x", "name": "", "is_flag": False, "has_value": False, "source": "env_file"},
    ]
    assert "flags_parse_error" not in document["facts"]["go"]
    assert document["provenance"]["/go/flags"]["line"] == 1


def test_flags_that_cannot_be_split_say_why(go_machine):
    document, _ = go_machine(environment={"GOFLAGS": "'-ldflags=-s -w"})
    assert document["facts"]["go"]["flags_parse_error"] == "unterminated ' string"
    assert document["absent"]["/go/flags"]["reason"] == "parse_error"


def test_proxies_are_told_one_by_one_without_their_secrets(go_machine):
    document, _ = go_machine(environment={"GOPROXY": "https://u:hunter2@h.example|direct"})
    first, second = document["facts"]["go"]["proxies"]
    assert (first["host"], first["credentials"], first["separator_before"]) == (
        "h.example",
        True,
        "",
    )
    assert (second["scheme"], second["credentials"], second["separator_before"]) == (
        "direct",
        False,
        "|",
    )
    assert "hunter2" not in str(document)


@pytest.mark.parametrize(
    "value",
    ["http://u:hun,ter2@h.example", "u:hun|ter2@h.example,direct", "http://u:hun/ter2@h.example"],
)
def test_a_password_that_confuses_go_does_not_show(go_machine, value):
    document, _ = go_machine(environment={"GOPROXY": value})
    assert "hun" not in str(document)
    assert "ter2" not in str(document)
    assert [p for p in document["absent"] if p.startswith("/go/proxies")]


def test_a_proxy_without_scheme_may_have_credentials(go_machine):
    document, _ = go_machine(environment={"GOPROXY": "u:hunter2@h.example"})
    (proxy,) = document["facts"]["go"]["proxies"]
    assert (proxy["scheme"], proxy["host"], proxy["credentials"]) == ("https", "h.example", True)
    assert "hunter2" not in str(document)
