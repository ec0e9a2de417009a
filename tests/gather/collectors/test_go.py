from __future__ import annotations

import pytest

from engine.gather.host import Answer, HostError
from tests.gather.binaries import elf, go_binary, pointer_block
from tests.gather.fake_host import Node, folder, link


def test_the_go_that_runs_is_told(go_machine):
    document, host = go_machine(answers={"GOROOT": "/usr/local/go", "GOVERSION": "go1.22.10"})
    go = document["facts"]["go"]
    assert (go["installed"], go["version"], go["distinct_versions"]) == (
        True,
        "go1.22.10",
        ["go1.22.10"],
    )
    assert go["command"] == {
        "path": "/usr/local/go/bin/go",
        "resolved": "/usr/local/go/bin/go",
        "target": "/usr/local/go/bin/go",
        "dir": "/usr/local/go/bin",
        "kind": "elf",
        "managed_by": "none",
        "version": "go1.22.10",
        "goroot": "/usr/local/go",
    }
    assert go["goroot"] == {
        "path": "/usr/local/go",
        "exists": True,
        "version": "go1.22.10",
        "settings": {
            "GOPROXY": "https://proxy.golang.org,direct",
            "GOSUMDB": "sum.golang.org",
            "GOTOOLCHAIN": "auto",
        },
    }
    assert go["env"]["GOROOT"] == "/usr/local/go"
    assert document["provenance"]["/go/env"] == {"collector": "go", "from": "go env -json"}
    assert document["provenance"]["/go/goroot/settings/GOTOOLCHAIN"]["line"] == 3
    assert len(host.runs) == 1


def test_go_is_asked_so_that_it_changes_nothing(go_machine):
    seen = {}

    def run(argv, environment):
        seen.update(argv=argv, environment=environment)
        return Answer(0, b"{}", b"")

    go_machine(
        environment={
            "GOFLAGS": "-u",
            "GOTOOLCHAIN": "go1.99",
            "LD_PRELOAD": "/x.so",
            "CC": "clang",
        },
        run=run,
    )
    assert seen["argv"][:3] == ("/usr/local/go/bin/go", "env", "-json")
    # Without names `go env` runs the C compiler; these it cannot answer without.
    assert seen["argv"][3:]
    assert not {"GOGCCFLAGS", "CGO_CFLAGS", "PKG_CONFIG"} & set(seen["argv"])
    assert seen["environment"]["GOFLAGS"] == "-v"
    assert seen["environment"]["GOTOOLCHAIN"] == "local"
    assert seen["environment"]["TEST_TELEMETRY_DIR"] == "/scratch"
    assert seen["environment"]["CC"] == "clang"
    assert "LD_PRELOAD" not in seen["environment"]


@pytest.mark.parametrize(
    ("environment", "asked_with"),
    [
        ({}, "/home/dana/.config/go/env"),
        ({"GOENV": "my.env"}, "/home/dana/shop/my.env"),
        ({"XDG_CONFIG_HOME": "rel"}, "/home/dana/shop/rel/go/env"),
        ({"GOENV": "off"}, "off"),
    ],
)
def test_go_is_asked_about_the_file_that_it_reads_here(go_machine, environment, asked_with):
    seen = {}

    def run(_argv, environment):
        seen.update(environment)
        return Answer(0, b"{}", b"")

    go_machine(environment=environment, run=run)
    assert seen["GOENV"] == asked_with


def test_what_is_set_for_the_question_is_answered_from_the_settings(go_machine):
    document, _ = go_machine(
        {"/home/dana/.config/go/env": "GOFLAGS=-mod=mod\n"},
        answers={"GOFLAGS": "-v", "GOTOOLCHAIN": "local"},
    )
    assert document["facts"]["go"]["env"]["GOFLAGS"] == "-mod=mod"
    assert document["facts"]["go"]["env"]["GOTOOLCHAIN"] == "auto"
    assert document["provenance"]["/go/env/GOFLAGS"] == {
        "collector": "go",
        "from": "go env file",
        "file": "/home/dana/.config/go/env",
        "line": 1,
    }


@pytest.mark.parametrize(
    ("environment", "files", "value"),
    [
        ({"GOFIPS140": "v1.0.0"}, {}, "v1.0.0"),
        ({}, {"/home/dana/.config/go/env": "GOFIPS140=inprocess\n"}, "inprocess"),
        ({}, {"/usr/local/go/go.env": "GOFIPS140=certified\n"}, "certified"),
    ],
)
def test_a_snapshot_that_go_would_unpack_for_the_question_is_not_named(
    go_machine, environment, files, value
):
    seen = {}

    def run(argv, environment):
        seen.update(argv=argv, environment=environment)
        return Answer(0, b"{}", b"")

    document, _ = go_machine(files, version="go1.24.1", environment=environment, run=run)
    assert seen["environment"]["GOFIPS140"] == "off"
    assert "GOFIPS140" not in seen["argv"]
    assert document["facts"]["go"]["env"]["GOFIPS140"] == value


@pytest.mark.parametrize(
    ("environment", "files"),
    [
        ({}, {}),
        ({"GOFIPS140": "latest"}, {"/home/dana/.config/go/env": "GOFIPS140=v1.0.0\n"}),
        (
            {},
            {"/home/dana/.config/go/env": "GOFIPS140=\n", "/usr/local/go/go.env": "GOFIPS140=x\n"},
        ),
    ],
)
def test_what_unpacks_nothing_is_asked_as_it_is(go_machine, environment, files):
    seen = {}

    def run(argv, environment):
        seen.update(argv=argv, environment=environment)
        return Answer(0, b'{"GOFIPS140": "latest"}', b"")

    document, _ = go_machine(files, version="go1.24.1", environment=environment, run=run)
    assert seen["environment"].get("GOFIPS140") == environment.get("GOFIPS140")
    assert "GOFIPS140" in seen["argv"]
    assert document["facts"]["go"]["env"]["GOFIPS140"] == "latest"


def test_older_versions_are_not_asked_what_they_do_not_know(go_machine):
    document, host = go_machine(version="go1.19.8")
    assert not {"GOAUTH", "GOCACHEPROG", "GODEBUG"} & set(host.runs[0])
    assert "GOTOOLCHAIN" not in document["facts"]["go"]["env"]


def test_without_go_nothing_is_asked(survey_of):
    document, host = survey_of(environment={"PATH": "/usr/bin", "HOME": "/home/dana"})
    go = document["facts"]["go"]
    assert (go["installed"], go["distinct_versions"]) == (False, [])
    assert not {"version", "command", "env", "goroot"} & set(go)
    assert not [
        pointer
        for pointer in document["absent"]
        if pointer.startswith(("/go/env", "/go/version", "/go/command"))
    ]
    assert host.runs == []


def test_several_versions_are_seen(go_machine):
    document, _ = go_machine(
        {
            "/usr/bin/go": link("../lib/go-1.19/bin/go"),
            "/usr/lib/go-1.19/bin/go": Node(content=go_binary("go1.19.8")),
        }
    )
    assert document["facts"]["go"]["distinct_versions"] == ["go1.19.8", "go1.22.10"]
    assert document["facts"]["go"]["version"] == "go1.22.10"


def test_a_go_of_unknown_version_leaves_the_list_open(go_machine):
    document, _ = go_machine({"/usr/bin/go": Node(content=b"#!/bin/sh\n")})
    assert document["facts"]["go"]["distinct_versions"] == ["go1.22.10"]
    assert document["absent"]["/go/distinct_versions/-"]["reason"] == "opaque"


def test_the_variable_decides_over_the_place_of_go(go_machine):
    document, _ = go_machine(
        {"/opt/go/VERSION": "go1.27.3\ntime x\n"}, environment={"GOROOT": "/opt/go/"}
    )
    go = document["facts"]["go"]
    assert go["goroot"] == {
        "path": "/opt/go",
        "exists": True,
        "version": "go1.27.3",
        "settings": {},
    }
    assert go["command"]["goroot"] == "/usr/local/go"
    assert document["provenance"]["/go/goroot/path"]["from"] == "environment variable GOROOT"


def test_a_goroot_that_is_not_there_is_told(go_machine):
    document, _ = go_machine(environment={"GOROOT": "/gone"})
    assert document["facts"]["go"]["goroot"] == {"path": "/gone", "exists": False}


def test_a_goroot_line_in_the_users_file_has_its_place(go_machine):
    document, _ = go_machine({"/home/dana/.config/go/env": "GOBIN=/b\nGOROOT=/opt/go\n"})
    assert document["facts"]["go"]["goroot"]["path"] == "/opt/go"
    assert document["provenance"]["/go/goroot/path"]["line"] == 2


def test_a_copied_go_lies_in_no_goroot(survey_of):
    document, _ = survey_of(
        {"/usr/local/bin/go": Node(content=go_binary())},
        environment={"PATH": "/usr/local/bin", "HOME": "/home/dana"},
    )
    assert (
        document["absent"]["/go/command/goroot"]["detail"] == "/usr/local/bin/go lies in no GOROOT"
    )
    assert document["absent"]["/go/goroot"]["reason"] == "opaque"


def refused(document):
    assert document["absent"]["/go/env"]["reason"] == "opaque"
    return document["absent"]["/go/env"]["detail"]


def test_a_go_in_the_directory_is_not_run(go_machine):
    document, host = go_machine(
        {"/home/dana/shop/bin/go": Node(content=go_binary(), uid=1000)},
        environment={"PATH": "/home/dana/shop/bin"},
    )
    assert refused(document).endswith("it lies in /home/dana/shop, which is not trusted")
    assert host.runs == []


def test_a_go_in_the_directory_is_not_run_by_another_name_of_that(go_machine):
    document, host = go_machine(
        {
            "/home/dana/shop/bin/go": Node(content=go_binary(), uid=1000),
            "/l": link("home/dana/shop"),
        },
        environment={"PATH": "/home/dana/shop/bin"},
        directory="/l",
    )
    assert refused(document).endswith("it lies in /l, which is not trusted")
    assert host.runs == []


def test_a_go_of_a_relative_entry_is_not_run(go_machine):
    document, host = go_machine(
        {"/home/dana/bin/go": Node(content=go_binary())}, environment={"PATH": "../bin"}
    )
    assert refused(document).endswith("its entry of PATH is relative")
    assert host.runs == []


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        (
            {"/opt/b": folder(0o1777), "/opt/b/go": Node(content=go_binary())},
            "everybody may write to /opt/b",
        ),
        (
            {"/opt": folder(0o777), "/opt/b/go": Node(content=go_binary())},
            "everybody may write to /opt",
        ),
        ({"/opt/b/go": Node(content=go_binary(), mode=0o777)}, "everybody may write to /opt/b/go"),
        ({"/opt/b/go": Node(content=go_binary(), uid=1001)}, "/opt/b/go belongs to eve"),
        (
            {"/opt/b": folder(uid=4242), "/opt/b/go": Node(content=go_binary())},
            "/opt/b belongs to 4242",
        ),
        (
            {"/opt/b/go": Node(content=go_binary(package="evil"))},
            "/opt/b/go is evil, not Go's own command",
        ),
        (
            {"/opt/b/go": Node(content=b"\x7fELF" + bytes(99))},
            "/opt/b/go holds no build information of Go",
        ),
        ({"/opt/b/go": Node(content=b"#!/bin/sh\n")}, "a script decides which program runs"),
    ],
)
def test_a_go_that_somebody_else_may_have_put_there_is_not_run(go_machine, files, reason):
    document, host = go_machine(files, environment={"PATH": "/opt/b"})
    assert refused(document).endswith(reason)
    assert host.runs == []


def test_a_sticky_folder_further_up_protects(go_machine):
    binary = go_binary()
    document, host = go_machine(
        {
            "/tmp": folder(0o1777),
            "/tmp/b/go": Node(content=binary, uid=1000),
            "/tmp/b": folder(uid=1000),
        },
        environment={"PATH": "/tmp/b"},
    )
    # It was run: the fake machine has no such program.
    assert host.runs[0][0] == "/tmp/b/go"
    assert document["absent"]["/go/env"]["reason"] == "unsupported"


def test_a_go_before_1_18_may_be_run(go_machine):
    old = elf(pointer_block(0x400100, "go1.16.15"))
    document, host = go_machine({"/usr/local/go/bin/go": Node(content=old)})
    assert document["facts"]["go"]["version"] == "go1.16.15"
    assert "GOVERSION" in host.runs[0]
    assert "GOEXPERIMENT" not in host.runs[0]


def hanging(_argv, _environment):
    raise HostError("timeout", "go did not end in time")


@pytest.mark.parametrize(
    ("run", "reason", "detail"),
    [
        (hanging, "timeout", "go did not end in time"),
        (
            lambda *_: Answer(0, b"\xff\xfe garbage", b""),
            "parse_error",
            "`go env -json` did not answer in JSON",
        ),
        (
            lambda *_: Answer(0, b"[1, 2]", b""),
            "parse_error",
            "`go env -json` did not answer with a mapping of texts",
        ),
        (
            lambda *_: Answer(0, b'{"GOROOT": 1}', b""),
            "parse_error",
            "`go env -json` did not answer with a mapping of texts",
        ),
        (
            lambda *_: Answer(0, b"x" * (1 << 21), b""),
            "too_large",
            "/usr/local/go/bin/go wrote more than 1048576 bytes",
        ),
        (
            lambda *_: Answer(2, b"", b"go: cannot find GOROOT directory: /x\nmore"),
            "missing",
            "`go env` failed: go: cannot find GOROOT directory: /x",
        ),
    ],
)
def test_a_go_that_does_not_answer_costs_its_answer_only(go_machine, run, reason, detail):
    document, _ = go_machine(run=run)
    assert document["absent"]["/go/env"] == {"reason": reason, "detail": detail}
    assert document["facts"]["go"]["version"] == "go1.22.10"
    assert (
        document["facts"]["go"]["effective"]["GOPROXY"]["value"]
        == "https://proxy.golang.org,direct"
    )
    assert document["absent"]["/go/effective/GOOS"]["reason"] == reason


def test_secrets_in_answers_are_hidden(go_machine):
    document, _ = go_machine(answers={"GOPROXY": "https://u:hunter2@h.example,direct"})
    assert "hunter2" not in str(document)
    assert document["facts"]["go"]["env"]["GOPROXY"]["$redacted"][2] == "@h.example,direct"
